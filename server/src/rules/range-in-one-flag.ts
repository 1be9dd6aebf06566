/** What is switched for a range is kept as one flag of the domain. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const rangeInOneFlag = defineRule({
  id: 'range-in-one-flag',
  classes: ['state-in-wrong-object'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    'A function switches something for a range of a domain, and keeps the state in one flag of the domain.',
  why: 'A second range finds the flag as the first one left it: it is refused or skipped, and what asks the flag believes in ranges that were never switched.',
  remedy: 'Switch it for the whole domain, or keep it for each range.',
  source: 'include/linux/iommu.h: set_dirty_tracking takes the domain alone (6.12)',
  bad: [
    {
      title: 'two ranges, one flag',
      code: `
struct iommu_domain { bool tracks; };

int toy_track(struct iommu_domain *domain, bool enable, unsigned long iova, size_t size)
{
	int ret = toy_track_pages(domain, enable, iova, size);

	if (!ret)
		domain->tracks = enable;
//              ^^^^^^^^^^^^^^^^^^^^^^^ range-in-one-flag: second range
	return ret;
}`,
    },
  ],
  good: [
    {
      title: 'for all of it',
      code: `
struct iommu_domain { bool tracks; };

int toy_track(struct iommu_domain *domain, bool enable)
{
	int ret = toy_track_pages(domain, enable);

	if (!ret)
		domain->tracks = enable;
	return ret;
}`,
    },
    {
      title: 'for each range',
      code: `
struct iommu_domain { struct toy *ranges; };
struct toy { bool tracks; };

int toy_track(struct iommu_domain *domain, bool enable, unsigned long iova, size_t size)
{
	struct toy *range = toy_range(domain, iova, size);

	range->tracks = enable;
	return 0;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'range-in-one-flag',
      ({ subject }) =>
        `${subject} speaks for the whole domain, but this is about a range: a second range finds it as the first one left it.`,
    ),
});
