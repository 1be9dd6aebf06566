/**
 * What functions, structs and operations look like to who asks about their
 * design: heads and callers, casts, limits, references on an mm, what user space hands in.
 */
import type { LookupFact } from './container-facts.js';
import type { Spot } from './program.js';
import type { ShortType } from './scope.js';

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
  /** Whether nobody who calls it asks what it gave: it is handed on, or dropped. */
  readonly isNeverTested: boolean;
}

/** A function that is declared, but not defined, in a reviewed file. */
export interface PrototypeFact {
  readonly name: string;
  readonly isStatic: boolean;
  /** Whether a reviewed file passes it on as a value: then a table says what it takes. */
  readonly isDictated: boolean;
  readonly spot: Spot;
  readonly returns: ShortType;
  readonly parameters: readonly ParameterFact[];
  readonly wasThere: boolean;
}

/** A macro that the code under review defines. */
export interface MacroFact {
  readonly name: string;
  readonly spot: Spot;
  /** The names that stand for it, in order. */
  readonly names: readonly string[];
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
  /** Whether the branch gives the domain ops of its own. */
  readonly setsOps: boolean;
  /** The calls of the branch when all it does is give things back; else none. */
  readonly givesBack: readonly string[];
}

/** A comparison of a number that a group has with one. */
export interface GroupCountFact {
  readonly spot: Spot;
  /** The devices themselves, or a member of the group that counts something else: who has claimed it. */
  readonly counts: 'devices' | 'claims';
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
  /** Whether other functions are given the struct, which do not look either. */
  readonly isPassedOn: boolean;
}

/** Memory of user space that is fetched twice. */
export interface CopiedTwiceFact {
  readonly first: Spot;
  readonly spot: Spot;
  readonly source: string;
}
