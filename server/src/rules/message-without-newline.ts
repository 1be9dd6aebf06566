/** A message that does not end its line. */
import { defineRule } from './rule.js';

export const messageWithoutNewline = defineRule({
  id: 'message-without-newline',
  classes: ['log-warn-policy'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  quietInTree: true,
  summary: 'The format of a message does not end in a newline.',
  why: 'The line stays open: it is printed late, and the next message may be glued to it.',
  remedy: 'End the format with \\n.',
  source: 'include/linux/printk.h on KERN_CONT (6.12)',
  bad: [
    {
      title: 'an open line',
      code: `
int toy_probe(struct device *dev)
{
	dev_warn(dev, "not supported");
//                                  ^ message-without-newline: End
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'ended',
      code: `
int toy_probe(struct device *dev)
{
	dev_warn(dev, "not supported\\n");
	return 0;
}`,
    },
  ],
  *check(input) {
    for (const fn of input.facts.functions) {
      for (const { kind, format, formatEnd, spot, name, isContinued, wasThere } of fn.logs) {
        // A panic's stack ends the line of a WARN().
        if (kind !== 'print' || name === 'printk' || !format || !formatEnd || !input.isFresh(spot)) continue;
        // The text stands on a line of its own, and may be older than its arguments.
        if (!input.isFresh(formatEnd)) continue;
        if (isContinued || wasThere || /(?:\\n|%s)$/.test(format)) continue;
        yield {
          at: formatEnd,
          function: fn.name,
          severity: 'warning',
          message: `End the message with \\n: the line stays open, and the next message may be glued to it.`,
          fix: { title: 'End it with a newline', edits: [{ spot: formatEnd, text: '\\n"' }] },
        };
      }
    }
  },
});
