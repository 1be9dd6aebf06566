/**
 * What the programmes of an operation say of it beside the verdict on two
 * instances: each is held against what its row wants, and says so where the
 * runs did not come as far as the row has to reach.
 */
import { errnoName, MONITORS } from '../sim/engine/index.js';
import type { Attach, DriverRun, ProgrammeName } from '../sim/worlds/index.js';
import { BESIDE } from './driver-contract-beside.js';
import {
  broken,
  type Came,
  changedIn,
  ENOMEM,
  fault,
  faultOf,
  faultsIn,
  GIVEN_BACK,
  given,
  grownIn,
  guessed,
  held,
  isForMemory,
  type Judge,
  type Known,
  lastOf,
  reaching,
  unreached,
  whyUnreached,
  withOneFault,
} from './driver-judging.js';

/** Judges the runs of a programme; `foreign` and `same` make the verdict, which is told by others. */
export function came(name: ProgrammeName, runs: readonly DriverRun[], known: Known): Came {
  return JUDGES[name](runs, known);
}

const JUDGES: Readonly<Record<ProgrammeName, Judge>> = {
  ...BESIDE,
  foreign: (_runs, { told }) => {
    if (told.verdict === 'not modelled') return unreached(told.why);
    const words = told.errno === null ? told.why : `${told.errno}: ${told.why}`;
    return told.verdict === 'checked' || told.verdict === 'shared' ? held(words) : broken(words);
  },
  same: (runs) => {
    const last = lastOf(runs);
    if (!last) return unreached(whyUnreached(runs));
    return held(last.given?.kind === 'done' ? 'the domain is shared by both' : `refused: ${given(last)}`);
  },
  'other-way': (runs, { told }) => {
    const last = lastOf(runs);
    if (!last) return unreached(whyUnreached(runs));
    const wasRefused = told.errno !== null;
    const isRefused = last.given?.kind === 'failed';
    if (told.verdict === 'not modelled' || (wasRefused !== isRefused && last.news > 0))
      return unreached('whether it refuses hangs on what is not known');
    if (wasRefused === isRefused)
      return held(isRefused ? `refused as well: ${given(last)}` : 'accepted as well');
    return broken(isRefused ? `refused this way: ${given(last)}` : 'accepted this way');
  },
  'after-refusal': (runs, known) => {
    if (known.told.errno === null) return unreached('no device of another instance is refused');
    const last = lastOf(runs);
    const same = lastOf(known.runs('same'));
    if (!last || !same) return unreached(whyUnreached(runs));
    if (same.given?.kind !== 'done') return held(`refused with and without: ${given(last)}`);
    if (last.given?.kind === 'done') return held('the second device is attached');
    if (last.news > 0) return unreached('whether it refuses hangs on what is not known');
    const run = reaching(runs)[0]!;
    const words = `fails with ${given(last)} for a device of the domain's own instance, once a device of another instance was refused`;
    return broken(words, fault('HALF', 'after-refusal', words, run, 2));
  },
  move: (runs) => {
    const [run] = reaching(runs);
    if (!run) return unreached(whyUnreached(runs));
    const [, second] = run.attaches as readonly [Attach, Attach];
    const isTold = second.told.some(({ side }) => side !== 'neither') || second.isLinked;
    if (!isTold && run.attaches[0]!.told.some(({ isHardware }) => isHardware)) {
      const words = 'succeeds for a second domain and tells neither the device nor its hardware of it';
      return broken(words, fault('NOTDONE', 'move', words, run, 1));
    }
    return held('each attach does something');
  },
  again: (runs) => {
    const [run] = reaching(runs);
    if (!run) return unreached(whyUnreached(runs));
    const grown = grownIn(run.attaches[1]!);
    return grown === null
      ? held('0, and no counter changes')
      : broken(`0, but \`${grown}\` is counted up again`);
  },
  retry: (runs, known) => {
    const failed = withOneFault(runs, 0);
    if (failed.length === 0) return unreached('no attach fails because one call in it did');
    for (const run of failed) {
      const [first, second] = run.attaches as readonly [Attach, Attach | undefined];
      const what = faultOf(run)!;
      if (first.isLinked) {
        const words = `fails because ${what}, and leaves domain and device tied`;
        return broken(words, guessed(fault('HALF', 'retry', words, run, 0)));
      }
      const errno = first.given?.kind === 'failed' ? first.given.errno : null;
      if (known.hasContract && isForMemory(run, known) && errno !== null && errno !== ENOMEM) {
        const words = `returns ${errnoName(errno)} where ${what.replace(' fails', '')} found no memory`;
        return broken(words, fault('ERRNO', 'retry', words, run, 0));
      }
      if (second?.given?.kind === 'failed' && second.news === 0 && faultsIn(run).length === 1) {
        const words = `fails with ${given(second)} when it is tried again after ${what}`;
        return broken(words, { ...fault('HALF', 'retry', words, run, 1), confidence: 'possible' });
      }
    }
    return held(`nothing is left behind, in ${failed.length} failures`);
  },
  restore: (runs) => {
    const failed = withOneFault(runs, 1).filter(({ attaches }) => attaches.length === 3);
    const bad = failed.find(({ attaches: [, , last] }) => last?.given?.kind === 'failed' && last.news === 0);
    if (failed.length === 0) return unreached('no second domain fails because one call did');
    if (!bad) return held(`the old domain is attached again, in ${failed.length} failures`);
    const words = `fails with ${given(bad.attaches[2]!)} for the domain that the device had, which the core attaches again after a failure`;
    return broken(words, { ...fault('HALF', 'restore', words, bad, 2), confidence: 'possible' });
  },
  'free-after-failure': (runs) => {
    const failed = withOneFault(runs, 0);
    if (failed.length === 0) return unreached('no attach fails because one call in it did');
    for (const run of failed) {
      const found = run.violations.find(({ monitor }) => GIVEN_BACK.has(monitor));
      if (!found) continue;
      const words = `${MONITORS[found.monitor].title}: ${found.words}, once ${faultOf(run)} in the only attach`;
      return broken(words);
    }
    return held(`nothing is given back that was never taken, in ${failed.length} failures`);
  },
  narrow: (runs, { told }) => {
    const settled = reaching(runs);
    if (settled.length === 0) return unreached(whyUnreached(runs));
    for (const run of settled) {
      const [, second] = run.attaches as readonly [Attach, Attach];
      const changed = changedIn(second);
      if (changed === null || told.reached === null) continue;
      const words = `changes \`${changed.words}\` of the domain, which a device of another instance depends on, without a lock`;
      return broken(words, {
        ...fault('MUT', 'narrow', words, run, 1),
        site: changed.site,
        confidence: 'possible',
      });
    }
    return held('the domain stays as it is');
  },
  bare: (runs) => {
    const crash = runs.find(({ violations }) => violations.some(({ monitor }) => monitor === 'DEREF'));
    if (crash) return held('it is taken to be there: the core attaches only devices that were probed');
    const last = lastOf(runs);
    return last ? held(`refused: ${given(last)}`) : unreached(whyUnreached(runs));
  },
};
