/**
 * The outer part of a scaffold whose callers get a handle of a device that is
 * attached, as C. Words `own_…` are stand-ins.
 */
import {
  failed,
  type HandleShape,
  head,
  limitedBy,
  passed,
  type Scaffold,
  type Signature,
} from './scaffold-plan.js';

export function bonds(scaffold: Scaffold, shape: HandleShape): string {
  const { bind, unbind, handle, attach, detach, pasidOf, failure } = shape;
  const { compatible, pasid } = scaffold;
  const declines = compatible ? '!own_domain_suits(own, dev)' : 'own->ops != dev_iommu_ops(dev)';
  const given = handle.isEmbedded ? '&bond->handle' : 'bond';
  const taken = (signature: Signature): string => {
    const [parameter] = signature.parameters;
    const name = handle.isEmbedded ? 'handle' : 'bond';
    return head({ ...signature, parameters: [{ type: parameter!.type, name }] });
  };
  const bondOf = handle.isEmbedded
    ? '\tstruct own_bond *bond = container_of(handle, struct own_bond, handle);\n'
    : '';
  const { device, narrow } = limitedBy(pasid, failure);
  const getter = pasidOf
    ? `

${taken(pasidOf)}
{
${bondOf ? `${bondOf}\n` : ''}	return bond->own->space->pasid;
}`
    : '';
  return `
/* A driver says -EINVAL to a domain that does not suit its device: another may, or a new one. */
static struct own_domain *own_domain_attach(struct own_space *space, struct device *dev)
{
	struct own_domain *own;
	int ret;

	list_for_each_entry(own, &space->domains, node) {
		if (${declines})
			continue;
		ret = ${attach}(own->domain, dev, space->pasid);
		if (!ret)
			return own;
		if (ret != -EINVAL)
			return ERR_PTR(ret);
	}
	own = own_domain_make(space, dev);
	if (IS_ERR(own))
		return own;
	ret = ${attach}(own->domain, dev, space->pasid);
	if (ret) {
		own_domain_free_unused(own);
		return ERR_PTR(ret);
	}
	return own;
}

/* A PASID belongs to all devices of a group: so does a bond. */
static struct own_bond *own_bond_find(struct own_space *space, struct device *dev)
{
	struct own_bond *bond;

	list_for_each_entry(bond, &space->bonds, node) {
		if (bond->dev->iommu_group == dev->iommu_group)
			return bond;
	}
	return NULL;
}

static struct own_bond *own_bond_make(struct own_space *space, struct device *dev)
{
	struct own_domain *own;
	struct own_bond *bond;

	bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	if (!bond)
		return ERR_PTR(-ENOMEM);
	own = own_domain_attach(space, dev);
	if (IS_ERR(own)) {
		kfree(bond);
		return ERR_CAST(own);
	}
	own->users++;
${handle.isEmbedded && handle.device ? `\tbond->handle.${handle.device} = dev;\n` : ''}	bond->dev = dev;
	bond->own = own;
	bond->users = 1;
	list_add(&bond->node, &space->bonds);
	return bond;
}

${head(bind)}
{
	struct own_space *space;
	struct own_bond *bond;

	if (!dev->iommu_group || !dev->iommu || !dev->iommu->iommu_dev)
		return ${failed(failure, '-ENODEV')};
${narrow}
	mutex_lock(&own_lock);
	space = own_space_get(${device}mm);
	if (IS_ERR(space)) {
		mutex_unlock(&own_lock);
		return ${passed(failure, 'space')};
	}
	bond = own_bond_find(space, dev);
	if (bond) {
		bond->users++;
		own_space_put(space);
	} else {
		bond = own_bond_make(space, dev);
		if (IS_ERR(bond)) {
			own_space_put(space);
			mutex_unlock(&own_lock);
			return ${passed(failure, 'bond')};
		}
	}
	mutex_unlock(&own_lock);
	return ${given};
}

${taken(unbind)}
{
${bondOf}	struct own_domain *own = bond->own;
	struct own_space *space = own->space;

	mutex_lock(&own_lock);
	if (--bond->users == 0) {
		list_del(&bond->node);
		${detach}(own->domain, bond->dev, space->pasid);
		own->users--;
		own_domain_free_unused(own);
		kfree(bond);
		own_space_put(space);
	}
	mutex_unlock(&own_lock);
}${getter}`;
}
