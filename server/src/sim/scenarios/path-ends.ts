/** How each run of a function ended: what it gave, what it held, which references it kept or forgot. */

import {
  type Choice,
  type Cut,
  type Machine,
  outside,
  type Procedure,
  reachableFrom,
  type Tape,
  type Within,
} from '../engine/index.js';
import {
  ErrorValue,
  type MemoryObject,
  Pointer,
  placeWords,
  resolve,
  type Site,
  Unknown,
  type Value,
} from '../model/index.js';

/** What a caller would take a result for. */
export type Outcome = 'success' | 'error' | 'null' | 'void' | 'unknown';

/** A lock that is not as it was at entry. */
export interface LockChange {
  /** The same lock in two runs has the same name. */
  readonly name: string;
  readonly words: string;
  readonly change: 'held' | 'released';
  readonly at: Site;
}

/** A reference that was taken and not put. */
export interface OpenReference {
  readonly kind: string;
  readonly by: string;
  readonly words: string;
  readonly at: Site;
  /** Whether a search made it: nobody else knows of it. */
  readonly isFound: boolean;
  /** Whether somebody outside has it now. */
  readonly isKept: boolean;
  /** A state that is turned on and off, such as that of a clock, rather than something counted. */
  readonly isState: boolean;
  /** A number out of a bitmap. */
  readonly isNumber: boolean;
  readonly isUnsure: boolean;
  /** The callee that took it and left it to nobody. */
  readonly within: Within | null;
  /** Whether a callee took it, whoever has it now. */
  readonly isOfCallee: boolean;
}

/** Memory that the function itself allocated, and freed or gave to a function that is not at hand. */
export interface Allocation {
  /** The same allocation in two runs has the same. */
  readonly key: string;
  readonly words: string;
  readonly at: Site;
  /** Who was given it, where nobody frees it and nothing at hand leads to it any more; null when the function freed it. */
  readonly leftTo: string | null;
}

export interface PathEnd {
  readonly outcome: Outcome;
  readonly memory: readonly Allocation[];
  readonly locks: readonly LockChange[];
  readonly references: readonly OpenReference[];
  /** Every reference that was taken, put again or not, as `takingKey` names them. */
  readonly taken: readonly string[];
  /** Those of them that were put by another call of the function than took them. */
  readonly putElsewhere: ReadonlySet<string>;
  readonly tape: Tape;
  readonly choices: readonly Choice[];
  readonly cuts: readonly Cut[];
  /** Whether it wrote down somewhere that it holds a lock. */
  readonly notesLock: boolean;
  /** Where it returned. */
  readonly returnedAt: Site;
}

const SECTION = 'the RCU read section';

/** What a run left; null when it did not come to its end. */
export function pathEnd(machine: Machine, procedure: Procedure, returnedAt: Site): PathEnd | null {
  const kind = machine.ending?.kind;
  if (kind !== 'finished' && kind !== 'violated') return null;
  const [result] = machine.results;
  const [task] = machine.tasks;
  if (!result || !task) return null;
  const outcome = outcomeOf(result.value, procedure.ir.returnType);
  return {
    outcome,
    memory: memoryOf(machine, procedure, result.value),
    locks: [
      ...task.held.map(({ words, at }) => ({ name: words, words, change: 'held' as const, at })),
      ...task.sections.map((at) => ({ name: SECTION, words: SECTION, change: 'held' as const, at })),
      ...machine.ledger.entryReleases.map(({ words, at }) => ({
        name: words,
        words,
        change: 'released' as const,
        at,
      })),
    ],
    references: machine.ledger.acquisitions.map(({ kind: what, by, place, at, isState, ...rest }) => ({
      isState,
      isNumber: what === 'number',
      isFound: machine.ledger.found.has(place.object) && !isCountOfReferenced(machine, what, place),
      // A state, such as a clock that is on, is nothing that others could put.
      isUnsure: rest.isUnsure || (place.object.hasEscaped && !isState),
      within: rest.isLostWithin ? rest.within : null,
      isOfCallee: rest.within !== null,
      kind: what,
      by,
      words: what === 'number' ? placeWords(place) : place.object.words,
      at,
      isKept:
        !isState &&
        (isGiven(result.value, place) ||
          (machine.ledger.kept.has(place.object) &&
            (outcome !== 'error' || !isKeptByItself(machine, place.object)))),
    })),
    taken: machine.ledger.taken.map(takingKey),
    putElsewhere: new Set(
      machine.ledger.put
        .filter(({ taking, at }) => siteKey(taking.at) !== siteKey(at))
        .map(({ taking }) => takingKey(taking)),
    ),
    tape: machine.choices.map(({ taken }) => taken),
    choices: machine.choices,
    cuts: machine.cuts,
    notesLock: machine.ledger.notesLock,
    returnedAt,
  };
}

function memoryOf(machine: Machine, { name }: Procedure, result: Value): Allocation[] {
  const made = machine.heap.objects.filter(
    ({ lifetime, madeAt }) => OF_MEMORY.has(lifetime) && madeAt?.name === name,
  );
  const freed = made.filter(({ state, freedAt }) => state === 'freed' && freedAt?.name === name);
  const handed = made.filter(({ state, handedTo }) => state === 'live' && handedTo !== null);
  const roots =
    handed.length === 0 ? [] : outside(machine).filter((root) => !handed.some((each) => isAt(root, each)));
  const reached = handed.length === 0 ? null : reachableFrom(machine, [...roots, result]);
  const left = handed.filter((each) => !reached?.has(each));
  return [...freed, ...left].map(({ madeAt, words, state, handedTo }) => ({
    key: siteKey(madeAt!),
    words,
    at: madeAt!,
    leftTo: state === 'freed' ? null : handedTo,
  }));
}

const OF_MEMORY: ReadonlySet<string> = new Set(['heap', 'slab', 'page']);

function isAt(value: Value, object: MemoryObject): boolean {
  const known = resolve(value);
  return known instanceof Pointer && known.object === object;
}

/** A count in an object that the search gave a reference of its own to is no reference that it handed out: whoever counts keeps it. */
function isCountOfReferenced({ ledger }: Machine, kind: string, { object }: Pointer): boolean {
  return (
    kind === 'reference' && ledger.taken.some((each) => each.place.object === object && each.kind !== kind)
  );
}

/** Whether a file that the run has made is in nothing but what it has itself, and frees when it is put: nobody finds it there. */
function isKeptByItself(machine: Machine, file: MemoryObject): boolean {
  const data = machine.ledger.opened.get(file);
  if (!data) return false;
  const roots = outside(machine).filter((root) => !isAt(root, file) && !isAt(root, data));
  return !reachableFrom(machine, roots).has(file);
}

function siteKey({ path, start, end }: Site): string {
  return `${path}:${start}:${end}`;
}

/** The same reference in two runs has the same key. */
export function takingKey({ kind, at }: Pick<OpenReference, 'kind' | 'at'>): string {
  return `${kind} ${siteKey(at)}`;
}

function isGiven(result: Value, place: Pointer): boolean {
  const known = resolve(result);
  return known instanceof Pointer && known.object === place.object;
}

/** NULL is a failure, but not of a function that gives error pointers as well. */
export function settled(ends: readonly PathEnd[]): PathEnd[] {
  const givesErrors = ends.some(({ outcome }) => outcome === 'error');
  return ends.map((end) =>
    end.outcome === 'null' ? { ...end, outcome: givesErrors ? 'success' : 'error' } : end,
  );
}

/** A negative number, NULL or an error pointer is a failure. */
function outcomeOf(result: Value, returnType: string): Outcome {
  if (returnType === 'void') return 'void';
  const known = resolve(result);
  if (known instanceof ErrorValue) return 'error';
  if (known instanceof Pointer) return 'success';
  const isPointer = returnType.endsWith('*');
  if (typeof known === 'bigint') {
    if (isPointer) return known === 0n ? 'null' : 'success';
    if (returnType === 'bool') return known === 0n ? 'error' : 'success';
    return BigInt.asIntN(32, known) < 0n ? 'error' : 'success';
  }
  if (!(known instanceof Unknown)) return 'unknown';
  if (known.isError || known.high < 0n) return 'error';
  if (isPointer) return known.excluded?.has(0n) ? 'success' : 'unknown';
  if (known.low >= 0n) return 'success';
  // A result that was found not to be zero is handed on: a failure.
  return known.excluded?.has(0n) ? 'error' : 'unknown';
}
