/** A case runs on into the next one, and no word says that it is meant to. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const missingBreak = defineRule({
  id: 'missing-break',
  classes: ['value-encoding'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A case runs on into the next one, and no word says that it is meant to.',
  why: 'The kernel is built with -Wimplicit-fallthrough: where a case goes on in the next, fallthrough; says so. Without it a break is missing.',
  remedy: 'Add break; or fallthrough;.',
  source: 'Documentation/process/deprecated.rst, "Implicit switch case fall-through" (6.12)',
  bad: [
    {
      title: 'a message of the case before',
      code: `
struct toy { int state; };

void toy_event(struct toy *toy, int event)
{
	switch (event) {
	case 1:
		toy->state = 1;
//              ^^^^^^^^^^^^^^ missing-break: runs on
	case 2:
		toy->state = 2;
		break;
	}
}`,
    },
  ],
  good: [
    {
      title: 'each way to leave a case, and the words that say that it goes on',
      code: `
struct toy { int state; };

int toy_event(struct toy *toy, int event)
{
	switch (event) {
	case 0:
	case 1:
		toy->state = 1;
		break;
	case 2:
		toy->state = 2;
		fallthrough;
	case 3:
		toy->state = 3;
		/* fall through */
	case 4:
		if (toy->state)
			return 1;
		else
			return 2;
	case 5:
		BUG();
	case 6: {
		toy->state = 6;
		break;
	}
	case 7:
		goto out;
	default:
		toy->state = 0;
	}
out:
	return 0;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'case-runs-on',
      () => 'This case runs on into the next one. break; or, when it is meant to, fallthrough;?',
    ),
});
