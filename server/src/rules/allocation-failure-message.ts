/** A message about an allocation that failed, which has been reported already. */
import { TELLS_OF_FAILURE } from '../iommu/index.js';
import { defineRule, severityAt } from './rule.js';

export const allocationFailureMessage = defineRule({
  id: 'allocation-failure-message',
  classes: ['log-warn-policy'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A message says that an allocation failed.',
  why: 'The allocator has said so already, with the stack that shows who asked.',
  remedy: 'Drop the message and return -ENOMEM.',
  source: 'Documentation/process/coding-style.rst, "Allocating memory"; mm/page_alloc.c:warn_alloc (6.12)',
  bad: [
    {
      title: 'said twice',
      code: `
struct toy { int users; };

int toy_probe(struct device *dev)
{
	struct toy *toy = devm_kzalloc(dev, sizeof(*toy), GFP_KERNEL);

	if (!toy) {
		dev_err(dev, "no memory\\n");
//              ^^^^^^^^^^^^^^^^^^^^^^^^^^^ allocation-failure-message: devm_kzalloc() says so itself
		return -ENOMEM;
	}
	dev_set_drvdata(dev, toy);
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'said once',
      code: `
struct toy { int users; };

int toy_probe(struct device *dev)
{
	struct toy *toy = devm_kzalloc(dev, sizeof(*toy), GFP_KERNEL);

	if (!toy)
		return -ENOMEM;
	dev_set_drvdata(dev, toy);
	return 0;
}`,
    },
  ],
  *check(input) {
    for (const fn of input.facts.functions) {
      for (const { kind, after, spot, level } of fn.logs) {
        if (kind === 'bug' || level === 'debug' || after === null || !TELLS_OF_FAILURE.has(after)) continue;
        if (!input.isFresh(spot)) continue;
        yield {
          at: spot,
          function: fn.name,
          severity: severityAt(input, spot, 'warning'),
          message: `${after}() says so itself when it fails. Drop the message.`,
          tags: ['unnecessary'],
        };
      }
    }
  },
});
