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
      title: 'replaced on the only way on, through a branch',
      code: `
int toy_count(struct toy *toy);
int toy_fault_on(struct toy *toy);
int toy_enable(struct toy *toy);
void toy_fault_off(struct toy *toy);

int toy_attach(struct toy *toy, bool faults)
{
	int ret;

	if (faults) {
		ret = toy_fault_on(toy);
//              ^^^^^^^^^^^^^^^^^^^^^^^ unread-result: toy_enable
	}
	ret = toy_enable(toy);
	if (ret)
		goto err_fault;
	return 0;

err_fault:
	if (faults)
		toy_fault_off(toy);
	return ret;
}`,
    },
    {
      title: 'success whatever the call gave',
      code: `
int toy_reset(struct toy *toy);
int toy_enable(struct toy *toy);
void toy_disable(struct toy *toy);

int toy_resume(struct toy *toy)
{
	int ret;

	ret = toy_enable(toy);
	if (ret)
		return ret;
	ret = toy_reset(toy);
//      ^^^^^^^^^^^^^^^^^^^^ unread-result: not read on any way from here
	toy->is_on = true;
	return 0;

err_disable:
	toy_disable(toy);
	return ret;
}`,
    },
    {
      title: 'a wait that a signal cuts short',
      code: `
struct toy { struct completion done; bool is_on; };

int toy_wait(struct toy *toy)
{
	int ret;

	ret = wait_for_completion_interruptible(&toy->done);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unread-result: not read on any way from here
	toy->is_on = true;
	return 0;
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
    {
      title: 'read in the next round, behind a jump back, on one way of two',
      code: `
int toy_reset(struct toy *toy);
int toy_enable(struct toy *toy);

int toy_retry(struct toy *toy, int count)
{
	int ret = 0, at;

	for (at = 0; at < count; at++) {
		if (ret == -EAGAIN)
			continue;
		ret = toy_reset(toy);
	}
	return 0;
}

int toy_again(struct toy *toy)
{
	int ret = 0;

again:
	if (ret > 3)
		return ret;
	ret = toy_enable(toy);
	if (toy->is_slow)
		goto again;
	return 0;
}

int toy_maybe(struct toy *toy)
{
	int ret;

	ret = toy_reset(toy);
	if (toy->is_slow)
		ret = toy_enable(toy);
	return ret;
}

int toy_choose(struct toy *toy, int how)
{
	int ret;

	switch (how) {
	case 0:
		ret = toy_reset(toy);
		break;
	default:
		ret = toy_enable(toy);
		break;
	}
	return ret;
}`,
    },
    {
      title: 'a register that is read for the sake of reading, and an answer that is left on purpose',
      code: `
int toy_read(struct toy *toy);
int toy_reset(struct toy *toy);

void toy_flush(struct toy *toy)
{
	int ret;

	ret = toy_read(toy);
	toy_reset(toy);
}

int toy_try(struct toy *toy)
{
	int ret;

	ret = toy_reset(toy);
	ret = 0;
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
      of: 'The result of a call is kept, and the function ends without having looked at it.',
      why: 'Whether the call failed is never known, and callers are told that all is well.',
      instead: 'Test it, or leave out the assignment.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'result-lost',
          ({ subject, other }) =>
            `Nobody looks at what ${subject}() gives: ${other} is not read on any way from here. Test it, or return it.`,
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
