/** Where counts may live and where not: the last put tells what a count is for. */
import { twins } from './twins.js';

/** A domain that points to an object, as a header would have it. */
const DOMAIN = `
struct toy_share;
struct iommu_domain {
	unsigned int type;
	const struct iommu_domain_ops *ops;
	struct toy_share *share;
};
`;

twins('refcount-in-domain', {
  bad: {
    'embedding, with the put that frees': `
struct toy_domain {
	struct iommu_domain domain;
	refcount_t users; //!
};

void toy_put(struct toy_domain *td)
{
	if (refcount_dec_and_test(&td->users))
		kfree(td);
}`,
    'embedding, kref with a release function': `
struct toy_domain {
	struct iommu_domain domain;
	struct kref kref; //!
};

static void toy_release(struct kref *kref)
{
	struct toy_domain *td = container_of(kref, struct toy_domain, kref);

	kfree(td);
}

void toy_put(struct toy_domain *td)
{
	kref_put(&td->kref, toy_release);
}`,
    'embedding at one remove': `
struct toy_domain {
	struct iommu_domain domain;
};

struct toy_sva_domain {
	struct toy_domain base;
	refcount_t users; //!
};`,
    percpu: `
struct toy_domain {
	struct iommu_domain domain;
	struct percpu_ref refs; //!
};`,
    'an atomic_t by way of the put that frees': `
struct toy_domain {
	struct iommu_domain domain;
	atomic_t users; //!
};

void toy_put(struct toy_domain *td)
{
	if (!atomic_dec_and_test(&td->users))
		return;
	iommu_domain_free(&td->domain);
}`,
    'a part, made by a helper': `${DOMAIN}
struct toy_share {
	struct mm_struct *mm;
	refcount_t users; //!
};

static struct toy_share *toy_share_new(gfp_t gfp)
{
	struct toy_share *share = kzalloc(sizeof(*share), gfp);

	if (!share)
		return NULL;
	refcount_set(&share->users, 1);
	return share;
}

struct iommu_domain *toy_alloc(struct device *dev)
{
	struct iommu_domain *domain = dev_iommu_ops(dev)->domain_alloc(IOMMU_DOMAIN_SVA);

	if (!domain)
		return NULL;
	domain->share = toy_share_new(GFP_KERNEL);
	return domain;
}`,
    'a part, freed in ops->free by way of a variable': `${DOMAIN}
struct toy_share {
	refcount_t users; //!
};

static void toy_domain_free(struct iommu_domain *domain)
{
	struct toy_share *share = domain->share;

	kfree(share);
	kfree(domain);
}

const struct iommu_domain_ops toy_ops = {
	.free = toy_domain_free,
};`,
    'a part whose last put frees the domain as well': `${DOMAIN}
struct toy_share {
	refcount_t users; //!
};

void toy_put(struct iommu_domain *domain)
{
	if (refcount_dec_and_test(&domain->share->users)) {
		kfree(domain->share);
		domain->ops->free(domain);
	}
}`,
    'device managed memory': `
struct toy_share {
	struct kref kref; //!
};

struct toy_domain {
	struct iommu_domain domain;
	struct toy_share *share;
};

int toy_init(struct toy_domain *td, struct device *dev)
{
	struct toy_share *share = devm_kzalloc(dev, sizeof(*share), GFP_KERNEL);

	if (!share)
		return -ENOMEM;
	td->share = share;
	return 0;
}`,
  },
  good: {
    'a count of attachments, which switches the hardware off': `
struct toy_domain {
	struct iommu_domain domain;
	refcount_t attached;
};

static void toy_disable(struct toy_iommu *iommu)
{
	writel(0, iommu->base);
}

void toy_detach(struct toy_domain *td, struct toy_iommu *iommu)
{
	if (refcount_dec_and_test(&td->attached))
		toy_disable(iommu);
}`,
    'an object that several domains share and each holds': `
struct toy_table {
	refcount_t refs;
	void *pages;
};

struct toy_domain {
	struct iommu_domain domain;
	struct toy_table *table;
};

struct iommu_domain *toy_alloc(void)
{
	struct toy_domain *td = kzalloc(sizeof(*td), GFP_KERNEL);

	if (!td)
		return NULL;
	td->table = kzalloc(sizeof(*td->table), GFP_KERNEL);
	return &td->domain;
}

void toy_free(struct iommu_domain *domain)
{
	struct toy_domain *td = container_of(domain, struct toy_domain, domain);

	if (refcount_dec_and_test(&td->table->refs))
		kfree(td->table);
	kfree(td);
}`,
    'an owner with a list': `
struct as_binding {
	struct kref kref;
	struct mm_struct *mm;
	struct list_head members;
};

struct toy_domain {
	struct iommu_domain domain;
	struct as_binding *binding;
	struct list_head node;
};

struct as_binding *binding_add(struct toy_domain *td)
{
	struct as_binding *binding = kzalloc(sizeof(*binding), GFP_KERNEL);

	if (!binding)
		return NULL;
	INIT_LIST_HEAD(&binding->members);
	td->binding = binding;
	list_add(&td->node, &binding->members);
	return binding;
}`,
    'an owner with an xarray by another name': `
struct as_binding {
	struct kref kref;
	struct xarray by_instance;
};

struct iommu_domain {
	struct as_binding *binding;
};

int binding_add(struct iommu_domain *domain, u32 id)
{
	struct as_binding *binding = kzalloc(sizeof(*binding), GFP_KERNEL);

	if (!binding)
		return -ENOMEM;
	xa_init(&binding->by_instance);
	domain->binding = binding;
	return xa_insert(&binding->by_instance, id, domain, GFP_KERNEL);
}`,
    'an owner with a plain array': `
struct as_binding {
	struct kref kref;
	struct iommu_domain *tables[4];
};

struct iommu_domain {
	struct as_binding *binding;
};

void binding_add(struct iommu_domain *domain, int at)
{
	struct as_binding *binding = kzalloc(sizeof(*binding), GFP_KERNEL);

	if (!binding)
		return;
	domain->binding = binding;
	binding->tables[at] = domain;
}`,
    'what the mm points to': `
struct mm_struct {
	struct as_binding *binding;
};

struct as_binding {
	struct kref kref;
	struct iommu_domain *domain;
};

struct iommu_domain {
	struct as_binding *binding;
};

void binding_make(struct iommu_domain *domain, struct mm_struct *mm)
{
	struct as_binding *binding = kzalloc(sizeof(*binding), GFP_KERNEL);

	mm->binding = binding;
	domain->binding = binding;
}`,
    'a handle': `
struct toy_bond {
	struct device *dev;
	struct iommu_domain *domain;
	refcount_t users;
};

void toy_put(struct toy_bond *bond)
{
	if (refcount_dec_and_test(&bond->users))
		kfree(bond);
}`,
    'a group and an instance': `
struct iommu_group {
	struct kref kref;
	struct iommu_domain *default_domain;
};

struct toy_iommu {
	struct iommu_device iommu;
	refcount_t powered;
};`,
    'what wraps a pointer to a domain': `
struct toy_hwpt {
	refcount_t users;
	struct iommu_domain *domain;
};

void toy_put(struct toy_hwpt *hwpt)
{
	if (!refcount_dec_and_test(&hwpt->users))
		return;
	iommu_domain_free(hwpt->domain);
	kfree(hwpt);
}`,
    'a plain count under a lock, and a statistic': `
struct toy_domain {
	struct iommu_domain domain;
	int users;
	atomic_t flushes;
};`,
    'an object that the domain only borrows': `
struct toy_pool {
	refcount_t refs;
};

struct toy_domain {
	struct iommu_domain domain;
	struct toy_pool *pool;
};

struct iommu_domain *toy_alloc(struct toy_pool *pool)
{
	struct toy_domain *td = kzalloc(sizeof(*td), GFP_KERNEL);

	if (!td)
		return NULL;
	td->pool = pool;
	return &td->domain;
}`,
  },
  patches: {
    'the count is new, the object was there': `
 struct toy_domain {
 	struct iommu_domain domain;
+	refcount_t users; //!
 };`,
    'the count was there': `
 struct toy_domain {
 	struct iommu_domain domain;
 	refcount_t users;
+	u32 flags;
 };`,
    'a count moved into an owner': `
 struct toy_domain {
 	struct iommu_domain domain;
-	refcount_t users;
+	struct as_binding *binding;
+};
+
+struct as_binding {
+	struct kref kref;
+	struct list_head domains;
 };`,
  },
});
