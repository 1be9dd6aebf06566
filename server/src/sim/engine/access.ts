/**
 * How tasks reach memory: pointers are followed here, with every check that
 * belongs to it, and cells are read and written. Also keeps the order of
 * accesses that tasks can see of each other, by which two runs are told to be
 * the same.
 */
import { Scalar } from '../../ir/index.js';
import {
  type Cause,
  causeOf,
  ErrorValue,
  FunctionValue,
  type MemoryObject,
  Pointer,
  RESERVED,
  type Region,
  resolve,
  type Site,
  Undefined,
  Unknown,
  type Value,
  WHOLE,
} from '../model/index.js';
import { bearingOn, bearingOnLocal, bearingSince } from './cuts.js';
import { Sentinel } from './lists.js';
import { WIDTHS } from './locals.js';
import type { Machine } from './machine.js';
import type { ReportDetails } from './run.js';

/** The least and greatest value of each kind of scalar. */
export const LOWEST: readonly bigint[] = [
  0n,
  0n,
  -128n,
  0n,
  -32768n,
  0n,
  -(1n << 31n),
  0n,
  -(1n << 63n),
  0n,
  0n,
  -(1n << 63n),
  0n,
];
export const HIGHEST: readonly bigint[] = [
  0n,
  1n,
  127n,
  255n,
  32767n,
  65535n,
  (1n << 31n) - 1n,
  (1n << 32n) - 1n,
  (1n << 63n) - 1n,
  (1n << 64n) - 1n,
  (1n << 64n) - 1n,
  (1n << 64n) - 1n,
  0n,
];

/** What list_del() leaves in a node. include/linux/poison.h, 6.12. */
export const POISON = [0xdead000000000100n, 0xdead000000000122n] as const;

/** A value of a kind of which nothing is known. */
export function anything(machine: Machine, kind: Scalar, words: string, pointee = ''): Unknown {
  const sort = kind === Scalar.Pointer ? 'pointer' : 'integer';
  return machine.unknown(sort, LOWEST[kind]!, HIGHEST[kind]!, words, pointee);
}

/** The object behind an unknown pointer, made now that it is needed: the pointer is taken to be valid. */
export function materialise(machine: Machine, unknown: Unknown): Pointer {
  const object = machine.heap.make(machine.task.number, {
    type: unknown.pointee,
    lifetime: 'given',
    size: -1,
    fill: 'unknown',
    madeAt: null,
    words: unknown.words,
  });
  object.isShared = true;
  object.origin = unknown.id;
  const pointer = new Pointer(object, WHOLE, 0, '');
  unknown.bound = pointer;
  if (unknown.isError === null) unknown.isError = false;
  return pointer;
}

/** The place that a value points to; null when it cannot be followed, which has then been reported. */
export function follow(machine: Machine, value: Value, doing: string): Pointer | null {
  const known = resolve(value);
  if (known instanceof Pointer) return known;
  if (known instanceof Unknown) {
    if (known.sort !== 'integer' || known.term === null) return materialise(machine, known);
    return materialise(machine, known);
  }
  if (known instanceof FunctionValue) return null;
  if (known instanceof Undefined) {
    machine.fatal(
      'UNINIT',
      `${doing} \`${quote(machine)}\`, which nobody has set`,
      [],
      detailsOf(machine, known),
    );
    return null;
  }
  badPointer(machine, value, known, doing);
  return null;
}

/** What belongs to a report of something that was never set. */
export function detailsOf(machine: Machine, { local, object }: Undefined): ReportDetails {
  const isOuters = isOfOuter(machine, local, object);
  return local ? { bears: bearingOnLocal(local.frame, local.index), isOuters } : { isOuters };
}

/** Whether what was never set is a local of the function that was entered first, or was made by another call of it. */
function isOfOuter(machine: Machine, local: Undefined['local'], object: MemoryObject | null): boolean {
  const [first] = machine.task.frames;
  if (local) return local.frame === first?.number;
  // Of memory that several may write it is only sure when nothing was left out, or taken to have gone wrong.
  const isGuess = machine.choices.some(({ kind, taken }) => kind !== 'fault' && taken > 0);
  if (!object || isGuess || machine.cuts.some(bearingOn('UNINIT'))) return false;
  return object.lifetime === 'stack' ? !!first?.boxes.includes(object) : isEarlier(machine, object.madeAt);
}

/** Whether the function that was entered first has gone on since it was there. */
function isEarlier(machine: Machine, site: Site | null): boolean {
  const now = machine.outerSite;
  return site !== null && (site.start !== now.start || site.end !== now.end || site.path !== now.path);
}

/** What lies this near to NULL is a member of what NULL points to. */
const PAGE = 4096n;

/** Whether what is followed is a parameter for which the function that was entered first passed NULL of its own. */
function isNullParameter({ task, frame }: Machine, text: string): boolean {
  if (task.frames.length !== 2) return false;
  const { locals, parameters } = frame.procedure.ir;
  const name = /^[*&(]*(\w+)/.exec(text)?.[1];
  const at = locals.slice(0, parameters).findIndex((each) => each.name === name);
  const passed = at < 0 ? undefined : frame.locals[at];
  // What was only found to be NULL is told where it was asked about.
  return passed === 0n;
}

function badPointer(machine: Machine, value: Value, known: bigint | ErrorValue, doing: string): void {
  const cause = causeOf(value);
  const related = cause ? [{ site: siteOfChoice(machine, cause.choice), words: cause.words }] : [];
  const text = quote(machine);
  const wasAsked = machine.ledger.wasAsked(value) || machine.ledger.wasAsked(known);
  if (cause && !wasAsked && isUnfounded(machine, cause)) {
    machine.end({ kind: 'stopped', why: `nothing in the code says that \`${text}\` may be NULL` });
    return;
  }
  const isFirst = cause?.frame === machine.task.frames[0]?.number;
  // Whether the caller may pass NULL is the caller's business, unless this very function asked.
  const isOwn =
    cause !== null &&
    !cause.isGuess &&
    (cause.kind === 'fault' ||
      (cause.kind === 'tested' && (cause.frame === machine.frame.number || isFirst)));
  const assumes = isOwn || cause === null ? [] : [cause.words];
  // What a callee only asked about an argument is no news of the function that passed it.
  const isMade = cause !== null && cause.kind !== 'tested' && isEarlier(machine, cause.outer);
  const isOuters = isFirst || isMade;
  const details: ReportDetails = cause
    ? { assumes, bears: bearingSince(cause.choice), isOuters }
    : { assumes, isOuters: typeof known === 'bigint' && known < PAGE && isNullParameter(machine, text) };
  // ERRNO: the code did ask whether it failed, but for the other kind of failure.
  if (wasAsked) {
    const [is, asked] = known === 0n ? ['NULL', 'an error pointer'] : ['an error pointer', 'NULL'];
    machine.fatal(
      'ERRNO',
      `${doing} \`${text}\` while it is ${is}: on failure it was asked for ${asked}`,
      related,
      details,
    );
  } else if (known instanceof ErrorValue) {
    machine.fatal('DEREF', `${doing} \`${text}\` while it holds an error pointer`, related, details);
  } else if (POISON.includes(known as (typeof POISON)[number])) {
    machine.fatal('LIST', `${doing} \`${text}\`: the node was deleted from its list`, related);
  } else if (known === RESERVED) {
    machine.fatal('DEREF', `${doing} \`${text}\` while it is a reservation of an xarray`, related, details);
  } else if (known < PAGE || known > (1n << 64n) - PAGE) {
    machine.fatal('DEREF', `${doing} \`${text}\` while it is NULL`, related, details);
  } else machine.end({ kind: 'stopped', why: `the address \`${text}\` is a plain number` });
}

/**
 * Whether all that speaks for a NULL is the engine's own choice: that a search
 * may find nothing, that a callee may come to its `return NULL`. The caller may
 * know better; it is told only where a function that is still there has asked.
 */
function isUnfounded({ options, ledger, task }: Machine, cause: Cause): boolean {
  if (options.world !== 'open' || cause.kind !== 'environment') return false;
  const askers = ledger.questioned.get(cause);
  return !askers || !task.frames.some(({ number }) => askers.has(number));
}

function siteOfChoice(machine: Machine, choice: number): Site {
  return machine.choices[choice]?.site ?? machine.site;
}

/** The source text of the instruction at hand, on one line. */
export function quote(machine: Machine): string {
  const { frame } = machine;
  const { start, end } = machine.site;
  return quoted(frame.procedure.source.slice(start, end));
}

export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}

/** Whether the object may still be used; reports it when not. */
export function checkAlive(machine: Machine, pointer: Pointer, doing: string): boolean {
  const { object } = pointer;
  if (pointer instanceof Sentinel) {
    machine.fatal(
      'LIST',
      `${doing} \`${quote(machine)}\`: after its loop the cursor is no element of the list`,
    );
    return false;
  }
  if (object.state === 'live') return machine.ledger.dead.size === 0 || isUsable(machine, object, doing);
  if (object.state === 'dying' && machine.task.sections.length > 0) return true;
  const freed = object.freedAt;
  const how = object.lifetime === 'stack' ? 'whose function has returned' : 'after it was freed';
  machine.fatal(
    machine.task.isOfRequest ? 'FAULTUAF' : 'UAF',
    `${doing} \`${quote(machine)}\` of ${nameOf(object)} ${how}`,
    freed ? [{ site: freed, words: `${nameOf(object)} is freed here` }] : [],
  );
  return false;
}

/** R01: what could not be got is not used once the function that tried has returned, or at all if nobody looked. */
function isUsable(machine: Machine, object: MemoryObject, doing: string): boolean {
  const refusal = machine.ledger.dead.get(object);
  if (!refusal || refusal.task !== machine.task.number) return true;
  const isStillThere = machine.task.frames.some(({ number }) => number === refusal.frame);
  if (isStillThere && !refusal.isIgnored) return true;
  machine.fatal(
    'R01',
    `${doing} \`${quote(machine)}\` although no reference could be got: ${nameOf(object)} is on its way out`,
    [{ site: refusal.site, words: 'the count is zero here' }],
  );
  return false;
}

/** What an object is called in a message. `words`: its own, or those that tell it from others of that name. */
export function nameOf(object: MemoryObject, words = object.words): string {
  const type = object.type.replace(/\*+$/, '').trim();
  if (object.lifetime === 'stack') return `the local \`${words}\``;
  if (object.lifetime === 'static') return `\`${words}\``;
  if (/^(?:struct|union) \w/.test(type)) return `the ${type.replace(/^\w+ /, '')} \`${words}\``;
  return `the object \`${words}\``;
}

/** Whether a step to it went by an index that is not known; a member is one place, wherever that lies. */
function isByIndex(region: Region): boolean {
  return region.step.startsWith('[') || (region.parent !== null && isByIndex(region.parent));
}

/** Reads a scalar. What was never written comes into being as the object was made. */
export function readCell(machine: Machine, pointer: Pointer, kind: Scalar, pointee: string): Value {
  const { object, key } = pointer;
  if (object.isShared) touch(machine, object, key, false);
  const width = WIDTHS[kind]!;
  const cell = object.at(key, width);
  if (cell !== null && cell !== 'mixed') {
    if (cell.value === null) cell.value = anything(machine, kind, wordsFor(pointer), pointee);
    return cell.value;
  }
  const made = (): Value =>
    machine.alike.valueAt(machine, pointer, kind, () => anything(machine, kind, wordsFor(pointer), pointee));
  if (cell === 'mixed') {
    const known = object.assemble(key, width);
    if (known !== null) return known;
    const guess = anything(machine, kind, wordsFor(pointer), pointee);
    // Asked again, it is the same.
    object.put(key, width, guess, pointer.member);
    return guess;
  }
  const fill = object.fillAt(key);
  // What stands at an index that is not known may have been written under another.
  const isElsewhere =
    (isByIndex(pointer.region) && (fill === 'undefined' || object.cells.size > 0)) ||
    (fill === 'undefined' && object.hasOpenParts);
  if (isElsewhere) {
    const guess = made();
    object.put(key, width, guess, pointer.member);
    return guess;
  }
  if (fill === 'zero' || (fill === 'numberless' && kind !== Scalar.Pointer)) return 0n;
  if (fill === 'undefined') return new Undefined(wordsFor(pointer), null, object);
  const value = made();
  object.put(key, width, value, pointer.member);
  return value;
}

function wordsFor({ object, member, region }: Pointer): string {
  if (member !== '') return `${object.words}->${member}`;
  return region === WHOLE ? `*${object.words}` : `${object.words}[…]`;
}

/** Writes a scalar. */
export function writeCell(machine: Machine, pointer: Pointer, width: number, value: Value): void {
  const { object, key } = pointer;
  if (object.isShared) {
    touch(machine, object, key, true);
    share(value);
  }
  const target = resolve(value);
  if (target instanceof Pointer && object.lifetime !== 'stack') machine.ledger.kept.add(target.object);
  if (object.lifetime !== 'stack' && /lock/i.test(pointer.member)) machine.ledger.notesLock = true;
  machine.recorder?.write(machine, pointer, width, value);
  machine.hardware.journal?.wrote(machine, 'memory', pointer);
  object.put(key, width, value, pointer.member);
}

/** What other tasks can reach from here on. */
export function share(value: Value): void {
  const known = resolve(value);
  if (!(known instanceof Pointer) || known.object.isShared) return;
  known.object.isShared = true;
  for (const { value: inner } of known.object.cells.values()) if (inner !== null) share(inner);
}

/** Notes that the current task read or wrote a place that others may reach. */
export function touch(machine: Machine, object: MemoryObject, key: number, isWrite: boolean): void {
  if (machine.tasks.length < 2) return;
  machine.order.touch(machine.task, object.id, key, isWrite);
  machine.races.reached(machine, object, key, isWrite);
}
