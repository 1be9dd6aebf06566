/**
 * What can be varied in the world of a scenario: other hardware, one device or
 * process more, calls that fail. Each is data, and a scenario with some of
 * them is a scenario like any other: `bind-bind+failures`.
 */
import type { DeviceName, WorldOptions } from './scenario.js';

export interface Variant {
  /** After a plus sign behind the id of a scenario. */
  readonly id: string;
  /** For the user, as an answer to "what is different?". */
  readonly title: string;
  /** A sentence that goes behind the story. */
  readonly story: string;
  readonly change: WorldChange;
}

export type WorldChange =
  /** Calls that can fail do so in turn, those to hardware too. */
  | { readonly do: 'let calls fail' }
  | { readonly do: 'set'; readonly options: Partial<WorldOptions> }
  /** Other devices take the places of those that the scenario has. */
  | {
      readonly do: 'replace';
      readonly devices: Readonly<Partial<Record<DeviceName, DeviceName>>>;
      /** Whether a design may refuse them. */
      readonly mayBeRefused: boolean;
    }
  /** The first process binds one device more, after its first bind, and unbinds it before it ends. */
  | { readonly do: 'add a device'; readonly device: DeviceName }
  /** Another process binds the first device too, until the end. */
  | { readonly do: 'add a process' };

export const VARIANTS: readonly Variant[] = [
  {
    id: 'failures',
    title: 'Calls may fail',
    story: 'Calls that can fail do so in turn.',
    change: { do: 'let calls fail' },
  },
  {
    id: 'device',
    title: 'One device more behind the same IOMMU',
    story: 'The process binds another device of the same IOMMU as well.',
    change: { do: 'add a device', device: 'D2' },
  },
  {
    id: 'iommu',
    title: 'One device more behind a second IOMMU',
    story: 'The process binds a device behind a second IOMMU of the same driver as well.',
    change: { do: 'add a device', device: 'D3' },
  },
  {
    id: 'foreign-iommu',
    title: 'One device more behind an IOMMU of another driver',
    story: 'The process binds a device whose IOMMU has another driver as well.',
    change: { do: 'add a device', device: 'D5' },
  },
  {
    id: 'process',
    title: 'One process (mm) more on the first device',
    story: 'Another process binds the first device as well.',
    change: { do: 'add a process' },
  },
  {
    id: 'two-iommus',
    title: 'The second device stands behind a second IOMMU',
    story: 'The second device stands behind a second IOMMU of the same driver.',
    change: { do: 'replace', devices: { D2: 'D3' }, mayBeRefused: false },
  },
  {
    id: 'one-group',
    title: 'Both devices are in one group',
    story: 'The two devices share a group.',
    change: { do: 'replace', devices: { D1: 'D8', D2: 'D9' }, mayBeRefused: true },
  },
  {
    id: 'shared',
    title: 'The driver takes domains of its other IOMMUs',
    story: 'The driver takes a domain of any of its IOMMUs.',
    change: { do: 'set', options: { driver: 'shared' } },
  },
  {
    id: 'no-drain',
    title: 'The driver waits for no page requests',
    story: 'The driver does not wait for page requests when it takes a PASID away.',
    change: { do: 'set', options: { drains: false } },
  },
];
