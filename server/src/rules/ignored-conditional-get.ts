/** `refcount_inc_not_zero()` and its like, with the answer thrown away. */
import { defineRule } from './rule.js';

export const ignoredConditionalGet = defineRule({
  id: 'ignored-conditional-get',
  confirmedBy: ['UAF', 'FAULTUAF', 'R01'],
  classes: ['unreferenced-lookup', 'refcount'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  summary: 'The answer of a conditional get is ignored, so a dying object is used as if it were held.',
  why: 'refcount_inc_not_zero(), kref_get_unless_zero() and mmget_not_zero() take a reference only while the count is not zero, and say whether they did. Who ignores a "no" goes on with an object that somebody else is freeing.',
  remedy: 'Test the answer and treat "no" as "not found", or exclude the last put by the lock of the lookup.',
  source: 'include/linux/refcount.h:refcount_inc_not_zero is __must_check (6.12)',
  bad: [
    {
      title: 'ignored at once',
      code: `
void toy_get(struct toy *toy)
{
	refcount_inc_not_zero(&toy->users);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ignored-conditional-get: answer
}`,
    },
    {
      title: 'passed on by a wrapper, then ignored',
      code: `
static bool toy_get(struct toy *toy)
{
	return kref_get_unless_zero(&toy->kref);
}

struct toy *toy_first(struct toy *toy)
{
	toy_get(toy);
//      ^^^^^^^^^^^^ ignored-conditional-get: answer
	return toy;
}`,
    },
  ],
  good: [
    {
      title: 'tested',
      code: `
static bool toy_get(struct toy *toy)
{
	return kref_get_unless_zero(&toy->kref);
}

struct toy *toy_first(struct toy *toy)
{
	return toy_get(toy) ? toy : NULL;
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      for (const ignored of fn.ignoredResults) {
        if (!isNew(ignored.spot)) continue;
        const passes = ignored.called === ignored.primitive ? '' : `, that of ${ignored.primitive}(),`;
        const what = ignored.variable ? `is put into ${ignored.variable} and never read` : 'is ignored';
        yield {
          at: ignored.spot,
          function: fn.name,
          message:
            `The answer of ${ignored.called}()${passes} ${what}. ` +
            `At zero no reference is taken, and \`${ignored.object.replace(/^&/, '')}\` is used while the last put frees it. ` +
            'Test the answer and treat "no" as "not found".',
          related: ignored.wrapper
            ? [{ spot: ignored.wrapper, message: `the answer of ${ignored.primitive}() is passed on here` }]
            : [],
        };
      }
    }
  },
});
