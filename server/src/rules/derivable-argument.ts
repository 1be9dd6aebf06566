/** A parameter that another parameter leads to. */
import { defineRule, freshly } from './rule.js';

export const derivableArgument = defineRule({
  id: 'derivable-argument',
  classes: ['api-shape'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'Every call of a new function passes, beside an object, what that object points to.',
  why: 'The two can disagree, and then nobody knows which one is meant.',
  remedy: 'Take the object alone and follow the pointer inside.',
  source: 'review of the list, 2019 to 2022: needless parameters in new functions',
  bad: [
    {
      title: 'the instance of the master',
      code: `
static void toy_enable(struct toy_master *master, struct toy_iommu *iommu)
//                                                ^^^^^^^^^^^^^^^^^^^^^^^ derivable-argument: is always
{
	writel(master->sid, iommu->base);
}

void toy_probe(struct toy_master *master)
{
	toy_enable(master, master->iommu);
}`,
    },
  ],
  good: [
    {
      title: 'one leads to the other',
      code: `
static void toy_enable(struct toy_master *master)
{
	writel(master->sid, master->iommu->base);
}

void toy_probe(struct toy_master *master)
{
	toy_enable(master);
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      const { signature } = fn;
      // An underscore says that it is what other functions are made of, with arguments of their own.
      if (!isNew(fn.nameSpot) || fn.contract !== '' || !freshly(fn) || fn.name.startsWith('_')) continue;
      const { parameters, calledWith } = signature;
      if (parameters.length < 2 || calledWith.length === 0) continue;
      if (calledWith.some(({ length }) => length !== parameters.length)) continue;
      for (const [at, { name, spot }] of parameters.entries()) {
        const through = throughOther(calledWith, at);
        if (!through || !isNew(spot)) continue;
        const object = parameters[through.from]!;
        if (object.type.pointers !== 1 || !object.type.base.startsWith('struct ')) continue;
        yield {
          at: spot,
          function: fn.name,
          message: `\`${name}\` is always \`${object.name}${through.path}\` where ${fn.name}() is called. Take \`${object.name}\` alone: two arguments can disagree.`,
        };
      }
    }
  },
});

/** The other argument that all calls reach this one through, by the same path; an argument must be a variable to count. */
function throughOther(
  calls: readonly (readonly string[])[],
  at: number,
): { readonly from: number; readonly path: string } | null {
  const first = calls[0]!;
  for (const [from, object] of first.entries()) {
    const own = first[at]!;
    if (from === at || !/^[a-z_]\w*$/.test(object) || !own.startsWith(`${object}->`)) continue;
    const path = own.slice(object.length);
    if (!/^(?:(?:->|\.)\w+)+$/.test(path)) continue;
    if (calls.every((args) => args[at] === `${args[from]}${path}`)) return { from, path };
  }
  return null;
}
