/** The same is done to an object twice in a row. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const repeatedStatement = defineRule({
  id: 'repeated-statement',
  classes: ['use-after-free', 'needless-wrapper-duplicate'],
  severity: 'warning',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'The same call that gives back, frees, locks or links an object stands twice in a row.',
  why: 'It is often what is left of a conflict between two patches. The second one gives back what the first has given back, or links what is linked.',
  remedy: 'Drop one. Where two references are to go, a comment says whose they are.',
  source: 'Documentation/process/submitting-patches.rst (6.12)',
  bad: [
    {
      title: 'put twice',
      code: `
void toy_stop(struct device *dev)
{
	put_device(dev);
	put_device(dev);
//      ^^^^^^^^^^^^^^^ repeated-statement: twice in a row
}`,
    },
  ],
  good: [
    {
      title: 'two objects, a register, and what gives another one each time',
      code: `
struct toy { struct device *a, *b; void __iomem *base; };

void toy_stop(struct toy *toy)
{
	put_device(toy->a);
	put_device(toy->b);
	writel(1, toy->base);
	writel(1, toy->base);
	toy_put(toy_next(toy));
	toy_put(toy_next(toy));
	udelay(1);
	udelay(1);
}`,
    },
  ],
  check: (input) =>
    odditiesIn(input, 'repeated-statement', ({ subject }) => ({
      message: `${subject} stands twice in a row. Drop one, or say in a comment what the second one is for.`,
      // Of references there may be two.
      severity: /^\w*put\w*\(/.test(subject) ? 'info' : 'warning',
    })),
});
