/**
 * One function by itself: from inputs of which nothing is known, with every
 * call that can fail failing in turn. Its caller is taken to keep its side of
 * the contract; what is judged is how the function leaves things behind.
 */
import { isCutOff, Scalar } from '../../ir/index.js';
import {
  type Budget,
  bearingOn,
  type Code,
  type Counterexample,
  type Exploration,
  explore,
  type Machine,
  type Procedure,
  printTape,
  type Replay,
  type RunOptions,
  replay,
  type Step,
  type Subject,
  type Tape,
  wordsOf,
} from '../engine/index.js';
import type { Site, Value } from '../model/index.js';
import { type Imbalance, lockImbalances, memoryImbalances, referenceImbalances } from './balance.js';
import { nodesLeftBehind } from './device-lifetime.js';
import { isExcused } from './entry.js';
import { type PathEnd, pathEnd, settled } from './path-ends.js';
import { unheldReleases } from './unheld.js';
import { assumptionsOf, type Breach, confidenceOf, type Verdict, verdictOf } from './verdict.js';

export const ALONE: RunOptions = {
  world: 'open',
  depth: 2,
  leaf: 40,
  turns: 1,
  steps: 2000,
  faults: true,
  configuration: new Map(),
  preemptions: 0,
};

/** Twenty to fifty runs of a function alone show nearly all that two hundred do. */
export const ALONE_BUDGET: Budget = {
  runs: 40,
  freshRuns: 160,
  steps: 120_000,
  cost: 4,
  isCancelled: () => false,
};

export interface Alone {
  readonly breaches: readonly Breach[];
  readonly verdict: Verdict;
  readonly exploration: Exploration;
}

export function aloneSubject(code: Code, procedure: Procedure, options: RunOptions = ALONE): Subject {
  return {
    code,
    options,
    focus: procedure,
    setUp(machine) {
      const args = inputsOf(machine, procedure);
      machine.ledger.inputs = args;
      machine.newTask(procedure.name, 'thread', [{ procedure, args }]);
    },
  };
}

/** Parameters of which nothing is known; pointers are valid unless the function itself asks. */
function inputsOf(machine: Machine, { ir }: Procedure): Value[] {
  return ir.locals.slice(0, ir.parameters).map(({ kind, name, type }) => {
    if (kind === Scalar.Record) return recordInput(machine, type, name);
    return machine.anyInput(kind, name, type.replace(/\*$/, ''));
  });
}

function recordInput(machine: Machine, type: string, words: string): Value {
  const object = machine.heap.make(0, {
    type,
    lifetime: 'given',
    size: -1,
    fill: 'unknown',
    madeAt: null,
    words,
  });
  return machine.pointerTo(object);
}

/**
 * Runs a function alone within a budget. Never throws on what the code does.
 * `callees`: whether what its callees are told of anyway is left to them.
 */
export function runAlone(
  code: Code,
  procedure: Procedure,
  budget: Budget = ALONE_BUDGET,
  callees: 'told' | 'asked' = 'told',
): Alone {
  const subject = aloneSubject(code, procedure);
  const ends: PathEnd[] = [];
  const soundTests = new Set<string>();
  const exploration = explore(
    subject,
    budget,
    { order: 'novelty', isReduced: false },
    {
      observe(machine) {
        const end = pathEnd(machine, procedure, machine.returnedAt ?? headOf(procedure));
        if (end) ends.push(end);
        for (const test of machine.ledger.soundTests) soundTests.add(test);
      },
    },
  );
  const settledEnds = settled(ends);
  const isToldWithin = toldWithin(code, procedure, budget, callees);
  const unheld = unheldReleases(code, procedure, settledEnds);
  const all = [
    ...exploration.counterexamples
      .filter((each) => !isNeeded(each, soundTests) && !isExcused(each, code, procedure))
      .filter((each) => !isToldWithin(each) && !isToldBeside(each, exploration.counterexamples))
      .map(breachOf),
    ...lockImbalances(procedure.name, settledEnds, !isCutOff(procedure.ir))
      .filter(({ related }) => !unheld.some(({ site }) => related.some((each) => isAt(each.site, site))))
      .map(fromImbalance),
    ...unheld.map(fromImbalance),
    ...referenceImbalances(settledEnds)
      .filter((each) => !isToldWithin(each))
      .map(fromImbalance),
    ...memoryImbalances(settledEnds).map(fromImbalance),
    ...nodesLeftBehind(code, procedure, headOf(procedure)),
  ];
  const breaches = all.filter((breach) => !isSaidBetter(breach, all));
  return { breaches, verdict: verdictOf(exploration, breaches), exploration };
}

type InCallee = Pick<Counterexample, 'monitor' | 'within'> | Pick<Imbalance, 'monitor' | 'within'>;

/** Whether a breach lies wholly in a callee, and running that alone shows it: then it is told there, once. */
function toldWithin(
  code: Code,
  caller: Procedure,
  budget: Budget,
  callees: 'told' | 'asked',
): (each: InCallee) => boolean {
  const known = new Map<Procedure, readonly Breach[]>();
  const breachesOf = (procedure: Procedure): readonly Breach[] => {
    const breaches = known.get(procedure) ?? runAlone(code, procedure, budget, 'asked').breaches;
    known.set(procedure, breaches);
    return breaches;
  };
  return ({ monitor, within }) =>
    callees === 'told' &&
    !!within &&
    within.procedure !== caller &&
    breachesOf(within.procedure).some((each) => each.monitor === monitor && isAt(each.site, within.at));
}

/** What is left of two that differ only in where it happened: the one that the function itself did. */
function isToldBeside(one: Counterexample, all: readonly Counterexample[]): boolean {
  return !!one.within && all.some((other) => !other.within && isSame(one, other));
}

/** A test that comes late on one path but has something to find out on another. */
function isNeeded({ monitor, related }: Counterexample, soundTests: ReadonlySet<string>): boolean {
  const test = related[0]?.site;
  return monitor === 'LATECHECK' && test !== undefined && soundTests.has(`${test.path}:${test.start}`);
}

/** An error pointer that is left behind and followed later is one defect: that it is followed says more. */
function isSaidBetter({ monitor, site, related }: Breach, all: readonly Breach[]): boolean {
  if (monitor !== 'ERRNO' || related.length > 0) return false;
  return all.some((each) =>
    each.related.some((cause) => cause.site.start === site.start && cause.site.path === site.path),
  );
}

/** One run of a function alone, recorded, with all that it breaks. */
export interface Replayed extends Replay {
  readonly breaches: readonly Breach[];
}

/**
 * Runs a function alone by one tape. What only shows when its runs are held
 * against each other is taken from `alone` and closes the record.
 */
export function replayAlone(code: Code, procedure: Procedure, tape: Tape, alone: Alone): Replayed {
  const run = replay(aloneSubject(code, procedure), tape);
  const { choices, steps, violations } = run;
  const shown = violations
    .filter(({ hangsOn }) => !hangsOn)
    .filter((each) => !each.within || alone.breaches.some((told) => isSame(each, told)))
    .map((each) => breachOf({ ...each, tape, choicesMade: choices.slice(0, each.choices) }));
  const compared = alone.breaches.filter(
    (each) => printTape(each.tape) === printTape(tape) && !shown.some((other) => isSame(each, other)),
  );
  const breaches = [...shown, ...compared];
  return {
    ...run,
    steps: [...steps, ...compared.map((each) => closingStep(procedure.name, each, steps))],
    breaches: breaches.filter((each, at) => breaches.findIndex((other) => isSame(each, other)) === at),
  };
}

type Placed = Pick<Breach, 'monitor' | 'site'>;

function isSame(one: Placed, other: Placed): boolean {
  return one.monitor === other.monitor && isAt(one.site, other.site);
}

function isAt(one: Site, other: Site): boolean {
  return one.path === other.path && one.start === other.start && one.end === other.end;
}

function closingStep(task: string, { site, words }: Breach, steps: readonly Step[]): Step {
  const locks = steps.at(-1)?.locks ?? [];
  return { task, site, depth: 0, words, changes: [], locks, isViolation: true };
}

function headOf(procedure: Procedure): Site {
  const [first] = procedure.ir.code;
  return { path: procedure.path, name: procedure.name, start: first?.start ?? 0, end: first?.end ?? 0 };
}

export function breachOf(found: Counterexample): Breach {
  const { monitor, site, words, related, tape, choicesMade, assumes, cuts } = found;
  return {
    monitor,
    site,
    words,
    related,
    tape,
    confidence: confidenceOf(monitor, choicesMade, assumes, cuts),
    assumptions: assumptionsOf(choicesMade, assumes),
  };
}

function fromImbalance(imbalance: Imbalance): Breach {
  const { monitor, site, words, related, tape, choices, cuts, leftOnBy, assumes = [] } = imbalance;
  return {
    monitor,
    site,
    words,
    related,
    tape,
    confidence: confidenceOf(monitor, choices, assumes, wordsOf(cuts.filter(bearingOn(monitor)))),
    assumptions: assumptionsOf(choices, assumes),
    ...(leftOnBy === undefined ? {} : { leftOnBy }),
  };
}
