/** A static function without a caller, and `__maybe_unused` to keep the compiler quiet about it. */
import { defineRule } from './rule.js';

export const unusedStaticFunction = defineRule({
  id: 'unused-static-function',
  classes: ['unused-code'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  summary: 'Nothing calls a static function; often __maybe_unused hides it.',
  why: 'Code is added together with its first user: without one it cannot be reviewed in use, cannot be tested, and breaks bisection of what it is for. __maybe_unused is for code whose users depend on the configuration.',
  remedy: 'Move the function to the patch that calls it, or drop it.',
  source: 'Documentation/process/coding-style.rst, "Conditional Compilation" on __maybe_unused',
  bad: [
    {
      title: 'hidden from the compiler',
      code: `
static __maybe_unused int toy_get(struct toy *toy)
//     ^^^^^^^^^^^^^^ unused-static-function: Why __maybe_unused
{
	return toy->users;
}`,
    },
  ],
  good: [
    {
      title: 'used, if only by a table',
      code: `
static int __maybe_unused toy_suspend(struct device *dev)
{
	return 0;
}

static const struct dev_pm_ops toy_pm = {
	.suspend = toy_suspend,
};`,
    },
    {
      title: 'a static inline of a header may wait',
      code: 'static inline int toy_id(struct toy *toy)\n{\n\treturn toy->id;\n}',
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      if (!fn.isStatic || fn.isInline || fn.isReferenced || !isNew(fn.nameSpot)) continue;
      if (fn.nameSpot.unit.image.path.endsWith('.h')) continue;
      const { unusedMark } = fn;
      yield {
        at: unusedMark ?? fn.headSpot,
        function: fn.name,
        message: unusedMark
          ? `Why __maybe_unused? Nothing calls ${fn.name}(), and the annotation only hides it: add the function together with its first user.`
          : `Nothing calls ${fn.name}(). Add it together with its first user, or drop it.`,
        tags: ['unnecessary'],
      };
    }
  },
});
