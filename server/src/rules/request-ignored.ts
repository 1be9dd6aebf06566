/** What a caller asks for is left out where the hardware has it not, and the call succeeds. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const requestIgnored = defineRule({
  id: 'request-ignored',
  classes: ['error-code'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    'A flag of the caller is acted on only where the hardware can, and otherwise passed over in silence.',
  why: 'The caller is told of success and relies on what it did not get: on snooping, on dirty tracking, on protection.',
  remedy: 'Refuse what cannot be done with -EOPNOTSUPP or -EINVAL.',
  source:
    'drivers/iommu/intel/iommu.c:intel_iommu_domain_alloc_paging_flags (6.12); review of "iommu/vt-d: Set PGSNP bit in pasid table entry for sva binding"',
  bad: [
    {
      title: 'snooping that is not there',
      code: `
#define TOY_SNOOP 1
#define TOY_ENTRY_SNOOP 4

int toy_fill(struct toy *toy, u64 *entry, int flags)
{
	if ((flags & TOY_SNOOP) && toy_snoop_support(toy))
//          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ request-ignored: TOY_SNOOP
		*entry |= TOY_ENTRY_SNOOP;
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'refused',
      code: `
#define TOY_SNOOP 1
#define TOY_ENTRY_SNOOP 4

int toy_fill(struct toy *toy, u64 *entry, int flags)
{
	if (flags & TOY_SNOOP) {
		if (!toy_snoop_support(toy))
			return -EOPNOTSUPP;
		*entry |= TOY_ENTRY_SNOOP;
	}
	return 0;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'request-ignored',
      ({ subject, other }) =>
        `Who asks for ${subject} without \`${other}\` is told of success and does not get it. Refuse it with an error?`,
    ),
});
