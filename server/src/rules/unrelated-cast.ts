/** A pointer that is taken for a pointer to another struct. */
import { defineRule } from './rule.js';

export const unrelatedCast = defineRule({
  id: 'unrelated-cast',
  classes: ['api-shape'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A pointer to one struct is cast to a pointer to another that does not contain it.',
  why: 'Whoever gets the pointer may look into it, and the cast silences the one check that C has.',
  remedy: 'Give the interface a type of its own for the token, or pass the object itself.',
  source: 'review of "vfio: Add VFIO_IOMMU_PASID_REQUEST(alloc/free)", April 2020',
  bad: [
    {
      title: 'an mm as a token',
      code: `
int toy_alloc(struct mm_struct *mm)
{
	return toy_set_alloc((struct toy_set *)mm);
//                           ^^^^^^^^^^^^^^^^^^^^ unrelated-cast: does not make it one
}`,
    },
  ],
  good: [
    {
      title: 'the member of the object',
      code: `
struct toy_set {
	struct list_head node;
	int id;
};

int toy_alloc(struct list_head *node)
{
	return toy_set_alloc((struct toy_set *)node);
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      for (const { spot, from, to, operand } of fn.structCasts) {
        if (!isNew(spot)) continue;
        yield {
          at: spot,
          function: fn.name,
          message: `\`${operand}\` is a ${from}, not a ${to}, and a cast does not make it one. Pass the object itself, or give the token a type of its own.`,
        };
      }
    }
  },
});
