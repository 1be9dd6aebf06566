/** A pointer is tested that is never NULL, or a result that nobody needs to test. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const neverNullTest = defineRule({
  id: 'never-null-test',
  classes: ['redundant-check'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A test for NULL of what container_of(), list_first_entry() or & gave, or of what debugfs gave.',
  why: 'The address of a member is never NULL: of an empty list, list_first_entry() is the head in disguise. debugfs takes its own errors as parents.',
  remedy: 'Drop the test; ask list_first_entry_or_null() where the list may be empty.',
  source: 'include/linux/list.h:list_first_entry, Documentation/filesystems/debugfs.rst (6.12)',
  bad: [
    {
      title: 'the first of a list',
      code: `
struct bond { int id; struct list_head node; };
struct toy { struct list_head bonds; };

int toy_first(struct toy *toy)
{
	struct bond *bond = list_first_entry(&toy->bonds, struct bond, node);

	if (!bond)
//          ^^^^^ never-null-test: never NULL
		return -ENOENT;
	return bond->id;
}`,
    },
  ],
  good: [
    {
      title: 'the right question',
      code: `
struct bond { int id; struct list_head node; };
struct toy { struct list_head bonds; };

int toy_first(struct toy *toy)
{
	struct bond *bond = list_first_entry_or_null(&toy->bonds, struct bond, node);

	if (!bond)
		return -ENOENT;
	return bond->id;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(input, 'never-empty', ({ subject, other }) =>
      other.startsWith('debugfs')
        ? `Nobody needs to test what ${other}() gives: debugfs takes its own errors. Drop the test.`
        : other.startsWith('list_')
          ? `${other}() is never NULL; of an empty list it is the head in disguise. Ask ${other}_or_null(), or list_empty().`
          : `${subject} is the address of something inside an object and never NULL. Drop the test.`,
    ),
});
