/** The size of a pointer where that of the object is meant. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const sizeOfPointer = defineRule({
  id: 'size-of-pointer',
  classes: ['value-encoding'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'Memory is allocated, cleared or copied by the size of the pointer to it.',
  why: 'Eight bytes are allocated for an object of any size, or all but its first eight bytes keep what they had.',
  remedy: 'sizeof(*p).',
  source: 'Documentation/process/coding-style.rst, "Allocating memory"',
  bad: [
    {
      title: 'cleared by the size of its pointer',
      code: `
struct toy { u64 base; u64 size; u64 flags; };

void toy_reset(struct toy *toy)
{
	memset(toy, 0, sizeof(toy));
//                     ^^^^^^^^^^^ size-of-pointer: sizeof(*toy)
}`,
    },
  ],
  good: [
    {
      title: 'by its own size',
      code: `
struct toy { u64 base; u64 size; u64 flags; };

void toy_reset(struct toy *toy)
{
	char name[16];

	memset(toy, 0, sizeof(*toy));
	memset(name, 0, sizeof(name));
	toy->flags = name[0];
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'size-of-pointer',
      ({ subject }) => `sizeof(${subject}) is the size of a pointer. sizeof(*${subject})?`,
      'Take the size of the object',
    ),
});
