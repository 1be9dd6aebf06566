/** Runs tapes again: to record what happens on one, to find a plainer one, to spell out what one leaves unsaid. */
import { type Choice, costOf, printTapeId, type Tape } from './choices.js';
import type { Contended } from './contended.js';
import type { Counterexample, Subject } from './explore.js';
import { Machine } from './machine.js';
import { Recorder, type Step } from './recorder.js';
import type { Ending, Violation } from './run.js';

/** A run that was recorded. */
export interface Replay {
  readonly ending: Ending;
  readonly steps: readonly Step[];
  readonly violations: readonly Violation[];
  readonly choices: readonly Choice[];
  /** For each of them, how many of the steps came before it. */
  readonly stepsBefore: readonly number[];
  /** The answers, and what they were answers to. */
  readonly id: string;
}

/** Runs one tape again and records it. */
export function replay({ code, options, setUp }: Subject, tape: Tape): Replay {
  const recorder = new Recorder();
  const machine = new Machine(code, options, tape, null, recorder);
  setUp(machine);
  const ending = machine.run();
  const { steps, stepsBefore } = recorder;
  const { choices, violations } = machine;
  // What was implied is answered by the name as well, or it would be that of another run.
  const answers = options.faults === 'implied' ? choices.map(({ taken }) => taken) : tape;
  return {
    ...{ ending, steps, violations, choices, stepsBefore },
    id: printTapeId(answers, choices),
  };
}

/** Makes a tape plainer while it still shows the same violation at the same place for no higher price. */
export function shrink(subject: Subject, found: Counterexample): Tape {
  let best = found.tape;
  let price = costOf(found.choicesMade);
  for (let isPlainer = true; isPlainer; ) {
    isPlainer = false;
    for (const candidate of plainer(best)) {
      const cost = priceOf(subject, candidate, found);
      if (cost === null || cost > price) continue;
      [best, price, isPlainer] = [candidate, cost, true];
      break;
    }
  }
  return best;
}

/** What is tried in place of a tape: to end it before an answer, or to give the plainest answer instead. */
function* plainer(tape: Tape): Generator<Tape> {
  for (let index = tape.length - 1; index >= 0; index--) {
    if (tape[index] === 0) continue;
    yield tape.slice(0, index);
    yield [...tape.slice(0, index), 0, ...tape.slice(index + 1)];
  }
}

/** What the choices up to a violation cost on a tape; null when it is not shown. */
function priceOf(subject: Subject, tape: Tape, found: Violation): number | null {
  const machine = new Machine(subject.code, subject.options, tape);
  subject.setUp(machine);
  if (machine.run().kind === 'impossible') return null;
  const shown = shownBy(machine, found);
  return shown ? costOf(machine.choices.slice(0, shown.choices)) : null;
}

/** A tape answers every question that can be asked, so that it can be run by whoever does not know what was skipped. */
export function spelledOut(
  { code, options, setUp }: Subject,
  found: Counterexample,
  contended: Contended,
): Counterexample {
  // A run may add places while it goes on: this one adds the same.
  const machine = new Machine(code, options, found.tape, null, null, contended.copy(), true);
  setUp(machine);
  machine.run();
  const same = shownBy(machine, found);
  const choicesMade = machine.choices.slice(0, same?.choices ?? machine.choices.length);
  return {
    ...found,
    choices: choicesMade.length,
    choicesMade,
    tape: choicesMade.map(({ taken }) => taken),
  };
}

/** The same violation at the same place, if a run has it. */
function shownBy({ violations }: Machine, { monitor, site }: Violation): Violation | undefined {
  return violations.find(
    (each) => each.monitor === monitor && each.site.path === site.path && each.site.start === site.start,
  );
}
