/**
 * What programmes say that call more of a driver than the one operation, or let
 * it run out of something: what is left behind, and what is torn down twice.
 */
import { errnoName, MONITORS } from '../sim/engine/index.js';
import {
  type Attach,
  DRIVER_BUDGET,
  type DriverRun,
  NAMED,
  type ProgrammeName,
} from '../sim/worlds/index.js';
import {
  broken,
  type Came,
  COUNTER,
  changedIn,
  fault,
  faultOf,
  faultsIn,
  GIVEN_BACK,
  given,
  grownIn,
  guessed,
  held,
  type Judge,
  lastOf,
  reaching,
  unreached,
  whyUnreached,
  withOneFault,
} from './driver-judging.js';

type Beside =
  | 'other-after-failure'
  | 'numbers-run-out'
  | 'power-fails'
  | 'two-streams'
  | 'at-once'
  | 'at-once-beside'
  | 'attach-over-pasid'
  | 'pasid-over-attach'
  | 'left'
  | 'removed'
  | 'removed-unset'
  | 'exit'
  | 'exit-at-once'
  | 'forced-snoop'
  | 'snoop-late'
  | 'dirty'
  | 'release'
  | 'release-beside'
  | 'probe-fails';

const EBUSY = 16;
const EINVAL = 22;
const ENOSPC = 28;

export const BESIDE: Readonly<Record<Beside, Judge>> = {
  'other-after-failure': (runs) => {
    const failed = withOneFault(runs, 0).filter(({ attaches }) => (attaches[1]?.given ?? null) !== null);
    if (failed.length === 0) return unreachedUnless(runs, 'no first attach fails because one call in it did');
    const bad = failed.find((run) => isOther(run.attaches[1]!, EINVAL) && isPlainly(run, 1));
    if (bad) return broken(`${given(bad.attaches[1]!)} for the other instance, once ${faultOf(bad)}`);
    const tied = failed.filter(({ attaches }) => attaches[1]!.given!.kind === 'failed').length;
    return held(
      tied === 0
        ? `it is attached there, after ${failed.length} failures`
        : `EINVAL after ${tied} of ${failed.length} failures: the domain was tied before`,
    );
  },
  'numbers-run-out': (runs, { hasContract }) => {
    const failed = withOneFault(runs, 0);
    if (failed.length === 0) return unreachedUnless(runs, 'no attach takes a number');
    for (const run of failed) {
      const [first] = run.attaches as readonly [Attach];
      if (first.isLinked) {
        const words = 'fails because no number is left, and leaves domain and device tied';
        return broken(words, guessed(fault('HALF', 'numbers-run-out', words, run, 0)));
      }
      if (hasContract && isOther(first, ENOSPC)) {
        const words = `returns ${given(first)} where no number is left, which callers know by ENOSPC`;
        const found = fault('ERRNO', 'numbers-run-out', words, run, 0);
        return broken(words, { ...found, confidence: 'possible' });
      }
    }
    return held(`${given(failed[0]!.attaches[0]!)}, and nothing attached`);
  },
  'power-fails': (runs) => {
    const failed = withOneFault(runs, 0);
    if (failed.length === 0)
      return unreachedUnless(runs, 'no attach fails because hardware does not wake up');
    for (const run of failed) {
      const [{ before, after, isLinked }] = run.attaches as readonly [Attach];
      if (isLinked) return broken(`leaves domain and device tied, once ${faultOf(run)}`);
      if (after!.awake > before.awake)
        return broken(`the count of users of its power stays up, once ${faultOf(run)}`);
    }
    return held(numbersIn(failed, 0).join(', or '));
  },
  'two-streams': (runs) => {
    const failed = withOneFault(runs, 0);
    if (failed.length === 0) return unreachedUnless(runs, 'nothing is done for each stream that may fail');
    for (const run of failed) {
      const [first] = run.attaches as readonly [Attach];
      const counted = grownIn(first, true);
      if (first.isLinked || counted !== null) {
        const left = first.isLinked ? 'domain and device tied' : `\`${counted}\` counted up`;
        const words = `fails because ${faultOf(run)} for the second stream, and leaves ${left}`;
        return broken(words, guessed(fault('HALF', 'two-streams', words, run, 0)));
      }
    }
    return held(`nothing is left behind, in ${failed.length} failures`);
  },
  'at-once': (runs) => ordered(runs),
  'at-once-beside': (runs) => ordered(runs),
  'attach-over-pasid': (runs, known) => overOther(runs, 'attach-over-pasid', known.hasContract),
  'pasid-over-attach': (runs, known) => overOther(runs, 'pasid-over-attach', known.hasContract),
  left: (runs) => {
    const [run] = reaching(runs);
    if (!run) return unreached(whyUnreached(runs));
    const [first, second] = run.attaches as readonly [Attach, Attach];
    if (!first.after?.links.has('P1'))
      return second.told.some(({ side }) => side === 'first')
        ? held('the device or its hardware is told')
        : unreached('domain and device never know each other');
    return second.after!.links.has('P1')
      ? broken('the domain that was left still knows the device')
      : held('the domain that was left forgets the device');
  },
  removed: (runs) => {
    const [run] = reaching(runs);
    if (!run) return unreached(whyUnreached(runs));
    const [first, second] = run.attaches as readonly [Attach, Attach];
    if (!first.isLinked) return unreached('domain and device never know each other');
    return second.after!.links.has('A1')
      ? broken('domain and device still know each other')
      : held('they forget each other');
  },
  'removed-unset': (runs) => tornDown(runs),
  exit: (runs) => tornDown(runs),
  'exit-at-once': (runs) => tornDownWithOther(runs),
  'forced-snoop': (runs, { hasContract }) => refusedWithReason(runs, 2, hasContract, 'forced-snoop'),
  'snoop-late': (runs) => {
    const refused = runs.filter(({ attaches }) => attaches[2]?.given?.kind === 'failed');
    if (!runs.some(({ attaches }) => (attaches[2]?.given ?? null) !== null))
      return unreached(whyUnreached(runs));
    if (refused.length === 0) return held('it snoops whatever the instances are');
    for (const run of refused) {
      const changed = changedIn(run.attaches[2]!, true);
      if (changed) return broken(`false, but \`${changed.words}\` of the domain is changed`);
    }
    return held('false, and nothing changed');
  },
  dirty: (runs, { hasContract }) => refusedWithReason(runs, 1, hasContract, 'dirty'),
  release: (runs) => forgotten(runs, 1),
  'release-beside': (runs) => {
    const came = forgotten(runs, 2);
    if (came.verdict !== 'held') return came;
    const isForgotten = ({ attaches: [, second, last] }: DriverRun): boolean =>
      second!.after!.links.has('A2') && !last!.after!.links.has('A2');
    if (reaching(runs).some(isForgotten)) return broken('the device that stays is forgotten as well');
    return held('the other one keeps it');
  },
  'probe-fails': (runs) => {
    const crash = crashIn(runs);
    if (crash) return broken(crash);
    const failed = withOneFault(runs, 0);
    if (failed.length === 0) return unreachedUnless(runs, 'no probe fails because one call in it did');
    const bad = failed.find((run) => run.attaches[1]?.given?.kind === 'failed' && isPlainly(run, 1));
    if (bad) return broken(`${given(bad.attaches[1]!)} when it is probed again after ${faultOf(bad)}`);
    return held(`it can be probed again, after ${failed.length} failures`);
  },
};

/** Why nothing failed: `why`, or no call came to its end even so. */
function unreachedUnless(runs: readonly DriverRun[], why: string): Came {
  const isDone = runs.some(({ attaches }) => attaches[0]?.given?.kind === 'done');
  return unreached(isDone ? why : whyUnreached(runs));
}

/**
 * Whether two attaches of one domain reach nothing in it that no lock orders: what is a device's own its group's lock
 * orders. A count that both change goes wrong whichever comes first; of other places that is not known.
 */
function ordered(runs: readonly DriverRun[]): Came {
  const places = runs.flatMap(({ violations }) =>
    violations.flatMap(({ monitor, words }) => {
      const [, place = ''] = monitor === 'OVERLAP' ? (/`([^`]+)`/.exec(words) ?? []) : [];
      return place === '' || NAMED.test(place) ? [] : [place];
    }),
  );
  const counted = places.find((place) => COUNTER.test(place));
  if (counted) return broken(`both count \`${counted}\`, and nothing orders the two`);
  if (places[0]) return unreached(`\`${places[0]}\` is reached by both, and what comes of that is not known`);
  return runs.some(({ areDone }) => areDone)
    ? held(`a lock orders what both reach, in ${runs.length} schedules`)
    : unreached(whyUnreached(runs));
}

/** What one call of several runs gave, each once. */
const numbersIn = (runs: readonly DriverRun[], at: number): string[] => [
  ...new Set(runs.map(({ attaches }) => given(attaches[at]!))),
];

/** Whether a call failed with a number that is known, and is another one. */
function isOther({ given: result }: Attach, errno: number): boolean {
  return result?.kind === 'failed' && result.errno !== null && result.errno !== errno;
}

/** Whether a call was asked nothing that those before it were not, and only one thing failed. */
function isPlainly(run: DriverRun, at: number): boolean {
  return run.attaches[at]!.news === 0 && faultsIn(run).length === 1;
}

/** An attach beside what another operation has done. */
function overOther(runs: readonly DriverRun[], name: ProgrammeName, hasContract: boolean): Came {
  const settled = reaching(runs);
  if (settled.length === 0) return unreached(whyUnreached(runs));
  for (const run of settled) {
    const [first, second] = run.attaches as readonly [Attach, Attach];
    if (first.after?.links.has('P1') && !second.after!.links.has('P1') && name === 'attach-over-pasid')
      return broken('the domain of the PASID no longer knows the device');
    if (second.given!.kind === 'done' || !second.isLinked) continue;
    const words = `fails with ${given(second)} and leaves domain and device tied`;
    return broken(words, { ...fault('HALF', name, words, run, 1), confidence: 'possible' });
  }
  const numbers = numbersIn(settled, 1);
  const odd = hasContract ? numbers.filter((each) => !AGREED.has(each)) : [];
  const note = odd.length > 0 ? `; callers take ${odd.join(', ')} for ENODEV` : '';
  return held(`${numbers.join(', or ')}${note}`);
}

/** What an attach may give (include/linux/iommu.h, struct iommu_domain_ops of Linux 6.12). */
const AGREED: ReadonlySet<string> = new Set([
  ...['0', 'an unknown number'],
  ...[EBUSY, EINVAL, ENOSPC, 12, 19].map(errnoName),
]);

/** What breaks where something is torn down, or put that was never taken. */
function tornDown(runs: readonly DriverRun[]): Came {
  const crash = crashIn(runs);
  if (crash) return broken(crash);
  return lastOf(runs) ? held('nothing is given back twice') : unreached(whyUnreached(runs));
}

function crashIn(runs: readonly DriverRun[]): string | null {
  for (const { violations } of runs) {
    const found = violations.find(({ monitor, cuts }) => GIVEN_BACK.has(monitor) && cuts.length === 0);
    if (found) return `${MONITORS[found.monitor].title}: ${found.words}`;
  }
  return null;
}

/**
 * Whether a device that was attached while the process ended was torn down like the one before it, or refused. That the
 * first is told something by who is told of the end shows that this can be seen.
 */
function tornDownWithOther(runs: readonly DriverRun[]): Came {
  const crash = crashIn(runs);
  if (crash) return broken(crash);
  const ended = runs.flatMap(({ areDone, atOnce }) => (areDone && atOnce?.told.length ? [atOnce] : []));
  const told = ended.filter((run) => run.told.some((each) => each.device === 1));
  if (told.length === 0)
    return unreached(
      ended.length > 0 ? 'nothing tells the first device that the process ends' : whyUnreached(runs),
    );
  const accepted = told.filter(({ given: [attach] }) => attach?.kind === 'done');
  const left = accepted.some((run) => {
    const ender = run.told.find((each) => each.device === 1)!.task;
    const last = run.told.findLast((each) => each.device === 2);
    return last && last.task !== ender;
  });
  if (left)
    return broken(
      'the second device keeps its PASID when the process has ended: only a reference that callers hold prevents it',
    );
  return held(
    accepted.length === 0
      ? 'the second device is refused'
      : `the second device is torn down as the first, in ${accepted.length} schedules`,
  );
}

/** That a device of an instance which cannot do what the domain was told is refused, and how. */
function refusedWithReason(
  runs: readonly DriverRun[],
  at: number,
  hasContract: boolean,
  name: ProgrammeName,
): Came {
  const settled = reaching(runs);
  if (settled.length === 0) return unreached(whyUnreached(runs));
  const refused = settled.filter(({ attaches }) => attaches[at]!.given!.kind === 'failed');
  if (refused.length === 0) return unreached('no instance is seen that refuses it');
  const bad = refused.find(({ attaches }) => attaches[at]!.isLinked);
  if (bad) {
    const words = `fails with ${given(bad.attaches[at]!)} and leaves domain and device tied`;
    return broken(words, { ...fault('HALF', name, words, bad, at), confidence: 'possible' });
  }
  const numbers = numbersIn(refused, at);
  const isAgreed = !hasContract || numbers.includes(errnoName(EINVAL));
  const words = `${numbers.join(', ')} for an instance that cannot do it`;
  return isAgreed ? held(words) : broken(words);
}

/** That nobody knows a device any more that has gone: what a driver leaves to assumptions counts for it. */
function forgotten(runs: readonly DriverRun[], at: number): Came {
  const settled = reaching(runs);
  const crash = crashIn(settled.length > 0 ? settled : runs);
  if (crash) return broken(crash);
  if (settled.length === 0) return unreached(whyUnreached(runs));
  const tied = settled.filter(({ attaches }) => attaches[0]!.isLinked);
  if (tied.length === 0) return held('domain and device never know each other');
  if (tied.some(({ attaches }) => !attaches[at]!.after!.links.has('A1')))
    return held('the domain forgets it');
  const isSettled = tied.some(({ attaches }) => attaches[at]!.news === 0) || runs.length < DRIVER_BUDGET.runs;
  return isSettled
    ? broken('the domain still knows the device')
    : unreached('whether it is forgotten hangs on what is not known');
}
