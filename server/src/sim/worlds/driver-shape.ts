/** What is known of a driver's operation by which it attaches domains: the structs that it works on, and what else of the driver can be called beside it. */

/** What a member of an instance or of a device's private data is made to be, before the driver sees it. */
export interface Start {
  /** `streams_lock`, `queue.list`: from the struct itself. */
  readonly member: string;
  readonly as:
    | 'list'
    | 'xarray'
    | 'ida'
    | 'idr'
    | 'nothing'
    | 'at-rest'
    | 'instance'
    | 'device'
    | 'on-list'
    | 'parent';
  /** The member of the instance that is the node on this list, for `on-list`; for `at-rest` the domain; for `parent` its type and member. */
  readonly name?: string;
}

/** A struct of the driver, with the members that matter. */
export interface Part {
  /** With its keyword. */
  readonly type: string;
  readonly starts: readonly Start[];
}

/** Where the domain comes from. */
export type DomainSource =
  /** A variable that is there once and for all. */
  | { readonly kind: 'static'; readonly name: string }
  /** The driver's own allocator, with what it takes. */
  | { readonly kind: 'allocated'; readonly by: string; readonly takes: readonly Argument[] }
  /** All zero but for what must not be. */
  | { readonly kind: 'zeroed'; readonly part: Part; readonly member: string };

/** What a parameter is given. */
export type Argument = 'domain' | 'device' | 'mm' | 'type' | 'pasid' | 'zero';

/** One operation of a driver, and what is needed to call it for devices of two instances. */
export interface DriverShape {
  readonly path: string;
  readonly op: string;
  readonly function: string;
  /** Where it begins in its file. */
  readonly at: number;
  readonly takes: readonly Argument[];
  /** Whether a variable is the driver's only instance. */
  readonly isSingleton: boolean;
  /** Null where the driver has no struct that embeds struct iommu_device. */
  readonly instance: (Part & { readonly member: string }) | null;
  /** Null where the operation does not ask for private data, or it cannot be told what they are. */
  readonly own: Part | null;
  /** Whether the private data of a device are the instance itself. */
  readonly isInstanceOwn: boolean;
  readonly domains: readonly DomainSource[];
  /** IOMMU_DOMAIN_UNMANAGED and its like. */
  readonly domainType: string;
  /** The table that the core gives the domain, as an expression; null where it is not told. */
  readonly ops: string | null;
  /** Whether struct iommu_fwspec has a table of operations, as before Linux 6.10, and which. */
  readonly fwspecOps: string | null;
  /** Whether the table has a detach_dev: then the core takes a device from its domain before it gets another. */
  readonly detaches: boolean;
  /** The function that frees a domain; null where the table has none. */
  readonly free: string | null;
  /** Whether the driver asks the core which domain a device has. */
  readonly asksCore: boolean;
  /** The struct of the driver that a device is a member of, and which; null where it is a device like any other. */
  readonly holder: { readonly type: string; readonly member: string } | null;
  readonly beside: Companions;
}

/** A function of the driver, and what it takes. */
export interface Called {
  readonly name: string;
  readonly takes: readonly Argument[];
  /** The file that it stands in. */
  readonly path: string;
}

/** Another operation that attaches, with a domain of its kind. */
export interface OtherAttach extends Called {
  readonly domain: DomainSource;
  readonly domainType: string;
  readonly ops: string | null;
}

/** What a driver has beside the operation; null for what it has not. */
export interface Companions {
  /** attach_dev for domains that translate, beside a set_dev_pasid or what stops translation. */
  readonly paging: OtherAttach | null;
  /** set_dev_pasid for domains that translate, beside an attach_dev for them. */
  readonly pasid: OtherAttach | null;
  readonly remove: Called | null;
  readonly enforce: Called | null;
  readonly release: Called | null;
  /** The domain that the core attaches before that. */
  readonly releaseDomain: { readonly attach: Called; readonly variable: string } | null;
  readonly probe: Called | null;
  /** What is told when a process ends, and the member of the domain that it is told by. */
  readonly notifier:
    | (Called & { readonly type: string; readonly member: string; readonly domain: string })
    | null;
  /** Whether devices of one instance may be in groups of their own. */
  readonly hasGroups: boolean;
  /** A table of operations for dirty pages. */
  readonly dirty: string | null;
}

/** Whether domains of a type are the address space of a process. */
export const isOfProcess = (domainType: string): boolean => domainType === 'IOMMU_DOMAIN_SVA';
