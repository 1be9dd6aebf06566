/**
 * The shapes of what this room finds out: structs with their roles, functions
 * with what they look up, fill, keep, check and hand out. Rules read these and
 * nothing below them.
 */
import type { UnusedNameFact } from './additions.js';
import type { BarrierFact, CommentFact } from './comment-facts.js';
import type { ConditionalCodeFact, StubbedFunctionFact } from './conditionals.js';
import type { FillFact, LookupFact, RemovalFact, ReuseFact } from './container-facts.js';
import type { CopyFact } from './copies.js';
import type {
  CopiedTwiceFact,
  EarlyFreeFact,
  GroupCountFact,
  LateLimitFact,
  MacroFact,
  MmapLockFact,
  OwnMmFact,
  ParameterFact,
  PasidLimitFact,
  PropertyFact,
  PrototypeFact,
  RaisedCountFact,
  SignatureFact,
  StructCastFact,
  TypeTestFact,
  UapiStructFact,
  UncheckedInputFact,
  UnreferencedFact,
} from './design-question-facts.js';
import type { DocFact } from './docs.js';
import type { ExportFact } from './exports.js';
import type { ForeignDeclaration, GlobalNameFact } from './global-names.js';
import type { HeaderBodyFact } from './header-bodies.js';
import type { IdiomFact } from './idioms.js';
import type { IncludeFact } from './includes.js';
import type { LogFact } from './log-facts.js';
import type { MissingIncludeFact } from './missing-includes.js';
import type { OddityFact, OddityKind } from './oddities/oddity.js';
import type { OppositeFact } from './opposites.js';
import type { OutwardFact } from './outward.js';
import type { Spot } from './program.js';
import type { RepeatFact } from './repeats.js';
import type { ShortType } from './scope.js';
import type { DeadStoreFact, ForwardFact } from './stores.js';
import type { UndocumentedExportFact, UndocumentedFact } from './undocumented.js';
import type { VersionTestsFact } from './version-tests.js';

export type * from './container-facts.js';
export type * from './design-question-facts.js';

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
  /** Of an operation: what it takes. Null for all other members. */
  readonly parameters: readonly ParameterFact[] | null;
  /** Whether it shares its memory with other members: it stands in a union without a name. */
  readonly isInUnion: boolean;
  /** Whether it has a width in bits. */
  readonly isBits: boolean;
  readonly isArray: boolean;
  /** Whether the patch takes out a line with the same name: then it is moved or changed. */
  readonly wasThere: boolean;
  readonly kind: FieldKind;
  /** The whole declaration. */
  readonly spot: Spot;
  readonly nameSpot: Spot;
  /** For a reference count: what dropping the last one frees, as far as the code at hand says. */
  readonly lastPut: LastPut;
  /** Where the code at hand uses it, all patches of the series included; what it may be that cannot be told counts. */
  readonly uses: readonly FieldUseFact[];
}

export interface FieldUseFact {
  readonly spot: Spot;
  /** Null in a table or a macro. */
  readonly function: string | null;
  /** Whether it is given a value there, and not read. */
  readonly isWrite: boolean;
  /** Whether it is this struct's member for certain, and not perhaps one of the same name. */
  readonly isTyped: boolean;
  /** Locks that are or may be held there, as written; null where nobody can tell. */
  readonly mayLocks: readonly string[] | null;
  /** Whether nobody else can have the object yet, or the access does without a lock by its own words (READ_ONCE()). */
  readonly needsNoLock: boolean;
}

/** What callers of a function rely on; types as `struct device *`. */
export interface CallShape {
  readonly returns: string;
  /** A prototype may leave out the names. */
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
}

/** A call of a function by its name. */
export interface CallerFact {
  /** The function or macro that calls. */
  readonly name: string;
  /** The call. */
  readonly spot: Spot;
  /** How many arguments it passes; null in a macro. */
  readonly arguments: number | null;
}

/** A function that the kernel has already. */
export interface HelperFact {
  readonly name: string;
  readonly spot: Spot;
  /** Whether it can be called from where it is written again: it is no static function of another C file. */
  readonly isReachable: boolean;
}

/** Whether a function that headers declare is there under every configuration. */
export interface StubFact {
  /** `missing`: only when the option is set, and nothing stands in for it otherwise. */
  readonly state: 'unconditional' | 'stubbed' | 'missing';
  /** `CONFIG_IOMMU_SVA`; null when it is unconditional. */
  readonly option: string | null;
  readonly declared: Spot;
}

/** What goes when a count drops to zero. */
export type LastPut = 'a domain' | 'the counted object' | 'nothing' | 'unknown';

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
  /** Whether it is seen to be an object: something in it counts, locks or points at the model, a domain points to it, or it is freed. */
  readonly hasLifetime: boolean;
}

/** An mm_struct pointer kept in an object that outlives the call. */
export interface KeptMmFact {
  readonly spot: Spot;
  readonly target: string;
  readonly value: string;
  /** What keeps the mm alive, in words (`mmgrab()`), or null. */
  readonly pinnedBy: string | null;
}

/** A conditional get whose answer nobody looks at. */
export interface IgnoredResultFact {
  readonly spot: Spot;
  /** The variable that gets the answer and is never read; null when the answer is dropped at once. */
  readonly variable: string | null;
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
  readonly mayLocks: readonly string[];
  /** The lock that the call takes, as it is written, if it takes one. */
  readonly acquires: string | null;
  /** The arguments, as they are written, without white space. */
  readonly args: readonly string[];
  /** Whether the patch takes out a line with the same name: then the call is moved or changed. */
  readonly wasThere: boolean;
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
  readonly callShape: CallShape;
  readonly isStatic: boolean;
  readonly isInline: boolean;
  /** The annotation `__maybe_unused` or its like, when it has one. */
  readonly unusedMark: Spot | null;
  /** Whether anything at hand refers to it. */
  readonly isReferenced: boolean;
  /** Whether it is called through a pointer by code that cannot be told: it is named other than in a call, and in no ops table. */
  readonly isCallback: boolean;
  readonly calls: readonly CallFact[];
  readonly lookups: readonly LookupFact[];
  readonly fills: readonly FillFact[];
  readonly removals: readonly RemovalFact[];
  /** Whether it runs before there is anybody else: annotated `__init`, or a probe. */
  readonly runsAlone: boolean;
  readonly reuses: readonly ReuseFact[];
  readonly keptMms: readonly KeptMmFact[];
  readonly ignoredResults: readonly IgnoredResultFact[];
  /** Reads of `bus->iommu_ops`. */
  readonly busOps: readonly Spot[];
  readonly signature: SignatureFact;
  readonly structCasts: readonly StructCastFact[];
  readonly typeTests: readonly TypeTestFact[];
  readonly groupCounts: readonly GroupCountFact[];
  /** Comparisons of a stored number of a task with that of the running one. */
  readonly pidTests: readonly Spot[];
  readonly ownMmsTaken: readonly OwnMmFact[];
  /** Reads of `current->mm`. */
  readonly ownMms: readonly Spot[];
  readonly unreferenced: readonly UnreferencedFact[];
  readonly raisedCounts: readonly RaisedCountFact[];
  readonly pasidLimits: readonly PasidLimitFact[];
  readonly latePasidLimits: readonly LateLimitFact[];
  readonly pasidsFreedEarly: readonly EarlyFreeFact[];
  readonly mmapLocks: readonly MmapLockFact[];
  readonly properties: readonly PropertyFact[];
  readonly uncheckedInputs: readonly UncheckedInputFact[];
  readonly copiedTwice: readonly CopiedTwiceFact[];
  /** What it computes for nobody. */
  readonly deadStores: readonly DeadStoreFact[];
  /** Whether its head is that of a callback, as far as types and names tell: attributes, interrupts, `void *data`. */
  readonly hasCallbackShape: boolean;
  /** The call with its own parameters that is all it does. */
  readonly forward: ForwardFact | null;
  /** What it writes out though the kernel has a name for it. */
  readonly idioms: readonly IdiomFact[];
  /** What it writes to the kernel's log. */
  readonly logs: readonly LogFact[];
  /** Whether it attaches a domain to a device or to a PASID of one. */
  readonly isAttach: boolean;
  /** Whether it works on what user space wrote. */
  readonly isFromUser: boolean;
  /** Its parameters that user space filled in. */
  readonly fromUser: readonly string[];
  /** Its variables that user memory is copied into. */
  readonly copiedIn: readonly string[];
  /** Whether it runs in an interrupt, or handles faults of devices. */
  readonly handlesEvents: boolean;
  /** Whether it does, or nothing but functions that do calls it. */
  readonly runsForEvents: boolean;
  /** Places where the shape of the code is one that reviewers ask about. */
  readonly oddities: ReadonlyMap<OddityKind, readonly OddityFact[]>;
  /** Stores of a PASID into a member: the struct it goes into. */
  readonly keptPasids: readonly { readonly struct: string; readonly field: string; readonly spot: Spot }[];
}

export interface VariableFact {
  readonly name: string;
  readonly type: ShortType;
  readonly isExtern: boolean;
  readonly isConst: boolean;
  readonly wasThere: boolean;
  readonly spot: Spot;
}

/** A table of operations. */
export interface TableFact {
  /** `struct iommu_domain_ops`; '' for a nested one whose type is not written. */
  readonly type: string;
  /** The variable. */
  readonly name: string;
  readonly spot: Spot;
  /** Those that it fills, in its order. */
  readonly slots: readonly {
    readonly name: string;
    /** The function, where it is named there. */
    readonly function: string | null;
    readonly spot: Spot;
  }[];
  /** Whether no part of it is out of sight. */
  readonly isWhole: boolean;
}

export interface DesignFacts {
  readonly structs: readonly StructFact[];
  /** Functions of the reviewed units, in source order. */
  readonly functions: readonly FunctionFact[];
  /** Functions that reviewed files declare without defining them. */
  readonly prototypes: readonly PrototypeFact[];
  /** What patches export to modules. */
  readonly exports: readonly ExportFact[];
  /** What patches let the outside set or see. */
  readonly outward: readonly OutwardFact[];
  readonly uapiStructs: readonly UapiStructFact[];
  /** Names that headers for user space define with a macro that only the kernel has. */
  readonly kernelMacrosInUapi: readonly {
    readonly name: string;
    readonly macro: string;
    readonly spot: Spot;
  }[];
  /** Macros that reviewed files define. */
  readonly macros: readonly MacroFact[];
  /** Values of the enums that reviewed files define. */
  readonly enumerators: readonly {
    readonly enum: string;
    readonly name: string;
    /** Whether its value is what the one before it has, and one more. */
    readonly isCounted: boolean;
    readonly spot: Spot;
    readonly wasThere: boolean;
    /** Files that decide by it, in a case or a comparison. */
    readonly decidedIn: readonly string[];
  }[];
  /** Variables at file scope of reviewed files. */
  readonly variables: readonly VariableFact[];
  /** Tables of operations of the reviewed units. */
  readonly tables: readonly TableFact[];
  /** Locks and containers that files define, by path. */
  readonly fileLocks: ReadonlyMap<string, readonly { readonly name: string; readonly spot: Spot }[]>;
  /** Kernel-doc comments of the reviewed units. */
  readonly docs: readonly DocFact[];
  /** New members of structs that document all of theirs. */
  readonly undocumentedMembers: readonly UndocumentedFact[];
  readonly undocumentedExports: readonly UndocumentedExportFact[];
  /** Includes of patches with whether anything shown looks like a use. */
  readonly includes: readonly IncludeFact[];
  /** Comments of patches. */
  readonly comments: readonly CommentFact[];
  /** Memory barriers without a comment. */
  readonly bareBarriers: readonly BarrierFact[];
  /** Functions of headers with what stands for them without their option. */
  readonly stubs: readonly StubbedFunctionFact[];
  /** Bodies in headers that each file which includes them gets a copy of, or that do not compile. */
  readonly headerBodies: readonly HeaderBodyFact[];
  /** Functions and variables that the linker sees and only their file knows. */
  readonly globalNames: readonly GlobalNameFact[];
  readonly foreignDeclarations: readonly ForeignDeclaration[];
  /** Files that use a new header without including it. */
  readonly missingIncludes: readonly MissingIncludeFact[];
  readonly conditionalCode: readonly ConditionalCodeFact[];
  /** What a patch adds twice. */
  readonly repeats: readonly RepeatFact[];
  /** Tables, bodies and expressions that a patch adds several times. */
  readonly copies: readonly CopyFact[];
  /** Tests of the version of the hardware that patches add, by the member that they ask. */
  readonly versionTests: readonly VersionTestsFact[];
  /** Functions that do the opposite of one another by name, and set one thing to one value. */
  readonly opposites: readonly OppositeFact[];
  /** What a patch adds that nothing at hand uses. */
  readonly unusedNames: readonly UnusedNameFact[];
}
