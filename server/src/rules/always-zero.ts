/** A function that returns an error code and has none to return. */
import { defineRule, freshly } from './rule.js';

export const alwaysZero = defineRule({
  id: 'always-zero',
  classes: ['api-shape'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  quietInTree: true,
  summary: 'A new function returns int, but only ever 0.',
  why: 'The return value makes every caller write an error path that cannot be reached and is never tested.',
  remedy: 'Return void.',
  source:
    'Documentation/process/coding-style.rst, "Function return values and names"; review of the list, 2019 to 2022',
  bad: [
    {
      title: 'nothing can fail',
      code: `
static int toy_mask(struct toy *toy)
//         ^^^^^^^^ always-zero: only ever returns 0
{
	writel(0, toy->base);
	return 0;
}

int toy_start(struct toy *toy)
{
	return toy_mask(toy);
}`,
    },
  ],
  good: [
    {
      title: 'something can',
      code: `
static int toy_mask(struct toy *toy)
{
	writel(0, toy->base);
	return readl(toy->base) ? -EIO : 0;
}

int toy_start(struct toy *toy)
{
	return toy_mask(toy);
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      const { signature } = fn;
      if (!isNew(fn.nameSpot) || fn.contract !== '' || !freshly(fn) || fn.runsAlone) continue;
      const isInt = signature.returns.base === 'int' && signature.returns.pointers === 0;
      // What nobody calls by name may be what a table of another file takes.
      if (signature.calledWith.length === 0) continue;
      const { answers } = signature;
      if (!isInt || signature.statements < 2 || answers.length === 0 || answers.some((each) => each !== '0'))
        continue;
      yield {
        at: fn.nameSpot,
        function: fn.name,
        // Who hands it on would have to say zero itself, and who drops it is not misled.
        ...(signature.isNeverTested ? { severity: 'hint' as const } : {}),
        message: `${fn.name}() only ever returns 0: who tests it looks for errors that cannot occur. Make it void?`,
      };
    }
  },
});
