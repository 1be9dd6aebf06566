/** An op tests for NULL what its caller always gives. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const givenParameterTested = defineRule({
  id: 'given-parameter-tested',
  classes: ['redundant-check'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A function of an IOMMU ops table tests its domain or device for NULL.',
  why: 'The core never calls an op without them. The test makes readers look for the caller that does.',
  remedy: 'Drop the test.',
  source: 'drivers/iommu/iommu.c:__iommu_attach_device, iommu_domain_free (6.12)',
  bad: [
    {
      title: 'freed without a domain',
      code: `
struct iommu_domain { unsigned type; };

static void toy_free(struct iommu_domain *domain)
{
	if (!domain)
//          ^^^^^^^ given-parameter-tested: always gives
		return;
	kfree(domain);
}

static const struct iommu_domain_ops toy_ops = { .free = toy_free };`,
    },
  ],
  good: [
    {
      title: 'as it is called',
      code: `
struct iommu_domain { unsigned type; };

static void toy_free(struct iommu_domain *domain)
{
	kfree(domain);
}

static const struct iommu_domain_ops toy_ops = { .free = toy_free };`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'tested-given',
      ({ subject, other }) => `The core always gives ${subject} when it calls ${other}(); the test can go.`,
    ),
});
