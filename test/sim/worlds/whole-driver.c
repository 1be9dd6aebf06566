/* A driver that has all that is played, and keeps its contracts. */
struct toy_iommu {
	struct iommu_device iommu;
	void *base;
	u32 features;
	struct ida ids;
	struct device *dev;
};

struct toy_device {
	struct toy_iommu *iommu;
	struct device *dev;
	struct list_head node;
	ioasid_t pasid;
};

struct toy_pasid {
	struct device *dev;
	struct toy_device *data;
	struct list_head node;
};

struct toy_domain {
	struct iommu_domain domain;
	struct mmu_notifier notifier;
	spinlock_t lock;
	struct list_head devices;
	struct list_head pasids;
	int id;
	int nr_users;
	bool snoops;
};

static struct toy_domain *to_toy(struct iommu_domain *domain)
{
	return container_of(domain, struct toy_domain, domain);
}

static struct iommu_domain *toy_alloc(struct device *dev)
{
	struct toy_domain *toy = kzalloc(sizeof(*toy), GFP_KERNEL);

	if (!toy)
		return NULL;
	spin_lock_init(&toy->lock);
	INIT_LIST_HEAD(&toy->devices);
	INIT_LIST_HEAD(&toy->pasids);
	return &toy->domain;
}

static void toy_free(struct iommu_domain *domain)
{
	kfree(to_toy(domain));
}

static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct iommu_fwspec *fwspec = dev_iommu_fwspec_get(dev);
	struct toy_domain *toy = to_toy(domain);
	void *streams[2];
	unsigned int i;
	int ret;

	if (toy->snoops && !(data->iommu->features & 1))
		return -EINVAL;
	if (domain->dirty_ops && !(data->iommu->features & 2))
		return -EINVAL;
	ret = pm_runtime_resume_and_get(data->iommu->dev);
	if (ret < 0)
		return ret;
	ret = ida_alloc_range(&data->iommu->ids, 1, 15, GFP_KERNEL);
	if (ret < 0)
		goto asleep;
	spin_lock(&toy->lock);
	toy->nr_users++;
	spin_unlock(&toy->lock);
	for (i = 0; i < fwspec->num_ids; i++) {
		streams[i] = kzalloc(16, GFP_KERNEL);
		if (!streams[i])
			goto undo;
	}
	spin_lock(&toy->lock);
	toy->id = ret;
	list_add(&data->node, &toy->devices);
	spin_unlock(&toy->lock);
	writel(1, data->iommu->base);
	pm_runtime_put(data->iommu->dev);
	return 0;
undo:
	spin_lock(&toy->lock);
	toy->nr_users--;
	spin_unlock(&toy->lock);
	while (i--)
		kfree(streams[i]);
	ida_free(&data->iommu->ids, ret);
	ret = -ENOMEM;
asleep:
	pm_runtime_put(data->iommu->dev);
	return ret;
}

static void toy_leave(struct toy_device *data)
{
	list_del_init(&data->node);
	writel(0, data->iommu->base);
}

static int toy_rest_attach(struct iommu_domain *domain, struct device *dev)
{
	toy_leave(dev_iommu_priv_get(dev));
	return 0;
}

static struct iommu_domain toy_rest = {
	.type = IOMMU_DOMAIN_IDENTITY,
	.ops = &(const struct iommu_domain_ops) {
		.attach_dev = toy_rest_attach,
	},
};

static bool toy_enforce(struct iommu_domain *domain)
{
	struct toy_domain *toy = to_toy(domain);
	struct toy_device *data;

	spin_lock(&toy->lock);
	list_for_each_entry(data, &toy->devices, node) {
		if (!(data->iommu->features & 1)) {
			spin_unlock(&toy->lock);
			return false;
		}
	}
	toy->snoops = true;
	spin_unlock(&toy->lock);
	return true;
}

static struct iommu_device *toy_probe(struct device *dev)
{
	struct toy_device *data = kzalloc(sizeof(*data), GFP_KERNEL);
	void *table;

	if (!data)
		return ERR_PTR(-ENOMEM);
	table = kzalloc(16, GFP_KERNEL);
	if (!table) {
		kfree(data);
		return ERR_PTR(-ENOMEM);
	}
	data->iommu = dev_get_drvdata(dev);
	dev_iommu_priv_set(dev, data);
	kfree(table);
	return &data->iommu->iommu;
}

static void toy_release(struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);

	toy_leave(data);
	kfree(data);
}

static int toy_set_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = to_toy(domain);
	struct toy_pasid *bond = kzalloc(sizeof(*bond), GFP_KERNEL);

	if (!bond)
		return -ENOMEM;
	if (!mmget_not_zero(domain->mm)) {
		kfree(bond);
		return -EINVAL;
	}
	bond->dev = dev;
	bond->data = data;
	spin_lock(&toy->lock);
	list_add(&bond->node, &toy->pasids);
	spin_unlock(&toy->lock);
	data->pasid = pasid;
	writel(pasid, data->iommu->base);
	mmput(domain->mm);
	return 0;
}

static void toy_remove(struct device *dev, ioasid_t pasid, struct iommu_domain *domain)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = to_toy(domain);
	struct toy_pasid *bond = NULL, *each;

	list_for_each_entry(each, &toy->pasids, node) {
		if (each->dev == dev) {
			bond = each;
			break;
		}
	}
	if (!bond)
		return;
	list_del(&bond->node);
	kfree(bond);
	writel(0, data->iommu->base);
}

static void toy_mm_release(struct mmu_notifier *notifier, struct mm_struct *mm)
{
	struct toy_domain *toy = container_of(notifier, struct toy_domain, notifier);
	struct toy_pasid *bond;

	spin_lock(&toy->lock);
	list_for_each_entry(bond, &toy->pasids, node) {
		bond->data->pasid = 0;
		writel(0, bond->data->iommu->base);
	}
	spin_unlock(&toy->lock);
}

static const struct mmu_notifier_ops toy_notifier_ops = {
	.release = toy_mm_release,
};

static const struct iommu_domain_ops toy_sva_ops = {
	.set_dev_pasid = toy_set_pasid,
	.free = toy_free,
};

static struct iommu_domain *toy_alloc_sva(struct device *dev, struct mm_struct *mm)
{
	struct iommu_domain *domain = toy_alloc(dev);

	if (!domain)
		return ERR_PTR(-ENOMEM);
	domain->ops = &toy_sva_ops;
	return domain;
}

static const struct iommu_dirty_ops toy_dirty_ops = {
};

static const struct iommu_ops toy_ops = {
	.domain_alloc_paging = toy_alloc,
	.domain_alloc_sva = toy_alloc_sva,
	.probe_device = toy_probe,
	.release_device = toy_release,
	.device_group = pci_device_group,
	.remove_dev_pasid = toy_remove,
	.default_domain_ops = &(const struct iommu_domain_ops) {
		.attach_dev = toy_attach,
		.enforce_cache_coherency = toy_enforce,
		.free = toy_free,
	},
};
