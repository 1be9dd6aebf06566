/** A message about a domain that does not fit. */
import { breachesOf, shownBy } from './breaches.js';
import { cameBefore } from './context.js';
import { defineRule, type Objection, type RuleInput } from './rule.js';
import { changed } from './toy-bonds.js';
import { TOY_DRIVER } from './toy-driver.js';

export const attachFailureMessage = defineRule({
  id: 'attach-failure-message',
  classes: ['log-warn-policy', 'attach-semantics'],
  since: '0.2.0',
  quietInTree: true,
  confirmedBy: ['EINVLOG'],
  summary: 'An attach that refuses a domain logs it.',
  why: 'Callers try one domain after the other until one fits: that one does not is no event.',
  remedy: 'Return -EINVAL without a message, or use a debug message.',
  source:
    'include/linux/iommu.h:struct iommu_domain_ops, attach_dev (6.12); include/linux/iommu.h:struct iommu_domain_ops (6.12)',
  bad: [
    {
      title: 'an expected answer is logged',
      code: `
struct toy { struct iommu_domain domain; struct iommu_device *iommu; };

static int toy_attach_dev(struct iommu_domain *domain, struct device *dev)
{
	struct toy *toy = container_of(domain, struct toy, domain);

	if (toy->iommu != dev->iommu->iommu_dev) {
		dev_err(dev, "not this one\\n");
//              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ attach-failure-message: try
		return -EINVAL;
	}
	return 0;
}

const struct iommu_domain_ops toy_ops = {
	.attach_dev = toy_attach_dev,
};`,
    },
    {
      title: 'dev_err() of a helper for a domain of another instance',
      code: changed(
        TOY_DRIVER,
        [
          `static int toy_attach_dev(`,
          `static int toy_refuse(struct device *dev)
{
	dev_err(dev, "another instance\\n");
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ attach-failure-message: logs an error
	return -EINVAL;
}

static int toy_attach_dev(`,
        ],
        [
          `		ret = -EINVAL;
`,
          `		ret = toy_refuse(dev);
`,
        ],
      ),
    },
  ],
  good: [
    {
      title: 'the answer alone',
      code: `
struct toy { struct iommu_domain domain; struct iommu_device *iommu; };

static int toy_attach_dev(struct iommu_domain *domain, struct device *dev)
{
	struct toy *toy = container_of(domain, struct toy, domain);

	if (toy->iommu != dev->iommu->iommu_dev)
		return -EINVAL;
	return 0;
}

const struct iommu_domain_ops toy_ops = {
	.attach_dev = toy_attach_dev,
};`,
    },
    { title: 'EINVAL says it all', code: TOY_DRIVER },
    {
      title: 'a debugging message',
      code: changed(TOY_DRIVER, [
        `		ret = -EINVAL;
`,
        `		dev_dbg(dev, "another instance\\n");
		ret = -EINVAL;
`,
      ]),
    },
  ],
  forms: [
    {
      of: 'An attach that fails with -EINVAL writes to the log.',
      why: '-EINVAL says that this domain does not fit this device. Callers try one domain after the other; that is no event for the log, and user space may cause it at will.',
      instead: 'Return -EINVAL and say nothing.',
      severity: 'info',
      confidence: 'possible',
      check: messagesOfAttaches,
    },
    {
      of: 'An error is logged where an attach only finds that domain and device do not fit.',
      why: 'Callers try one domain after the other until one fits: EINVAL is an answer to them, no failure, and user space could fill the log with it.',
      instead: 'Return -EINVAL without a message, or log it with dev_dbg().',
      severity: 'info',
      confidence: 'certain',
      check: (input) =>
        breachesOf(
          shownBy(input, 'drivers'),
          ['EINVLOG'],
          'Callers try the next domain: leave the message out.',
        ),
    },
  ],
});

function* messagesOfAttaches(input: RuleInput): Iterable<Objection> {
  for (const fn of input.facts.functions) {
    if (!fn.isAttach) continue;
    for (const { level, kind, spot, nameSpot, returns } of fn.logs) {
      if (level === 'debug' || kind === 'bug' || returns !== '-EINVAL') continue;
      if (!input.isFresh(nameSpot)) continue;
      // The function speaks like that already: then it is for all of them, in a patch of its own.
      const isUsual = fn.logs.some(
        (other) => other.level === level && other.returns?.startsWith('-') && !input.isNew(other.nameSpot),
      );
      yield {
        at: spot,
        function: fn.name,
        severity: isUsual || cameBefore(input.series, spot, RULED) ? 'hint' : 'info',
        message:
          'Callers try domains until one fits, so an attach that returns -EINVAL is no event for the log. Drop the message.',
      };
    }
  }
}

/** When attach_dev began to have rules for what it returns: include/linux/iommu.h, struct iommu_domain_ops, in 6.12 and not in 6.1. */
const RULED = '2022-09';
