/** Memory is asked for by flags that say how, and not whether one may sleep for it. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const gfpWithoutContext = defineRule({
  id: 'gfp-without-context',
  classes: ['value-encoding', 'deadlock-sleep'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A gfp_t gets modifiers alone, such as __GFP_ZERO.',
  why: 'Without GFP_KERNEL or GFP_ATOMIC the allocator may neither sleep nor use a reserve: it fails as soon as memory is short.',
  remedy: 'GFP_KERNEL | __GFP_ZERO, or GFP_ATOMIC where one may not sleep.',
  source: 'include/linux/gfp_types.h, "Action modifiers" (6.12)',
  bad: [
    {
      title: 'a modifier alone',
      code: `
void *toy_table(bool is_low, unsigned int order)
{
	gfp_t gfp = is_low ? GFP_KERNEL | GFP_DMA32 : __GFP_ZERO;
//                                                    ^^^^^^^^^^ gfp-without-context: GFP_KERNEL

	return (void *)__get_free_pages(gfp, order);
}`,
    },
  ],
  good: [
    {
      title: 'added to what the caller gave',
      code: `
void *toy_table(bool is_low, unsigned int order, gfp_t gfp)
{
	gfp_t more = is_low ? __GFP_ZERO | GFP_DMA32 : __GFP_ZERO;

	return (void *)__get_free_pages(gfp | more, order);
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'gfp-without-context',
      ({ subject }) => `${subject} does not say whether one may sleep: GFP_KERNEL | ${subject}?`,
    ),
});
