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
  /** What the types of free names have to be, where the text alone does not tell: `struct pci_dev *`. */
  readonly types?: Readonly<Record<string, string>>;
  /** The free name that gains nothing when it stands for a constant. */
  readonly varies?: string;
  /** Whether the long way is as right as the short one. */
  readonly isMatterOfTaste?: true;
}

/** An array whose size is multiplied out by hand. slab.h, device.h. */
function arrays(): IdiomRow[] {
  const because = 'it also catches an overflow of the product';
  const varies = '_n';
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
      { pattern: `${from}(_n * sizeof(_t), _g)`, instead: `${to}(_n, sizeof(_t), _g)`, because, varies },
      { pattern: `${from}(sizeof(_t) * _n, _g)`, instead: `${to}(_n, sizeof(_t), _g)`, because, varies },
    ]),
    ...managed.flatMap(([from, to]) => [
      {
        pattern: `${from}(_d, _n * sizeof(_t), _g)`,
        instead: `${to}(_d, _n, sizeof(_t), _g)`,
        because,
        varies,
      },
      {
        pattern: `${from}(_d, sizeof(_t) * _n, _g)`,
        instead: `${to}(_d, _n, sizeof(_t), _g)`,
        because,
        varies,
      },
    ]),
  ];
}

const SHORT = 'it says what is meant';

/** Bits for a map, and an object with an array behind it. bitmap.h, overflow.h. */
function bitsAndTails(): IdiomRow[] {
  const because = SHORT;
  const words = ['BITS_TO_LONGS(_n) * sizeof(long)', 'BITS_TO_LONGS(_n) * sizeof(unsigned long)'];
  const counts = ['BITS_TO_LONGS(_n), sizeof(long)', 'BITS_TO_LONGS(_n), sizeof(unsigned long)'];
  const size = 'sizeof(*_p) + _n * sizeof(_t)';
  const turned = 'sizeof(*_p) + sizeof(_t) * _n';
  const checked = 'it also catches an overflow of the product';
  return [
    ...words.map((each) => ({ pattern: `kzalloc(${each}, _g)`, instead: 'bitmap_zalloc(_n, _g)', because })),
    ...counts.map((each) => ({ pattern: `kcalloc(${each}, _g)`, instead: 'bitmap_zalloc(_n, _g)', because })),
    ...words.map((each) => ({
      ...{ pattern: `devm_kzalloc(_d, ${each}, _g)`, instead: 'devm_bitmap_zalloc(_d, _n, _g)', because },
    })),
    ...counts.map((each) => ({
      ...{ pattern: `devm_kcalloc(_d, ${each}, _g)`, instead: 'devm_bitmap_zalloc(_d, _n, _g)', because },
    })),
    ...['kzalloc', 'kmalloc', 'kvzalloc', 'kvmalloc'].flatMap((name) =>
      [size, turned].map((each) => ({
        pattern: `${name}(${each}, _g)`,
        instead: `${name}(struct_size(_p, …, _n), _g)`,
        because: checked,
      })),
    ),
    ...['devm_kzalloc', 'devm_kmalloc'].flatMap((name) =>
      [size, turned].map((each) => ({
        pattern: `${name}(_d, ${each}, _g)`,
        instead: `${name}(_d, struct_size(_p, …, _n), _g)`,
        because: checked,
      })),
    ),
  ];
}

export const IDIOMS: readonly IdiomRow[] = [
  ...bitsAndTails(),
  ...arrays(),
  // pfn.h, mm.h: before the general ones
  { pattern: '(_x + PAGE_SIZE - 1) >> PAGE_SHIFT', instead: 'PFN_UP(_x)', because: SHORT },
  { pattern: '(_x + (PAGE_SIZE - 1)) >> PAGE_SHIFT', instead: 'PFN_UP(_x)', because: SHORT },
  { pattern: 'PAGE_ALIGN(_x) >> PAGE_SHIFT', instead: 'PFN_UP(_x)', because: SHORT },
  { pattern: '(_x + PAGE_SIZE - 1) & PAGE_MASK', instead: 'PAGE_ALIGN(_x)', because: SHORT },
  { pattern: '(_x + ~PAGE_MASK) & PAGE_MASK', instead: 'PAGE_ALIGN(_x)', because: SHORT },
  { pattern: '_x & ~(PAGE_SIZE - 1)', instead: '_x & PAGE_MASK', because: SHORT },
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
  {
    pattern: '_c ? true : false',
    instead: '_c',
    because: 'it is a truth value already',
    isMatterOfTaste: true,
  },
  {
    pattern: '_c ? false : true',
    instead: '!(_c)',
    because: 'it is a truth value already',
    isMatterOfTaste: true,
  },
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
  // platform_device.h, pci.h: the data of a driver
  {
    ...{ pattern: 'dev_get_drvdata(&_p->dev)', instead: 'platform_get_drvdata(_p)', because: SHORT },
    ...{ types: { _p: 'struct platform_device *' }, isMatterOfTaste: true },
  },
  {
    ...{ pattern: 'dev_get_drvdata(&_p->dev)', instead: 'pci_get_drvdata(_p)', because: SHORT },
    ...{ types: { _p: 'struct pci_dev *' }, isMatterOfTaste: true },
  },
  {
    ...{ pattern: 'dev_set_drvdata(&_p->dev, _x)', instead: 'platform_set_drvdata(_p, _x)', because: SHORT },
    ...{ types: { _p: 'struct platform_device *' }, isMatterOfTaste: true },
  },
  {
    ...{ pattern: 'dev_set_drvdata(&_p->dev, _x)', instead: 'pci_set_drvdata(_p, _x)', because: SHORT },
    ...{ types: { _p: 'struct pci_dev *' }, isMatterOfTaste: true },
  },
  {
    pattern: 'platform_get_drvdata(to_platform_device(_d))',
    instead: 'dev_get_drvdata(_d)',
    because: 'it is the same pointer',
  },
  {
    pattern: 'pci_get_drvdata(to_pci_dev(_d))',
    instead: 'dev_get_drvdata(_d)',
    because: 'it is the same pointer',
  },
  // of.h: a property without a value is asked for by name
  ...['of_get_property(_n, _p, NULL)', 'of_find_property(_n, _p, NULL)'].flatMap((call) => [
    { pattern: `!!${call}`, instead: 'of_property_read_bool(_n, _p)', because: SHORT },
    { pattern: `${call} != NULL`, instead: 'of_property_read_bool(_n, _p)', because: SHORT },
    { pattern: `${call} ? true : false`, instead: 'of_property_read_bool(_n, _p)', because: SHORT },
  ]),
  // string.h, Documentation/process/deprecated.rst
  {
    pattern: 'strlcpy(_d, _s, _n)',
    instead: 'strscpy(_d, _s, _n)',
    because: 'strlcpy() reads all of the source, and is gone since 6.8',
  },
  {
    pattern: 'strncpy(_d, _s, sizeof(_d))',
    instead: 'strscpy(_d, _s, sizeof(_d))',
    because: 'strncpy() may leave out the terminating NUL',
  },
  // iommu.h: the accessors test for a device that has no IOMMU
  {
    pattern: '_d->iommu->priv',
    instead: 'dev_iommu_priv_get(_d)',
    because: 'where it is kept has changed before',
  },
  {
    pattern: '_d->iommu->fwspec',
    instead: 'dev_iommu_fwspec_get(_d)',
    because: 'it tests for a device that has no IOMMU',
  },
  {
    pattern: '_d->iommu_fwspec',
    instead: 'dev_iommu_fwspec_get(_d)',
    because: 'where it is kept has changed before',
    of: 'struct device',
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
