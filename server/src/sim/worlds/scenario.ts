/**
 * How a scenario is told: which devices and processes there are, what the
 * drivers are like, and who calls what beside whom. What happens is the
 * code's affair; which monitors break says the run.
 */

import type { Reached } from '../engine/index.js';

/** The devices of the world. D1, D2 share an instance; D3 is behind another of the same driver, D4 behind one that can do less, D5 of another driver. */
export type DeviceName = keyof typeof DEVICES;
export type ProcessName = 'M1' | 'M2' | 'M3' | 'M4';

/** The hardware: I3 is of the same driver as I1 and I2, and cannot do all that they can. */
export type IommuName = 'I1' | 'I2' | 'I3' | 'X1';

export interface DeviceRow {
  /** The hardware instance that it is behind; null without an IOMMU. */
  readonly iommu: IommuName | null;
  /** Devices of one group have one name here. */
  readonly group: string;
  /** PASIDs are below this; 0 for none. */
  readonly pasids: number;
}

export const DEVICES = {
  D1: { iommu: 'I1', group: 'g1', pasids: 1 << 20 },
  D2: { iommu: 'I1', group: 'g2', pasids: 1 << 20 },
  D3: { iommu: 'I2', group: 'g3', pasids: 1 << 20 },
  D4: { iommu: 'I3', group: 'g4', pasids: 1 << 20 },
  D5: { iommu: 'X1', group: 'g5', pasids: 1 << 20 },
  D6: { iommu: 'I1', group: 'g6', pasids: 0 },
  D7: { iommu: 'I1', group: 'g7', pasids: 4 },
  D8: { iommu: 'I1', group: 'g8', pasids: 1 << 20 },
  D9: { iommu: 'I1', group: 'g8', pasids: 1 << 20 },
  D10: { iommu: null, group: 'g10', pasids: 0 },
} as const satisfies Record<string, DeviceRow>;

/** What must come of a bind unless memory runs out: success, this error and no other, or either. */
export type Wanted = 'success' | 'EBUSY' | 'ENODEV' | 'either';

/** One thing that somebody does. */
export type Act =
  | {
      readonly do: 'bind';
      readonly as: string;
      readonly device: DeviceName;
      readonly mm: ProcessName;
      readonly wants: Wanted;
    }
  /** The driver of a device gives a PASID of it a domain of its own, which is none of a process; or takes it away. */
  | { readonly do: 'take' | 'give back'; readonly device: DeviceName; readonly pasid: number }
  | { readonly do: 'unbind'; readonly handle: string }
  /** The last thread of a process ends. */
  | { readonly do: 'exit'; readonly mm: ProcessName }
  /** A process has a child: its mm begins as a copy of the parent's. */
  | { readonly do: 'fork'; readonly mm: ProcessName; readonly child: ProcessName }
  /** Somebody holds on to the mm, whether or not it has users. */
  | { readonly do: 'grab' | 'drop'; readonly mm: ProcessName }
  /** The device asks for a page of the first process that it is bound to. */
  | { readonly do: 'fault'; readonly device: DeviceName };

export const bind = (as: string, device: DeviceName, mm: ProcessName): Act => ({
  do: 'bind',
  as,
  device,
  mm,
  wants: 'success',
});
/** A bind that may be refused, or must be. */
export const tryToBind = (
  as: string,
  device: DeviceName,
  mm: ProcessName,
  wants: Exclude<Wanted, 'success'> = 'either',
): Act => ({ ...(bind(as, device, mm) as Extract<Act, { do: 'bind' }>), wants });
export const take = (device: DeviceName, pasid: number): Act => ({ do: 'take', device, pasid });
export const giveBack = (device: DeviceName, pasid: number): Act => ({ do: 'give back', device, pasid });
export const unbind = (handle: string): Act => ({ do: 'unbind', handle });
export const exit = (mm: ProcessName): Act => ({ do: 'exit', mm });
export const fork = (mm: ProcessName, child: ProcessName): Act => ({ do: 'fork', mm, child });
export const grab = (mm: ProcessName): Act => ({ do: 'grab', mm });
export const drop = (mm: ProcessName): Act => ({ do: 'drop', mm });
export const fault = (device: DeviceName): Act => ({ do: 'fault', device });

/** What differs from world to world. */
export interface WorldOptions {
  /** What the main driver does about a domain of another instance. */
  readonly driver: 'strict' | 'lazy' | 'shared' | 'caps';
  /** What the drivers give where a domain is asked for, if it is none: what ERR_PTR() makes of this. */
  readonly allocationGives: '0' | '-ENODEV' | '-EBUSY' | 'EBUSY' | null;
  /** Whether taking a PASID away waits for its page requests. */
  readonly drains: boolean;
  /** Whether a PASID ends with the last user of the mm, as before Linux 5.18, or with its last reference. */
  readonly pasidGoesWithUsers: boolean;
  /** Whether the drivers' operations fail in turn where calls do. */
  readonly operationsFail: boolean;
  /** Whether only one device of each group is bound to a driver. */
  readonly isPartlyBound: boolean;
}

/** What the interfaces of the core looked like: in spring 2022, in Linux 6.2 to 6.7, since 6.8. */
export type Time = '2022' | '6.2' | '6.8';

export interface Scenario {
  /** The row of the matrix, and after a slash the variant of it where there are several. */
  readonly id: string;
  readonly story: string;
  /** The times that it is for: before 5.18 PASIDs ended with the users of an mm, for instance. */
  readonly times: readonly Time[];
  /** Whether most callers see to it that this does not happen: what breaks is worth knowing, not a fault for sure. */
  readonly isUnlikely: boolean;
  /** Why it is worth knowing of a design, and never held against code in a review; null for the others. */
  readonly notForReview: string | null;
  /** What the kernel is built with, where it differs from what it is built with else. */
  readonly configuration: ReadonlyMap<string, boolean>;
  /** What an implementation must have for this to mean something: to attach itself, to attach what its caller gives, to take page requests, to reset the mm of a child. */
  readonly needs: 'nothing' | 'attaching' | 'attaching by PASID' | 'page requests' | 'a fork';
  readonly world: WorldOptions;
  readonly before: readonly Act[];
  /** Those that run beside each other, by name. */
  readonly beside: Readonly<Record<string, readonly Act[]>>;
  readonly after: readonly Act[];
  /** Whether calls that can fail do so in turn. */
  readonly faults: boolean;
  /** What must come about in some run, or that nothing breaks means nothing. */
  readonly reaches: readonly Reached[];
}

const USUAL: WorldOptions = {
  driver: 'strict',
  allocationGives: null,
  drains: true,
  pasidGoesWithUsers: false,
  operationsFail: false,
  isPartlyBound: false,
};

type Told = Pick<Scenario, 'id' | 'story'> &
  Partial<Omit<Scenario, 'world'>> & { readonly world?: Partial<WorldOptions> };

export function defineScenario(told: Told): Scenario {
  return {
    times: ['2022', '6.2', '6.8'],
    isUnlikely: false,
    notForReview: null,
    configuration: new Map(),
    needs: 'nothing',
    before: [],
    beside: {},
    after: [],
    faults: false,
    reaches: ['a device is attached'],
    ...told,
    world: { ...USUAL, ...told.world },
  };
}
