/** What functions do with containers: lists, arrays and trees that objects are found in. */
import type { Span } from '../base/index.js';
import type { Spot } from './program.js';
import type { ShortType } from './scope.js';

/** A container as the code names it. */
export interface ContainerFact {
  /** `shared_domains`, `group->pasid_array`. */
  readonly text: string;
  /** Whether it is one for all: a variable of the file. */
  readonly isFileScope: boolean;
  /** Whether it belongs to a device or a group, and so is not shared with others: reached from the device that was passed in, or a member of such an object. */
  readonly isOfDevice: boolean;
}

export interface LookupFact {
  readonly spot: Spot;
  /** What finds it: `xa_load`, `list_for_each_entry`, or a function of the program that hands out what it finds. */
  readonly call: string;
  /** Whether `call` is such a function. */
  readonly isIndirect: boolean;
  readonly container: ContainerFact;
  readonly keyIsOfDevice: boolean;
  /** Where the key was read out of an mm (`mm->pasid`), when it was. */
  readonly keyFromMm: Spot | null;
  /** The variable that holds what was found. */
  readonly result: string | null;
  readonly resultType: ShortType;
  readonly finds: 'domain' | 'other';
  /** The parts of the function that only a miss reaches. */
  readonly onMiss: readonly Span[];
  /** Whether somebody compares the mm of what was found with the one that was asked for. */
  readonly comparesMm: boolean;
  readonly locks: readonly string[];
  /** These, and those that are held on some ways only. */
  readonly mayLocks: readonly string[];
}

export interface FillFact {
  readonly spot: Spot;
  readonly call: string;
  readonly container: ContainerFact;
  readonly overwrites: boolean;
  /** Whether it looks at the entry that it replaces. */
  readonly seesPrevious: boolean;
  readonly locks: readonly string[];
  readonly mayLocks: readonly string[];
}

/** Something taken out of a container. */
export interface RemovalFact {
  readonly container: ContainerFact;
  readonly locks: readonly string[];
}

/** A domain taken from a shared container and given to a device. */
export interface ReuseFact {
  readonly lookup: LookupFact;
  readonly device: string;
  /** Where the domain leaves the function or is tied to the device. */
  readonly handedOut: Spot;
  /** Tests that take both the domain and the device into account. */
  readonly decisions: readonly Spot[];
}
