/**
 * C of a driver that attaches domains as it should, for examples of rules that
 * only the play on two hardware instances shows: each example changes the few
 * lines that it is about.
 */

/** A domain belongs to the instance of the first device that it is attached to. */
export const TOY_DRIVER = `
struct toy_iommu {
	struct iommu_device iommu;
	void __iomem *base;
};

struct toy_device {
	struct toy_iommu *iommu;
	struct list_head node;
};

struct toy_domain {
	struct iommu_domain domain;
	struct mutex lock;
	struct toy_iommu *iommu;
	struct list_head devices;
	void *table;
};

static int toy_attach_dev(struct iommu_domain *domain, struct device *dev)
{
	struct toy_domain *toy = container_of(domain, struct toy_domain, domain);
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_iommu *iommu = data->iommu;
	int ret = 0;

	mutex_lock(&toy->lock);
	if (toy->iommu && toy->iommu != iommu) {
		ret = -EINVAL;
		goto unlock;
	}
	if (!toy->table) {
		toy->table = kzalloc(4096, GFP_KERNEL);
		if (!toy->table) {
			ret = -ENOMEM;
			goto unlock;
		}
	}
	toy->iommu = iommu;
	list_move(&data->node, &toy->devices);
	writel(1, toy->iommu->base);
unlock:
	mutex_unlock(&toy->lock);
	return ret;
}

static void toy_free(struct iommu_domain *domain)
{
	struct toy_domain *toy = container_of(domain, struct toy_domain, domain);

	kfree(toy->table);
	kfree(toy);
}

static struct iommu_domain *toy_alloc(struct device *dev)
{
	struct toy_domain *toy = kzalloc(sizeof(*toy), GFP_KERNEL);

	if (!toy)
		return NULL;
	mutex_init(&toy->lock);
	INIT_LIST_HEAD(&toy->devices);
	return &toy->domain;
}

static const struct iommu_ops toy_ops = {
	.domain_alloc_paging = toy_alloc,
	.default_domain_ops = &(const struct iommu_domain_ops) {
		.attach_dev = toy_attach_dev,
		.free = toy_free,
	},
};`;

/** A domain serves all instances: each is told where the table is. */
export const TOY_DRIVER_THAT_SHARES = TOY_DRIVER.replace(
  `	if (toy->iommu && toy->iommu != iommu) {
		ret = -EINVAL;
		goto unlock;
	}
`,
  '',
)
  .replace(
    `	toy->iommu = iommu;
`,
    '',
  )
  .replace('writel(1, toy->iommu->base)', 'writel(1, iommu->base)');

/** The only instance that there is stands in a variable. */
export const TOY_DRIVER_OF_ONE_INSTANCE = TOY_DRIVER.replace(
  `	if (toy->iommu && toy->iommu != iommu) {
		ret = -EINVAL;
		goto unlock;
	}
	if`,
  `	if`,
)
  .replace(
    `	toy->iommu = iommu;
`,
    `	if (!toy->iommu)
		toy->iommu = iommu;
`,
  )
  .replace(
    `struct toy_device {`,
    `static struct toy_iommu *the_iommu;

struct toy_device {`,
  );
