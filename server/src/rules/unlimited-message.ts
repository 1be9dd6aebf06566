/** A message for each event that a device sends, at whatever rate it sends them. */
import { defineRule, severityAt } from './rule.js';

export const unlimitedMessage = defineRule({
  id: 'unlimited-message',
  classes: ['log-warn-policy'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A handler of faults or interrupts logs each of them, at any rate.',
  why: 'A device that goes wild faults a million times a second; the log then is the denial of service.',
  remedy: 'dev_err_ratelimited() and its kin, or WARN_ON_ONCE().',
  source: 'include/linux/dev_printk.h:dev_level_ratelimited (6.12)',
  bad: [
    {
      title: 'once for each fault',
      code: `
static irqreturn_t toy_fault(int irq, void *data)
{
	struct device *dev = data;

	dev_err(dev, "fault\\n");
//      ^^^^^^^ unlimited-message: _ratelimited
	return IRQ_HANDLED;
}

int toy_probe(struct device *dev, int irq)
{
	return devm_request_irq(dev, irq, toy_fault, 0, "toy", dev);
}`,
    },
  ],
  good: [
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
  *check(input) {
    for (const fn of input.facts.functions) {
      if (!fn.handlesEvents) continue;
      for (const { kind, level, isLimited, spot, nameSpot, name, wasThere } of fn.logs) {
        if (isLimited || level === 'debug' || kind === 'bug' || wasThere) continue;
        if (!input.isFresh(nameSpot)) continue;
        const limited = kind === 'warn' ? `${name}_ONCE` : `${name}_ratelimited`;
        yield {
          at: nameSpot,
          function: fn.name,
          severity: severityAt(input, spot, 'info'),
          message: `A device that goes wild fills the log with this. ${limited}()?`,
          ...(kind === 'print' && name !== 'printk'
            ? { fix: { title: `Use ${limited}()`, edits: [{ spot: nameSpot, text: limited }] } }
            : {}),
        };
        break;
      }
    }
  },
});
