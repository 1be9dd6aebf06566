/** An error message for what is only not there yet. */
import { MAY_DEFER } from '../iommu/index.js';
import { defineRule } from './rule.js';

export const probeDeferralMessage = defineRule({
  id: 'probe-deferral-message',
  classes: ['log-warn-policy'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  quietInTree: true,
  summary: 'A resource that may come later is reported as an error when it is not there.',
  why: 'These calls give -EPROBE_DEFER when their provider has not been probed: the message then comes at every attempt, for nothing.',
  remedy: 'return dev_err_probe(dev, ret, …), which is quiet then.',
  source: 'drivers/base/core.c:dev_err_probe (6.12)',
  bad: [
    {
      title: 'a clock that comes later',
      code: `
int toy_probe(struct device *dev)
{
	struct clk *clk = devm_clk_get(dev, NULL);

	if (IS_ERR(clk)) {
		dev_err(dev, "no clock\\n");
//              ^^^^^^^ probe-deferral-message: dev_err_probe
		return PTR_ERR(clk);
	}
	return clk_prepare_enable(clk);
}`,
    },
  ],
  good: [
    {
      title: 'quiet while it waits',
      code: `
int toy_probe(struct device *dev)
{
	struct clk *clk = devm_clk_get(dev, NULL);

	if (IS_ERR(clk))
		return dev_err_probe(dev, PTR_ERR(clk), "no clock\\n");
	return clk_prepare_enable(clk);
}`,
    },
  ],
  *check(input) {
    for (const fn of input.facts.functions) {
      for (const { name, after, spot, nameSpot } of fn.logs) {
        if (!/^(?:dev|pr)_(?:err|warn)$/.test(name) || after === null || !MAY_DEFER.has(after)) continue;
        if (!input.isFresh(spot)) continue;
        yield {
          at: nameSpot,
          function: fn.name,
          severity: 'info',
          message: `${after}() gives -EPROBE_DEFER while it waits for its provider: dev_err_probe() is quiet then.`,
        };
      }
    }
  },
});
