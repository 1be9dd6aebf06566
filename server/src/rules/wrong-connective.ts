/** && stands where & is meant, or && and || are taken for one another. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const wrongConnective = defineRule({
  id: 'wrong-connective',
  classes: ['value-encoding', 'null-deref'],
  since: '0.2.0',
  summary: '&& stands where & is meant, or && and || are taken for one another.',
  why: 'The condition compiles and means something else: any flag will do, no value passes, or a pointer is followed just where it is NULL.',
  remedy: 'Use & to ask for a bit, && where both must hold, || where one is enough.',
  source: 'clang -Wconstant-logical-operand, gcc -Wlogical-op',
  bad: [
    {
      title: 'any flag at all',
      code: `
#define TOY_QUIRK_NS (1 << 5)

int toy_flags(unsigned long quirks)
{
	if (quirks && TOY_QUIRK_NS)
//          ^^^^^^^^^^^^^^^^^^^^^^ wrong-connective: TOY_QUIRK_NS is never zero
		return 1;
	return 0;
}`,
    },
    {
      title: 'all flags but those that are known',
      code: `
int toy_check(u32 flags)
{
	if (flags && ~(TOY_READ | TOY_WRITE))
//          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-connective: is never zero
		return -EINVAL;
	return 0;
}`,
    },
    {
      title: 'out of range on both sides',
      code: `
int toy_class(long val)
{
	if (val < 0 && val > 7)
//                     ^^^^^^^ wrong-connective: never
		return -EINVAL;
	return val;
}`,
    },
    {
      title: 'neither of two',
      code: `
enum toy_kind { TOY_KIND_BLOCK, TOY_KIND_PAGE, TOY_KIND_HUGE };

int toy_size(enum toy_kind kind)
{
	if (kind != TOY_KIND_BLOCK || kind != TOY_KIND_PAGE)
//                                    ^^^^^^^^^^^^^^^^^^^^^ wrong-connective: always
		return -EINVAL;
	return 1;
}`,
    },
    {
      title: 'followed where it is NULL',
      code: `
struct toy { u64 *pte; u64 bits; };

u64 toy_walk(struct toy *toy)
{
	if (!toy->pte && !(*toy->pte & 1))
//                         ^^^^^^^^^ wrong-connective: toy->pte is NULL here
		return 0;
	return *toy->pte;
}`,
    },
  ],
  good: [
    {
      title: 'bits, ranges, names of one another, and a pointer that is there',
      code: `
#define TOY_QUIRK_NS (1 << 5)
#define TOY_DEBUG 1
enum toy_kind { TOY_KIND_BLOCK, TOY_KIND_PAGE, TOY_KIND_HUGE };
struct toy { u64 *pte; struct toy *next; enum toy_kind kind; };

int toy_all(struct toy *toy, unsigned long quirks, u32 flags, long val)
{
	if (quirks & TOY_QUIRK_NS || flags & ~(TOY_READ | TOY_WRITE))
		return -EINVAL;
	if (val < 0 || val > 7)
		return -EINVAL;
	if (val > 0 && val < 7 && toy && TOY_DEBUG)
		return 1;
	if (toy->kind != TOY_KIND_BLOCK && toy->kind != TOY_KIND_PAGE)
		return -EINVAL;
	if (toy->kind == TOY_KIND_BLOCK || toy->kind == TOY_KIND_PAGE)
		return 2;
	if (!toy->pte || !(*toy->pte & 1))
		return 0;
	if (toy->next && toy->next->pte)
		return 3;
	if (!toy->next && !(toy = toy->next) && sizeof(*toy->next))
		return 4;
	return 0;
}`,
    },
  ],
  forms: [
    {
      of: 'A constant of bits stands alone at && or ||.',
      why: 'It is never zero, so the condition does not ask for those bits.',
      instead: 'Use &.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'flag-as-truth',
          ({ subject, other }) =>
            `${subject} is never zero: ${other === '&&' ? 'it asks for no bit of what stands before it. &?' : 'the condition always holds. | or &?'}`,
        ),
    },
    {
      of: 'Two comparisons of one value leave a condition no choice.',
      why: 'No value is two things at once, and every value is not one of two: what hangs on the condition happens never, or always.',
      instead: 'Put || for &&, or && for ||.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'outcome-settled',
          ({ subject, other }) =>
            `Whatever ${subject} is, the two comparisons together ${other} hold. ${other === 'never' ? '|| for &&' : '&& for ||'}?`,
        ),
    },
    {
      of: 'A pointer is followed in the part of a condition that is only looked at when it is NULL.',
      why: 'What stands behind !p && or p || is asked just where there is no p.',
      instead: 'Put || for &&, or && for ||.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'followed-while-null',
          ({ subject, other }) =>
            `${subject} is NULL here, or it would not have come to this. ${other === '&&' ? '|| for &&' : '&& for ||'}?`,
        ),
    },
  ],
});
