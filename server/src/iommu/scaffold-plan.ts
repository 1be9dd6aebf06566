/** What a scaffold is made of: who plays which part in the code at hand, and the names that it has. */

/** A parameter, or with an empty name what a function returns: `struct device *`. */
export interface Named {
  readonly type: string;
  readonly name: string;
}

/** The head of a function that callers know. */
export interface Signature {
  readonly returns: string;
  readonly name: string;
  readonly parameters: readonly Named[];
}

/** Callers get a domain, and attach it themselves. */
export interface DomainShape {
  readonly kind: 'domain';
  readonly get: Signature;
  readonly put: Signature;
  readonly failure: Failure;
}

/** Callers get a handle of a device that is attached. */
export interface HandleShape {
  readonly kind: 'handle';
  readonly bind: Signature;
  readonly unbind: Signature;
  readonly handle: {
    /** Tag of its struct. */
    readonly tag: string;
    /** Whether a header defines it, so that a bond embeds it; else the bond is the handle. */
    readonly isEmbedded: boolean;
    /** Its member for the device. */
    readonly device: string | null;
  };
  /** Functions that take a domain, a device and a PASID. */
  readonly attach: string;
  readonly detach: string;
  /** Gives the PASID of a handle. */
  readonly pasidOf: Signature | null;
  readonly failure: Failure;
}

/** What callers are given when there is nothing to give. */
export type Failure = 'NULL' | 'ERR_PTR';

export interface Scaffold {
  readonly license: string;
  readonly shape: DomainShape | HandleShape;
  /** What new names begin with, and the words that they must not be. */
  readonly prefix: string;
  readonly taken: ReadonlySet<string>;
  /** Tag of the struct that hung off the domain; null when none did. */
  readonly part: string | null;
  /** The member of struct iommu_domain that points to it. */
  readonly link: string | null;
  /** Gives the mm of a domain; only with a link. */
  readonly mmOf: Signature | null;
  readonly allocation: {
    /** Of `dev`, `mm`. */
    readonly call: string;
    /** The constant for the member `type`, when the allocator does not set it. */
    readonly type: string | null;
    readonly failure: 'NULL' | 'ERR_PTR' | 'either';
  };
  /** Of `own->domain`. */
  readonly release: string;
  /** The domain op that says whether a device suits it; null when there is none. */
  readonly compatible: string | null;
  /** Where the PASID comes from: the mm has it (then what it has when it has none), or the object allocates it below a limit of `dev`. */
  readonly pasid: { readonly invalid: string } | { readonly end: string };
  /** Names of what the scaffold takes the place of, and of what it has nothing for. */
  readonly replaced: readonly string[];
  readonly left: readonly string[];
}

/** Why there is no scaffold, as the end of a sentence. */
export interface Refused {
  readonly why: string;
}

/** The head of a function, as C. */
export function head({ returns, name, parameters }: Signature): string {
  const list = parameters.map((each) => joined(each.type, each.name)).join(', ');
  return `${joined(returns, name)}(${list})`;
}

const joined = (type: string, name: string): string => (type.endsWith('*') ? type + name : `${type} ${name}`);

/** Where a PASID is allocated for a device, the device says how many it has: it is passed on, and asked first. */
export function limitedBy(pasid: Scaffold['pasid'], failure: Failure): { device: string; narrow: string } {
  if (!('end' in pasid)) return { device: '', narrow: '' };
  return {
    device: 'dev, ',
    narrow: `\tif (own_pasid_end(dev) < 2)\n\t\treturn ${failed(failure, '-EOPNOTSUPP')};\n`,
  };
}

/** What a function gives for an error number, or for an error pointer that it was given. */
export const failed = (failure: Failure, error: string): string =>
  failure === 'NULL' ? 'NULL' : `ERR_PTR(${error})`;
export const passed = (failure: Failure, pointer: string): string =>
  failure === 'NULL' ? 'NULL' : `ERR_CAST(${pointer})`;
