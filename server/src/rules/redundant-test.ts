/** A test that decides nothing. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const redundantTest = defineRule({
  id: 'redundant-test',
  classes: ['redundant-check', 'unused-code'],
  since: '0.2.0',
  summary: 'A test has only one outcome, or what follows does the same by itself.',
  why: 'Whoever reads it asks when the other outcome occurs. It never does.',
  remedy: 'Drop the test.',
  source:
    'drivers/iommu/intel/iommu.h:sm_supported (6.12), and the review that says so; drivers/iommu/intel/iommu.c: domain->devices holds what is attached to that domain (6.12); include/linux/list.h:list_for_each_entry (6.12); mm/slab_common.c:kfree, drivers/base/core.c:put_device (6.12); scripts/coccinelle/free/ifnullfree.cocci; drivers/iommu/iommu.c:__iommu_attach_device, iommu_domain_free (6.12); include/linux/list.h:list_first_entry, Documentation/filesystems/debugfs.rst (6.12)',
  bad: [
    {
      title: 'the macro asks it',
      code: `
static int toys_on;
#define toy_usable(id) (toys_on && (id) > 0)

int toy_use(int id)
{
	if (!toy_usable(id) || !toys_on)
//                             ^^^^^^^^ redundant-test: already
		return -ENODEV;
	return 0;
}`,
    },
    {
      title: 'whose else',
      code: `
struct toy;
struct bond { struct toy *toy; struct list_head node; };
struct toy { struct list_head bonds; };

int toy_count(struct toy *toy)
{
	struct bond *bond;
	int count = 0;

	list_for_each_entry(bond, &toy->bonds, node) {
		if (bond->toy != toy)
//                  ^^^^^^^^^^^^^^^^ redundant-test: because it is
			continue;
		count++;
	}
	return count;
}`,
    },
    {
      title: 'before the walk',
      code: `
struct bond { int id; struct list_head node; };
struct toy { struct list_head bonds; };

void toy_reset(struct toy *toy)
{
	struct bond *bond;

	if (list_empty(&toy->bonds))
//          ^^^^^^^^^^^^^^^^^^^^^^^ redundant-test: does nothing
		return;
	list_for_each_entry(bond, &toy->bonds, node)
		bond->id = 0;
}`,
    },
  ],
  good: [
    {
      title: 'the table itself',
      code: `
struct entry { u64 low; };
struct toy { struct entry *table; };

u64 toy_entry(struct toy *toy, int index)
{
	if (!toy->table)
		return 0;
	return toy->table[index].low;
}`,
    },
    {
      title: 'an element that a search may not find',
      code: `
struct entry { u64 low; };
struct toy { struct entry *table; int nr; };

u64 toy_search(struct toy *toy, u64 mask)
{
	struct entry *entry = NULL;
	int at;

	for (at = 0; at < toy->nr; at++)
		if (toy->table[at].low & mask)
			entry = &toy->table[at];
	if (!entry)
		return 0;
	return entry->low;
}`,
    },
    {
      title: 'another value since',
      code: `
struct toy { int count; struct toy *next; };

int toy_use(struct toy *toy)
{
	if (!toy)
		return -EINVAL;
	toy = toy->next;
	if (toy)
		return toy->count;
	return 0;
}`,
    },
  ],
  forms: [
    {
      of: 'A variable is tested beside a function or macro that is never true without it.',
      why: 'Whoever reads it asks when the two differ. They never do.',
      instead: 'Drop what the call asks already.',
      severity: 'info',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'implied-condition',
          ({ subject, other }) => `${other}() asks for ${subject} already; the second test can go.`,
        ),
    },
    {
      of: 'In a walk over the entries of an object the back pointer of each is compared with the object.',
      why: 'An entry is on the list because it belongs to the object; the comparison says that it may not, and nobody knows when.',
      instead: 'Drop the comparison, or say which entries are others.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'own-entry-compared',
          ({ subject, other }) =>
            `An entry is on ${other} because it is this object's; when would \`${subject}\` be true?`,
        ),
    },
    {
      of: 'list_empty() is asked, and nothing but a walk over that list depends on the answer.',
      why: 'A walk over an empty list does nothing. The test only makes readers ask what is special about an empty list.',
      instead: 'Drop the test.',
      severity: 'info',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'empty-before-walk',
          ({ subject }) =>
            `A walk over an empty ${subject} does nothing by itself; the test before it can go.`,
        ),
    },
    {
      of: 'A test for NULL stands before kfree() or another function that takes NULL.',
      why: 'kfree(NULL) does nothing, and neither do put_device(NULL) and its like; the test is noise in every error path.',
      instead: 'Call it without the test.',
      severity: 'info',
      confidence: 'certain',
      quietInTree: true,
      check: (input) =>
        odditiesIn(
          input,
          'guarded-free',
          ({ subject, other }) => `${other}() takes NULL, so ${subject} need not be tested first.`,
          'Drop the test',
        ),
    },
    {
      of: 'A function of an IOMMU ops table tests its domain or device for NULL.',
      why: 'The core never calls an op without them. The test makes readers look for the caller that does.',
      instead: 'Drop the test.',
      severity: 'info',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'tested-given',
          ({ subject, other }) =>
            `The core always gives ${subject} when it calls ${other}(); the test can go.`,
        ),
    },
    {
      of: 'A test for NULL of what container_of(), list_first_entry() or & gave, or of what debugfs gave.',
      why: 'The address of a member is never NULL: of an empty list, list_first_entry() is the head in disguise. debugfs takes its own errors as parents.',
      instead: 'Drop the test; ask list_first_entry_or_null() where the list may be empty.',
      severity: 'info',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(input, 'never-empty', ({ subject, other }) =>
          other.startsWith('debugfs')
            ? `Nobody needs to test what ${other}() gives: debugfs takes its own errors. Drop the test.`
            : other.startsWith('[')
              ? `${subject} is the address of an element and never NULL, also where ${other.slice(1)} is. Was that to be tested, before it is used?`
              : other.startsWith('list_')
                ? `${other}() is never NULL; of an empty list it is the head in disguise. Ask ${other}_or_null(), or list_empty().`
                : `${subject} is the address of something inside an object and never NULL. Drop the test.`,
        ),
    },
    {
      of: 'An operation of a file tests for NULL what open() stores in private_data.',
      why: 'Operations are called of open files only, and open() does not succeed without storing it.',
      instead: 'Drop the test.',
      severity: 'info',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'tested-private',
          ({ subject, other }) =>
            `open() always stores ${subject} before ${other}() can be called; the test can go.`,
        ),
    },
    {
      of: 'Something unsigned is asked to be at most zero.',
      why: 'It is never below zero: the test says that it may be, and readers look for the error that comes as a number.',
      instead: 'Compare it with zero.',
      severity: 'hint',
      confidence: 'certain',
      quietInTree: true,
      check: (input) =>
        odditiesIn(
          input,
          'unsigned-at-most-zero',
          ({ subject, other }) => `${other} is never below zero; ask for ${subject}.`,
          'Compare with zero',
        ),
    },
    {
      of: 'A variable is tested again where a test before has settled what it is.',
      why: 'It has only one outcome, and the other branch is dead code; often another variable was meant.',
      instead: 'Drop the test, or ask what was meant.',
      severity: 'info',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(input, 'decided-already', ({ subject, other }) =>
          other === 'set'
            ? `${subject} is always set here, by the test above. Drop this one, or was another variable meant?`
            : `${subject} is always zero here, by the test above. Drop this one, or was another variable meant?`,
        ),
    },
  ],
});
