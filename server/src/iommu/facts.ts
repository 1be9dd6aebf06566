/**
 * The shapes of what this room finds out: structs with their roles, functions
 * with what they look up, fill, keep, check and hand out. Rules read these and
 * nothing below them.
 */
import type { Span } from '../base/index.js';
import type { UnusedNameFact } from './additions.js';
import type { BarrierFact, CommentFact } from './comment-facts.js';
import type { ConditionalCodeFact, StubbedFunctionFact } from './conditionals.js';
import type { DocFact, DocName, UndocumentedFact } from './docs.js';
import type { IdiomFact } from './idioms.js';
import type { IncludeFact } from './includes.js';
import type { LogFact } from './log-facts.js';
import type { Spot } from './program.js';
import type { RepeatFact } from './repeats.js';
import type { ShortType } from './scope.js';
import type { DeadStoreFact, ForwardFact } from './stores.js';

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
  /** Whether it has a width in bits. */
  readonly isBits: boolean;
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

export interface ParameterFact {
  /** '' in a prototype that does not name it. */
  readonly name: string;
  readonly type: ShortType;
  readonly isConst: boolean;
  readonly isFunction: boolean;
  /** Whether it points to memory of user space. */
  readonly isUser: boolean;
  /** Whether the body mentions it; true where there is no body. */
  readonly isRead: boolean;
  /** Whether the patch takes out a line that has it as it stands here. */
  readonly wasThere: boolean;
  readonly spot: Spot;
}

/** The head of a function, and what its callers make of it. */
export interface SignatureFact {
  readonly parameters: readonly ParameterFact[];
  readonly returns: ShortType;
  /** Whether all of its body is seen. */
  readonly isWhole: boolean;
  /** Whether somebody else says what it looks like: it is called through a pointer, or another definition has its name. */
  readonly isDictated: boolean;
  /** Whether the patch changes or moves a function of this name rather than adding it. */
  readonly wasThere: boolean;
  /** What it returns, as written, without white space. */
  readonly answers: readonly string[];
  /** How many statements its body has at the top. */
  readonly statements: number;
  /** The arguments of each call at hand, as written, without white space. */
  readonly calledWith: readonly (readonly string[])[];
}

/** A function that is declared, but not defined, in a reviewed file. */
export interface PrototypeFact {
  readonly name: string;
  readonly isStatic: boolean;
  /** Whether a reviewed file passes it on as a value: then a table says what it takes. */
  readonly isDictated: boolean;
  readonly spot: Spot;
  readonly parameters: readonly ParameterFact[];
  readonly wasThere: boolean;
}

/** A pointer to one struct taken for a pointer to another. */
export interface StructCastFact {
  readonly spot: Spot;
  readonly from: string;
  readonly to: string;
  readonly operand: string;
}

/** Code that goes its own way for one type of domain. */
export interface TypeTestFact {
  readonly spot: Spot;
  readonly type: string;
  /** Whether it does something there that is new, and does not just answer. */
  readonly branches: boolean;
}

/** A comparison of the number of devices of a group with one. */
export interface GroupCountFact {
  readonly spot: Spot;
  /** Whether the answer goes into a member or out of the function, and so outlives the moment. */
  readonly isKept: boolean;
}

/** A reference on the mm of the running task that is given back before the function ends. */
export interface OwnMmFact {
  readonly spot: Spot;
  /** The member that goes on pointing to the mm, or null. */
  readonly keptIn: string | null;
}

/** An object that leaves the function without the lock under which it was found. */
export interface UnreferencedFact {
  readonly lookup: LookupFact;
  /** Null where no lock is held at all. */
  readonly lock: string | null;
  readonly handedOut: Spot;
}

/** A count of a found object that is raised though it may be zero. */
export interface RaisedCountFact {
  readonly lookup: LookupFact;
  readonly spot: Spot;
  readonly call: string;
  readonly count: string;
}

/** The address space of an object locked without a reference on its users. */
export interface MmapLockFact {
  readonly spot: Spot;
  readonly mm: string;
}

/** A limit of PASIDs that is told when somebody asks for PASIDs. */
export interface LateLimitFact {
  readonly spot: Spot;
  readonly target: string;
}

/** A PASID that is given back before what uses it is. */
export interface EarlyFreeFact {
  readonly spot: Spot;
  readonly call: string;
  readonly later: Spot;
  readonly laterCall: string;
}

/** A number that assumes how wide a PASID is. */
export interface PasidLimitFact {
  readonly spot: Spot;
  readonly text: string;
}

/** Devices of a domain that are changed one by one, while the domain does not note it. */
export interface PropertyFact {
  readonly spot: Spot;
  readonly list: string;
  readonly domain: string;
}

export interface UapiMemberFact {
  readonly name: string;
  readonly wasThere: boolean;
  readonly type: string;
  readonly spot: Spot;
  /** Where it begins, in bytes; null where that cannot be told. */
  readonly offset: number | null;
  /** Whether it is what takes data of other structs: an array without a length, or a union. */
  readonly isOpen: boolean;
  /** Bytes before it that the compiler adds. */
  readonly hole: number;
  /** What is wrong with its type. */
  readonly problem: string | null;
}

/** A struct of a header for user space. */
export interface UapiStructFact {
  readonly name: string;
  /** Whether another struct of the header has it as a member. */
  readonly isPart: boolean;
  readonly wasThere: boolean;
  readonly spot: Spot;
  readonly members: readonly UapiMemberFact[];
  /** Bytes that the compiler adds at the end. */
  readonly tail: number;
}

/** A struct from user space with a member that must be zero and that nobody looks at. */
export interface UncheckedInputFact {
  readonly spot: Spot;
  readonly struct: string;
  readonly member: string;
  readonly variable: string;
  readonly declared: Spot;
}

/** Memory of user space that is fetched twice. */
export interface CopiedTwiceFact {
  readonly first: Spot;
  readonly spot: Spot;
  readonly source: string;
}

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
  /** How it would name a device in a message; null when it has none at hand. */
  readonly deviceAtHand: string | null;
  /** Whether it attaches a domain to a device or to a PASID of one. */
  readonly isAttach: boolean;
  /** Whether it works on what user space wrote. */
  readonly isFromUser: boolean;
  /** Its parameters that user space filled in. */
  readonly fromUser: readonly string[];
  /** Whether it runs in an interrupt, or handles faults of devices. */
  readonly handlesEvents: boolean;
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

export interface DesignFacts {
  readonly structs: readonly StructFact[];
  /** Functions of the reviewed units, in source order. */
  readonly functions: readonly FunctionFact[];
  /** Functions that reviewed files declare without defining them. */
  readonly prototypes: readonly PrototypeFact[];
  readonly uapiStructs: readonly UapiStructFact[];
  /** Macros that reviewed files define. */
  readonly macros: readonly { readonly name: string; readonly spot: Spot }[];
  /** Values of the enums that reviewed files define. */
  readonly enumerators: readonly {
    readonly enum: string;
    readonly name: string;
    readonly spot: Spot;
    readonly wasThere: boolean;
  }[];
  /** Variables at file scope of reviewed files. */
  readonly variables: readonly VariableFact[];
  /** Locks and containers that files define, by path. */
  readonly fileLocks: ReadonlyMap<string, readonly { readonly name: string; readonly spot: Spot }[]>;
  /** Kernel-doc comments of the reviewed units. */
  readonly docs: readonly DocFact[];
  /** New members of structs that document all of theirs. */
  readonly undocumentedMembers: readonly UndocumentedFact[];
  readonly undocumentedExports: readonly DocName[];
  /** Includes of patches with whether anything shown looks like a use. */
  readonly includes: readonly IncludeFact[];
  /** Comments of patches. */
  readonly comments: readonly CommentFact[];
  /** Memory barriers without a comment. */
  readonly bareBarriers: readonly BarrierFact[];
  /** Functions of headers with what stands for them without their option. */
  readonly stubs: readonly StubbedFunctionFact[];
  readonly conditionalCode: readonly ConditionalCodeFact[];
  /** What a patch adds twice. */
  readonly repeats: readonly RepeatFact[];
  /** What a patch adds that nothing at hand uses. */
  readonly unusedNames: readonly UnusedNameFact[];
}
