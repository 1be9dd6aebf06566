/**
 * Containers whose insides the simulated kernel does not lay out in memory:
 * xarrays, id allocators, search trees. An unknown one had contents before the
 * code ran; what it is asked for comes into being then.
 */
import type { Value } from './values.js';

export interface Entry {
  readonly index: Value;
  value: Value;
}

export class Container {
  /** By the identity of the index. */
  readonly entries = new Map<string, Entry>();
  /** Indices that were looked up and found absent. */
  readonly absent = new Set<string>();
  next = 0n;

  constructor(
    /** Whether it may hold more than it shows. */
    public isUnknown: boolean,
  ) {}
}

/**
 * What stands at an index that is reserved: lookups that know nothing of states
 * find nothing there. include/linux/xarray.h: XA_ZERO_ENTRY, xa_mk_internal(257), 6.12.
 */
export const RESERVED = (257n << 2n) | 2n;
