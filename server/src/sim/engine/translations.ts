/**
 * What the domains of the simulated hardware translate, with what their IOTLBs
 * still keep of it, and which pages of memory are pinned. A page is told by its
 * number, and there are as many as the code at hand maps: a table is small.
 */
import type { MemoryObject, Site } from '../model/index.js';

/** A run of addresses that a domain translates, in bytes. */
export interface Mapping {
  readonly iova: bigint;
  readonly physical: bigint;
  readonly size: bigint;
  /** Where it was mapped. */
  readonly at: Site;
}

/** A domain that may still reach a page. */
export interface Reaching {
  readonly domain: MemoryObject;
  readonly mapping: Mapping;
  /** Whether it is unmapped already, and only an IOTLB was not told yet. */
  readonly isStale: boolean;
}

interface Table {
  mapped: Mapping[];
  /** Unmapped since the IOTLB was told last. */
  stale: Mapping[];
}

const PAGE_SHIFT = 12n;

export class Translations {
  private readonly tables = new Map<MemoryObject, Table>();
  /** Of each page that is pinned, where, the last pin last. */
  private readonly pins = new Map<bigint, Site[]>();

  map(domain: MemoryObject, mapping: Mapping): void {
    const table = this.tables.get(domain) ?? { mapped: [], stale: [] };
    this.tables.set(domain, table);
    table.mapped.push(mapping);
  }

  /** What a domain translates an address by; null for nothing. */
  at(domain: MemoryObject, iova: bigint): Mapping | null {
    const { mapped = [] } = this.tables.get(domain) ?? {};
    return mapped.find((each) => iova >= each.iova && iova < each.iova + each.size) ?? null;
  }

  /** Takes away all of the mapping that an address is in, and tells which that was. The IOTLB keeps it. */
  unmap(domain: MemoryObject, iova: bigint): Mapping | null {
    const gone = this.at(domain, iova);
    const table = this.tables.get(domain);
    if (!gone || !table) return null;
    table.mapped = table.mapped.filter((each) => each !== gone);
    table.stale.push(gone);
    return gone;
  }

  /** The IOTLB of a domain forgets what is not mapped. */
  flush(domain: MemoryObject): void {
    const table = this.tables.get(domain);
    if (table) table.stale = [];
  }

  /** A domain is freed, and its table with it. */
  drop(domain: MemoryObject): void {
    this.tables.delete(domain);
  }

  pin(page: bigint, at: Site): void {
    this.pins.set(page, [...(this.pins.get(page) ?? []), at]);
  }

  /** Whether it was pinned. */
  unpin(page: bigint): boolean {
    const sites = this.pins.get(page);
    if (!sites) return false;
    if (sites.length > 1) this.pins.set(page, sites.slice(0, -1));
    else this.pins.delete(page);
    return true;
  }

  isPinned(page: bigint): boolean {
    return this.pins.has(page);
  }

  /** Pages that are pinned, with where that was done last. */
  *pinned(): Iterable<{ readonly page: bigint; readonly times: number; readonly at: Site }> {
    for (const [page, sites] of this.pins) yield { page, times: sites.length, at: sites.at(-1)! };
  }

  /** How many domains map a physical address. */
  countOf(physical: bigint): number {
    const pages = [...this.reaching(physical >> PAGE_SHIFT)];
    return new Set(pages.flatMap(({ domain, isStale }) => (isStale ? [] : [domain]))).size;
  }

  /** Who may still reach a page. */
  *reaching(page: bigint): Iterable<Reaching> {
    const physical = page << PAGE_SHIFT;
    const covers = (each: Mapping): boolean =>
      physical >= each.physical && physical < each.physical + each.size;
    for (const [domain, { mapped, stale }] of this.tables) {
      for (const mapping of mapped) if (covers(mapping)) yield { domain, mapping, isStale: false };
      for (const mapping of stale) if (covers(mapping)) yield { domain, mapping, isStale: true };
    }
  }
}
