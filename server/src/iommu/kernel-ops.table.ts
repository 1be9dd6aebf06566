/**
 * The slots of the kernel's operation tables as data: which part a function
 * plays because a table names it, and what the caller relies on.
 */

/** A part that a function plays because an ops table has it in this slot. */
export interface SlotRow {
  readonly role: string;
  readonly contract: string;
}

const ATTACH_ERRNOS =
  'Returns 0, or -EINVAL when device and domain are incompatible (the caller may try another domain; log nothing), ' +
  '-ENOMEM, -ENOSPC, -EBUSY, -ENODEV. On failure the device stays on its old domain or is blocked.';

/** Slots of struct iommu_ops and struct iommu_domain_ops (include/linux/iommu.h, 6.12; the older ones from 6.1). */
export const OPS_SLOTS: ReadonlyMap<string, SlotRow> = new Map<string, SlotRow>([
  [
    'domain_alloc',
    {
      role: 'allocates a domain',
      contract:
        'May sleep. Returns NULL on failure (ERR_PTR is accepted since 6.12). The core fills in type and ops.',
    },
  ],
  [
    'domain_alloc_paging',
    {
      role: 'allocates a paging domain',
      contract: 'May sleep. `dev` may be NULL in 6.12: then the first attach ties the domain to an instance.',
    },
  ],
  [
    'domain_alloc_user',
    {
      role: 'allocates a domain for user space',
      contract: 'Returns a fully initialised domain or an ERR_PTR; unknown flags are -EOPNOTSUPP.',
    },
  ],
  [
    'domain_alloc_sva',
    {
      role: 'allocates an SVA domain',
      contract: 'Called with mm_users held. Returns an ERR_PTR on failure, never NULL.',
    },
  ],
  [
    'attach_dev',
    {
      role: 'attaches a domain to a device',
      contract: `Called under the group mutex; must compare the domain's IOMMU instance with the device's. ${ATTACH_ERRNOS}`,
    },
  ],
  [
    'set_dev_pasid',
    {
      role: 'attaches a domain to a PASID of a device',
      contract: `Called under the group mutex with 0 < pasid < max_pasids. ${ATTACH_ERRNOS}`,
    },
  ],
  ['attach_dev_pasid', { role: 'attaches a domain to a PASID of a device', contract: ATTACH_ERRNOS }],
  [
    'remove_dev_pasid',
    {
      role: 'detaches a PASID of a device',
      contract: 'Cannot fail. Afterwards the PASID is blocked and no page request for it is in flight.',
    },
  ],
  ['detach_dev_pasid', { role: 'detaches a PASID of a device', contract: 'Cannot fail.' }],
  [
    'detach_dev',
    {
      role: 'detaches a domain from a device',
      contract: 'Gone since 6.5: attaching another domain replaces the old one.',
    },
  ],
  [
    'free',
    {
      role: 'frees a domain',
      contract:
        'The domain is attached nowhere. Frees the object around the embedded iommu_domain, not the member.',
    },
  ],
  [
    'map_pages',
    { role: 'maps pages', contract: 'May be called in atomic context with the given gfp flags.' },
  ],
  [
    'unmap_pages',
    {
      role: 'unmaps pages',
      contract: 'Gathers what is to be flushed; the memory is reused only after the flush.',
    },
  ],
  ['iova_to_phys', { role: 'translates an IOVA', contract: 'Reads the page table without changing it.' }],
  [
    'probe_device',
    { role: 'probes a device', contract: 'Returns the IOMMU instance of the device, or -ENODEV.' },
  ],
  ['release_device', { role: 'releases a device', contract: 'No translation for the device is left.' }],
  ['device_group', { role: 'finds the group of a device', contract: 'Returns a group with a reference.' }],
  [
    'sva_bind',
    {
      role: 'binds a device to an address space',
      contract: 'Until 6.1. The caller holds mm_users; each bind needs one unbind.',
    },
  ],
  ['sva_unbind', { role: 'unbinds a device from an address space', contract: 'Until 6.1. Cannot fail.' }],
  [
    'page_response',
    { role: 'answers a page request', contract: 'Exactly one answer for each page request group.' },
  ],
  [
    'iopf_handler',
    { role: 'handles page faults', contract: 'Answers and frees the page request group exactly once.' },
  ],
  [
    'dev_enable_feat',
    { role: 'enables a feature of a device', contract: 'May be called any number of times, also never.' },
  ],
  [
    'set_dirty_tracking',
    {
      role: 'switches dirty tracking of a domain',
      contract: 'Holds for the devices attached now and later, until it is switched off.',
    },
  ],
  [
    'enforce_cache_coherency',
    {
      role: 'forces snooping on a domain',
      contract: 'Returns false, with nothing changed, when some attached device cannot.',
    },
  ],
]);
