/** BUG() and BUG_ON() stop the machine for what one call could have refused. */
import type { FunctionFact } from '../iommu/index.js';
import { defineRule } from './rule.js';

export const bugOn = defineRule({
  id: 'bug-on',
  classes: ['log-warn-policy'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  quietInTree: true,
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
    {
      title: 'a notifier, which nobody asks',
      code: `
static int toy_notify(struct notifier_block *block, unsigned long action, void *data)
{
	BUG_ON(toy_is_claimed(data));
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ bug-on: refuse earlier
	return 0;
}

int toy_watch(struct notifier_block *block)
{
	block->notifier_call = toy_notify;
	return 0;
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
        // A file that does the same beside it is for another patch to change.
        const isUsual = input.facts.functions.some(
          ({ spot: { unit }, logs }) =>
            unit === spot.unit &&
            logs.some((other) => other.name === name && other.kind === 'bug' && !input.isNew(other.spot)),
        );
        yield {
          at: spot,
          function: fn.name,
          severity: isUsual ? 'hint' : 'warning',
          message: `${name}() stops the machine. ${
            isNotifier(fn)
              ? 'A notifier cannot fail what it is told of: warn here, and refuse earlier, when the claim is made or the driver is bound.'
              : 'Warn and fail the call instead: if (WARN_ON(…)) return an error.'
          }`,
        };
      }
    }
  },
});

/** Whether it only hears of what happens. */
function isNotifier({ callShape }: FunctionFact): boolean {
  return callShape.parameters.some(({ type }) => type === 'struct notifier_block *');
}
