/**
 * What the simulated hardware has been told: which domain a device has for a
 * PASID, which page requests are out, what domains translate, and which call of a scenario is under
 * way. The monitors of the IOMMU hold this against what calls answer.
 */
import type { Container, MemoryObject, Pointer, Site } from '../model/index.js';
import type { Journal } from './journal.js';
import type { Task } from './task.js';
import { Translations } from './translations.js';

/** A device with the domain that it has for one PASID. */
export interface Entry {
  readonly device: MemoryObject;
  readonly pasid: bigint;
  readonly domain: Pointer;
  readonly at: Site;
}

/** A domain as the driver that made it knows it. */
interface MadeDomain {
  /** The only hardware that takes it; null when others do, or nobody has it yet. */
  instance: MemoryObject | null;
  /** The call of the scenario in which it was made. */
  readonly by: ScenarioCall | null;
}

/** One call of a scenario. */
export interface ScenarioCall {
  readonly what: string;
  readonly device: MemoryObject | null;
  readonly mm: MemoryObject | null;
  /** How many choices had been made when it began. */
  readonly choices: number;
  /** What the hardware knew when it began. */
  readonly before: ReadonlyMap<string, Entry>;
  /** Domains that did not fit, by the word of the driver. */
  refusals: number;
  /** Whether a driver was asked about a domain and a device. */
  isAsked: boolean;
  /** Whether a driver was given a device of another one. */
  isForeign: boolean;
}

/** What came about in a run, in the words of whoever finds that it did not: a scenario says what it is about. */
export const NEVER_REACHED = {
  'a device is attached': 'nothing was attached',
  'a bind returns': 'no bind came to its end',
  'a bind is refused': 'no bind was refused',
  'a page request is answered': 'no page request was answered',
  'an injected failure hits': 'nothing failed that was made to fail',
  'a PASID is taken': 'nothing was bound by a PASID that has a domain of another kind',
  'two domains are attached': 'no two devices had domains of their own',
  'two domains map one page': 'no page was mapped by two domains',
} as const;

export type Reached = keyof typeof NEVER_REACHED;

/** What of a device or group is known from the start. */
export interface Member {
  readonly device: MemoryObject;
  readonly group: MemoryObject;
  /** The hardware that it is behind. */
  readonly instance: MemoryObject | null;
  readonly pasids: bigint;
}

export class Hardware {
  readonly entries = new Map<string, Entry>();
  readonly domains = new Map<MemoryObject, MadeDomain>();
  readonly members: Member[] = [];
  /** Numbers that may be PASIDs, with the pools that gave them out. */
  private readonly issued = new Map<bigint, Set<Container>>();
  /** By task number. */
  readonly calls = new Map<number, ScenarioCall>();
  readonly reached = new Set<Reached>();
  /** What an operation last said of a domain and a device, by their objects. */
  readonly suits = new Map<string, boolean>();
  /** Whether only the world is made so far, and nothing fails. */
  isPreparing = false;
  /** Page requests that are out, by device and number. */
  readonly requests = new Map<string, { readonly at: Site; readonly by: Task }>();
  readonly translations = new Translations();
  /** Who was written to; null unless a scenario wants to know. */
  journal: Journal | null = null;

  domainOf(device: MemoryObject, pasid: bigint): Entry | null {
    return this.entries.get(keyOf(device, pasid)) ?? null;
  }

  of(device: MemoryObject): Entry[] {
    return [...this.entries.values()].filter((each) => each.device === device);
  }

  /** Devices that have a domain for a PASID, as a list of their own. */
  withPasid(pasid: bigint): Entry[] {
    return [...this.entries.values()].filter((each) => each.pasid === pasid);
  }

  program(entry: Entry): void {
    this.reached.add('a device is attached');
    this.entries.set(keyOf(entry.device, entry.pasid), entry);
    if ([...this.entries.values()].some(({ domain }) => domain.object !== entry.domain.object))
      this.reached.add('two domains are attached');
  }

  /** A pool gives a number out. */
  issue(number: bigint, pool: Container): void {
    const pools = this.issued.get(number);
    if (pools) pools.add(pool);
    else this.issued.set(number, new Set([pool]));
  }

  /** Whether a number can only be the one that this pool gave out. */
  isOnlyOf(number: bigint, pool: Container): boolean {
    const pools = this.issued.get(number);
    return pools?.size === 1 && pools.has(pool);
  }

  block(device: MemoryObject, pasid: bigint): void {
    this.entries.delete(keyOf(device, pasid));
  }

  member(device: MemoryObject): Member | null {
    return this.members.find((each) => each.device === device) ?? null;
  }

  /** The devices of its group, itself among them. */
  groupOf(device: MemoryObject): Member[] {
    const own = this.member(device);
    return own ? this.members.filter(({ group }) => group === own.group) : [];
  }
}

export function keyOf(device: MemoryObject, pasid: bigint): string {
  return `${device.id}.${pasid}`;
}
