/** Kernel C written for these tests: every construct that the mask knows, at least once. */

export const DRIVER = `// SPDX-License-Identifier: GPL-2.0
/*
 * A toy IOMMU { with a brace in its comment.
 */
#define pr_fmt(fmt) "toy: " fmt
#include <linux/iommu.h>
#include "toy.h"

#define TOY_DBG(fmt, args...) \\
	pr_debug(fmt, ##args)
#define TOY_EACH(toy, list) \\
	list_for_each_entry(toy, list /* not to be cut */, node)

static DEFINE_XARRAY_ALLOC(toy_domains);
static DEFINE_MUTEX(toy_lock);
static bool toy_strict __read_mostly = true;

enum toy_mode { TOY_BYPASS, TOY_STAGE1 = 1 << 1, TOY_STAGE2, };

struct toy_domain {
	struct iommu_domain domain;
	struct {
		u32 mode : 3;
		u32 : 5;
		union {
			u64 pgd;
			struct list_head *walk;
		};
	};
#ifdef CONFIG_TOY_SVA
	struct mmu_notifier mn;
#else
	int unused;
#endif
	struct_group(saved,
		u32 cr0;
		u32 cr1;
	);
	DECLARE_BITMAP(asids, 16);
	int (*flush)(struct toy_domain *, unsigned long iova, size_t size);
	struct iommu_group __rcu *group;
} __packed __aligned(8);

#if 0
static void toy_dead(void) { nothing that compiles
#endif

static inline struct toy_domain *to_toy(struct iommu_domain *dom)
{
	return container_of(dom, struct toy_domain, domain);
}

static int __maybe_unused toy_attach(struct iommu_domain *domain, struct device *dev)
	__must_hold(&toy_lock)
{
	struct toy_domain *toy = to_toy(domain), *other;
	void *page __free(kfree) = kzalloc(sizeof(*toy), GFP_KERNEL);
	unsigned long flags, index;
	int ret = -EINVAL;

	if (!page || !toy->walk)
		return -ENOMEM;
	scoped_guard(mutex, &toy_lock) {
		xa_for_each(&toy_domains, index, other)
			if (other == toy)
				goto out;
	}
	list_for_each_entry(other, toy->walk, node) {
		switch (other->mode) {
		case 0 ... 3:
			ret = min_t(unsigned long, other->pgd, toy->pgd) ? 0 : -EBUSY;
			break;
		case TOY_STAGE2:
			fallthrough;
		default:
			continue;
		}
	}
#ifdef CONFIG_TOY_SVA
	do {
		ret = ({ typeof(*toy) copy = *toy; copy.cr0 ?: 1; });
	} while (--index > 0);
#else
	for (int i = 0; i < 4; i++)
		toy->asids[i] |= BIT(i) & ~toy->cr0;
#endif
	pr_info("mode %d {" PRIx64 "}\\n", toy->mode, (u64)flags);
out:
	return ret;
}

static const struct iommu_ops toy_ops = {
	.owner = THIS_MODULE,
	.default_domain_ops = &(const struct iommu_domain_ops) {
		.attach_dev = toy_attach,
	},
#ifdef CONFIG_PM
	.suspend = toy_suspend,
#endif
};

static const struct dev_pm_ops toy_pm = {
	SET_SYSTEM_SLEEP_PM_OPS(toy_suspend, toy_resume)
	SET_RUNTIME_PM_OPS(toy_suspend, toy_resume, NULL)
};

EXPORT_SYMBOL_NS_GPL(toy_attach, IOMMUFD);
module_platform_driver(toy_driver);
MODULE_LICENSE("GPL");
`;

export const HEADER = `/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _TOY_H
#define _TOY_H

#include <linux/types.h>

struct toy;
typedef int (*toy_fn)(struct toy *toy, void *data);

#ifdef CONFIG_TOY
int toy_walk(struct toy *, toy_fn fn, void *data) __must_check;
void toy_put(struct toy *toy);
#else
static inline int toy_walk(struct toy *toy, toy_fn fn, void *data)
{
	return -ENODEV;
}
static inline void toy_put(struct toy *toy) { }
#endif

#define TOY_REG(n) (0x100 + \\
		    (n) * 4)

#endif /* _TOY_H */
`;

export const FIXTURES: readonly string[] = [DRIVER, HEADER];
