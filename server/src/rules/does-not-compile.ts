/** What no compiler has seen. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const doesNotCompile = defineRule({
  id: 'does-not-compile',
  classes: ['config-stub-kconfig'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A statement has no end: the code was not built in any configuration.',
  why: 'What is not built is not tested. It happens in code of other architectures and behind options that nobody set.',
  remedy: 'Build every configuration that the patch touches.',
  source: 'Documentation/process/submit-checklist.rst (6.12): "Builds cleanly"',
  bad: [
    {
      title: 'no semicolon',
      code: `
struct toy { int users; };

void toy_use(struct device *dev)
{
	struct toy *toy;

	toy = dev_get_drvdata(dev)
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^ does-not-compile: semicolon
	toy->users++;
}`,
    },
  ],
  good: [
    {
      title: 'over several lines',
      code: `
struct toy { int users; };
int toy_add(int a, int b);

void toy_use(struct toy *toy)
{
	toy->users = toy_add(1,
			     2)
		;
	toy->users = 1 +
		toy->users;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'semicolon-missing',
      () => 'A semicolon is missing here. In which configuration was this built?',
    ),
});
