/** Messages that somebody outside of the kernel can cause at any rate. */
import { defineRule, type Objection, type RuleInput } from './rule.js';
import { tellsOfRefusal } from './user-refusals.js';

export const logFlood = defineRule({
  id: 'log-flood',
  classes: ['log-warn-policy'],
  since: '0.2.0',
  quietInTree: true,
  summary: 'User space or a device can make the kernel write to its log, as often as it likes.',
  why: 'The log then is the denial of service, and what matters is lost in it.',
  remedy: 'Return the error alone, use a debug message, or limit the rate.',
  source:
    'Documentation/process/deprecated.rst, "BUG() and BUG_ON()"; review of "iommu/iommufd: Add /dev/iommu core", 21 September 2021; include/linux/dev_printk.h:dev_level_ratelimited (6.12)',
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
//              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ log-flood: User space can make
		return -EINVAL;
	}
	return 0;
}`,
    },
    {
      title: 'once for each fault',
      code: `
static irqreturn_t toy_fault(int irq, void *data)
{
	struct device *dev = data;

	dev_err(dev, "fault\\n");
//      ^^^^^^^ log-flood: _ratelimited
	return IRQ_HANDLED;
}

int toy_probe(struct device *dev, int irq)
{
	return devm_request_irq(dev, irq, toy_fault, 0, "toy", dev);
}`,
    },
    {
      title: 'in what only the handler calls, and for each buffer that comes back',
      code: `
struct toy { struct device *dev; };

static void toy_explain(struct toy *toy, u32 status)
{
	dev_err(toy->dev, "fault %x\\n", status);
//      ^^^^^^^ log-flood: _ratelimited
}

static irqreturn_t toy_irq(int irq, void *data)
{
	toy_explain(data, 1);
	return IRQ_HANDLED;
}

static void toy_done(struct virtqueue *vq)
{
	struct toy *toy = vq->vdev->priv;

	dev_warn(toy->dev, "short event\\n");
//      ^^^^^^^^ log-flood: _ratelimited
}

int toy_probe(struct toy *toy, int irq)
{
	vq_callback_t *callbacks[] = { toy_done };

	toy_find(toy, callbacks);
	return devm_request_irq(toy->dev, irq, toy_irq, 0, "toy", toy);
}`,
    },
    {
      title: 'for each fault of a domain',
      code: `
static int toy_on_fault(struct iommu_domain *domain, struct device *dev, unsigned long iova, int flags, void *token)
{
	dev_err(dev, "fault at %lx\\n", iova);
//      ^^^^^^^ log-flood: _ratelimited
	return -ENOSYS;
}

void toy_setup(struct iommu_domain *domain)
{
	iommu_set_fault_handler(domain, toy_on_fault, NULL);
}`,
    },
  ],
  good: [
    {
      title: 'what others call as well, and what is limited further up',
      code: `
struct toy { struct device *dev; };

static void toy_say(struct toy *toy, u32 status)
{
	dev_err(toy->dev, "status %x\\n", status);
}

static void toy_dump(struct toy *toy, u32 status)
{
	dev_err(toy->dev, "fault %x\\n", status);
}

static irqreturn_t toy_irq(int irq, void *data)
{
	static DEFINE_RATELIMIT_STATE(rs, 5 * HZ, 10);
	struct toy *toy = data;

	toy_say(toy, 1);
	if (__ratelimit(&rs))
		toy_dump(toy, 2);
	return IRQ_HANDLED;
}

int toy_probe(struct toy *toy, int irq)
{
	toy_say(toy, 0);
	return devm_request_irq(toy->dev, irq, toy_irq, 0, "toy", toy);
}`,
    },
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
    {
      title: 'now and then',
      code: `
static irqreturn_t toy_fault(int irq, void *data)
{
	struct device *dev = data;

	dev_err_ratelimited(dev, "fault\\n");
	return IRQ_HANDLED;
}

int toy_probe(struct device *dev, int irq)
{
	return devm_request_irq(dev, irq, toy_fault, 0, "toy", dev);
}`,
    },
  ],
  forms: [
    {
      of: 'User space can make the kernel write to its log.',
      why: 'Whoever may open the file can flood the log, even at a limited rate; and a WARN on user input reads as a bug of the kernel, and stops machines that panic on warnings.',
      instead: 'Return the error alone, or use a debug message.',
      severity: 'info',
      confidence: 'possible',
      check: userTriggeredMessage,
    },
    {
      of: 'A handler of faults or interrupts logs each of them, at any rate.',
      why: 'A device that goes wild faults a million times a second; the log then is the denial of service.',
      instead: 'dev_err_ratelimited() and its kin, or WARN_ON_ONCE().',
      severity: 'info',
      confidence: 'possible',
      check: unlimitedMessage,
    },
  ],
});

function* userTriggeredMessage(input: RuleInput): Iterable<Objection> {
  for (const fn of input.facts.functions) {
    for (const log of fn.logs) {
      const { kind, level, isLimited, spot, nameSpot, name, values, wasThere } = log;
      if (level === 'debug' || kind === 'bug' || wasThere || !input.isFresh(nameSpot)) continue;
      if (!fn.isFromUser) continue;
      if (kind === 'print' && !tellsOfRefusal(fn, log)) continue;
      if (kind === 'warn' && !values.some((each) => fn.fromUser.includes(each) || fn.copiedIn.includes(each)))
        continue;
      yield {
        at: spot,
        function: fn.name,
        severity: isLimited && kind === 'print' ? 'hint' : 'info',
        message:
          kind === 'warn'
            ? `Can user space make this true? Then it is no bug of the kernel: return an error, without ${name}().`
            : 'User space can make the kernel log this at will. Is the error not enough? Else make it a debug message.',
      };
    }
  }
}

function* unlimitedMessage(input: RuleInput): Iterable<Objection> {
  for (const fn of input.facts.functions) {
    if (!fn.runsForEvents) continue;
    for (const { kind, level, isLimited, nameSpot, name, wasThere } of fn.logs) {
      if (isLimited || level === 'debug' || kind === 'bug' || wasThere) continue;
      if (!input.isFresh(nameSpot)) continue;
      const limited = kind === 'warn' ? `${name}_ONCE` : `${name}_ratelimited`;
      yield {
        at: nameSpot,
        function: fn.name,
        severity: 'info',
        message: `A device that goes wild fills the log with this. ${limited}()?`,
        ...(kind === 'print' && name !== 'printk'
          ? { fix: { title: `Use ${limited}()`, edits: [{ spot: nameSpot, text: limited }] } }
          : {}),
      };
      break;
    }
  }
}
