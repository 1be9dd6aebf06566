/** Code that says what C, or the core that calls the driver, does by itself. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const needlessCode = defineRule({
  id: 'needless-code',
  classes: ['unused-code', 'api-shape'],
  since: '0.2.0',
  quietInTree: true,
  summary: 'A statement or a cast does what happens by itself.',
  why: 'A reader asks what it is there for; a cast also hides the warning that would come if the type ever changed.',
  remedy: 'Drop it.',
  source:
    'Documentation/process/coding-style.rst, "Allocating memory": "Casting the return value which is a void pointer is redundant"; drivers/base/dd.c:device_unbind_cleanup (6.12)',
  bad: [
    {
      title: 'a cast of what fits anyway',
      code: `
struct toy { int users; };

int toy_users(struct device *dev)
{
	struct toy *toy = (struct toy *)dev_get_drvdata(dev);
//                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ needless-code: gives a void pointer

	return toy->users;
}`,
    },
    {
      title: 'the core clears it',
      code: `
static int toy_remove(struct platform_device *pdev)
{
	toy_stop(platform_get_drvdata(pdev));
	platform_set_drvdata(pdev, NULL);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ needless-code: the driver core
	return 0;
}

static struct platform_driver toy_driver = {
	.remove = toy_remove,
};`,
    },
    {
      title: 'the end of a function',
      code: `
void toy_stop(struct toy *toy)
{
	writel(0, toy->base);
	return;
//      ^^^^^^^ needless-code: ends here
}`,
    },
  ],
  good: [
    {
      title: 'nothing to say',
      code: `
struct toy { int users; };

int toy_users(struct device *dev)
{
	struct toy *toy = dev_get_drvdata(dev);
	u8 *first = (u8 *)toy + sizeof(*toy);

	return toy->users + *first;
}

void toy_stop(struct toy *toy)
{
	if (!toy->base)
		return;
	writel(0, toy->base);
}`,
    },
  ],
  forms: [
    {
      of: 'A void pointer is cast to the type that it is assigned to.',
      why: 'C converts it by itself; the cast keeps quiet when the function comes to return something else.',
      instead: 'Drop the cast.',
      severity: 'hint',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'void-cast',
          ({ subject }) =>
            subject.endsWith('()')
              ? `${subject} gives a void pointer, which needs no cast.`
              : `\`${subject}\` is a void pointer and needs no cast.`,
          'Drop the cast',
        ),
    },
    {
      of: 'A driver sets its data to NULL when it is removed, or when its probe fails.',
      why: 'The driver core does so after both.',
      instead: 'Drop the call.',
      severity: 'info',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'data-cleared',
          ({ subject }) =>
            `Drop the ${subject}(): the driver core clears it when the driver lets go of the device.`,
        ),
    },
    {
      of: 'A function that returns nothing ends in a return.',
      why: 'It would return there anyway.',
      instead: 'Drop it.',
      severity: 'hint',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(input, 'return-at-end', () => 'The function ends here anyway. Drop the return.'),
    },
  ],
});
