/** A message that tells nobody anything: that things went well, raw values, where the code is. */
import { defineRule, severityAt } from './rule.js';

/** What the command line or a quirk decides is for the administrator to know. */
const SETS_UP = /setup|parse|quirk|param/;
const OF_QUIRK = /quirk|errat|workaround|work around|broken|\bbuggy\b/i;

export const chattyMessage = defineRule({
  id: 'chatty-message',
  classes: ['log-warn-policy'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'An informational message is added that no administrator can act upon.',
  why: 'When a driver works it is quiet. What helps its author to debug is for a debug message, or a trace point.',
  remedy: 'Drop it, or make it dev_dbg().',
  source:
    'Documentation/process/coding-style.rst, "Printing kernel messages" (6.12); review of "iommu/vt-d: Parse SATC reporting structure", 2 February 2021',
  bad: [
    {
      title: 'all is well',
      code: `
int toy_attach(struct device *dev)
{
	dev_info(dev, "attached\\n");
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ chatty-message: Who needs
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'for who asks',
      code: `
int toy_attach(struct device *dev)
{
	dev_dbg(dev, "attached\\n");
	return 0;
}`,
    },
  ],
  *check(input) {
    for (const fn of input.facts.functions) {
      if (fn.handlesEvents || SETS_UP.test(fn.name)) continue;
      for (const log of fn.logs) {
        const { kind, level, spot, nameSpot, name, values, isConditional, returns, format } = log;
        if (kind !== 'print' || name === 'printk' || log.wasThere || !input.isFresh(nameSpot)) continue;
        // It says why the call fails.
        if (isConditional && returns !== null) continue;
        // It says why something that was asked for is not there.
        if (log.tellsOfSwitch || (fn.runsAlone && OF_QUIRK.test(format ?? ''))) continue;
        const isTrail = values.includes('__LINE__') || (values.includes('__func__') && values.length === 1);
        const isInfo = level === 'info';
        if (level === 'debug' || (!isInfo && !(isTrail && values.includes('__LINE__')))) continue;
        // The function speaks like that already, and was let.
        const isCustom = fn.logs.some((each) => each.level === level && !input.isNew(each.nameSpot));
        if (isInfo && !isTrail && isCustom) continue;
        yield {
          at: spot,
          function: fn.name,
          severity: severityAt(input, spot, isTrail ? 'warning' : 'info'),
          message: isTrail
            ? 'A leftover of debugging? Drop it.'
            : 'Who needs this in the log? Drop it, or make it a debug message.',
          tags: isTrail ? ['unnecessary'] : [],
        };
        break;
      }
    }
  },
});
