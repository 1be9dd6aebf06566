/** The result of a call that may fail in a way that matters is thrown away. Seen when the function is run. */
import { CONDITIONAL_GETS } from '../iommu/index.js';
import { breachesOf } from './breaches.js';
import { odditiesIn } from './oddities.js';
import { defineRule, type Objection, type RuleInput } from './rule.js';

export const ignoredResult = defineRule({
  id: 'ignored-result',
  classes: ['error-code', 'error-unwind'],
  since: '0.2.0',
  summary:
    'The result of a registration, an insertion or an allocation of an id is ignored, or that of a function of the driver that may fail.',
  why: 'Such calls fail when memory or ids run out, or when a slot is taken. Who goes on as if they had not will later take out what was never put in, or lose what was to be freed.',
  remedy: 'Test the result and undo what was done before.',
  source: 'include/linux/xarray.h:xa_insert, drivers/iommu/iommu.c:iommu_device_register (6.12)',
  bad: [
    {
      title: 'an insertion that may fail',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

void toy_add(struct xarray *toys, struct toy *toy)
{
	xa_insert(toys, toy->id, toy, GFP_KERNEL);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ignored-result: is ignored
}`,
    },
    {
      title: 'a set-up of its own that may fail',
      code: `
struct hw { void __iomem *base; void *table; };

static int hw_reset(struct hw *hw)
{
	hw->table = kzalloc(64, GFP_KERNEL);
	if (!hw->table)
		return -ENOMEM;
	return 0;
}

int hw_start(struct hw *hw)
{
	hw_reset(hw);
//      ^^^^^^^^^^^^ ignored-result: -ENOMEM
	writel(1, hw->base);
	return hw->base ? 0 : -ENODEV;
}`,
    },
    {
      title: 'an id that may not be had, in an attach',
      code: `
struct ctx { struct mutex lock; int id; bool on; };
static DEFINE_IDA(ctx_ida);

static int ctx_number(struct ctx *ctx)
{
	ctx->id = ida_alloc(&ctx_ida, GFP_KERNEL);
	if (ctx->id < 0)
		return ctx->id;
	return 0;
}

int ctx_attach_dev(struct ctx *ctx)
{
	int ret = 0;

	mutex_lock(&ctx->lock);
	if (!ctx->on) {
		ctx_number(ctx);
//              ^^^^^^^^^^^^^^^ ignored-result: may fail
		ctx->on = true;
	}
	mutex_unlock(&ctx->lock);
	return ret;
}`,
    },
    {
      title: 'a clock that may stay off',
      code: `
struct hw { void __iomem *base; struct clk *clk; };

int hw_start(struct hw *hw)
{
	clk_prepare_enable(hw->clk);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ ignored-result: may fail
	writel(1, hw->base);
	return hw->base ? 0 : -ENODEV;
}`,
    },
  ],
  good: [
    {
      title: 'what takes down, on the way out, and where nobody could be told',
      code: `
struct hw { void __iomem *base; void *table; };
int hw_probe(struct hw *hw);

static int hw_disable(struct hw *hw)
{
	if (!hw->base)
		return -ENODEV;
	writel(0, hw->base);
	return 0;
}

static int hw_setup(struct hw *hw)
{
	if (!hw->base)
		return -EBUSY;
	writel(1, hw->base);
	return 0;
}

int hw_start(struct hw *hw)
{
	int ret;

	hw_disable(hw);
	ret = hw_probe(hw);
	if (ret) {
		hw_setup(hw);
		return ret;
	}
	writel(1, hw->base);
	return 0;
}

void hw_resume(struct hw *hw)
{
	hw_setup(hw);
	writel(2, hw->base);
}`,
    },
    {
      title: 'handed on',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_add(struct xarray *toys, struct toy *toy)
{
	return xa_insert(toys, toy->id, toy, GFP_KERNEL);
}`,
    },
  ],
  forms: [
    {
      of: 'The result of a registration, an insertion or an allocation of an id is ignored.',
      why: 'Such calls fail when memory or ids run out, or when a slot is taken; what was never put in is taken out later.',
      instead: 'Test it and undo what was done before.',
      severity: 'warning',
      confidence: 'certain',
      check: ignoredByRuns,
    },
    {
      of: 'A function of the same file or patch may return an error number, or one of the kernel may fail to bring something up, and a call throws it away and goes on.',
      why: 'What it was to set up is not there, and what follows builds on it.',
      instead: 'Hand the error on, or make the function void when it cannot fail.',
      severity: 'info',
      confidence: 'possible',
      quietInTree: true,
      check: (input) =>
        odditiesIn(
          input,
          'errno-ignored',
          ({ subject, other }) =>
            `${subject}() may fail${other ? ` with -${other}` : ''}, and what follows goes on as if it had not. Hand the error on?`,
        ),
    },
  ],
});

function* ignoredByRuns(input: RuleInput): Iterable<Objection> {
  for (const objection of breachesOf(input, ['RIGN'], 'Test it and undo what was done before.')) {
    const { unit, span } = objection.at;
    const called = /^\w+/.exec(unit.image.text.slice(span.start, span.end))?.[0];
    // Conditional gets have a rule of their own, ignored-conditional-get, which says more.
    if (!called || !CONDITIONAL_GETS.has(called)) yield objection;
  }
}
