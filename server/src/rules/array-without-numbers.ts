/** Numbers are asked of an xarray that was not set up to give any. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const arrayWithoutNumbers = defineRule({
  id: 'array-without-numbers',
  classes: ['use-before-check-or-init'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'xa_alloc() is called for an xarray that is set up without XA_FLAGS_ALLOC.',
  why: 'It keeps no track of which indices are free: xa_alloc() warns and fails with -EINVAL.',
  remedy: 'Use xa_init_flags(xa, XA_FLAGS_ALLOC), or XA_FLAGS_ALLOC1 to begin at one.',
  source: 'lib/xarray.c:__xa_alloc, include/linux/xarray.h:XA_FLAGS_ALLOC (6.12)',
  bad: [
    {
      title: 'plain',
      code: `
struct toy { struct xarray bonds; };

void toy_init(struct toy *toy)
{
	xa_init(&toy->bonds);
}

int toy_add(struct toy *toy, u32 *id, void *bond)
{
	return xa_alloc(&toy->bonds, id, bond, xa_limit_32b, GFP_KERNEL);
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ array-without-numbers: XA_FLAGS_ALLOC
}`,
    },
  ],
  good: [
    {
      title: 'with numbers',
      code: `
struct toy { struct xarray bonds; };

void toy_init(struct toy *toy)
{
	xa_init_flags(&toy->bonds, XA_FLAGS_ALLOC);
}

int toy_add(struct toy *toy, u32 *id, void *bond)
{
	return xa_alloc(&toy->bonds, id, bond, xa_limit_32b, GFP_KERNEL);
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'array-without-numbers',
      ({ subject, other }) =>
        `${subject}() fails unless ${other} is set up with XA_FLAGS_ALLOC: use xa_init_flags().`,
    ),
});
