/** What user space asked for wrongly is written to the kernel's log, or warned of as a bug of the kernel. */
import { defineRule, severityAt } from './rule.js';
import { tellsOfRefusal } from './user-refusals.js';

export const userTriggeredMessage = defineRule({
  id: 'user-triggered-message',
  classes: ['log-warn-policy'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'User space can make the kernel write to its log.',
  why: 'Whoever may open the file can flood the log, even at a limited rate; and a WARN on user input reads as a bug of the kernel, and stops machines that panic on warnings.',
  remedy: 'Return the error alone, or use a debug message.',
  source:
    'Documentation/process/deprecated.rst, "BUG() and BUG_ON()"; review of "iommu/iommufd: Add /dev/iommu core", 21 September 2021',
  bad: [
    {
      title: 'an unknown flag is logged',
      code: `
int toy_bind(struct toy *toy, void __user *arg)
{
	u32 flags;

	if (copy_from_user(&flags, arg, sizeof(flags)))
		return -EFAULT;
	if (flags) {
		pr_warn_ratelimited("unknown flags %x\\n", flags);
//              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ user-triggered-message: User space can make
		return -EINVAL;
	}
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'the error says it',
      code: `
int toy_bind(struct toy *toy, void __user *arg)
{
	u32 flags;

	if (copy_from_user(&flags, arg, sizeof(flags)))
		return -EFAULT;
	return flags ? -EINVAL : 0;
}`,
    },
  ],
  *check(input) {
    for (const fn of input.facts.functions) {
      for (const log of fn.logs) {
        const { kind, level, spot, nameSpot, name, values, wasThere } = log;
        if (level === 'debug' || kind === 'bug' || wasThere || !input.isFresh(nameSpot)) continue;
        if (!fn.isFromUser) continue;
        if (kind === 'print' && !tellsOfRefusal(fn, log)) continue;
        if (kind === 'warn' && !values.some((each) => fn.fromUser.includes(each))) continue;
        yield {
          at: spot,
          function: fn.name,
          severity: severityAt(input, spot, 'info'),
          message:
            kind === 'warn'
              ? `Can user space make this true? Then it is no bug of the kernel: return an error, without ${name}().`
              : 'User space can make the kernel log this at will. Is the error not enough? Else make it a debug message.',
        };
      }
    }
  },
});
