// SPDX-License-Identifier: MIT
/* A sample of our own, in the style of a driver: one way out forgets what it took. */
#include <linux/iommu.h>
#include <linux/slab.h>

struct leak_bond {
	struct iommu_domain *domain;
	struct device *dev;
};

struct leak_owner {
	struct leak_bond *bond;
};

int leak_enable(struct device *dev);

int leak_bind(struct leak_owner *owner, struct device *dev)
{
	struct leak_bond *bond;
	int ret;

	bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	if (!bond)
		return -ENOMEM;

	bond->dev = dev;
	ret = leak_enable(dev);
	if (ret)
		goto out_keep;

	owner->bond = bond;
	return 0;

out_free:
	kfree(bond);
out_keep:
	return ret;
}
