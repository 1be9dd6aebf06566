/** What of domains, devices and instances of a driver's world is known at one moment of a run. */
import { type Machine, POWER, reachableFrom } from '../engine/index.js';
import { type MemoryObject, Pointer, resolve } from '../model/index.js';
import { DOMAIN_VARIABLES } from './driver-calls.js';
import type { DeviceNumber, DomainName } from './driver-programmes.table.js';
import { DRIVER_WORLD_FILE } from './driver-world.js';

/** What is known at one moment of a run. */
export interface Snapshot {
  /** `A1`: which domain and which device know each other. */
  readonly links: ReadonlySet<string>;
  /** Numbers that are known, by where they stand, with what people call the place. */
  readonly numbers: ReadonlyMap<string, { readonly words: string; readonly value: bigint }>;
  /** How often devices were woken up that may sleep no more since. */
  readonly awake: number;
}

/** Devices and instances of the world, by the words that what hangs from them begins with. */
export const NAMED = /^(iommu|private|device|holder|attached|record|fwspec)(\d)\b/;

const NAMES: readonly DomainName[] = ['A', 'B', 'P'];

/** How a snapshot calls that a domain and a device know each other. */
export const linkOf = (domain: DomainName, device: DeviceNumber): string => `${domain}${device}`;

export function snapshotOf(machine: Machine): Snapshot {
  const links = new Set<string>();
  for (const domain of NAMES)
    for (const device of linkedTo(machine, domain)) links.add(linkOf(domain, device));
  const numbers = new Map<string, { words: string; value: bigint }>();
  const domains = NAMES.map((domain) => domainOf(machine, domain));
  for (const object of machine.heap.objects) {
    if (!NAMED.test(object.words) && !domains.includes(object)) continue;
    for (const [key, { value, member }] of object.cells) {
      const known = value === null ? null : resolve(value);
      if (typeof known !== 'bigint') continue;
      numbers.set(`${object.id}:${key}`, { words: placeWords(object, member, domains), value: known });
    }
  }
  const awake = machine.ledger.acquisitions.filter(({ kind, isUnsure }) => kind === POWER && !isUnsure);
  return { links, numbers, awake: awake.length };
}

function placeWords(object: MemoryObject, member: string, domains: readonly (MemoryObject | null)[]): string {
  const words = domains.includes(object) ? 'domain' : object.words;
  return member === '' ? words : `${words}->${member}`;
}

/** The devices that a domain leads to, by their data or the instance that only they are behind, or that lead to it. */
function linkedTo(machine: Machine, name: DomainName): DeviceNumber[] {
  const domain = domainOf(machine, name);
  if (!domain) return [];
  const reached = new Set([...reachableFrom(machine, [machine.pointerTo(domain)])].map(({ words }) => words));
  const found = ([1, 2, 3] as const).filter((device) => namesOf(device).some((each) => reached.has(each)));
  // What the core notes of a device is not the driver's doing.
  const leading = machine.heap.objects
    .filter((object) => !object.words.startsWith('attached') && pointsTo(object, domain))
    .map(({ words }) => words);
  const back = ([1, 2, 3] as const).filter((device) =>
    namesOf(device).some((each) => leading.includes(each)),
  );
  return [...new Set([...found, ...back])];
}

const namesOf = (device: DeviceNumber): string[] => [
  `device${device}`,
  `private${device}`,
  ...(device === 3 ? ['iommu2'] : []),
];

function pointsTo(object: MemoryObject, domain: MemoryObject): boolean {
  if (!NAMED.test(object.words)) return false;
  for (const { value } of object.cells.values()) {
    const known = value === null ? null : resolve(value);
    if (known instanceof Pointer && known.object === domain) return true;
  }
  return false;
}

function domainOf(machine: Machine, name: DomainName): MemoryObject | null {
  const kept = machine.globals.get(`${DRIVER_WORLD_FILE}:${DOMAIN_VARIABLES[name]}`);
  const cell = kept?.at(0, 8);
  const known = cell && cell !== 'mixed' && cell.value !== null ? resolve(cell.value) : null;
  return known instanceof Pointer ? known.object : null;
}
