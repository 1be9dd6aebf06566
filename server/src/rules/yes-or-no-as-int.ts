/** A function that answers yes or no by a number. */
import { defineRule, freshly } from './rule.js';

export const yesOrNoAsInt = defineRule({
  id: 'yes-or-no-as-int',
  classes: ['api-shape'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  quietInTree: true,
  summary: 'A new predicate returns int.',
  why: 'Of an int 0 may mean success or no; callers have to look which.',
  remedy: 'Return bool.',
  source: 'Documentation/process/coding-style.rst, "Function return values and names"',
  bad: [
    {
      title: 'a predicate',
      code: `
static int toy_is_idle(struct toy *toy)
//         ^^^^^^^^^^^ yes-or-no-as-int: bool
{
	if (toy->busy)
		return 0;
	return 1;
}

bool toy_rest(struct toy *toy)
{
	return toy_is_idle(toy);
}`,
    },
  ],
  good: [
    {
      title: 'it says so',
      code: `
static bool toy_is_idle(struct toy *toy)
{
	if (toy->busy)
		return false;
	return true;
}

bool toy_rest(struct toy *toy)
{
	return toy_is_idle(toy);
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      const { signature } = fn;
      if (!isNew(fn.nameSpot) || fn.contract !== '' || !freshly(fn)) continue;
      if (signature.returns.base !== 'int' || signature.returns.pointers > 0) continue;
      if (!PREDICATE.test(fn.name) || !signature.answers.some((each) => ANSWER.test(each))) continue;
      yield {
        at: fn.nameSpot,
        function: fn.name,
        message: `${fn.name}() answers yes or no: make it bool, so that nobody takes 0 for success.`,
      };
    }
  },
});

const PREDICATE = /(?:^|_)(?:is|has|can|needs|may)_|_(?:supported|enabled|capable|valid|present|allowed)$/;
/** What is true or false, and no error code. */
const ANSWER = /^(?:1|true|false|!.*|.*(?:==|!=|&&|\|\|).*)$/;
