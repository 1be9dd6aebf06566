/**
 * The outer part of a scaffold whose callers get a domain and attach it
 * themselves, as C. Words `own_…` are stand-ins.
 */
import { type DomainShape, failed, head, limitedBy, passed, type Scaffold } from './scaffold-plan.js';

export function givenDomains(scaffold: Scaffold, { get, put, failure }: DomainShape): string {
  const { compatible, link, pasid } = scaffold;
  const decision = compatible ? 'own_domain_suits(own, dev)' : 'own->iommu == dev->iommu->iommu_dev';
  const why = compatible
    ? ''
    : '/* What was made for the same instance suits. Where drivers know more, let a domain op decide. */\n';
  const { device, narrow } = limitedBy(pasid, failure);
  const finding = link
    ? ''
    : `
static struct own_domain *own_domain_of(struct iommu_domain *domain)
{
	struct own_space *space;
	struct own_domain *own;

	list_for_each_entry(space, &own_spaces, node) {
		list_for_each_entry(own, &space->domains, node) {
			if (own->domain == domain)
				return own;
		}
	}
	return NULL;
}
`;
  const found = link ? `domain->${link}` : 'own_domain_of(domain)';
  const unknown = link
    ? ''
    : `	if (WARN_ON(!own)) {
		mutex_unlock(&own_lock);
		return;
	}
`;
  const pasidOf = link
    ? `
	return domain->${link}->space->pasid;`
    : `
	struct own_domain *own;
	ioasid_t pasid;

	mutex_lock(&own_lock);
	own = own_domain_of(domain);
	pasid = own->space->pasid;
	mutex_unlock(&own_lock);
	return pasid;`;
  return `
${why}static struct own_domain *own_domain_find(struct own_space *space, struct device *dev)
{
	struct own_domain *own;

	list_for_each_entry(own, &space->domains, node) {
		if (${decision})
			return own;
	}
	return NULL;
}
${finding}
/* The caller attaches the domain, and gives it back when its device has it no more. */
${head(get)}
{
	struct own_space *space;
	struct own_domain *own;

	if (!dev->iommu || !dev->iommu->iommu_dev)
		return ${failed(failure, '-ENODEV')};
${narrow}
	mutex_lock(&own_lock);
	space = own_space_get(${device}mm);
	if (IS_ERR(space)) {
		mutex_unlock(&own_lock);
		return ${passed(failure, 'space')};
	}
	own = own_domain_find(space, dev);
	if (!own)
		own = own_domain_make(space, dev);
	if (IS_ERR(own)) {
		own_space_put(space);
		mutex_unlock(&own_lock);
		return ${passed(failure, 'own')};
	}
	own->users++;
	mutex_unlock(&own_lock);
	return own->domain;
}

${head(put)}
{
	struct own_space *space;
	struct own_domain *own;

	mutex_lock(&own_lock);
	own = ${found};
${unknown}	space = own->space;
	own->users--;
	own_domain_free_unused(own);
	own_space_put(space);
	mutex_unlock(&own_lock);
}

/* Where to attach it: the same for as long as the caller has the domain. */
ioasid_t own_domain_pasid(struct iommu_domain *domain)
{${pasidOf}
}`;
}
