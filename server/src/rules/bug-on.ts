/** BUG() and BUG_ON() stop the machine for what one call could have refused. */
import { defineRule, severityAt } from './rule.js';

export const bugOn = defineRule({
  id: 'bug-on',
  classes: ['log-warn-policy'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'BUG() or BUG_ON() is added.',
  why: 'It kills the task with whatever locks it holds, and often the machine. New ones are not accepted: a driver that finds its state wrong can warn, and fail the call.',
  remedy: 'if (WARN_ON(…)) return an error; or drop the test.',
  source: 'Documentation/process/coding-style.rst, "Do not crash the kernel" (6.12)',
  bad: [
    {
      title: 'a wrong argument stops the machine',
      code: `
int toy_map(struct toy *toy, size_t size)
{
	BUG_ON(size == 0);
//      ^^^^^^^^^^^^^^^^^ bug-on: stops the machine
	return toy->used;
}`,
    },
  ],
  good: [
    {
      title: 'the call fails',
      code: `
int toy_map(struct toy *toy, size_t size)
{
	if (WARN_ON(size == 0))
		return -EINVAL;
	return toy->used;
}`,
    },
  ],
  *check(input) {
    for (const fn of input.facts.functions) {
      for (const { kind, name, spot, wasThere } of fn.logs) {
        if (kind !== 'bug' || wasThere || !input.isFresh(spot)) continue;
        yield {
          at: spot,
          function: fn.name,
          severity: severityAt(input, spot, 'warning'),
          message: `${name}() stops the machine. Warn and fail the call instead: if (WARN_ON(…)) return an error.`,
        };
      }
    }
  },
});
