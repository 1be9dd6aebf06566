/**
 * What a run did, step by step, for people. Runs are recorded only when they
 * are shown: a counterexample is found first and replayed with a recorder.
 */
import {
  ErrorValue,
  FunctionValue,
  type Held,
  type MemoryObject,
  Pointer,
  resolve,
  type Site,
  Unknown,
  type Value,
} from '../model/index.js';
import type { PrimitiveCall } from './effects/perform.js';
import type { Machine } from './machine.js';
import type { Violation } from './run.js';
import type { Frame } from './task.js';

/** One thing that changed in a step. */
export interface Change {
  readonly kind: 'added' | 'modified' | 'freed';
  readonly words: string;
  /** The same with objects of one name told apart, `domain#2`; left out where that changes nothing. */
  readonly numbered?: string;
}

/** What an object is called. */
type Naming = (object: MemoryObject) => string;

export interface Step {
  readonly task: string;
  readonly site: Site;
  /** How deep in calls. */
  readonly depth: number;
  readonly words: string;
  readonly changes: readonly Change[];
  readonly locks: readonly string[];
  readonly isViolation: boolean;
}

export class Recorder {
  readonly steps: Step[] = [];
  /** For each question of the run, how many steps came before it. */
  readonly stepsBefore: number[] = [];
  /** By the name that they have in common, in the order in which the run came by them. */
  private readonly namesakes = new Map<string, MemoryObject[]>();

  /** A question is asked: what comes of the answer is told by the next step. */
  asked(): void {
    this.stepsBefore.push(this.steps.length);
  }

  /** A step of the current task; one that stands at the same place as the last joins it. */
  private add(
    machine: Machine,
    words: string,
    changes: readonly Change[],
    site = machine.site,
    isViolation = false,
  ): void {
    const { task } = machine;
    const last = this.steps.at(-1);
    const isSame =
      last &&
      last.site.start === site.start &&
      last.site.path === site.path &&
      last.task === nameOf(machine) &&
      !isViolation &&
      !last.isViolation;
    if (isSame && (words === '' || words === last.words)) {
      this.steps[this.steps.length - 1] = { ...last, changes: [...last.changes, ...changes] };
      return;
    }
    this.steps.push({
      task: nameOf(machine),
      site,
      depth: Math.max(0, task.frames.length - 1),
      words,
      changes,
      locks: task.held.map((held) => held.words),
      isViolation,
    });
  }

  private change(kind: Change['kind'], wordsBy: (naming: Naming) => string): Change {
    const words = wordsBy(asItIs);
    const numbered = wordsBy((object) => this.numbered(object));
    return words === numbered ? { kind, words } : { kind, words, numbered };
  }

  /** The first of a name has that alone: that there will be another is not known yet. */
  private numbered(object: MemoryObject): string {
    const all = this.namesakes.get(object.words) ?? [];
    if (!all.includes(object)) this.namesakes.set(object.words, [...all, object]);
    const at = all.indexOf(object);
    const number = (at < 0 ? all.length : at) + 1;
    return number === 1 ? object.words : `${object.words}#${number}`;
  }

  call(machine: Machine, name: string): void {
    this.add(machine, `calls ${name}()`, []);
  }

  primitive(machine: Machine, { primitive }: PrimitiveCall): void {
    if (QUIET.has(primitive.effect.do)) return;
    this.add(machine, quoteSite(machine), []);
  }

  failed(machine: Machine, name: string): void {
    this.add(machine, `${name}() fails`, []);
  }

  returned(machine: Machine, frame: Frame, result: Value): void {
    if (machine.task.frames.length === 0) return;
    if (frame.procedure.ir.returnType === 'void') return;
    this.add(machine, `${frame.procedure.name}() returns ${show(result)}`, []);
  }

  write(machine: Machine, pointer: Pointer, width: number, value: Value): void {
    const { object, key } = pointer;
    if (object.lifetime === 'stack' || machine.task.number === 0) return;
    const cell = object.at(key, width);
    const before = cell && cell !== 'mixed' ? cell.value : null;
    const change = this.change('modified', (naming) => {
      const name = placeIn(pointer, naming);
      const after = show(value, naming);
      return before === null ? `${name} = ${after}` : `${name}: ${show(before, naming)} → ${after}`;
    });
    this.add(machine, '', [change]);
  }

  counted(machine: Machine, place: Pointer, before: Value, after: Value): void {
    const change = this.change(
      'modified',
      (naming) => `${placeIn(place, naming)}: ${show(before, naming)} → ${show(after, naming)}`,
    );
    this.add(machine, quoteSite(machine), [change]);
  }

  stored(machine: Machine, place: Pointer, index: Value, value: Value): void {
    const change = this.change(
      'modified',
      (naming) => `${placeIn(place, naming)}[${show(index, naming)}] = ${show(value, naming)}`,
    );
    this.add(machine, '', [change]);
  }

  made(machine: Machine, object: MemoryObject): void {
    this.add(machine, '', [this.change('added', (naming) => naming(object))]);
  }

  freed(machine: Machine, object: MemoryObject): void {
    this.add(machine, '', [this.change('freed', (naming) => naming(object))]);
  }

  locked(machine: Machine, held: Held): void {
    this.add(machine, `takes ${held.words}`, []);
  }

  unlocked(machine: Machine, held: Held): void {
    this.add(machine, `releases ${held.words}`, []);
  }

  register(machine: Machine): void {
    this.add(machine, '', []);
  }

  /** What the simulated hardware is told. */
  hardware(machine: Machine, wordsBy: (naming: Naming) => string): void {
    this.add(machine, '', [this.change('modified', wordsBy)]);
  }

  /** A branch that was not decided by what is known. */
  decided(machine: Machine, isTrue: boolean): void {
    this.add(machine, `${quoteSite(machine)} is ${isTrue ? 'true' : 'false'}`, []);
  }

  violation(machine: Machine, violation: Violation): void {
    this.add(machine, violation.words, [], violation.site, true);
  }
}

const QUIET = new Set([
  'nothing',
  'pure',
  'config',
  'offset',
  'lock',
  'unlock',
  'try-lock',
  'count',
  'error',
  'preempt',
  'io',
  'simulated',
]);

function nameOf({ task }: Machine): string {
  return task.words === '' ? task.name : task.words;
}

function quoteSite(machine: Machine): string {
  const { start, end } = machine.site;
  const text = machine.frame.procedure.source.slice(start, end).replace(/\s+/g, ' ').trim();
  return text.length > 70 ? `${text.slice(0, 67)}…` : text;
}

const asItIs: Naming = ({ words }) => words;

function placeIn({ object, member }: Pointer, naming: Naming): string {
  return member === '' ? naming(object) : `${naming(object)}->${member}`;
}

/** A value in few words, without addresses. */
export function show(value: Value, naming: Naming = asItIs): string {
  const known = resolve(value);
  if (typeof known === 'bigint') return known > 1n << 32n ? `0x${known.toString(16)}` : String(known);
  if (known instanceof Pointer) {
    const inner = known.member !== '' && known.key !== 0 ? `->${known.member}` : '';
    return `&${naming(known.object)}${inner}`;
  }
  if (known instanceof FunctionValue) return `${known.name}()`;
  if (known instanceof ErrorValue) return known.errno === null ? 'an error' : `ERR_PTR(${known.errno})`;
  if (known instanceof Unknown) return showUnknown(known, naming);
  return 'uninitialised';
}

function showUnknown({ term, words }: Unknown, naming: Naming): string {
  if (term && (term.operation === 'add' || term.operation === 'subtract')) {
    const [left, right] = term.operands;
    return `${show(left!, naming)} ${term.operation === 'add' ? '+' : '-'} ${show(right!, naming)}`;
  }
  return words === '' ? 'unknown' : words;
}
