/** The function decides by, follows, locks or returns something that nobody has set. Seen when the function is run. */
import { breachesOf } from './breaches.js';
import { odditiesIn } from './oddities.js';
import { defineRule, type Objection, type RuleInput } from './rule.js';

export const uninitialisedValue = defineRule({
  id: 'uninitialised-value',
  classes: ['use-before-check-or-init', 'uapi-abi'],
  since: '0.2.0',
  summary: 'The function decides by, follows, locks or returns something that nobody has set.',
  why: 'A local that is set on some paths only, a field of kmalloc()ed memory, a lock that was never initialised: what stands there is left over from somebody else.',
  remedy: 'Set it on every path that leads there, or where it is declared.',
  source: 'Documentation/dev-tools/kmsan.rst (6.12)',
  bad: [
    {
      title: 'one branch does not set the result',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_start(struct toy *toy)
{
	int ret;

	if (toy->id)
		ret = toy->id - 1;
	if (ret)
//          ^^^ uninitialised-value: nobody has set
		return -EINVAL;
	return 0;
}`,
    },
    {
      title: 'returned where no case set it',
      code: `
enum toy_feature { TOY_FEATURE_SVA, TOY_FEATURE_PRI };

int toy_disable(struct toy *toy, enum toy_feature feature)
{
	int ret;

	switch (feature) {
	case TOY_FEATURE_SVA:
		break;
	default:
		ret = -EINVAL;
		break;
	}
	return ret;
//      ^^^^^^^^^^^ uninitialised-value: nobody has set
}`,
    },
    {
      title: 'interrupts come back as nobody has left them',
      code: `
struct toy { spinlock_t lock; int id; };

int toy_number(struct toy *toy)
{
	unsigned long flags;
	int id;

	id = toy->id++;
	spin_unlock_irqrestore(&toy->lock, flags);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ uninitialised-value: restores interrupts
	return id;
}`,
    },
  ],
  good: [
    {
      title: 'returned from a jump that sets it',
      code: `
struct link;
struct link *toy_link(int id);
int toy_start(struct link *link);
void toy_stop(int id);

int toy_init(int id)
{
	struct link *link;
	int ret;

	link = toy_link(id);
	if (IS_ERR(link)) {
		ret = PTR_ERR(link);
		goto err_stop;
	}
	ret = toy_start(link);
	if (ret)
		goto err_stop;
	return 0;

err_stop:
	toy_stop(id);
	return ret;
}
}`,
    },
    {
      title: 'a value of its own for the case that there is none',
      code: `
struct toy { u32 levels; u32 width; };

int toy_setup(struct device *dev, struct toy *toy)
{
	u32 levels = 3, width;
	int ret;

	ret = of_property_read_u32(dev->of_node, "levels", &levels);
	if (ret)
		dev_warn(dev, "no levels\\n");
	toy->levels = levels;
	ret = of_property_read_u32(dev->of_node, "width", &width);
	if (ret)
		dev_warn(dev, "no width\\n");
	toy->width = ret ? 32 : 48;
	if (!ret)
		toy->width = width;
	return 0;
}`,
    },
    {
      title: 'set first in memory that has just grown',
      code: `
struct toy { struct device *dev; };
struct big_toy { struct toy toy; unsigned int count; };

struct toy *toy_grow(struct device *dev, struct toy *toy)
{
	struct big_toy *big;

	big = devm_krealloc(dev, toy, sizeof(*big), GFP_KERNEL);
	if (!big)
		return ERR_PTR(-ENOMEM);
	big->count = 1;
	big->count++;
	return &big->toy;
}`,
    },
  ],
  forms: [
    {
      of: 'A struct of the stack is copied to user space, and a member of it was never set.',
      why: 'What the stack had there goes out with it: addresses of the kernel, or data of somebody else.',
      instead: 'Zero the struct where it is declared: = {}.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'stack-given-out',
          ({ subject, other }) =>
            `Nobody sets \`${other}\` of \`${subject}\`, and user space is given what the stack had there. Declare it with = {}.`,
        ),
    },
    {
      of: 'A run decides by, follows or locks what nobody has set.',
      why: 'What was on the stack or in the memory before decides what happens, and it is another thing each time.',
      instead: 'Set it on every path.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) => breachesOf(input, ['UNINIT'], 'Set it first.'),
    },
    {
      of: 'A run returns a variable that nobody has set.',
      why: 'The caller takes what was on the stack for a result: success for a failure, or a failure where all went well.',
      instead: 'Give it a value where it is declared.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) => breachesOf(input, ['UNSETRET'], 'Give it a value where it is declared.', 'info'),
    },
    {
      of: 'A member is counted up that memory has only had since it was grown.',
      why: 'krealloc() copies what was there and clears nothing behind it.',
      instead: 'Set the member, or ask for __GFP_ZERO.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'grown-but-unset',
          ({ subject, other }) =>
            `\`${subject}\` begins with what happens to be there: ${other}() does not clear the memory that it adds. Set it first.`,
        ),
    },
    {
      of: 'A list, a lock or a work item of a fresh object is used, and nobody sets it up.',
      why: 'A list head that is zero leads to NULL with its first entry, and what waits for a lock or for work that was never one may wait for ever.',
      instead: 'Set it up where the object is allocated, before anybody can get at it.',
      severity: 'warning',
      confidence: 'certain',
      check: neverSetUp,
    },
    {
      of: 'A call that was to set a variable fails, nobody asks or only the log is told, and the variable is read.',
      why: 'Most getters leave what they are to set alone when they fail: what is read is what was on the stack.',
      instead: 'Return, or give the variable the value that it is to have then.',
      severity: 'warning',
      confidence: 'possible',
      check: unsetAfterFailures,
    },
  ],
});

/** Of a struct that others know, also the files around are asked whether they set the member up. */
function neverSetUp(input: RuleInput): Iterable<Objection> {
  return odditiesIn(input, 'never-set-up', ({ spot, subject, other, related }) => {
    const [setter = '', ...type] = other.split(' ');
    const declared = related.at(-1)!.spot.unit.image.path;
    if (declared !== spot.unit.image.path) {
      // Where nobody can tell, somebody sets it up.
      const around = input.tree.setUpOf(setter, subject, declared);
      if (!around || around.isSetUp || (related.length < 2 && !around.isUsed)) return null;
    }
    return `Nobody calls ${setter}() for \`${subject}\` of this ${type.join(' ')}, and it is used. Call it here.`;
  });
}

/** Those that no run has shown already. */
function* unsetAfterFailures(input: RuleInput): Iterable<Objection> {
  const shown = input.breaches.filter(({ monitor }) => monitor === 'UNINIT' || monitor === 'UNSETRET');
  const all = odditiesIn(input, 'unset-after-failure', ({ subject, other }) => {
    const [getter, surety] = other.split(' ');
    return {
      message:
        surety === 'known'
          ? `${getter}() sets nothing when it fails, and this reads ${subject} all the same. Return, or give it a value then.`
          : `Is ${subject} set when ${getter}() has failed? Return, or give it a value then.`,
      severity: surety === 'known' ? 'warning' : 'info',
    };
  });
  for (const objection of all) {
    const { unit, span } = objection.at;
    const isShown = shown.some(
      ({ spot }) => spot.unit === unit && spot.span.start <= span.end && span.start <= spot.span.end,
    );
    if (!isShown) yield objection;
  }
}
