/** An interrupt is asked for in a way that is refused, that hides a failure, or that others suffer from. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const interruptRequest = defineRule({
  id: 'interrupt-request',
  classes: ['error-code', 'use-before-check-or-init'],
  since: '0.2.0',
  summary:
    'An interrupt is requested with flags that do not go with its handler, with a number that may be an error, or is freed twice.',
  why: 'A threaded handler alone needs IRQF_ONESHOT; who shares a line must say when an interrupt was not its own; a negative number is an error that should be handed on.',
  remedy: 'Pass IRQF_ONESHOT; return IRQ_NONE when the device has nothing to say; test the number first.',
  source:
    'kernel/irq/manage.c:__setup_irq, devm_free_irq; kernel/irq/spurious.c:note_interrupt; drivers/base/platform.c:platform_get_irq (6.12)',
  bad: [
    {
      title: 'a thread without IRQF_ONESHOT',
      code: `
int toy_request(struct toy *toy)
{
	return request_threaded_irq(toy->irq, NULL, toy_thread, 0, "toy", toy);
//                                                              ^ interrupt-request: IRQF_ONESHOT
}`,
    },
    {
      title: 'always handled',
      code: `
static irqreturn_t toy_irq(int irq, void *data)
{
	struct toy *toy = data;

	writel(1, toy->base);
	return IRQ_HANDLED;
//             ^^^^^^^^^^^ interrupt-request: IRQ_NONE
}

int toy_request(struct toy *toy)
{
	return devm_request_irq(toy->dev, toy->irq, toy_irq, IRQF_SHARED, "toy", toy);
}`,
    },
    {
      title: 'an error for a number',
      code: `
int toy_request(struct platform_device *pdev, struct toy *toy)
{
	int irq = platform_get_irq(pdev, 0);

	return devm_request_irq(&pdev->dev, irq, toy_irq, 0, "toy", toy);
//                                          ^^^ interrupt-request: platform_get_irq
}`,
    },
    {
      title: 'freed by hand, too',
      code: `
int toy_request(struct toy *toy)
{
	return devm_request_irq(toy->dev, toy->irq, toy_irq, 0, "toy", toy);
}

void toy_remove(struct toy *toy)
{
	free_irq(toy->irq, toy);
//      ^^^^^^^^^^^^^^^^^^^^^^^ interrupt-request: devm_request_irq
}`,
    },
  ],
  good: [
    {
      title: 'as it should be',
      code: `
static irqreturn_t toy_irq(int irq, void *data)
{
	struct toy *toy = data;

	if (!readl(toy->base))
		return IRQ_NONE;
	return IRQ_HANDLED;
}

int toy_request(struct platform_device *pdev, struct toy *toy)
{
	int irq = platform_get_irq(pdev, 0);
	int ret;

	if (irq < 0)
		return irq;
	ret = devm_request_irq(&pdev->dev, irq, toy_irq, IRQF_SHARED, "toy", toy);
	if (ret)
		return ret;
	return request_threaded_irq(irq + 1, NULL, toy_thread, IRQF_ONESHOT, "toy", toy);
}`,
    },
  ],
  forms: [
    {
      of: 'A threaded handler is requested without a primary one, and without IRQF_ONESHOT.',
      why: 'The kernel refuses it: a level interrupt would come again before the thread has run.',
      instead: 'Pass IRQF_ONESHOT.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'thread-without-oneshot',
          ({ subject }) =>
            `${subject}() without a primary handler fails with -EINVAL unless IRQF_ONESHOT is passed.`,
        ),
    },
    {
      of: 'A handler on a shared line says each time that the interrupt was its own.',
      why: 'The kernel finds a line that nobody serves by IRQ_NONE of all handlers; this one hides a storm.',
      instead: 'Ask the device, and return IRQ_NONE when it did not interrupt.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'shared-always-handled',
          ({ subject }) =>
            `The line is shared, and ${subject}() takes each interrupt for its own. Ask the device, and return IRQ_NONE when it was another?`,
        ),
    },
    {
      of: 'What platform_get_irq() gave is requested, and nobody asks whether it is an error.',
      why: '-EPROBE_DEFER becomes -EINVAL, and the device is never probed again.',
      instead: 'Return it when it is negative.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'irq-unasked',
          ({ subject, other }) =>
            `${other}() may fail, and then ${subject} is an error, -EPROBE_DEFER for one. Return it before it is requested.`,
        ),
    },
    {
      of: 'free_irq() is called for an interrupt that was requested by devm_request_irq().',
      why: 'It is freed once more when the driver goes, with a warning.',
      instead: 'Leave it out, or call devm_free_irq().',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'managed-irq-freed',
          ({ other }) =>
            `${other}() frees it when the driver goes: this makes two. Leave it out, or devm_free_irq().`,
        ),
    },
  ],
});
