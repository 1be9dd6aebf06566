/** Small changes of iommufd that lose or keep what is mapped and pinned. */
import type { Change, Defect } from './loop-tests.js';

/**
 * When a range is mapped in several domains and one of the later ones has no room, 6.12 unpins what the earlier ones
 * have mapped before it unmaps it there.
 */
export const UNMAPPED_FIRST: Change = {
  what: 'what could not be mapped everywhere is unmapped before it is unpinned',
  make: (text) => {
    const at = text.indexOf('int iopt_area_fill_domains(');
    const release = 'pfn_reader_release_pins(&pfns);';
    const changed = (body: string): string =>
      body.replace(release, '').replace('out_destroy:', `${release}\nout_destroy:`);
    return at < 0 ? text : text.slice(0, at) + changed(text.slice(at));
  },
};

export const IOMMUFD_MAPPING_DEFECTS: readonly Defect[] = [
  {
    what: 'a domain that comes is filled with nothing',
    setUp: 'mapped_between',
    monitor: 'WARNHIT',
    make: (text) => text.replace('rc = iopt_fill_domain(iopt, domain);', 'rc = 0;'),
  },
  {
    what: 'what is unmapped is so in one domain only',
    setUp: 'mapped_in_both',
    monitor: 'UNPINMAP',
    make: (text) => text.replace('if (domain != area->storage_domain)', 'if (0)'),
  },
  {
    what: 'what one domain has no room for stays in the other',
    setUp: 'mapped_in_one_only',
    monitor: 'UNPINMAP',
    make: (text) =>
      UNMAPPED_FIRST.make(text).replace(
        'if (end_index != iopt_area_index(area))\n\t\t\t\tiopt_area_unmap_domain_range(',
        'if (0)\n\t\t\t\tiopt_area_unmap_domain_range(',
      ),
  },
  {
    what: 'what a domain has no room for stays pinned',
    setUp: 'mapped_before',
    faults: true,
    cost: 1,
    monitor: 'PINBAL',
    make: (text) =>
      text.replace('pfn_reader_unpin(pfns);\n\t\tpfns->batch_start_index', 'pfns->batch_start_index'),
  },
  {
    what: 'the last domain goes without what was pinned for it',
    setUp: 'mapped_before',
    monitor: 'WARNHIT',
    make: (text) => text.replace('iopt_unfill_domain(iopt, domain);\n\t__iopt_remove', '__iopt_remove'),
  },
  {
    what: 'the pages are known by a domain that is gone',
    setUp: 'mapped_before',
    monitor: 'WARNHIT',
    make: (text) => text.replace('area->storage_domain = storage_domain;', ';'),
  },
];
