/**
 * The words in which primitives are described: what a call does to the
 * simulated kernel, as data. The engine gives each verb its meaning once; a
 * new primitive is a row, not a case in the machine.
 */
import type { Fill, Lifetime, LockKind, LockMode } from '../model/index.js';

/**
 * An argument by its number, or a member of what it points to:
 * `{ argument: 0, record: 'struct mm_struct', member: 'mm_users' }`.
 */
export type Operand =
  | number
  | { readonly argument: number; readonly record: string; readonly member: string };

export interface Alloc {
  readonly do: 'alloc';
  readonly lifetime: Lifetime;
  readonly fill: Fill;
  /** Arguments whose product is the size in bytes; none when it is not told. */
  readonly size: readonly number[];
  /** Argument that receives the object instead of the result. */
  readonly into?: number;
  /** Argument whose memory is copied. */
  readonly copies?: number;
}

export interface LockEffect {
  readonly do: 'lock' | 'try-lock' | 'unlock';
  readonly lock: Operand;
  readonly kind: LockKind;
  readonly mode: LockMode;
  readonly irq: boolean;
  /** A count of users that must not be zero when a work item takes it: nobody else keeps them. */
  readonly users?: Operand;
}

/** What a reference counter does. `width` of the counter in bytes. */
export interface CountEffect {
  readonly do: 'count';
  readonly what:
    | 'set'
    | 'get'
    | 'get-unless-zero'
    | 'put'
    | 'put-and-test'
    | 'put-and-release'
    | 'put-unless-last'
    | 'put-if-last'
    | 'read';
  readonly of: Operand;
  /** For `set`, the argument with the value, or the value itself when it is not an argument. */
  readonly to?: { readonly argument: number } | { readonly value: number };
  /** For `put-and-release`, the argument with the function. */
  readonly release?: number;
  /** How many references, or the argument that says it; 1 when absent. */
  readonly by?: number | { readonly argument: number };
  /** Whether a saturating refcount_t, which must never be taken from 0, or a plain atomic. */
  readonly isRefcount: boolean;
}

/** References whose counter lies in an object that the model does not open: `get_device()`, `of_node_put()`. */
export interface HoldEffect {
  readonly do: 'hold' | 'release' | 'find';
  /** What is counted; a `find` makes a new one. */
  readonly kind: string;
  readonly of?: Operand | 'last';
  /** For a search that goes on, the argument where it begins: its reference is put, if there is one. */
  readonly puts?: number;
  /** For a file that is made: the arguments with its operations and with what these find in its `private_data`. */
  readonly opens?: { readonly table: number; readonly data: number };
  /** Whether the reference is taken although the call fails: pm_runtime_get_sync(). */
  readonly isHeldOnFailure?: boolean;
}

export interface AtomicEffect {
  readonly do: 'atomic';
  readonly what: 'read' | 'set' | 'add' | 'exchange' | 'compare-exchange' | 'try-compare-exchange';
  readonly width: 1 | 2 | 4 | 8 | 0;
  /** Argument numbers: of the place, of the value, of the expected value. */
  readonly place: number;
  readonly value?: number;
  readonly expected?: number;
  /** Added when no argument is. */
  readonly by?: number;
  readonly gives: 'nothing' | 'old' | 'new' | 'is-zero' | 'is-not-zero' | 'is-negative';
}

export interface ListEffect {
  readonly do: 'list';
  readonly what:
    | 'init'
    | 'add'
    | 'add-tail'
    | 'del'
    | 'del-init'
    /** Readers that stand on the node still find the next one. */
    | 'del-rcu'
    | 'move'
    | 'move-tail'
    | 'empty'
    | 'singular'
    | 'splice'
    | 'splice-init'
    | 'splice-tail'
    | 'splice-tail-init'
    | 'replace'
    | 'count'
    | 'is-head'
    | 'is-first'
    | 'is-last'
    | 'first-entry'
    | 'last-entry'
    | 'first-entry-or-null'
    | 'next-entry'
    | 'prev-entry'
    | 'hlist-add'
    | 'hlist-del'
    | 'hlist-init'
    | 'hlist-empty'
    | 'sort';
}

export interface XarrayEffect {
  readonly do: 'xarray';
  readonly what:
    | 'init'
    | 'load'
    | 'store'
    | 'insert'
    | 'erase'
    | 'exchange'
    | 'reserve'
    | 'release'
    | 'alloc'
    | 'empty'
    | 'find'
    | 'find-after'
    | 'destroy';
  /** Argument numbers; `limit` is a range that is not looked into. */
  readonly array: number;
  readonly index?: number;
  readonly entry?: number;
  readonly expected?: number;
  /** Whether the caller holds the array's lock (`__xa_…`). */
  readonly isLocked: boolean;
  /** Whether slot and result have swapped places, as idr_alloc() gives the id as its result. */
  readonly givesId?: boolean;
}

/** What is done by a cursor, `struct xa_state`, the first argument: it knows its array and its index. */
export interface CursorEffect {
  readonly do: 'cursor';
  readonly what:
    | 'declare'
    | 'set'
    | 'reset'
    | 'load'
    | 'store'
    | 'next'
    | 'prev'
    | 'find'
    | 'error'
    | 'set-error'
    /** Whether what was loaded is a reservation, which lookups without a cursor do not show. */
    | 'is-reserved';
  /** Argument numbers: of the index, of the last one for `find`, of the error for `set-error`. */
  readonly index?: number;
  readonly entry?: number;
}

export interface IdsEffect {
  readonly do: 'ids';
  readonly what: 'init' | 'alloc' | 'free' | 'destroy';
  readonly pool: number | 'global';
  readonly id?: number;
  readonly low?: number | { readonly value: number };
  readonly high?: number;
}

export interface TreeEffect {
  readonly do: 'tree';
  readonly what:
    | 'add'
    /** A node is put where a link leads to, and after that it is coloured. */
    | 'link'
    | 'colour'
    | 'del'
    | 'find'
    | 'first'
    | 'last'
    | 'next'
    | 'prev'
    | 'empty'
    /** A node is marked as one in no tree. */
    | 'clear'
    | 'is-clear'
    | 'add-interval'
    | 'first-interval'
    | 'next-interval';
  /** The root, where it is not the argument that it is for the functions of the kernel itself. */
  readonly root?: Operand;
}

export interface WorkEffect {
  readonly do: 'work';
  readonly what:
    | 'init'
    | 'queue'
    | 'flush'
    | 'flush-all'
    | 'cancel'
    | 'cancel-sync'
    | 'call-rcu'
    | 'rcu-barrier';
  readonly work: number;
  readonly function?: number;
}

export interface WaitEffect {
  readonly do: 'wait';
  readonly what: 'init' | 'complete' | 'wait' | 'condition' | 'wake' | 'try';
  readonly on: number;
}

export interface RcuEffect {
  readonly do: 'rcu';
  readonly what: 'enter' | 'exit' | 'synchronize' | 'free';
  /** What is freed after a grace period. */
  readonly object?: number;
}

export interface NotifierEffect {
  readonly do: 'notifier';
  readonly what: 'register' | 'get' | 'unregister' | 'put' | 'synchronize';
  readonly notifier: number;
  readonly mm?: number;
}

export interface ErrorEffect {
  readonly do: 'error';
  readonly what:
    | 'make'
    | 'is'
    | 'is-or-null'
    | 'number'
    | 'number-or-zero'
    | 'cast'
    | 'xa-is'
    | 'xa-number'
    | 'is-value';
}

export interface BitsEffect {
  readonly do: 'bits';
  readonly what:
    | 'set'
    | 'clear'
    | 'assign'
    | 'test'
    | 'test-and-set'
    | 'test-and-clear'
    /** A bit that is not set: who sets it has taken its number. */
    | 'find-zero'
    | 'zero'
    | 'fill'
    | 'forget';
  readonly bit?: number;
  readonly map: number;
}

/** What the simulated hardware is told, and what a scenario says of its calls. */
export interface SimulatedEffect {
  readonly do: 'simulated';
  readonly what: /** A call of a scenario begins: what, for which device, for which mm. */
    | 'begin'
    /** It has returned: what, and what was wanted. */
    | 'end'
    /** A device is in a group and behind an instance, with so many PASIDs. */
    | 'member'
    /** A driver has made a domain, for an instance or for any. */
    | 'made'
    | 'program'
    | 'block'
    /** A driver is asked whether a domain fits a device, or told to attach it. */
    | 'asked'
    /** A driver finds that a domain does not fit a device. */
    | 'refuse'
    /** A driver says whether a domain fits a device. */
    | 'suits'
    /** A driver was told to attach a device to a domain: what it answers. */
    | 'taken'
    /** Whether what follows only makes the world, so that nothing fails in it. */
    | 'prepare'
    /** A driver is given a device of another driver. */
    | 'foreign'
    /** The domain that a device has for a PASID. */
    | 'domain'
    /** Some PASID for which a device has a domain, 0 for none. */
    | 'pasid'
    /** A page request is out. */
    | 'ask'
    | 'answer'
    /** The last reference of an mm is gone. */
    | 'gone'
    /** Nothing is known of a range of memory, or of the whole object, but what is said from here on. */
    | 'open'
    | 'incapable'
    /** An object was allocated before the run began. */
    | 'heap'
    /** Two objects are of one make: what is not known of one is the same in the other. */
    | 'alike'
    /** From here on it is written down who is written to. */
    | 'mark'
    /** A driver maps an address in a domain: to what, and how many bytes. */
    | 'map'
    /** It unmaps all of what an address is mapped in: how many bytes that were, 0 for none. The IOTLB is not told. */
    | 'unmap'
    /** What a domain translates an address to, 0 for nothing. */
    | 'translate'
    /** The IOTLB of a domain is told. */
    | 'flush'
    /** Somebody keeps a page, by its number. */
    | 'pin'
    | 'unpin';
}

/** What is worked out of a number that is known; of 0 only by those that say something of it. */
export type Computed =
  /** Where its lowest bit stands, from 0. */
  | 'lowest-bit'
  | 'highest-bit'
  /** The same from 1, and 0 for 0. */
  | 'lowest-bit-from-1'
  | 'highest-bit-from-1'
  | 'power-above'
  | 'power-below'
  | 'is-power';

export type Effect =
  | SimulatedEffect
  | Alloc
  | LockEffect
  | CountEffect
  | HoldEffect
  | AtomicEffect
  | ListEffect
  | XarrayEffect
  | CursorEffect
  | IdsEffect
  | TreeEffect
  | WorkEffect
  | WaitEffect
  | RcuEffect
  | NotifierEffect
  | ErrorEffect
  | BitsEffect
  /** Nothing that the model sees: messages, barriers, statistics. */
  | { readonly do: 'nothing' }
  /** A value that depends on the arguments alone: asked again, it answers the same. */
  | { readonly do: 'pure'; readonly computes?: Computed }
  /** Whether a gfp mask lets the allocator sleep. */
  | { readonly do: 'may-sleep'; readonly gfp: number }
  /** A value that may differ each time: registers, time, user memory. `maps`: the argument that the value is the address of for a device. */
  | { readonly do: 'fresh'; readonly maps?: number }
  /** Whether a device got its address: when not, nobody has the memory that was to be mapped. */
  | { readonly do: 'mapped'; readonly address: number }
  /** Code that is not looked into: it may change what it is given, never frees it. */
  | { readonly do: 'opaque' }
  /** 2^n - 1, which depends on the arguments alone. */
  | { readonly do: 'mask' }
  /** Whether a device is part of such a record, where it is known what it is part of. */
  | { readonly do: 'part-of'; readonly device: number; readonly record: string }
  /** The contents of what these arguments point to become unknown; `isOnFailure`: also when the call fails. */
  | { readonly do: 'forget'; readonly args: readonly number[]; readonly isOnFailure?: boolean }
  | { readonly do: 'argument'; readonly argument: number }
  | { readonly do: 'constant'; readonly value: number }
  | { readonly do: 'free'; readonly what: number; readonly lifetime: Lifetime; readonly isArray?: boolean }
  | { readonly do: 'resize'; readonly what: number; readonly size: readonly number[] }
  | { readonly do: 'lock-init'; readonly lock: number }
  | { readonly do: 'lock-dead'; readonly lock: number }
  | { readonly do: 'lock-held'; readonly lock: Operand; readonly isWanted: boolean }
  | { readonly do: 'lock-query'; readonly lock: number }
  | { readonly do: 'preempt'; readonly what: 'off' | 'on'; readonly isIrq: boolean }
  | { readonly do: 'sleeps' }
  | { readonly do: 'yield' }
  | { readonly do: 'stop' }
  | { readonly do: 'warn'; readonly condition: number | null; readonly isFatal: boolean }
  | { readonly do: 'load'; readonly from: Operand; readonly width: number }
  | { readonly do: 'store'; readonly to: Operand; readonly value: number; readonly width: number }
  | { readonly do: 'fill'; readonly to: number; readonly value: number; readonly size: number }
  | { readonly do: 'copy'; readonly to: number; readonly from: number; readonly size: number }
  | {
      readonly do: 'io';
      readonly what: 'read' | 'write' | 'poll';
      readonly place: number;
      readonly out?: number;
    }
  | {
      readonly do: 'call';
      readonly function: number;
      readonly args: readonly number[];
      readonly each: boolean;
    }
  | { readonly do: 'managed'; readonly action: number; readonly data: number }
  | { readonly do: 'mm-put' }
  | { readonly do: 'mm-drop' }
  | { readonly do: 'config' }
  | { readonly do: 'offset' };
