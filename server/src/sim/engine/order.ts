/**
 * The order in which tasks touched what they share. Two runs in which every
 * task saw the same writes, and the same writes came last, are in one state
 * (Mazurkiewicz traces), whatever else happened in between. States are told
 * apart by two hashes of 32 bits, so that two never meet by chance.
 */
import type { Task } from './task.js';

/** Who wrote a place last and what that task had seen, as two hashes; zeros before anybody wrote. */
interface Place {
  first: number;
  second: number;
  /** Of the place itself. */
  readonly hash: number;
}

/** Stands for what lies outside of memory: who is in a read section, which work is queued. */
const OUTSIDE = -1;

export class AccessOrder {
  private readonly places = new Map<number, Map<number, Place>>();
  /** Of all last writes together. */
  private first = 0;
  private second = 0;
  /** The second hash of what each task has seen; the first one is its history. */
  private readonly histories = new Map<Task, number>();
  /** How many operations that others can see were begun. */
  private operations = 0;
  /** Those of them that the tape has an answer for. */
  private asked = 0;
  /** What these were when a task was chosen last, and among how many. */
  private readonly atChoice = { operations: -1, asked: -1, among: 0, askedAmong: 0 };
  /** What was answered before any task ran. */
  private before = '';

  touch(task: Task, object: number, key: number, isWrite: boolean): void {
    const place = this.placeAt(object, key);
    this.sees(task, place.first, place.second);
    if (!isWrite) return;
    const first = mixed(task.history, task.number, FIRST);
    const second = mixed(this.histories.get(task)!, task.number, SECOND);
    this.first ^= mixed(place.first, place.hash, FIRST) ^ mixed(first, place.hash, FIRST);
    this.second ^= mixed(place.second, place.hash, SECOND) ^ mixed(second, place.hash, SECOND);
    place.first = first;
    place.second = second;
  }

  private sees(task: Task, first: number, second: number): void {
    const known = mixed(this.histories.get(task) ?? 0, task.history, SECOND);
    this.histories.set(task, mixed(known, second, SECOND));
    task.sees(first);
  }

  private placeAt(object: number, key: number): Place {
    let keys = this.places.get(object);
    if (!keys) {
      keys = new Map();
      this.places.set(object, keys);
    }
    let place = keys.get(key);
    if (!place) {
      place = { first: 0, second: 0, hash: mixed(object, key, FIRST) };
      keys.set(key, place);
    }
    return place;
  }

  /** A task does something that others may see, or finds that it must wait. */
  begin(isAsked: boolean): void {
    this.operations++;
    if (isAsked) this.asked++;
  }

  /** It is done. How often a task came so far belongs to its state; how often it waited does not. */
  done(task: Task): void {
    this.sees(task, 1, 1);
  }

  /** A task enters or leaves a read section: those of others do not matter for that. */
  readSection(task: Task): void {
    this.touch(task, OUTSIDE, task.number, true);
  }

  /** A task acts on what lies outside of memory: all such actions are in one order. */
  outside(task: Task, tasks: readonly Task[]): void {
    for (const { number } of tasks) this.touch(task, OUTSIDE, number, false);
    this.touch(task, OUTSIDE, 0, true);
  }

  /** Nobody has run yet, and this was answered when the world was set up: no task saw it. */
  begins(answers: string): void {
    this.before = answers;
  }

  /** A task was chosen, by the tape or because nothing else was asked. */
  chosen(tasks: number, isImplied: boolean): void {
    this.atChoice.operations = this.operations;
    this.atChoice.among = tasks;
    if (isImplied) return;
    this.atChoice.asked = this.asked;
    this.atChoice.askedAmong = tasks;
  }

  /** Whether the task that was chosen last has not done anything yet that others can see. */
  isJustChosen(tasks: number): boolean {
    return this.atChoice.operations === this.operations && this.atChoice.among === tasks;
  }

  /** The same, as it was where only some of it was asked for. */
  isJustChosenByTape(tasks: number): boolean {
    return this.atChoice.asked === this.asked && this.atChoice.askedAmong === tasks;
  }

  /** A text that is equal for equal states of the run. `current`: the task that could go on, 0 when it cannot. */
  key(tasks: readonly Task[], current: number): string {
    const parts = tasks.map((each) => `${each.history}.${this.histories.get(each) ?? 0}${standingOf(each)}`);
    return `${this.before}:${current}:${this.first}.${this.second}:${parts.join(',')}`;
  }
}

/** How a task stands, and which one it is where numbers depend on who came first. */
function standingOf({ isDone, obstacle, frames, kind, name }: Task): string {
  // Who has not begun may wait to be let in; that is not the wait for the lock that it takes first.
  const standing = isDone ? 'd' : frames.length === 0 ? 'n' : obstacle ? 'w' : '';
  return kind === 'thread' ? standing : `${standing} ${name}`;
}

const FIRST = 0x9e3779b1;
const SECOND = 0x7f4a7c15;

function mixed(a: number, b: number, salt: number): number {
  let mix = Math.imul(a ^ salt, 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13) ^ b, 0xc2b2ae35);
  mix = Math.imul(mix ^ (mix >>> 16), 0x27d4eb2f);
  return mix ^ (mix >>> 15);
}
