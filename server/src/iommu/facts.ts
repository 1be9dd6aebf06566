/**
 * The shapes of what this room finds out: structs with their roles, functions
 * with what they look up, fill, keep, check and hand out. Rules read these and
 * nothing below them.
 */
import type { Spot } from './program.js';
import type { ShortType } from './scope.js';

/** What a struct is in the IOMMU world. */
export type StructRole =
  | 'domain'
  | 'domain-part'
  | 'owner'
  | 'hardware-instance'
  | 'handle'
  | 'ops'
  | 'other';

export type FieldKind = 'refcount' | 'pasid' | 'mm' | 'domain' | 'device' | 'lock' | 'container' | 'other';

export interface FieldFact {
  readonly name: string;
  readonly type: ShortType;
  readonly kind: FieldKind;
  /** The whole declaration. */
  readonly spot: Spot;
  readonly nameSpot: Spot;
}

export interface StructFact {
  /** With its keyword. */
  readonly name: string;
  readonly role: StructRole;
  /** Why it has the role, in words that complete "because …". */
  readonly why: string;
  /** The name in its definition; null when only members of it are seen. */
  readonly spot: Spot | null;
  readonly fields: readonly FieldFact[];
  /** For a part of a domain: where the domain points to it. */
  readonly link: Spot | null;
}

/** A container as the code names it. */
export interface ContainerFact {
  /** `sva_domain_array`, `group->pasid_array`. */
  readonly text: string;
  /** Whether it is one for all: a variable of the file. */
  readonly isFileScope: boolean;
  /** Whether it was reached through the device that was passed in, and so is not shared with others. */
  readonly isOfDevice: boolean;
}

export interface LookupFact {
  readonly spot: Spot;
  readonly call: string;
  readonly container: ContainerFact;
  readonly keyIsOfDevice: boolean;
  /** Where the key was read out of an mm (`mm->pasid`), when it was. */
  readonly keyFromMm: Spot | null;
  /** The variable that holds what was found. */
  readonly result: string | null;
  readonly resultType: ShortType;
  readonly finds: 'domain' | 'other';
  readonly locks: readonly string[];
}

export interface FillFact {
  readonly spot: Spot;
  readonly call: string;
  readonly container: ContainerFact;
  readonly overwrites: boolean;
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

/** An mm_struct pointer kept in an object that outlives the call. */
export interface KeptMmFact {
  readonly spot: Spot;
  readonly target: string;
  readonly value: string;
  /** The call that keeps the mm alive, or null. */
  readonly pinnedBy: string | null;
}

/** A conditional get whose answer nobody looks at. */
export interface IgnoredResultFact {
  readonly spot: Spot;
  readonly called: string;
  /** The kernel's function behind it; the same as `called` unless that is a wrapper. */
  readonly primitive: string;
  /** Where the wrapper returns the primitive's answer. */
  readonly wrapper: Spot | null;
  /** The argument, as written. */
  readonly object: string;
}

export interface CallFact {
  readonly name: string;
  readonly spot: Spot;
  readonly locks: readonly string[];
}

export interface FunctionFact {
  readonly name: string;
  readonly nameSpot: Spot;
  /** The whole head, annotations included, up to the body. */
  readonly headSpot: Spot;
  /** Head and body. */
  readonly spot: Spot;
  readonly role: string | null;
  readonly contract: string;
  readonly isStatic: boolean;
  readonly isInline: boolean;
  /** The annotation `__maybe_unused` or its like, when it has one. */
  readonly unusedMark: Spot | null;
  /** Whether anything at hand refers to it. */
  readonly isReferenced: boolean;
  readonly calls: readonly CallFact[];
  readonly lookups: readonly LookupFact[];
  readonly fills: readonly FillFact[];
  readonly reuses: readonly ReuseFact[];
  readonly keptMms: readonly KeptMmFact[];
  readonly ignoredResults: readonly IgnoredResultFact[];
  /** Reads of `bus->iommu_ops`. */
  readonly busOps: readonly Spot[];
  /** Stores of a PASID into a member: the struct it goes into. */
  readonly keptPasids: readonly { readonly struct: string; readonly field: string; readonly spot: Spot }[];
}

export interface DesignFacts {
  readonly structs: readonly StructFact[];
  /** Functions of the reviewed units, in source order. */
  readonly functions: readonly FunctionFact[];
  /** Locks and containers that files define, by path. */
  readonly fileLocks: ReadonlyMap<string, readonly { readonly name: string; readonly spot: Spot }[]>;
}
