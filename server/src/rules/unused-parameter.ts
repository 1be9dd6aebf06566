/** A parameter that the function does not look at. */
import { defineRule, severityAt } from './rule.js';

export const unusedParameter = defineRule({
  id: 'unused-parameter',
  classes: ['api-shape', 'unused-code'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A new function has a parameter that it does not use.',
  why: 'Callers must find something to pass, and readers wonder what it is for.',
  remedy: 'Drop it together with what callers pass; it can come back with its first use.',
  source: 'review of "iommu/vt-d: Refactor dmar_insert_one_dev_info()", 14 February 2022',
  bad: [
    {
      title: 'nobody looks at it',
      code: `
static int toy_fill(struct toy *toy, int flags)
//                                       ^^^^^ unused-parameter: does not use
{
	return toy->users + 1;
}

int toy_go(struct toy *toy)
{
	return toy_fill(toy, 0);
}`,
    },
  ],
  good: [
    {
      title: 'the signature belongs to a table',
      code: `
static int toy_one(struct device *dev, void *data)
{
	return dev->id;
}

int toy_all(struct bus_type *bus)
{
	return bus_for_each_dev(bus, NULL, NULL, toy_one);
}`,
    },
  ],
  *check(input) {
    for (const fn of input.facts.functions) {
      if (!fn.isStatic || fn.isInline || fn.isCallback || fn.contract !== '') continue;
      if (!fn.isReferenced || !input.isFresh(fn.nameSpot)) continue;
      if (fn.hasCallbackShape) continue;
      const [first, ...more] = fn.unusedParameters;
      if (!first) continue;
      const names = [first, ...more].map(({ name }) => name).join(', ');
      yield {
        at: first.spot,
        function: fn.name,
        severity: severityAt(input, first.spot, 'info'),
        message: `${fn.name}() does not use ${names}. Drop ${more.length > 0 ? 'them' : 'it'}?`,
        tags: ['unnecessary'],
      };
    }
  },
});
