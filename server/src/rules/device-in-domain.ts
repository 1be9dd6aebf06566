/** A domain remembers the last device that was attached to it. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const deviceInDomain = defineRule({
  id: 'device-in-domain',
  classes: ['state-in-wrong-object'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'An attach op stores its device in the domain, whether or not there is one already.',
  why: 'A domain is a page table that any number of devices may have: the second attach overwrites what the first one left, and what is done for the device of the domain is then done for one of them.',
  remedy: 'Keep a list of the devices in the domain, or what is wanted of the device in its own data.',
  source:
    'include/linux/iommu.h:struct iommu_domain_ops (6.12): attach_dev may be called for several devices',
  bad: [
    {
      title: 'the last one wins',
      code: `
struct toy_domain {
	struct iommu_domain domain;
	struct device *dev;
};

static int toy_attach_dev(struct iommu_domain *domain, struct device *dev)
{
	struct toy_domain *td = container_of(domain, struct toy_domain, domain);

	td->dev = dev;
//      ^^^^^^^^^^^^^ device-in-domain: overwrites
	return toy_load(td, dev);
}

static const struct iommu_domain_ops toy_domain_ops = {
	.attach_dev = toy_attach_dev,
};`,
    },
  ],
  good: [
    {
      title: 'one alone is let in',
      code: `
struct toy_domain {
	struct iommu_domain domain;
	struct device *dev;
};

static int toy_attach_dev(struct iommu_domain *domain, struct device *dev)
{
	struct toy_domain *td = container_of(domain, struct toy_domain, domain);

	if (td->dev && td->dev != dev)
		return -EINVAL;
	td->dev = dev;
	return toy_load(td, dev);
}

static const struct iommu_domain_ops toy_domain_ops = {
	.attach_dev = toy_attach_dev,
};`,
    },
    {
      title: 'the domain of the device',
      code: `
struct toy_domain {
	struct iommu_domain domain;
};

struct toy_master {
	struct device *dev;
};

static int toy_attach_dev(struct iommu_domain *domain, struct device *dev)
{
	struct toy_domain *td = container_of(domain, struct toy_domain, domain);
	struct toy_master *master = dev_iommu_priv_get(dev);

	master->dev = dev;
	return toy_load(td, master);
}

static const struct iommu_domain_ops toy_domain_ops = {
	.attach_dev = toy_attach_dev,
};`,
    },
  ],
  *check(input) {
    yield* odditiesIn(
      input,
      'device-in-domain',
      ({ subject }) =>
        `A domain may have several devices: the next attach overwrites \`${subject}\`. Keep a list, or keep it with the device.`,
    );
  },
});
