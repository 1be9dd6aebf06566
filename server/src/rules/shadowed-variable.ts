/** A variable that is added to a file, and a local of the same name that is set in its stead. */
import { defineRule } from './rule.js';

export const shadowedVariable = defineRule({
  id: 'shadowed-variable',
  classes: ['use-before-check-or-init', 'misleading-name'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary:
    'A variable is added to a file that has a function with a local of that name, which sets the local.',
  why: 'The function looks as if it set the variable for the others, and they read zero. The compiler is silent about it, as -Wshadow is off.',
  remedy: 'Drop the local where the other is meant, or give one of them another name.',
  source:
    'scripts/Makefile.extrawarn (6.12): -Wshadow at W=2 only; review of "device core: Introduce DMA range map", July 2020',
  bad: [
    {
      title: 'set in the local',
      code: `
static unsigned long toy_base;
//                   ^^^^^^^^ shadowed-variable: has a local

void toy_init(unsigned long from)
{
	unsigned long toy_base, size;

	size = 4096;
	toy_base = from - size;
	pr_debug("at %lx\\n", toy_base);
}

unsigned long toy_offset(unsigned long at)
{
	return at - toy_base;
}`,
    },
  ],
  good: [
    {
      title: 'a macro that makes another name of it',
      code: `
static DEVICE_ATTR_RO(flags);

unsigned int toy_flags(unsigned int given)
{
	unsigned int flags;

	flags = given & 7;
	return flags;
}`,
    },
    {
      title: 'the variable of the file, and a local that stands before it',
      code: `
unsigned long toy_size(unsigned long from)
{
	unsigned long toy_base;

	toy_base = from & ~4095UL;
	return from - toy_base;
}

static unsigned long toy_base;

void toy_init(unsigned long from)
{
	unsigned long size;

	size = 4096;
	toy_base = from - size;
}`,
    },
  ],
  *check({ facts, isNew, isShown }) {
    for (const fn of facts.functions) {
      if (!isShown(fn.spot)) continue;
      for (const { spot, subject, other, related } of fn.oddities.get('shadowed-variable') ?? []) {
        if (!isNew(spot)) continue;
        const message = `${other}() has a local ${subject} and sets that: this one it leaves as it is. Drop the local, or take another name.`;
        yield { at: spot, message, related };
      }
    }
  },
});
