/**
 * What a run cuts short without ending: a loop that is left early or not
 * entered, a callee that is not entered, code that could not be read. Each is
 * kept with what it could have done, so that a breach is a guess only where a
 * cut bears on it.
 */
import type { MemoryObject, Value } from '../model/index.js';
import { reachableFrom } from './checks/reach.js';
import type { Loop } from './code.js';
import type { Machine } from './machine.js';
import type { MonitorId } from './monitors.js';
import type { Frame } from './task.js';

type CutKind =
  /** A callee that is too far down: what it may write is forgotten. */
  | 'callee'
  /** Rounds of a loop that were not run. */
  | 'loop'
  /** A loop of which it was known before that it does not go round: because of what was taken to be so, perhaps. */
  | 'empty-loop'
  /** A name that no declaration explains: its value is open. */
  | 'name'
  /** In a world where all else is known, a function of which nothing is. */
  | 'opaque'
  /** A condition of which nobody can say whether it can hold. */
  | 'condition'
  /** Code that could not be lowered. */
  | 'code'
  /** A guard or cleanup that the tables do not know. */
  | 'scope';

export interface Cut {
  readonly kind: CutKind;
  readonly words: string;
  /** Number of the frame it was made in. */
  readonly frame: number;
  /** How many choices had been made. */
  readonly choices: number;
  /** Locals that rounds which were not run might have set. */
  readonly sets: ReadonlySet<number>;
  /** Objects of the code's own that what was cut might have reached; null when that is not told. */
  readonly reaches: ReadonlySet<MemoryObject> | null;
}

/** Whether a cut can make a breach wrong. */
export type Bearing = (cut: Cut) => boolean;

/** Each said once. */
export function wordsOf(cuts: readonly Cut[]): string[] {
  return [...new Set(cuts.map(({ words }) => words))];
}

const NONE: ReadonlySet<number> = new Set();
const NOTHING: ReadonlySet<MemoryObject> = new Set();

/** Notes what was cut short. */
export function cutShort(machine: Machine, kind: CutKind, words: string): void {
  note(machine, { kind, words, sets: NONE, reaches: null });
}

/** Notes that rounds of a loop are not run. */
export function cutLoop(machine: Machine, frame: Frame, loop: Loop | null, words: string): void {
  note(machine, {
    kind: 'loop',
    words,
    sets: loop?.sets ?? NONE,
    reaches: loop && reachOf(machine, frame, loop),
  });
}

/** Notes that a loop had nothing to go through. */
export function cutEmptyLoop(machine: Machine, { sets }: Loop, words: string): void {
  if (sets.size > 0) note(machine, { kind: 'empty-loop', words, sets, reaches: NOTHING });
}

/** Notes code that could not be read: it could have used whatever its function names. */
export function cutCode(machine: Machine, frame: Frame, words: string): void {
  const { whole } = frame.procedure;
  note(machine, { kind: 'code', words, sets: whole.sets, reaches: reachOf(machine, frame, whole) });
}

function note(machine: Machine, cut: Omit<Cut, 'frame' | 'choices'>): void {
  const frame = machine.task.frames.length > 0 ? machine.frame.number : 0;
  const isLoop = cut.kind === 'loop' || cut.kind === 'empty-loop';
  if (!isLoop && machine.cuts.some((each) => each.words === cut.words && each.frame === frame)) return;
  machine.cuts.push({ ...cut, frame, choices: machine.choices.length });
}

/** What the run allocated and the loop can get at: through the locals that it names, and what lives outside. */
function reachOf(machine: Machine, frame: Frame, loop: Loop): ReadonlySet<MemoryObject> {
  const isOwn = ({ madeAt, lifetime }: MemoryObject): boolean => madeAt !== null && lifetime !== 'stack';
  if (!machine.heap.objects.some(isOwn)) return new Set();
  const roots: Value[] = machine.heap.objects
    .filter(({ lifetime, hasEscaped }) => lifetime === 'static' || lifetime === 'given' || hasEscaped)
    .map((object) => machine.pointerTo(object));
  for (const local of loop.names) {
    const value = frame.locals[local];
    const box = frame.boxes[local];
    if (value !== undefined) roots.push(value);
    if (box) roots.push(machine.pointerTo(box));
  }
  return new Set([...reachableFrom(machine, roots)].filter(isOwn));
}

/**
 * Breaches whose whole story lies on the path that was run: what was freed and
 * used, taken and not given back. That a loop elsewhere was left early, or a
 * constant was not known, cannot make them wrong; for a leak it can.
 */
const TOLD_BY_PATH: ReadonlySet<MonitorId> = new Set([
  'UAF',
  'FAULTUAF',
  'DF',
  'SELFDEAD',
  'LOCKBAL',
  'UNHELD',
  'RNEG',
  'R01',
]);

/** What only a local that stayed unset can be due to. */
const UNSEEN: ReadonlySet<CutKind> = new Set(['callee', 'empty-loop']);

export function isToldByPath(monitor: MonitorId): boolean {
  return TOLD_BY_PATH.has(monitor);
}

/** What bears on a breach of which no more is known than its monitor. */
export function bearingOn(monitor: MonitorId): Bearing {
  return isToldByPath(monitor) ? bearingOnPath : ({ kind }) => !UNSEEN.has(kind);
}

/** The whole story lies on the path that was run. */
export const bearingOnPath: Bearing = ({ kind }) => !UNSEEN.has(kind) && kind !== 'loop' && kind !== 'name';

/** After these anything may be so. */
const isOpen = ({ kind }: Pick<Cut, 'kind'>): boolean => kind === 'condition' || kind === 'opaque';

/** A local that nobody else can write is unset: only code of its own function could have set it. */
export function bearingOnLocal(frame: number, local: number): Bearing {
  return (cut) => {
    if (isOpen(cut)) return true;
    if (cut.frame !== frame) return false;
    return cut.kind === 'code' || cut.sets.has(local) || (cut.kind === 'loop' && cut.reaches === null);
  };
}

/** A pointer is bad since a choice: what was cut short before cannot have mended it. */
export function bearingSince(choice: number): Bearing {
  return ({ kind, choices }) =>
    isOpen({ kind }) || (choices > choice && (kind === 'loop' || kind === 'code' || kind === 'scope'));
}

/** An object is lost: what was cut short after it was made, and could reach it, may have taken care of it. */
export function bearingOnLost(object: MemoryObject, madeAfter: number): Bearing {
  return ({ kind, choices, reaches }) => {
    if (isOpen({ kind })) return true;
    if (choices < madeAfter || kind === 'name' || UNSEEN.has(kind)) return false;
    return reaches === null || reaches.has(object);
  };
}
