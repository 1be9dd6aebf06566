/**
 * The inner part of a scaffold, as C: the object of an mm, which pins it and has
 * its PASID, and the domains that it encloses. Words `own_…` are stand-ins.
 */
import type { Scaffold } from './scaffold-plan.js';

export function structsOf({ shape, compatible }: Scaffold): string {
  const hasBonds = shape.kind === 'handle';
  const decides = hasBonds || compatible ? 'const struct iommu_ops *ops' : 'struct iommu_device *iommu';
  const space = `
/* What an mm shares with devices. Whoever uses a domain of it holds a reference. */
struct own_space {
	struct kref ref;
	struct mm_struct *mm;
	ioasid_t pasid;
	struct list_head domains;${hasBonds ? '\n\tstruct list_head bonds;' : ''}
	struct list_head node;
};

/* One of its domains. */
struct own_domain {
	struct own_space *space;
	struct iommu_domain *domain;
	${decides};
	unsigned int users;
	struct list_head node;
};`;
  if (shape.kind === 'domain') return space;
  const { handle } = shape;
  return `${space}

/* A device that has one of them. */
struct own_bond {${handle.isEmbedded ? `\n\tstruct ${handle.tag} handle;` : ''}
	struct device *dev;
	struct own_domain *own;
	unsigned int users;
	struct list_head node;
};`;
}

export function globalsOf({ pasid }: Scaffold): string {
  const ids =
    'end' in pasid
      ? '\n/* Global PASIDs: of the allocator that the kernel has for them, where it has one. */\nstatic DEFINE_IDA(own_pasids);'
      : '';
  return `
/* Held whenever the objects, what they enclose, and who uses it change. */
static DEFINE_MUTEX(own_lock);
static LIST_HEAD(own_spaces);${ids}`;
}

// ---- the object of the mm

export function spacesOf({ shape, pasid }: Scaffold): string {
  const allocates = 'end' in pasid;
  const end = allocates
    ? `
/* The PASIDs of a device are below this. */
static ioasid_t own_pasid_end(struct device *dev)
{
	return ${pasid.end};
}
`
    : '';
  const taking = allocates
    ? `	pasid = ida_alloc_range(&own_pasids, 1, own_pasid_end(dev) - 1, GFP_KERNEL);
	if (pasid < 0) {
		kfree(space);
		return ERR_PTR(pasid);
	}
	space->pasid = pasid;`
    : `	/* It stays with the mm until its last reference goes. */
	space->pasid = mm->pasid;`;
  const had = allocates
    ? ''
    : `	if (mm->pasid == ${pasid.invalid})
		return ERR_PTR(-EINVAL);
`;
  const fits = allocates
    ? `		if (space->pasid >= own_pasid_end(dev))
			return ERR_PTR(-EOVERFLOW);
`
    : '';
  const bondList = shape.kind === 'handle' ? '\n\tINIT_LIST_HEAD(&space->bonds);' : '';
  return `${end}
static struct own_space *own_space_make(${allocates ? 'struct device *dev, ' : ''}struct mm_struct *mm)
{
	struct own_space *space;${allocates ? '\n\tint pasid;' : ''}

${had}	space = kzalloc(sizeof(*space), GFP_KERNEL);
	if (!space)
		return ERR_PTR(-ENOMEM);
${taking}
	kref_init(&space->ref);
	INIT_LIST_HEAD(&space->domains);${bondList}
	mmgrab(mm);
	space->mm = mm;
	list_add(&space->node, &own_spaces);
	return space;
}

/* The lock excludes the last put: what is on the list can always be had. */
static struct own_space *own_space_get(${allocates ? 'struct device *dev, ' : ''}struct mm_struct *mm)
{
	struct own_space *space;

	lockdep_assert_held(&own_lock);

	list_for_each_entry(space, &own_spaces, node) {
		if (space->mm != mm)
			continue;
${fits}		kref_get(&space->ref);
		return space;
	}
	return own_space_make(${allocates ? 'dev, ' : ''}mm);
}

static void own_space_release(struct kref *ref)
{
	struct own_space *space = container_of(ref, struct own_space, ref);
	struct mm_struct *mm = space->mm;

	WARN_ON(!list_empty(&space->domains));
	list_del(&space->node);${allocates ? '\n\tida_free(&own_pasids, space->pasid);' : ''}
	kfree(space);
	mmdrop(mm);
}

static void own_space_put(struct own_space *space)
{
	lockdep_assert_held(&own_lock);

	kref_put(&space->ref, own_space_release);
}`;
}

// ---- its domains

export function domainsOf({ shape, allocation, link, release, compatible }: Scaffold): string {
  const tests = {
    NULL: ['if (!domain) {', '\t\tkfree(own);', '\t\treturn ERR_PTR(-ENOMEM);', '\t}'],
    ERR_PTR: ['if (IS_ERR(domain)) {', '\t\tkfree(own);', '\t\treturn ERR_CAST(domain);', '\t}'],
  };
  const checks = {
    ...tests,
    either: [...tests.NULL, ...tests.ERR_PTR.map((line, at) => (at === 0 ? `\t${line}` : line))],
  };
  const decides =
    shape.kind === 'handle' || compatible
      ? 'own->ops = dev_iommu_ops(dev);'
      : 'own->iommu = dev->iommu->iommu_dev;';
  return `
static struct own_domain *own_domain_make(struct own_space *space, struct device *dev)
{
	struct iommu_domain *domain;
	struct own_domain *own;

	own = kzalloc(sizeof(*own), GFP_KERNEL);
	if (!own)
		return ERR_PTR(-ENOMEM);
	domain = ${allocation.call.replace(/\bmm\b/g, 'space->mm')};
	${checks[allocation.failure].join('\n')}
${allocation.type ? `\tdomain->type = ${allocation.type};\n` : ''}${link ? `\tdomain->${link} = own;\n` : ''}	own->space = space;
	own->domain = domain;
	${decides}
	list_add(&own->node, &space->domains);
	return own;
}

static void own_domain_free_unused(struct own_domain *own)
{
	if (own->users > 0)
		return;
	list_del(&own->node);
	${release};
	kfree(own);
}`;
}

/** Whether a domain suits a device, where a domain op says so. */
export function suits(op: string): string {
  return `
/* A domain is of one driver: only that can say whether it suits another device. */
static bool own_domain_suits(struct own_domain *own, struct device *dev)
{
	struct iommu_domain *domain = own->domain;

	return own->ops == dev_iommu_ops(dev) &&
	       domain->ops->${op} &&
	       domain->ops->${op}(domain, dev);
}`;
}
