/** What the kernel has a function or a macro for is written out. */
import type { Spot } from '../iommu/index.js';
import { cameBefore } from './context.js';
import { odditiesIn } from './oddities.js';
import { defineRule, type RuleInput } from './rule.js';

export const openCoded = defineRule({
  id: 'open-coded',
  classes: ['needless-wrapper-duplicate', 'config-stub-kconfig'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  quietInTree: true,
  summary: 'Something is written out that the kernel has a name for.',
  why: 'Readers know the name, and must work out the expression; the helper often checks what the expression forgets.',
  remedy: 'Use the helper.',
  source:
    'Documentation/process/coding-style.rst, "Don\'t re-invent the kernel macros"; review of "iommu/tegra-smmu: Add pagetable mappings to debugfs"; include/linux/pci.h:struct pci_dev, include/linux/iommu.h:iommu_iotlb_gather_queued (6.12)',
  bad: [
    {
      title: 'an array by multiplication',
      code: `
int toy_init(struct device *dev, struct toy *toy, unsigned int count)
{
	toy->slots = devm_kzalloc(dev, sizeof(*toy->slots) * count, GFP_KERNEL);
//                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ open-coded: devm_kcalloc(
	return toy->slots ? 0 : -ENOMEM;
}`,
    },
    {
      title: 'a known test',
      code: `
bool toy_fits(struct device *dev)
{
	return dev->bus == &pci_bus_type;
//             ^^^^^^^^^^^^^^^^^^^^^^^^^ open-coded: dev_is_pci(dev)
}`,
    },
    {
      title: 'zeroed by hand',
      code: `
void *toy_table(struct device *dev, size_t size, dma_addr_t *dma)
{
	void *table = dma_alloc_coherent(dev, size, dma, GFP_KERNEL);

	if (!table)
		return NULL;
	memset(table, 0, size);
//      ^^^^^^^^^^^^^^^^^^^^^^^ open-coded: has zeroed
	return table;
}`,
    },
    {
      title: 'a member that is not always there',
      code: `
struct irq_domain *toy_msi_domain(struct pci_dev *pdev)
{
	return dev_get_msi_domain(&pdev->physfn->dev);
//                                 ^^^^^^^^^^^^ open-coded: only with CONFIG_PCI_ATS
}`,
    },
    {
      title: 'a poll of a register',
      code: `
static int toy_sync(struct toy *toy)
{
	int i;

	for (i = 0; i < 1000; i++) {
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ open-coded: readl_poll_timeout_atomic
		if (!(readl(toy->base) & TOY_BUSY))
			return 0;
		udelay(1);
	}
	return -ETIMEDOUT;
}

int toy_flush(struct toy *toy)
{
	return toy_sync(toy);
}`,
    },
    {
      title: 'allocated and filled',
      code: `
int toy_copy(struct toy *toy, const void *from, size_t size)
{
	toy->buf = kmalloc(size, GFP_KERNEL);
//                 ^^^^^^^^^^^^^^^^^^^^^^^^^ open-coded: kmemdup()
	if (!toy->buf)
		return -ENOMEM;
	memcpy(toy->buf, from, size);
	return 0;
}`,
    },
    {
      title: 'got only to be asked',
      code: `
bool toy_is_translated(struct device *dev)
{
	struct iommu_group *group = iommu_group_get(dev);
//                                  ^^^^^^^^^^^^^^^^^^^^ open-coded: device_iommu_mapped(dev)

	if (!group)
		return false;
	iommu_group_put(group);
	return true;
}`,
    },
    {
      title: 'an attribute',
      code: `
static ssize_t users_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct toy *toy = dev_get_drvdata(dev);

	return sprintf(buf, "%d\\n", toy->users);
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ open-coded: sysfs_emit()
}
static DEVICE_ATTR_RO(users);`,
    },
  ],
  good: [
    {
      title: 'a product that the compiler knows',
      code: `
enum toy_counters { TOY_HITS, TOY_MISSES, TOY_COUNTERS };

int toy_count(struct toy *toy)
{
	toy->counts = kzalloc(sizeof(*toy->counts) * TOY_COUNTERS, GFP_KERNEL);
	toy->pairs = kzalloc(2 * sizeof(*toy->pairs), GFP_KERNEL);
	return toy->counts && toy->pairs ? 0 : -ENOMEM;
}`,
    },
    {
      title: 'waited for while something else is done, and a group that is used',
      code: `
int toy_drain(struct toy *toy)
{
	int i;

	for (i = 0; i < 1000; i++) {
		if (!(readl(toy->base) & TOY_BUSY))
			return 0;
		toy_kick(toy);
		udelay(1);
	}
	return -ETIMEDOUT;
}

int toy_join(struct toy *toy, struct device *dev)
{
	struct iommu_group *group = iommu_group_get(dev);
	int ret;

	if (!group)
		return -ENODEV;
	ret = toy_add(toy, group);
	iommu_group_put(group);
	return ret;
}`,
    },
    {
      title: 'zeroed by the allocator, and zeroed again when it is used again',
      code: `
struct toy { char name[16]; void *table; };

struct toy *toy_new(struct device *dev, size_t size)
{
	struct toy *toy = devm_kzalloc(dev, sizeof(*toy), GFP_KERNEL);

	if (!toy)
		return NULL;
	toy->table = devm_kmalloc(dev, size, GFP_KERNEL);
	if (!toy->table)
		return NULL;
	memset(toy->table, 0, size / 2);
	return toy;
}`,
    },
    {
      title: 'by the accessor, and the same name elsewhere',
      code: `
struct toy { struct pci_dev *physfn; int numa_node; };

int toy_node(struct toy *toy, struct pci_dev *pdev)
{
	toy->physfn = pci_physfn(pdev);
	pdev->dev.numa_node = toy->numa_node;
	return dev_to_node(&toy->physfn->dev);
}`,
    },
    {
      title: 'by name',
      code: `
int toy_init(struct device *dev, struct toy *toy, unsigned int count)
{
	toy->slots = devm_kcalloc(dev, count, sizeof(*toy->slots), GFP_KERNEL);
	return toy->slots ? 0 : -ENOMEM;
}`,
    },
    {
      title: 'where it is set',
      code: `
static inline void toy_set_priv(struct device *dev, void *priv)
{
	dev->iommu->priv = priv;
}`,
    },
  ],
  *check(input) {
    yield* odditiesIn(input, 'zeroed-by-hand', ({ subject, other, instead }) => ({
      message:
        instead === undefined
          ? `${other}() has zeroed ${subject}. Drop the memset().`
          : `${instead}() instead of ${other}() and memset()?`,
      severity: 'info',
    }));
    const told = new Map<string, unknown>();
    for (const objection of odditiesIn(input, 'written-out', ({ subject, other }) => ({
      message: `${subject}? ${asSentence(other)}`,
      severity: 'info',
    }))) {
      if (isNewer(input, objection.at, objection.message)) continue;
      // What only gets another name was not written for this patch.
      if (
        objection.message.startsWith('devm_platform_') &&
        objection.related?.some(({ spot }) => !input.isNew(spot))
      )
        continue;
      // The attributes of one file are all written alike.
      const isTold =
        objection.message.startsWith('sysfs_') && told.get(objection.message) === objection.at.unit;
      told.set(objection.message, objection.at.unit);
      if (!isTold) yield objection;
    }
    for (const fn of input.facts.functions) {
      for (const { name, spot, instead, because, isOfOption, isMatterOfTaste } of fn.idioms) {
        if (!input.isFresh(spot) || isNewer(input, spot, instead)) continue;
        yield {
          at: spot,
          function: fn.name,
          // A product that overflows is rare, and so is memory that is left as it came.
          severity: isOfOption || isMatterOfTaste || /alloc|_array$/.test(name) ? 'info' : 'warning',
          message: `${instead}? ${asSentence(because)}`,
          ...(instead.includes('…')
            ? {}
            : { fix: { title: `Use ${name}()`, edits: [{ spot, text: instead }] } }),
        };
      }
    }
  },
});

/** Helpers that were not there when older mails came: the month in which they came into the kernel. */
const MONTHS: ReadonlyMap<string, string> = new Map([
  ['sysfs_emit', '2020-10'],
  ['devm_platform_get_and_ioremap_resource', '2020-06'],
  ['devm_platform_ioremap_resource', '2019-03'],
  ['devm_bitmap_zalloc', '2021-06'],
  ['kvmemdup', '2023-01'],
  ['device_iommu_mapped', '2018-12'],
]);

function isNewer({ series }: RuleInput, spot: Spot, instead: string): boolean {
  const month = MONTHS.get(/\w+/.exec(instead)?.[0] ?? '');
  return month !== undefined && cameBefore(series, spot, month);
}

/** A reason as a sentence; a name of the code that it begins with stays as it is. */
function asSentence(reason: string): string {
  return `${/^\w+\(/.test(reason) ? reason.charAt(0) : reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}
