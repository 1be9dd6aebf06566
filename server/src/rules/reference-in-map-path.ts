/** A group reference is taken and dropped for every buffer that is mapped. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const referenceInMapPath = defineRule({
  id: 'reference-in-map-path',
  classes: ['needless-lock-hot-path'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'iommu_get_domain_for_dev() or iommu_group_get() is called where DMA is mapped.',
  why: 'Each call takes and drops a reference of the group, an atomic on a shared line for every packet.',
  remedy: 'Use iommu_get_dma_domain(), which the ownership of the DMA API makes safe.',
  source: 'drivers/iommu/iommu.c:iommu_get_dma_domain (6.12)',
  bad: [
    {
      title: 'for every page',
      code: `
struct toy_page;

static dma_addr_t toy_map_page(struct device *dev, struct toy_page *page)
{
	struct iommu_domain *domain = iommu_get_domain_for_dev(dev);
//                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ reference-in-map-path: every buffer

	return domain ? 1 : 0;
}

static const struct dma_map_ops toy_dma_ops = { .map_page = toy_map_page };`,
    },
  ],
  good: [
    {
      title: 'the DMA domain',
      code: `
struct toy_page;

static dma_addr_t toy_map_page(struct device *dev, struct toy_page *page)
{
	struct iommu_domain *domain = iommu_get_dma_domain(dev);

	return domain ? 1 : 0;
}

static const struct dma_map_ops toy_dma_ops = { .map_page = toy_map_page };`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'get-in-map-path',
      ({ subject, other }) =>
        `${subject}() takes and drops a group reference for every buffer that ${other}() handles. Use iommu_get_dma_domain().`,
    ),
});
