/** A driver logs an error where a domain does not fit a device. Seen when its operations are played on two hardware instances. */
import { breachesOf, shownBy } from './breaches.js';
import { defineRule } from './rule.js';
import { changed } from './toy-bonds.js';
import { TOY_DRIVER } from './toy-driver.js';

export const misfitLogged = defineRule({
  id: 'misfit-logged',
  classes: ['log-warn-policy'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'An error is logged where an attach only finds that domain and device do not fit.',
  why: 'Callers try one domain after the other until one fits: EINVAL is an answer to them, no failure, and user space could fill the log with it.',
  remedy: 'Return -EINVAL without a message, or log it with dev_dbg().',
  source: 'include/linux/iommu.h:struct iommu_domain_ops (6.12)',
  bad: [
    {
      title: 'dev_err() of a helper for a domain of another instance',
      code: changed(
        TOY_DRIVER,
        [
          `static int toy_attach_dev(`,
          `static int toy_refuse(struct device *dev)
{
	dev_err(dev, "another instance\\n");
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misfit-logged: logs an error
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
  check: (input) =>
    breachesOf(shownBy(input, 'drivers'), ['EINVLOG'], 'Callers try the next domain: leave the message out.'),
});
