/**
 * What a run owes and has noticed beside what lies in memory: references that
 * were taken, the caller's locks that were given back, failures that were
 * asked for by the wrong test. Monitors read it when the run ends.
 */
import {
  type Cause,
  ErrorValue,
  type MemoryObject,
  type Pointer,
  type Site,
  Unknown,
  type Value,
} from '../model/index.js';
import type { Claim, Look } from './checks/check-then-set.js';
import type { Within } from './run.js';

/** That a reference was taken. One call may take several, of different kinds. */
export interface Taking {
  readonly kind: string;
  readonly place: Pointer;
  readonly at: Site;
}

/** A reference that was taken, until it is put. */
interface Acquisition extends Taking {
  /** The primitive that took it. */
  readonly by: string;
  /** The number that was taken out of the place, for those that are numbers. */
  readonly number?: Value;
  /** Whether it is a state that the object is in: who has a pointer to it need not put it. */
  readonly isState: boolean;
  /** The callee that took it; null when the function that was entered first did. */
  readonly within: Within | null;
  /** Whether that callee has returned and left it to nobody. */
  isLostWithin: boolean;
  /** Whether code that was not entered may have put it. */
  isUnsure: boolean;
}

/** A reference that could not be got. */
export interface Refusal {
  readonly frame: number;
  readonly task: number;
  readonly site: Site;
  /** Whether nobody looked at the answer. */
  readonly isIgnored: boolean;
}

export class Ledger {
  readonly acquisitions: Acquisition[] = [];
  /** Every reference that was taken, put again or not. */
  readonly taken: Taking[] = [];
  /** Objects to which a pointer was written somewhere that outlives the call. */
  readonly kept = new Set<MemoryObject>();
  /** Whether the code wrote down somewhere that it holds a lock. */
  notesLock = false;
  /** Locks in memory that the run allocated and initialised, by object and key. */
  readonly initialisedLocks = new Set<string>();
  /** Locks that were given back although this code had not taken them: its caller had. */
  readonly entryReleases: { readonly words: string; readonly at: Site }[] = [];
  /** Objects that a search made: nobody else knows of them. */
  readonly found = new Set<MemoryObject>();
  /** Objects that the last put frees, and since when. */
  readonly counted = new Map<MemoryObject, Site>();
  /** Files that the run made, and what their release function frees with them. */
  readonly opened = new Map<MemoryObject, MemoryObject>();
  /** What goes with such a file since its last reference was put. */
  readonly closed = new Map<MemoryObject, Site>();
  /** Memory that a device got the address of, by that address, where nobody else had the memory. */
  readonly mapped = new Map<Value, MemoryObject>();
  /** Objects that were allocated, and how many choices had been made. */
  readonly made = new Map<MemoryObject, number>();
  /** Objects that a callee allocated. */
  readonly madeWithin = new Map<MemoryObject, Within>();
  /** Those of them that nobody could reach any more when it returned. */
  readonly lostWithin = new Set<MemoryObject>();
  /** References that were put, and where. */
  readonly put: { readonly taking: Taking; readonly at: Site }[] = [];
  /** Objects behind pointers of which nothing was known, and where they were followed first. */
  readonly followed = new Map<MemoryObject, { readonly frame: number; readonly site: Site }>();
  /** Those whose pointer was tested for NULL. */
  readonly tested = new Set<MemoryObject | Unknown>();
  /** Reasons of NULLs that the code tested for being one, and the frames that did. */
  readonly questioned = new Map<Cause, Set<number>>();
  /** Places of tests that came before any use on this path. */
  readonly soundTests = new Set<string>();
  /** Numbers that a search found to be free. */
  readonly free = new Set<Value>();
  /** Error pointers that the code asked for. */
  readonly handled = new Set<Value>();
  /** Whether the code said that its caller holds a lock. */
  assertsLock = false;
  /** What the function that is run called, with what, and whether a lock was held there. */
  readonly calls: { readonly name: string; readonly args: readonly Value[]; readonly hasLock: boolean }[] =
    [];
  /** What the function that is run was given. */
  inputs: readonly Value[] = [];
  /** The last look into each slot that others can reach. */
  readonly looks = new Map<string, Look>();
  /** Objects of which a slot was found empty and filled under a lock of their own. */
  readonly claims = new Map<MemoryObject, Claim[]>();
  /** Objects that are on their way out. */
  readonly dead = new Map<MemoryObject, Refusal>();
  /** NULLs that were asked for an error, and error pointers that were asked for NULL. */
  private readonly asked = new Set<Value>();

  acquire(acquisition: Omit<Acquisition, 'isUnsure' | 'isLostWithin'>): void {
    this.acquisitions.push({ ...acquisition, isUnsure: false, isLostWithin: false });
    this.taken.push(acquisition);
  }

  /** Puts the reference that was taken last. */
  release(kind: string, place: Pointer, put: Site): void {
    const at = this.acquisitions.findLastIndex(
      (each) =>
        each.kind === kind &&
        each.place.object === place.object &&
        (kind !== 'reference' || each.place.key === place.key),
    );
    if (at >= 0) this.put.push({ taking: this.acquisitions.splice(at, 1)[0]!, at: put });
    // What is put may be what was taken by another name.
    else if (place.object.lifetime === 'given') this.doubt(new Set([kind]));
  }

  /** A number goes back where it was taken; which one it is may not be known. */
  releaseNumber(place: Pointer, number: Value, put: Site): void {
    const at = this.acquisitions.findLastIndex(
      (each) => each.number === number && each.place.object === place.object,
    );
    if (at >= 0) this.put.push({ taking: this.acquisitions.splice(at, 1)[0]!, at: put });
    else this.doubt(new Set(['number']));
  }

  /** Somebody may have put references of these kinds. */
  doubt(kinds: ReadonlySet<string>): void {
    for (const each of this.acquisitions) if (kinds.has(each.kind)) each.isUnsure = true;
  }

  /** A value that is NULL for a reason is tested for it. */
  question(cause: Cause, frame: number): void {
    const frames = this.questioned.get(cause) ?? new Set();
    this.questioned.set(cause, frames.add(frame));
  }

  /** The code asked for the other kind of failure of a value. */
  noteAsked(value: Value): void {
    this.asked.add(value);
  }

  /** Whether that was asked under any of the names that the value goes by. */
  wasAsked(value: Value): boolean {
    for (let each: Value | null = value; each instanceof Unknown; each = each.bound)
      if (this.asked.has(each)) return true;
    return value instanceof ErrorValue && this.asked.has(value);
  }
}
