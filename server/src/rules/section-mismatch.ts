/** Code that stays uses what is thrown away once the kernel has booted. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const sectionMismatch = defineRule({
  id: 'section-mismatch',
  classes: ['use-after-free', 'config-stub-kconfig'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A function that stays uses a variable that is marked __initdata.',
  why: 'Memory marked so is given back when the kernel has booted: whoever reads it later reads what somebody else has put there. modpost warns of it.',
  remedy: 'Drop __initdata, or mark the function __init where nobody calls it later.',
  source: 'include/linux/init.h, scripts/mod/modpost.c (6.12)',
  bad: [
    {
      title: 'an option that is read when a device is enabled',
      code: `
static bool toy_nocache __initdata;

static int __init toy_options(char *text)
{
	toy_nocache = true;
	return 1;
}
__setup("toy", toy_options);

void toy_enable(struct toy *toy)
{
	if (toy_nocache)
//          ^^^^^^^^^^^ section-mismatch: __initdata
		toy_flush(toy);
}`,
    },
  ],
  good: [
    {
      title: 'read while booting, or kept',
      code: `
static bool toy_nocache __initdata;
static bool toy_noflush;

static void toy_note(void)
{
	pr_debug("%d\\n", toy_nocache);
}

static int __init toy_init(void)
{
	toy_note();
	toy_noflush = toy_nocache;
	return 0;
}
core_initcall(toy_init);

void toy_enable(struct toy *toy)
{
	bool toy_nocache = false;

	if (!toy_noflush && !toy_nocache)
		toy_flush(toy);
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'init-only',
      ({ subject }) =>
        `${subject} is __initdata and gone after boot, and this function is not __init. Drop the mark of the one, or mark the other.`,
    ),
});
