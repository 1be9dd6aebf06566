/** A condition is tested beside a call that tests it already. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const impliedTest = defineRule({
  id: 'implied-test',
  classes: ['redundant-check'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A variable is tested beside a function or macro that is never true without it.',
  why: 'Whoever reads it asks when the two differ. They never do.',
  remedy: 'Drop what the call asks already.',
  source: 'drivers/iommu/intel/iommu.h:sm_supported (6.12), and the review that says so',
  bad: [
    {
      title: 'the macro asks it',
      code: `
static int toys_on;
#define toy_usable(id) (toys_on && (id) > 0)

int toy_use(int id)
{
	if (!toy_usable(id) || !toys_on)
//                             ^^^^^^^^ implied-test: already
		return -ENODEV;
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'asked once',
      code: `
static int toys_on;
#define toy_usable(id) (toys_on && (id) > 0)

int toy_use(int id)
{
	if (!toy_usable(id))
		return -ENODEV;
	return 0;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'implied-condition',
      ({ subject, other }) => `${other}() asks for ${subject} already; the second test can go.`,
    ),
});
