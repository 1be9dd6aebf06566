/** Tasks and their frames: a thread of a scenario, a work item, a callback after a grace period. */
import type { Instruction } from '../../ir/index.js';
import type { Held, MemoryObject, Site, Value } from '../model/index.js';
import type { Procedure } from './code.js';
import type { Walker } from './walkers.js';

export class Frame {
  at = 0;
  readonly registers: (Value | undefined)[] = [];
  readonly locals: (Value | undefined)[] = [];
  readonly boxes: (MemoryObject | undefined)[] = [];
  readonly walkers: (Walker | undefined)[] = [];
  /** How often each branch of a loop was asked an open question. */
  readonly turns = new Map<number, number>();
  /** How many locks the task held when it was entered. */
  locksAtEntry = 0;
  /** How many choices had been made when it was entered. */
  choicesAtEntry = 0;
  /** Runs in the caller when this one returns, before its result is stored. */
  afterwards: ((result: Value) => void) | null = null;

  constructor(
    readonly procedure: Procedure,
    /** Numbered in the order of calls within a run. */
    readonly number: number,
    /** How many frames are below it. */
    readonly depth: number,
  ) {}

  /** The place of the instruction at hand. */
  get site(): Site {
    return this.siteOf(this.procedure.ir.code[Math.max(0, this.at - 1)]!);
  }

  siteOf({ start, end }: Pick<Instruction, 'start' | 'end'>): Site {
    return { path: this.procedure.path, name: this.procedure.name, start, end };
  }
}

/** What a task is waiting for; it is asked again whenever somebody else has moved. */
interface Obstacle {
  readonly words: string;
  readonly isGone: () => boolean;
  /** Done once when it is gone and the task goes on. */
  readonly passed?: () => void;
  readonly kind: 'lock' | 'flush' | 'wait' | 'grace-period' | 'start';
  readonly site: Site;
}

export type TaskKind = 'thread' | 'work' | 'callback';

/** One call of a task's programme. */
export interface Call {
  readonly procedure: Procedure;
  readonly args: readonly Value[];
}

/** Where a task became unable to sleep. */
export interface AtomicSection {
  readonly at: Site;
  /** Number of the frame that the function entered first called, and that did it; null where it did so itself. */
  readonly within: number | null;
}

export class Task {
  readonly frames: Frame[] = [];
  readonly held: Held[] = [];
  obstacle: Obstacle | null = null;
  isDone = false;
  /** What made it unable to sleep, innermost last. */
  readonly atomic: AtomicSection[] = [];
  /** The RCU read sections that it is in, by where they begin. */
  readonly sections: Site[] = [];
  /** How many outermost read sections it has left, for grace periods. */
  sectionsLeft = 0;
  /** What it is sure to have happened before, by task number. */
  readonly clock: number[] = [];
  /** What it has seen so far, as a number: two runs in which it saw the same are the same for it. */
  history = 17;
  /** Whether the scheduler was asked before the operation at hand. */
  wasAsked = false;
  /** Whether it has waited for the grace period that it asked for. */
  waited = false;
  /** What it is for people, where the name is only a key. */
  words = '';
  /** Whether it handles a page request. */
  isOfRequest = false;
  result: Value = 0n;
  /** Where it last returned from the code under review to its scenario. */
  leftAt: Site | null = null;

  constructor(
    readonly number: number,
    readonly name: string,
    readonly kind: TaskKind,
    /** What is left to do, in order. */
    readonly programme: Call[],
  ) {}

  get frame(): Frame {
    return this.frames[this.frames.length - 1]!;
  }

  /** Takes something in that its next steps may depend on. */
  sees(value: number): void {
    this.history = (Math.imul(this.history, 0x9e3779b1) ^ value) | 0;
  }
}
