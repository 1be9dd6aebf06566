/** A reference count in the domain, or in an object that lives and dies with it. */
import type { FieldFact, StructFact } from '../iommu/index.js';
import { defineRule, tagOf } from './rule.js';

export const refcountInDomain = defineRule({
  id: 'refcount-in-domain',
  classes: ['state-in-wrong-object', 'refcount'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  summary: 'A reference count lives inside an iommu_domain, or in an object hung off it one to one.',
  why: 'A domain is a page table that its owner attaches and frees. When the count of users hides in the domain, whoever looks the domain up needs the domain in order to find out whether he may have it, and the last put frees the object that the lookup still points to.',
  remedy:
    'Turn the design inside out: let an object of the address space (kref, mm, PASID) enclose the list of its domains, and count references there, under the lock of the lookup.',
  source:
    'drivers/iommu/iommu-sva.c:iommu_sva_bind_device (6.12) counts users of the handle and, under iommu_sva_lock, of the domain; review of "iommu/sva: Add iommu_domain type for SVA", 30 March 2022',
  bad: [
    {
      title: 'a counted part of the domain',
      code: `
struct pt_share {
	struct mm_struct *mm;
	refcount_t holders;
//      ^^^^^^^^^^^^^^^^^^^ refcount-in-domain: buried inside the iommu_domain
};

struct iommu_domain {
	unsigned int type;
	struct pt_share *share;
};

static void pt_share_free(struct iommu_domain *domain)
{
	kfree(domain->share);
	domain->ops->free(domain);
}`,
    },
    {
      title: "in the driver's own domain",
      code: `
struct toy_domain {
	struct iommu_domain domain;
	struct kref ref;
//      ^^^^^^^^^^^^^^^^ refcount-in-domain: toy_domain is itself a domain
};`,
    },
  ],
  good: [
    {
      title: "the address space's object encloses its domains",
      code: `
struct as_binding {
	struct kref kref;
	struct mm_struct *mm;
	struct list_head domains;
};

struct toy_domain {
	struct iommu_domain domain;
	struct as_binding *binding;
};`,
    },
    {
      title: 'a count of attachments, which is no lifetime',
      code: `
struct toy_domain {
	struct iommu_domain domain;
	refcount_t attached;
};

void toy_detach(struct toy_domain *toy, struct toy_iommu *iommu)
{
	if (refcount_dec_and_test(&toy->attached))
		writel(0, iommu->base);
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const struct of facts.structs) {
      const counts = struct.fields.filter(({ kind }) => kind === 'refcount');
      // Its role takes longer to tell.
      if (counts.length === 0 || (struct.role !== 'domain' && struct.role !== 'domain-part')) continue;
      const { link } = struct;
      for (const field of counts) {
        // Either half can be what a patch adds: the count, or the pointer that makes its object a part of the domain.
        if (!isNew(field.spot) && !(link && isNew(link))) continue;
        if (!countsTheDomain(field, struct.role)) continue;
        const tag = tagOf(struct.name);
        const where =
          struct.role !== 'domain'
            ? ` (${tag} hangs off it one to one: ${struct.why})`
            : tag === 'iommu_domain'
              ? ''
              : ` (${tag} is itself a domain)`;
        yield {
          at: isNew(field.spot) || !link ? field.spot : link,
          function: tag,
          message:
            `The reference count \`${field.name}\` is buried inside the iommu_domain${where}. That is inside out. ` +
            'Let an owner, for SVA an object of the mm, enclose its domains and carry the kref.',
          related: link ? [{ spot: link, message: 'the domain points here' }] : [],
        };
      }
    }
  },
});

/**
 * Whether the count decides how long the domain lives. One whose last put
 * only switches something off counts attachments; one whose last put frees the
 * counted object alone is that object's own, shared by several domains.
 */
function countsTheDomain({ lastPut, type }: FieldFact, role: StructFact['role']): boolean {
  if (lastPut === 'a domain') return true;
  if (lastPut === 'the counted object') return role === 'domain';
  // Without a put in sight the type speaks; an atomic_t may be a statistic.
  return lastPut === 'unknown' && !type.base.startsWith('atomic');
}
