/** A result that nobody has looked at when another takes its place. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const unreadResult = defineRule({
  id: 'unread-result',
  classes: ['error-code'],
  since: '0.2.0',
  summary: 'A result is kept, and another takes its place before anybody looked at it.',
  why: 'The first call may have failed: the function goes on as if it had not, and tells its caller of the second alone.',
  remedy: 'Test the result before the next call, or do not keep it where it does not matter.',
  source: 'Documentation/process/coding-style.rst, 16) Function return values and names (6.12)',
  bad: [
    {
      title: 'the second for the first',
      code: `
int toy_reset(struct toy *toy);
int toy_enable(struct toy *toy);

int toy_resume(struct toy *toy)
{
	int ret;

	ret = toy_reset(toy);
//      ^^^^^^^^^^^^^^^^^^^^ unread-result: toy_reset
	ret = toy_enable(toy);
	return ret;
}`,
    },
    {
      title: 'the last of many',
      code: `
int toy_flush(struct toy *toy);

int toy_flush_all(struct list_head *toys)
{
	struct toy *toy;
	int ret = 0;

	list_for_each_entry(toy, toys, node)
		ret = toy_flush(toy);
//              ^^^^^^^^^^^^^^^^^^^^ unread-result: last round
	return ret;
}`,
    },
  ],
  good: [
    {
      title: 'each is asked',
      code: `
int toy_reset(struct toy *toy);
int toy_enable(struct toy *toy);
int toy_flush(struct toy *toy);

int toy_resume(struct toy *toy, struct list_head *toys)
{
	struct toy *each;
	int ret;

	ret = toy_reset(toy);
	if (ret)
		return ret;
	list_for_each_entry(each, toys, node) {
		ret = toy_flush(each);
		if (ret)
			return ret;
	}
	ret = toy_enable(toy);
	return ret;
}`,
    },
  ],
  forms: [
    {
      of: 'The result of one call is replaced by that of the next.',
      why: 'Whether the first call failed is never known.',
      instead: 'Test it, or leave out the assignment.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'result-replaced',
          ({ subject, other }) =>
            `Nobody looks at what ${subject}() gives: the result of ${other}() takes its place. Test it first.`,
        ),
    },
    {
      of: 'A loop keeps the result of each round in one variable, which is returned behind it.',
      why: 'A failure in any round but the last is forgotten.',
      instead: 'Leave the loop, or keep the first error.',
      severity: 'info',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'last-round-only',
          ({ subject, other }) =>
            `${other} is that of the last round when it is returned: a failure of ${subject}() in any other is lost. Keep the first error, or stop there?`,
        ),
    },
  ],
});
