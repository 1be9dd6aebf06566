/** Locks as tasks hold them. A lock is a place in memory; the object's own state says who has it. */
import type { MemoryObject, Site } from './memory.js';

export type LockMode = 'exclusive' | 'shared';

/** What taking it means for the one who has it. */
export type LockKind = 'mutex' | 'spin' | 'rwsem' | 'rwlock' | 'seqlock' | 'srcu';

export interface Held {
  readonly object: MemoryObject;
  readonly key: number;
  readonly mode: LockMode;
  readonly kind: LockKind;
  /** The class for lock order: the type and member that it is, or the variable. */
  readonly group: string;
  /** As the code writes it. */
  readonly words: string;
  readonly at: Site;
  /** Number of the frame that took it. */
  readonly frame: number;
  readonly disablesInterrupts: boolean;
}

export class LockState {
  /** Number of the task that holds it exclusively; 0 for none. */
  owner = 0;
  readonly readers: number[] = [];
  /** Whether the code at hand gave back what it had not taken: then its caller held it. */
  heldAtEntry: 'unknown' | 'released' = 'unknown';
  /** Where it was given back last. */
  releasedAt: Site | null = null;
  /** Whether the code at hand has taken it. */
  wasTaken = false;

  isFree(mode: LockMode): boolean {
    return this.owner === 0 && (mode === 'shared' || this.readers.length === 0);
  }
}

/** All locks of one run, by object and key. */
export class Locks {
  private readonly byObject = new Map<MemoryObject, Map<number, LockState>>();

  at(object: MemoryObject, key: number): LockState {
    let keys = this.byObject.get(object);
    if (!keys) {
      keys = new Map();
      this.byObject.set(object, keys);
    }
    let state = keys.get(key);
    if (!state) {
      state = new LockState();
      keys.set(key, state);
    }
    return state;
  }
}
