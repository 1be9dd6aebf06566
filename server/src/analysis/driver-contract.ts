/**
 * What the programmes of an operation say of it beside the verdict on two
 * instances: each is held against what its row wants, and says so where the
 * runs did not come as far as the row has to reach.
 */
import type { DriverRow } from '../findings/index.js';
import { costOf, errnoName, MONITORS, type MonitorId } from '../sim/engine/index.js';
import type { Site } from '../sim/model/index.js';
import { type Attach, type DriverRun, FOLDER, hasReached, type ProgrammeName } from '../sim/worlds/index.js';
import type { Judged } from './driver-verdicts.js';

/** A contract that an operation does not keep, with the run that shows it. */
export interface DriverFault {
  readonly monitor: MonitorId;
  readonly programme: ProgrammeName;
  /** What happened, beginning with a verb. */
  readonly words: string;
  readonly run: DriverRun;
  /** Where to say it; null for where the operation came back from that call, `name` for its name. */
  readonly site: Site | null | 'name';
  /** Which of the calls of the programme it is about, from 0. */
  readonly call: number;
  readonly confidence: 'certain' | 'possible';
}

/** What a programme came to. */
export interface Came extends Pick<DriverRow, 'verdict' | 'what'> {
  readonly fault: DriverFault | null;
}

/** What is known of the operation before a programme is judged. */
export interface Known {
  readonly told: Judged;
  /** Whether the kernel says which numbers an attach may fail with. */
  readonly hasContract: boolean;
  /** Whether it asks the core which domain a device has, which nobody tells it here. */
  readonly asksCore: boolean;
  /** What a programme without failures came to when its last call is reached. */
  readonly runs: (name: ProgrammeName) => readonly DriverRun[];
  /** The names of primitives that allocate, by which `kmalloc() fails` is known for want of memory. */
  readonly allocates: (name: string) => boolean;
}

type Judge = (runs: readonly DriverRun[], known: Known) => Came;

const held = (what: string): Came => ({ verdict: 'held', what, fault: null });
const unreached = (what: string): Came => ({ verdict: 'not-modelled', what, fault: null });
const broken = (what: string, fault: DriverFault | null = null): Came => ({
  verdict: 'violated',
  what,
  fault,
});

/** Judges the runs of a programme; `foreign` and `same` make the verdict, which is told by others. */
export function came(name: ProgrammeName, runs: readonly DriverRun[], known: Known): Came {
  return JUDGES[name](runs, known);
}

const JUDGES: Readonly<Record<ProgrammeName, Judge>> = {
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
  again: (runs, { asksCore }) => {
    const [run] = reaching(runs);
    if (!run) return unreached(whyUnreached(runs));
    if (asksCore) return unreached('it hangs on which domain the core says the device has');
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

const ENOMEM = 12;

/** What gives back more than was taken. */
const GIVEN_BACK: ReadonlySet<MonitorId> = new Set(['DF', 'RNEG', 'UAF', 'LIST']);

/** What rests on more than the failure is a guess. */
const guessed = (found: DriverFault): DriverFault =>
  isPlain(found.run) ? found : { ...found, confidence: 'possible' };

function fault(
  monitor: MonitorId,
  programme: ProgrammeName,
  words: string,
  run: DriverRun,
  call: number,
): DriverFault {
  return { monitor, programme, words, run, site: null, call, confidence: 'certain' };
}

/** Runs that came as far as they have to, the plainest first. */
const reaching = (runs: readonly DriverRun[]): DriverRun[] => runs.filter(hasReached);

function lastOf(runs: readonly DriverRun[]): Attach | null {
  return reaching(runs)[0]?.attaches.at(-1) ?? null;
}

function whyUnreached(runs: readonly DriverRun[]): string {
  const stop = runs.find(({ stop }) => stop !== '')?.stop;
  const first = runs.flatMap(({ attaches }) => attaches.filter(({ given }) => given?.kind === 'failed'))[0];
  if (stop) return `no run comes that far: ${stop}`;
  return first ? `no run comes that far: an attach fails with ${given(first)}` : 'no run comes that far';
}

function given({ given: result }: Attach): string {
  if (result === null) return 'nothing';
  return result.kind === 'done' ? '0' : result.errno === null ? 'an unknown number' : errnoName(result.errno);
}

// ---- failures

const faultsIn = ({ choices }: DriverRun) =>
  choices.filter(({ kind, taken }) => kind === 'fault' && taken > 0);

/** `kzalloc() fails`: the one failure of a run. */
const faultOf = (run: DriverRun): string | null => faultsIn(run)[0]?.meanings[1] ?? null;

/** Runs in which a call failed because one thing in it did. */
function withOneFault(runs: readonly DriverRun[], at: number): DriverRun[] {
  return runs.filter((run) => {
    const call = run.attaches[at];
    if (call?.given?.kind !== 'failed' || faultsIn(run).length !== 1) return false;
    const index = run.choices.findIndex(({ kind, taken }) => kind === 'fault' && taken > 0);
    const end = run.attaches[at + 1]?.choices ?? Number.POSITIVE_INFINITY;
    return index >= call.choices && index < end;
  });
}

/** Whether nothing was taken to be so but the failure, and nothing was cut short that might have undone it. */
const isPlain = (run: DriverRun): boolean => run.cuts.length === 0 && costOf(run.choices) === 1;

/** Whether what failed is an allocation that people can see: not one in what stands in for callees. */
function isForMemory(run: DriverRun, { allocates }: Known): boolean {
  const [fault] = faultsIn(run);
  const [, name = ''] = /^(\w+)\(\) fails$/.exec(fault?.meanings[1] ?? '') ?? [];
  return allocates(name) && !fault!.site?.path.startsWith(FOLDER);
}

// ---- what changed

/** A counter that a call has made one more; null for none. */
function grownIn({ before, after }: Attach): string | null {
  for (const [place, { words, value }] of after?.numbers ?? [])
    if (COUNTER.test(words) && before.numbers.get(place)?.value === value - 1n) return words;
  return null;
}

/** By its member. */
const COUNTER = /(?:ref|count|cnt|users|nr_|num_)\w*(?:\.\w+)*$/i;

/** A number of the domain that a call has changed under no lock, with the place of the change; null for none. */
function changedIn({ before, after, told }: Attach): { words: string; site: Site } | null {
  for (const [place, { words, value }] of after?.numbers ?? []) {
    const old = before.numbers.get(place);
    if (!words.startsWith('domain->') || old === undefined || old.value === value || COUNTER.test(words))
      continue;
    const member = words.slice('domain->'.length);
    const write = told.find((each) => each.means === 'memory' && each.member === member && !each.isLocked);
    if (write) return { words: member, site: write.site };
  }
  return null;
}
