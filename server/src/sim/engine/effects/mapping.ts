/** What the simulated drivers tell of their page tables and the simulated kernel of its pages, and who looks at both. */
import type { Value } from '../../model/index.js';
import { nameOf } from '../access.js';
import type { Machine } from '../machine.js';
import type { Mapping, Reaching } from '../translations.js';
import { type Action, breach, numberOf, objectOf, whereInCode } from './hardware-calls.js';
import { argument, type PrimitiveCall } from './perform.js';

export type MappingWord = 'map' | 'unmap' | 'translate' | 'flush' | 'pin' | 'unpin';

export const MAPPING_ACTIONS: { readonly [What in MappingWord]: Action } = {
  map(machine, call) {
    const domain = objectOf(call, 0);
    if (!domain) return 0n;
    const [iova, physical, size] = [wide(call, 1), wide(call, 2), wide(call, 3)];
    machine.hardware.translations.map(domain, { iova, physical, size, at: whereInCode(machine) });
    if (machine.hardware.translations.countOf(physical) > 1)
      machine.hardware.reached.add('two domains map one page');
    machine.recorder?.hardware(
      machine,
      (naming) => `${nameOf(domain, naming(domain))} maps ${hex(iova)} to ${hex(physical)}`,
    );
    return 0n;
  },
  unmap(machine, call) {
    const domain = objectOf(call, 0);
    const gone = domain && machine.hardware.translations.unmap(domain, wide(call, 1));
    if (!domain || !gone) return 0n;
    machine.recorder?.hardware(
      machine,
      (naming) => `${nameOf(domain, naming(domain))} maps ${hex(gone.iova)} no longer`,
    );
    return gone.size;
  },
  translate(machine, call) {
    const domain = objectOf(call, 0);
    const iova = wide(call, 1);
    const mapping = domain && machine.hardware.translations.at(domain, iova);
    return mapping ? mapping.physical + iova - mapping.iova : 0n;
  },
  flush(machine, call) {
    const domain = objectOf(call, 0);
    if (domain) machine.hardware.translations.flush(domain);
    return 0n;
  },
  pin(machine, call) {
    const page = wide(call, 0);
    machine.hardware.translations.pin(page, whereInCode(machine));
    machine.recorder?.hardware(machine, () => `page ${page} is pinned`);
    return 0n;
  },
  unpin(machine, call) {
    const page = wide(call, 0);
    const { translations } = machine.hardware;
    if (!translations.unpin(page)) breach(machine, 'PINBAL', `unpins page ${page}, which is not pinned`);
    machine.recorder?.hardware(machine, () => `page ${page} is unpinned`);
    if (!translations.isPinned(page)) checkUnreached(machine, page);
    return 0n;
  },
};

function wide(call: PrimitiveCall, index: number): bigint {
  return numberOf(argument(call, index) as Value, 64);
}

function hex(number: bigint): string {
  return `0x${number.toString(16)}`;
}

/** UNPINMAP: nobody keeps a page any more that hardware may still reach. */
function checkUnreached(machine: Machine, page: bigint): void {
  for (const each of machine.hardware.translations.reaching(page)) {
    breach(machine, 'UNPINMAP', `unpins page ${page}, which ${howReached(each)}`, [
      { site: each.mapping.at, words: 'it was mapped here' },
    ]);
    return;
  }
}

function howReached({ domain, mapping, isStale }: Reaching): string {
  const { iova }: Mapping = mapping;
  return isStale
    ? `the IOTLB of ${nameOf(domain)} still has at ${hex(iova)}`
    : `${nameOf(domain)} still maps at ${hex(iova)}`;
}

/** PINBAL: pages that nobody unpinned when all is over. What could not be run might have. */
export function checkUnpinned(machine: Machine): void {
  if (machine.cuts.some(({ kind }) => kind !== 'empty-loop')) return;
  for (const { page, times, at } of machine.hardware.translations.pinned())
    machine.report(
      'PINBAL',
      `page ${page} is never unpinned${times > 1 ? `, and is pinned ${times} times` : ''}`,
      [],
      {
        site: at,
      },
    );
}
