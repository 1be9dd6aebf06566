/**
 * What the kernel has a name for, as C: what people write, and what they could
 * call instead. `_a` and its like stand for any expression, the same one each
 * time. include/linux/ of 6.12.
 */

export interface IdiomRow {
  readonly pattern: string;
  readonly instead: string;
  /** What is gained, as the end of a sentence. */
  readonly because: string;
  /** For a member whose name others have, too: the struct that it has to be of, and then only where it is read. */
  readonly of?: string;
}

/** An array whose size is multiplied out by hand. slab.h, device.h. */
function arrays(): IdiomRow[] {
  const because = 'it also catches an overflow of the product';
  const plain = [
    ['kzalloc', 'kcalloc'],
    ['kmalloc', 'kmalloc_array'],
    ['kvzalloc', 'kvcalloc'],
    ['kvmalloc', 'kvmalloc_array'],
  ];
  const managed = [
    ['devm_kzalloc', 'devm_kcalloc'],
    ['devm_kmalloc', 'devm_kmalloc_array'],
  ];
  return [
    ...plain.flatMap(([from, to]) => [
      { pattern: `${from}(_n * sizeof(_t), _g)`, instead: `${to}(_n, sizeof(_t), _g)`, because },
      { pattern: `${from}(sizeof(_t) * _n, _g)`, instead: `${to}(_n, sizeof(_t), _g)`, because },
    ]),
    ...managed.flatMap(([from, to]) => [
      { pattern: `${from}(_d, _n * sizeof(_t), _g)`, instead: `${to}(_d, _n, sizeof(_t), _g)`, because },
      { pattern: `${from}(_d, sizeof(_t) * _n, _g)`, instead: `${to}(_d, _n, sizeof(_t), _g)`, because },
    ]),
  ];
}

const SHORT = 'it says what is meant';

export const IDIOMS: readonly IdiomRow[] = [
  ...arrays(),
  // array_size.h, math.h, align.h, minmax.h
  { pattern: 'sizeof(_a) / sizeof(_a[0])', instead: 'ARRAY_SIZE(_a)', because: 'it refuses a pointer' },
  { pattern: 'sizeof(_a) / sizeof(*_a)', instead: 'ARRAY_SIZE(_a)', because: 'it refuses a pointer' },
  { pattern: '(_x + _y - 1) / _y', instead: 'DIV_ROUND_UP(_x, _y)', because: SHORT },
  { pattern: '(_x + (_y - 1)) / _y', instead: 'DIV_ROUND_UP(_x, _y)', because: SHORT },
  { pattern: '(_x + _y - 1) & ~(_y - 1)', instead: 'ALIGN(_x, _y)', because: SHORT },
  { pattern: '!(_x & (_y - 1))', instead: 'IS_ALIGNED(_x, _y)', because: SHORT },
  { pattern: '(_x & (_y - 1)) == 0', instead: 'IS_ALIGNED(_x, _y)', because: SHORT },
  { pattern: '_a < _b ? _a : _b', instead: 'min(_a, _b)', because: SHORT },
  { pattern: '_a > _b ? _b : _a', instead: 'min(_a, _b)', because: SHORT },
  { pattern: '_a > _b ? _a : _b', instead: 'max(_a, _b)', because: SHORT },
  { pattern: '_a < _b ? _b : _a', instead: 'max(_a, _b)', because: SHORT },
  // err.h, list.h, wordpart.h
  { pattern: 'IS_ERR(_p) ? PTR_ERR(_p) : 0', instead: 'PTR_ERR_OR_ZERO(_p)', because: SHORT },
  {
    pattern: 'list_empty(_h) ? NULL : list_first_entry(_h, _t, _m)',
    instead: 'list_first_entry_or_null(_h, _t, _m)',
    because: SHORT,
  },
  { pattern: 'list_entry(_h.next, _t, _m)', instead: 'list_first_entry(&_h, _t, _m)', because: SHORT },
  { pattern: 'list_entry(_h->next, _t, _m)', instead: 'list_first_entry(_h, _t, _m)', because: SHORT },
  { pattern: '(u32)(_x >> 32)', instead: 'upper_32_bits(_x)', because: SHORT },
  // pci.h, platform_device.h, device.h
  { pattern: 'container_of(_d, struct pci_dev, dev)', instead: 'to_pci_dev(_d)', because: SHORT },
  {
    pattern: 'container_of(_d, struct platform_device, dev)',
    instead: 'to_platform_device(_d)',
    because: SHORT,
  },
  { pattern: '_d->bus == &pci_bus_type', instead: 'dev_is_pci(_d)', because: SHORT },
  { pattern: '_d->bus != &pci_bus_type', instead: '!dev_is_pci(_d)', because: SHORT },
  { pattern: 'PCI_DEVID(_p->bus->number, _p->devfn)', instead: 'pci_dev_id(_p)', because: SHORT },
  { pattern: '(_p->bus->number << 8) | _p->devfn', instead: 'pci_dev_id(_p)', because: SHORT },
  // iommu.h: the accessors test for a device that has no IOMMU
  {
    pattern: '_d->iommu->priv',
    instead: 'dev_iommu_priv_get(_d)',
    because: 'where it is kept has changed before',
  },
  {
    pattern: '_d->iommu->iommu_dev->ops',
    instead: 'dev_iommu_ops(_d)',
    because: 'it warns when there are none',
  },
  // pci.h, device.h, iommu.h: members that are not there without an option, whose accessors are
  {
    pattern: '_p->physfn',
    instead: 'pci_physfn(_p)',
    because: 'the member is there only with CONFIG_PCI_ATS, and only a VF has one',
    of: 'struct pci_dev',
  },
  {
    pattern: '_d->numa_node',
    instead: 'dev_to_node(_d)',
    because: 'the member is there only with CONFIG_NUMA',
    of: 'struct device',
  },
  {
    pattern: '_d.numa_node',
    instead: 'dev_to_node(&_d)',
    because: 'the member is there only with CONFIG_NUMA',
    of: 'struct device',
  },
  {
    pattern: '_g->queued',
    instead: 'iommu_iotlb_gather_queued(_g)',
    because: 'the struct has no members without CONFIG_IOMMU_API',
    of: 'struct iommu_iotlb_gather',
  },
  // device/devres.h, mm.h, slab.h
  {
    pattern: '__get_free_page(_g | __GFP_ZERO)',
    instead: 'get_zeroed_page(_g)',
    because: SHORT,
  },
  {
    pattern: 'devm_ioremap_resource(_d, platform_get_resource(_p, IORESOURCE_MEM, _n))',
    instead: 'devm_platform_ioremap_resource(_p, _n)',
    because: SHORT,
  },
];
