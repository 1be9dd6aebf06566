/** A line that was copied, and not made to fit. */
import { odditiesIn } from './oddities.js';
import { defineRule, type Objection, type RuleInput } from './rule.js';

export const copySlip = defineRule({
  id: 'copy-slip',
  classes: ['use-before-check-or-init', 'error-code'],
  since: '0.2.0',
  summary:
    'A line that looks copied asks about, or tells of, another variable than the one that it is about.',
  why: 'The failure that it stands there for goes unseen, or is told by a number that is none.',
  remedy: 'Name the variable that the line is about.',
  source: 'include/linux/err.h (6.12); Documentation/process/coding-style.rst',
  bad: [
    {
      title: 'the error of another pointer',
      code: `
struct toy;
struct toy *toy_get(int id);
void toy_join(struct toy *one, struct toy *other);

int toy_pair(int id)
{
	struct toy *one, *other;

	one = toy_get(id);
	if (IS_ERR(one))
		return PTR_ERR(one);
	other = toy_get(id + 1);
	if (IS_ERR(other))
		return PTR_ERR(one);
//                     ^^^^^^^^^^^^ copy-slip: PTR_ERR(other)
	toy_join(one, other);
	return 0;
}`,
    },
    {
      title: 'the same on both sides',
      code: `
struct toy { int id; int owner; };

bool toy_differs(struct toy *a, struct toy *b)
{
	return a->id != a->id || b->owner != a->owner;
//             ^^^^^^^^^^^^^^ copy-slip: both sides
}`,
    },
    {
      title: 'what is to switch off switches on',
      code: `
struct toy { bool irq_on; void __iomem *base; };

void toy_irq_enable(struct toy *toy)
{
	toy->irq_on = true;
	writel(1, toy->base);
}

void toy_irq_disable(struct toy *toy)
{
	writel(0, toy->base);
	toy->irq_on = true;
//      ^^^^^^^^^^^^^^^^^^ copy-slip: toy_irq_enable
}`,
    },
    {
      title: 'two options of the command line',
      code: `
static bool lazy_mode;

static int __init set_lazy(char *arg)
{
	lazy_mode = true;
	return 0;
}

static int __init set_nolazy(char *arg)
{
	lazy_mode = true;
//      ^^^^^^^^^^^^^^^^ copy-slip: set_lazy
	return 0;
}

early_param("lazy", set_lazy);
early_param("nolazy", set_nolazy);`,
    },
  ],
  good: [
    {
      title: 'on and off, and what is to be done either way',
      code: `
struct toy { bool irq_on; bool irq_dirty; int irq_err; u32 irq_flags; };

void toy_irq_enable(struct toy *toy)
{
	toy->irq_on = true;
	toy->irq_dirty = true;
	toy->irq_flags |= 1;
	toy->irq_err = toy_apply(toy);
}

void toy_irq_disable(struct toy *toy)
{
	toy->irq_on = false;
	toy->irq_dirty = true;
	toy->irq_flags &= ~1;
	toy->irq_err = toy_apply(toy);
}`,
    },
    {
      title: 'its own error',
      code: `
struct toy { int id; int owner; };
struct toy *toy_get(int id);

int toy_pair(int id)
{
	struct toy *one, *other;

	one = toy_get(id);
	if (IS_ERR(one))
		return PTR_ERR(one);
	other = toy_get(id + 1);
	if (IS_ERR(other))
		return PTR_ERR(other);
	return one->id != other->id;
}`,
    },
  ],
  forms: [
    {
      of: 'One pointer is an error, and the error of another is told.',
      why: 'The other one is a valid pointer: what is told is a piece of its address.',
      instead: 'PTR_ERR() of the one that was tested.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'error-of-another',
          ({ subject, other }) => `${other} is the error pointer, and ${subject} is told. PTR_ERR(${other})?`,
          'Tell the one that was tested',
        ),
    },
    {
      of: 'Memory is allocated for one variable, and another is tested.',
      why: 'When there is no memory, nobody sees it before the pointer is followed.',
      instead: 'Test what was allocated.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'test-of-another',
          ({ subject, other }) => `${other} was allocated, and ${subject} is tested. !${other}?`,
        ),
    },
    {
      of: 'The same stands on both sides of an operator.',
      why: 'It says nothing: one of the two was to be something else.',
      instead: 'Name what was meant.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'same-sides',
          ({ subject, other }) =>
            `\`${subject}\` stands on both sides of \`${other}\`. What was to stand on one of them?`,
        ),
    },
    {
      of: 'Two functions that are called the opposite of one another set the same thing to the same value.',
      why: 'One of them was copied from the other, and what it is to take back stays.',
      instead: 'Set the other value.',
      severity: 'warning',
      confidence: 'possible',
      check: sameOpposites,
    },
  ],
});

function* sameOpposites({ facts, isNew }: RuleInput): Iterable<Objection> {
  for (const { spot, function: name, target, value, other } of facts.opposites) {
    if (!isNew(spot) && !isNew(other.spot)) continue;
    yield {
      at: isNew(spot) ? spot : other.spot,
      function: isNew(spot) ? name : other.function,
      message: `${name}() sets ${target} to what ${other.function}() sets it to: \`${value}\`. One of them is to do the opposite?`,
      related: [{ spot: isNew(spot) ? other.spot : spot, message: 'and here' }],
    };
  }
}
