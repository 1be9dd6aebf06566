/**
 * A small world of the code's own: one function sets it up, others run beside
 * each other, one takes it down. Nothing is unknown, so every finding is a
 * schedule and a failure that can be replayed.
 */
import {
  type Budget,
  type Code,
  type Exploration,
  explore,
  type Machine,
  type Observer,
  type Procedure,
  type RunOptions,
  replay,
  type Search,
  type Subject,
  type Tape,
  type Task,
} from '../engine/index.js';
import { breachOf, type Replayed } from './alone.js';
import { type Breach, type Verdict, verdictOf } from './verdict.js';

export interface Programme {
  readonly setUp: Procedure | null;
  readonly tasks: readonly Procedure[];
  readonly tearDown: Procedure | null;
  /** What people call these, in that order; left out, they go by their functions. */
  readonly names?: readonly string[];
}

export const CONCRETE: RunOptions = {
  world: 'concrete',
  depth: 40,
  leaf: 40,
  turns: 4,
  steps: 20_000,
  faults: true,
  configuration: new Map(),
  preemptions: 2,
};

export const PROGRAMME_BUDGET: Budget = {
  runs: 4000,
  freshRuns: 0,
  steps: 4_000_000,
  cost: 3,
  isCancelled: () => false,
};

export interface Played {
  readonly breaches: readonly Breach[];
  readonly verdict: Verdict;
  readonly exploration: Exploration;
}

export function programmeSubject(code: Code, programme: Programme, options: RunOptions = CONCRETE): Subject {
  return { code, options, setUp: (machine) => start(machine, programme) };
}

function start(machine: Machine, { setUp, tasks, tearDown, names = [] }: Programme): void {
  const first = setUp ? machine.newTask(setUp.name, 'thread', [{ procedure: setUp, args: [] }]) : null;
  const middle = tasks.map((procedure) => {
    const task = machine.newTask(procedure.name, 'thread', [{ procedure, args: [] }]);
    if (first) startAfter(machine, task, () => [first]);
    return task;
  });
  for (const [index, task] of [first, ...middle].entries()) if (task) task.words = names[index] ?? '';
  if (!tearDown) return;
  const last = machine.newTask(tearDown.name, 'thread', [{ procedure: tearDown, args: [] }]);
  last.words = names.at(-1) ?? '';
  const others = (): Task[] => machine.tasks.filter((task) => task !== last);
  startAfter(machine, last, middle.length > 0 || first ? others : () => []);
}

/** The task waits until others are done, and comes after all that they did. */
function startAfter(machine: Machine, task: Task, others: () => readonly Task[]): void {
  const site = { path: '', name: task.name, start: 0, end: 0 };
  task.obstacle = {
    kind: 'start',
    words: 'waits for its turn',
    site,
    isGone: () => others().every(({ isDone }) => isDone),
    passed: () => {
      for (const other of others()) machine.races.follows(task, other);
    },
  };
}

export function play(
  code: Code,
  programme: Programme,
  budget: Budget = PROGRAMME_BUDGET,
  search: Search = { order: 'cost', isReduced: true },
  options: RunOptions = CONCRETE,
  observer: Observer | null = null,
): Played {
  const exploration = explore(programmeSubject(code, programme, options), budget, search, observer);
  const breaches = exploration.counterexamples.map(breachOf);
  return { breaches, verdict: verdictOf(exploration, breaches), exploration };
}

/** Runs a programme by one tape, recorded, with all that it breaks. */
export function replayProgramme(subject: Subject, tape: Tape): Replayed {
  const run = replay(subject, tape);
  const { choices, violations } = run;
  const breaches = violations.map((each) =>
    breachOf({ ...each, tape, choicesMade: choices.slice(0, each.choices) }),
  );
  return { ...run, breaches };
}
