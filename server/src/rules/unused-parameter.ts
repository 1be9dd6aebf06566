/** A parameter that the new function does not look at. */
import { type FunctionFact, isSameCallShape } from '../iommu/index.js';
import { defineRule, freshly } from './rule.js';

export const unusedParameter = defineRule({
  id: 'unused-parameter',
  classes: ['api-shape', 'unused-code'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A new function, whose head nobody dictates, has a parameter that its body never reads.',
  why: 'The parameter promises the caller an influence that it does not have, and every call site carries it along.',
  remedy: 'Drop it together with what callers pass; add it with the code that reads it.',
  source:
    "review of the list, 2019 to 2022: dead parameters are dropped together with their callers' arguments",
  bad: [
    {
      title: 'the device is not used',
      code: `
static int toy_reset(struct toy *toy, struct device *dev)
//                                    ^^^^^^^^^^^^^^^^^^ unused-parameter: never reads
{
	writel(0, toy->base);
	return readl(toy->base);
}

int toy_start(struct toy *toy)
{
	return toy_reset(toy, toy->dev);
}`,
    },
  ],
  good: [
    {
      title: 'commands that take the same',
      code: `
static int toy_map(struct toy *toy, unsigned int cmd, void *arg)
{
	writel(cmd, toy->base);
	return toy_copy(toy, arg);
}

static int toy_unmap(struct toy *toy, unsigned int cmd, void *arg)
{
	writel(0, toy->base);
	return toy_copy(toy, arg);
}

int toy_ioctl(struct toy *toy, unsigned int cmd, void *arg)
{
	return cmd ? toy_map(toy, cmd, arg) : toy_unmap(toy, cmd, arg);
}`,
    },
    {
      title: 'an operation takes what its table says',
      code: `
static void toy_sync(struct iommu_domain *domain, struct iommu_iotlb_gather *gather)
{
	toy_flush(to_toy(domain));
}

static const struct iommu_domain_ops toy_ops = {
	.iotlb_sync = toy_sync,
};`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      const { signature } = fn;
      if (!isNew(fn.nameSpot) || fn.contract !== '' || !freshly(fn) || signature.statements < 2) continue;
      // What nobody calls by name may be what a table of another file takes.
      if (signature.calledWith.length === 0 || signature.returns.base === 'irqreturn_t') continue;
      const unread = signature.parameters.filter(
        ({ name, type, isRead }) => !isRead && !UNUSED.test(name) && !GIVEN.has(type.base),
      );
      const [first, ...more] = unread;
      // Functions that take the same are called alike.
      const isOneOfMany = facts.functions.some((other) => other !== fn && isAlike(fn, other));
      if (!first || isOneOfMany) continue;
      yield {
        at: first.spot,
        function: fn.name,
        message: `${fn.name}() never reads ${unread.map(({ name }) => `\`${name}\``).join(' and ')}. Drop the parameter${more.length > 0 ? 's' : ''}, and what callers pass.`,
        related: more.map(({ spot }) => ({ spot, message: 'nor this one' })),
        tags: ['unnecessary'],
      };
    }
  },
});

/** Names that say so, and flags, which are another rule's. */
const UNUSED = /(?:^|_)flags$|^_|unused|dummy/;

/** What frameworks pass whether it is wanted or not. */
const GIVEN: ReadonlySet<string> = new Set([
  'struct device_attribute',
  'struct kobj_attribute',
  'struct bin_attribute',
  'struct inode',
  'struct seq_file',
  'struct file',
  'struct kobject',
]);

/** Whether two functions of one file take and return the same, and more than one thing. */
function isAlike(one: FunctionFact, other: FunctionFact): boolean {
  return (
    one.nameSpot.unit === other.nameSpot.unit &&
    one.callShape.parameters.length > 1 &&
    isSameCallShape(one.callShape, other.callShape)
  );
}
