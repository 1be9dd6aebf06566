/** An error pointer is given to what frees objects. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const errorPointerFreed = defineRule({
  id: 'error-pointer-freed',
  classes: ['null-deref', 'error-unwind'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'What was found to be an error pointer is freed or put.',
  why: 'Frees take NULL, but follow an error pointer: the failure ends in an oops, and what was to be freed stays.',
  remedy: 'Free what was made before, and jump past what failed.',
  source: 'include/linux/err.h (6.12); mm/slub.c:kfree (6.12)',
  bad: [
    {
      title: 'by the label',
      code: `
struct toy { int id; };
struct toy *toy_make(int id);
void toy_free(struct toy *toy);
int toy_start(struct toy *toy);

int toy_open(int id)
{
	struct toy *toy = toy_make(id);
	int ret;

	if (IS_ERR(toy)) {
		ret = PTR_ERR(toy);
		goto err_free;
	}
	ret = toy_start(toy);
	if (ret)
		goto err_free;
	return 0;

err_free:
	toy_free(toy);
//      ^^^^^^^^^^^^^ error-pointer-freed: error pointer
	return ret;
}`,
    },
  ],
  good: [
    {
      title: 'past it',
      code: `
struct toy { int id; };
struct toy *toy_make(int id);
void toy_free(struct toy *toy);
int toy_start(struct toy *toy);

int toy_open(int id)
{
	struct toy *toy = toy_make(id);
	int ret;

	if (IS_ERR(toy))
		return PTR_ERR(toy);
	ret = toy_start(toy);
	if (ret)
		goto err_free;
	return 0;

err_free:
	toy_free(toy);
	return ret;
}`,
    },
    {
      title: 'NULL by then',
      code: `
struct toy { int id; };
struct toy *toy_make(int id);
void toy_free(struct toy *toy);

int toy_open(int id, struct toy **out)
{
	struct toy *toy = toy_make(id);
	int ret = 0;

	if (IS_ERR(toy)) {
		ret = PTR_ERR(toy);
		toy = NULL;
		goto out;
	}
	*out = toy;
	return 0;

out:
	toy_free(toy);
	return ret;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'error-pointer-freed',
      ({ subject, other }) =>
        `\`${subject}\` may be an error pointer here, and ${other}() follows it. Jump past this where it failed.`,
    ),
});
