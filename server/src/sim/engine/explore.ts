/**
 * Enumerates tapes: the cheapest first, so that the first counterexample is a
 * smallest one; for a function alone, those first that take a branch nobody
 * took. Every way of a run that was not taken is a tape to try.
 */
import { type Choice, costOf, type Tape } from './choices.js';
import type { Code, Procedure } from './code.js';
import { Contended } from './contended.js';
import { bearingOn, wordsOf } from './cuts.js';
import { LockOrders } from './lock-orders.js';
import { Machine } from './machine.js';
import { spelledOut } from './replay.js';
import type { Ending, RunOptions, Violation, Visited } from './run.js';

/** What is explored: how a world is set up before its tasks run. */
export interface Subject {
  readonly code: Code;
  readonly options: RunOptions;
  /** The function whose own branches are tried before those of its callees. */
  readonly focus?: Procedure;
  /** Makes the tasks; called on every new machine. */
  readonly setUp: (machine: Machine) => void;
}

export interface Budget {
  readonly runs: number;
  /** So many runs more as long as each takes a branch that nobody took; 0 unless these come first. */
  readonly freshRuns: number;
  readonly steps: number;
  /** Most that a tape may cost. */
  readonly cost: number;
  /** Asked between runs; true ends the search, as an edit does. */
  readonly isCancelled: () => boolean;
}

export interface Search {
  /** Cheapest first, or new branches first. */
  readonly order: 'cost' | 'novelty';
  /** Whether states that were seen before end a run. */
  readonly isReduced: boolean;
  /** Whether nothing dearer is tried once something was found. */
  readonly stopsWhenFound?: boolean;
}

/** A violation with the tape that shows it. */
export interface Counterexample extends Violation {
  readonly tape: Tape;
  readonly choicesMade: readonly Choice[];
}

export interface Exploration {
  readonly counterexamples: readonly Counterexample[];
  readonly runs: number;
  readonly steps: number;
  /** Whether every tape was tried. */
  readonly isComplete: boolean;
  /** Which budget ended it, or what was cut short. */
  readonly bound: string;
  /** How many runs came to their end with no call made to fail: what they show is the code as it mostly runs. */
  readonly plainlyEnded: number;
  /** Why runs could not go on. */
  readonly stops: ReadonlyMap<string, number>;
  /** Distinct states at which tasks could be switched; 0 when nothing was skipped. */
  readonly states: number;
}

/** What every finished run is shown to, beside its violations. */
export interface Observer {
  observe(machine: Machine): void;
}

/** A tape to try: another answer to one question of a run. */
interface Pending {
  /** The answers of that run, shared by all tapes that come from it. */
  readonly answers: Tape;
  /** Which of them is another one, -1 for none. */
  readonly index: number;
  readonly answer: number;
  readonly cost: number;
  /** The branch that it takes for the first time, if it does. */
  readonly arm: string;
}

/** Tapes of one cost, in the order in which they were found. */
class Queue {
  private readonly tapes: (Pending | null)[] = [];
  private first = 0;
  /** Before it, none takes a branch that nobody took: what was taken stays so. */
  private fresh = 0;

  push(tape: Pending): void {
    this.tapes.push(tape);
  }

  get isEmpty(): boolean {
    while (this.first < this.tapes.length && this.tapes[this.first] === null) this.first++;
    return this.first === this.tapes.length;
  }

  take(): Pending | null {
    return this.isEmpty ? null : this.remove(this.first);
  }

  takeFresh(covered: ReadonlySet<string>): Pending | null {
    for (; this.fresh < this.tapes.length; this.fresh++) {
      const tape = this.tapes[this.fresh];
      if (tape && tape.arm !== '' && !covered.has(tape.arm)) return this.remove(this.fresh);
    }
    return null;
  }

  private remove(at: number): Pending {
    const tape = this.tapes[at]!;
    this.tapes[at] = null;
    return tape;
  }
}

export function explore(
  subject: Subject,
  budget: Budget,
  search: Search,
  observer: Observer | null = null,
): Exploration {
  return new Explorer(subject, budget, search, observer).explore();
}

class Explorer {
  /** By cost: of the function in focus, and of all others. */
  private own: Queue[] = [];
  private pending: Queue[] = [];
  private readonly covered = new Set<string>();
  private readonly visited: Visited | null;
  private readonly contended: Contended | null;
  private readonly found = new Map<string, Counterexample>();
  /** What was known of contended places when the run began that found it. */
  private readonly known = new Map<string, Contended>();
  private knownAtStart: Contended | null = null;
  private readonly stops = new Map<string, number>();
  private plainlyEnded = 0;
  private runs = 0;
  private steps = 0;
  private bound = '';
  private readonly orders = new LockOrders();

  constructor(
    private readonly subject: Subject,
    private readonly budget: Budget,
    private readonly search: Search,
    private readonly observer: Observer | null,
  ) {
    this.visited = search.isReduced ? new Map() : null;
    this.contended = search.isReduced ? new Contended() : null;
    this.begin();
  }

  /** Forgets what is left to try, and what was seen: the first tape is tried next. */
  private begin(): void {
    this.own = [];
    this.pending = [];
    this.visited?.clear();
    this.knownAtStart = this.contended?.copy() ?? null;
    this.add({ answers: [], index: -1, answer: 0, cost: 0, arm: '' });
  }

  private add(tape: Pending): void {
    const { focus } = this.subject;
    const isOwn = focus !== undefined && tape.arm.startsWith(armsOf(focus));
    const queues = isOwn ? this.own : this.pending;
    while (queues.length <= tape.cost) queues.push(new Queue());
    queues[tape.cost]!.push(tape);
  }

  explore(): Exploration {
    for (let next = this.next(); next; next = this.next()) {
      this.run(next);
      if (this.contended?.takeNew()) this.begin();
      if (this.runs >= this.budget.runs + this.budget.freshRuns) this.bound = `${this.runs} runs`;
      else if (this.steps >= this.budget.steps) this.bound = `${this.budget.steps} steps`;
      else if (this.budget.isCancelled()) this.bound = 'cancelled';
      if (this.bound !== '') break;
    }
    const left = [...this.own, ...this.pending].some(({ isEmpty }) => !isEmpty);
    const most = this.mostCost();
    const cut = [...this.stops.keys()][0] ?? '';
    return {
      counterexamples: this.counterexamples(),
      runs: this.runs,
      steps: this.steps,
      isComplete: !left && cut === '',
      bound: left ? this.bound || `at most ${most} failures, preemptions or assumptions a run` : cut,
      plainlyEnded: this.plainlyEnded,
      stops: this.stops,
      states: this.visited?.size ?? 0,
    };
  }

  private counterexamples(): Counterexample[] {
    return [...this.found].map(([key, found]) => {
      const contended = this.known.get(key);
      return contended ? spelledOut(this.subject, found, contended) : found;
    });
  }

  private next(): Pending | null {
    const most = this.mostCost() + 1;
    const affordable = [...this.own.slice(0, most), ...this.pending.slice(0, most)];
    if (this.search.order === 'novelty') {
      for (const queue of affordable) {
        const fresh = queue.takeFresh(this.covered);
        if (fresh) return fresh;
      }
    }
    if (this.runs >= this.budget.runs) {
      this.bound = `${this.runs} runs`;
      return null;
    }
    // Both kinds in turn by cost.
    for (let cost = 0; cost < most; cost++) {
      const tape = this.own[cost]?.take() ?? this.pending[cost]?.take();
      if (tape) return tape;
    }
    return null;
  }

  private mostCost(): number {
    if (!this.search.stopsWhenFound) return this.budget.cost;
    const costs = [...this.found.values()].map(({ choicesMade }) => costOf(choicesMade));
    return Math.min(this.budget.cost, ...costs);
  }

  private run({ answers, index, answer, cost, arm }: Pending): void {
    const tape = index < 0 ? answers : [...answers.slice(0, index), answer];
    const { code, options, setUp } = this.subject;
    const machine = new Machine(code, options, tape, this.visited, null, this.contended);
    setUp(machine);
    const ending = machine.run();
    this.runs++;
    this.steps += machine.steps;
    if (arm !== '') this.covered.add(arm);
    if (isEnd(ending) && !machine.choices.some(isFailure)) this.plainlyEnded++;
    if (ending.kind === 'stopped') this.stops.set(ending.why, (this.stops.get(ending.why) ?? 0) + 1);
    this.branchFrom(machine.choices, tape.length, cost);
    if (ending.kind === 'impossible') return;
    for (const violation of machine.violations) this.keep(violation, machine);
    for (const pair of machine.lockPairs) {
      const inverted = this.orders.add(pair);
      if (!inverted) continue;
      const cuts = wordsOf(machine.cuts.filter(bearingOn(inverted.monitor)));
      this.keep({ ...inverted, choices: machine.choices.length, cuts }, machine);
    }
    this.observer?.observe(machine);
  }

  /** Every answer that was not given, from where the tape ended. */
  private branchFrom(choices: readonly Choice[], from: number, cost: number): void {
    const taken = choices.map((each) => each.taken);
    let sum = cost;
    for (let index = from; index < choices.length; index++) {
      const choice = choices[index]!;
      const arm = (answer: number): string =>
        choice.site === null
          ? ''
          : `${choice.site.path}:${choice.site.name}:${choice.site.start}:${choice.site.end}:${answer}`;
      this.covered.add(arm(choice.taken));
      for (let answer = choice.taken + 1; answer < choice.count; answer++) {
        const price = sum + (choice.isFree ? 0 : 1);
        this.add({ answers: taken, index, answer, cost: price, arm: arm(answer) });
      }
      sum += choice.cost;
    }
  }

  private keep(violation: Violation, machine: Machine): void {
    const { site, monitor, within } = violation;
    // What a callee did may be told there; what the function did itself must not be hidden by it.
    const key = `${monitor}:${site.path}:${site.start}${within ? ':within' : ''}`;
    const known = this.found.get(key);
    const tape = machine.choices.slice(0, violation.choices).map(({ taken }) => taken);
    if (known && rankOf(known.choicesMade) <= rankOf(machine.choices.slice(0, violation.choices))) return;
    this.found.set(key, {
      ...violation,
      tape,
      choicesMade: machine.choices.slice(0, violation.choices),
    });
    if (this.knownAtStart) this.known.set(key, this.knownAtStart);
  }
}

function armsOf({ path, name }: Procedure): string {
  return `${path}:${name}:`;
}

/** Plainer first: what assumes least, then what costs least. */
function rankOf(choices: readonly Choice[]): number {
  const assumed = choices.filter(({ kind, cost }) => kind === 'unknown' && cost > 0).length;
  return assumed * 1000 + costOf(choices);
}

function isEnd({ kind }: Ending): boolean {
  return kind === 'finished' || kind === 'violated';
}

function isFailure({ kind, taken }: Choice): boolean {
  return kind === 'fault' && taken > 0;
}
