/** A function that goes a long way to what it returns. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const roundaboutReturn = defineRule({
  id: 'roundabout-return',
  classes: ['needless-wrapper-duplicate', 'unused-code'],
  since: '0.2.0',
  quietInTree: true,
  summary: 'A function tests a value only to return that value, or jumps to a return.',
  why: 'A reader looks for what is done differently on the two ways, and it is nothing.',
  remedy: 'Return the value where it is known.',
  source:
    'Documentation/process/coding-style.rst, "Centralized exiting of functions": "If there is no cleanup needed then just return directly"; scripts/coccinelle/misc/returnvar.cocci',
  bad: [
    {
      title: 'zero is what is left',
      code: `
int toy_register(struct toy *toy)
{
	int ret;

	ret = toy_do(toy);
	if (ret)
//      ^^^^^^^^ roundabout-return: returns what toy_do() gave
		return ret;

	return 0;
}`,
    },
    {
      title: 'a truth value from a truth value',
      code: `
bool toy_is_idle(struct toy *toy)
{
	if (list_empty(&toy->queue))
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ roundabout-return: return list_empty(&toy->queue)
		return true;
	else
		return false;
}`,
    },
    {
      title: 'a jump to a return',
      code: `
int toy_start(struct toy *toy)
{
	int ret;

	ret = toy_reset(toy);
	if (ret)
		goto out;
//              ^^^^^^^^^ roundabout-return: return ret
	ret = toy_enable(toy);
	toy->is_on = !ret;
out:
	return ret;
}`,
    },
  ],
  good: [
    {
      title: 'handed on',
      code: `
int toy_register(struct toy *toy)
{
	return toy_do(toy);
}

bool toy_is_idle(struct toy *toy)
{
	return list_empty(&toy->queue);
}`,
    },
    {
      title: 'each step is tested, and each test has its answer',
      code: `
int toy_start(struct toy *toy)
{
	int ret;

	ret = toy_reset(toy);
	if (ret)
		return ret;
	ret = toy_enable(toy);
	if (ret)
		return ret;
	return 0;
}

bool toy_fits(struct toy *toy)
{
	if (toy->broken)
		return false;
	if (toy->wide)
		return true;
	return false;
}`,
    },
    {
      title: 'something to undo',
      code: `
int toy_start(struct toy *toy)
{
	int ret;

	mutex_lock(&toy->lock);
	ret = toy_reset(toy);
	if (ret)
		goto out;
	ret = toy_enable(toy);
out:
	mutex_unlock(&toy->lock);
	return ret;
}`,
    },
  ],
  forms: [
    {
      of: 'The result of the only call that may fail is tested, returned if it is set, and zero is returned otherwise.',
      why: 'Both ways return the same variable.',
      instead: 'Return what the call gives.',
      severity: 'info',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'error-then-zero',
          ({ subject, other }) =>
            `Both ways this returns what ${subject} gave: return ${subject.startsWith('(') ? other : `${subject.slice(0, -1)}…)`} and drop the test.`,
        ),
    },
    {
      of: 'A condition is tested to return true or false.',
      why: 'The condition is that value.',
      instead: 'Return the condition.',
      severity: 'info',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(input, 'truth-in-steps', ({ subject }) =>
          subject === '…' ? 'return the condition itself.' : `return ${subject}; says the same.`,
        ),
    },
    {
      of: 'A goto leads to a label under which there is only a return.',
      why: 'Labels are for what has to be undone; readers go there to find nothing.',
      instead: 'Return directly.',
      severity: 'info',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'goto-return',
          ({ subject, other }) =>
            `Nothing is undone at ${subject}: return${other === '' ? '' : ` ${other}`} right here, and drop the label.`,
        ),
    },
  ],
});
