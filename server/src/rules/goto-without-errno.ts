/** A failure jumps to the error path with a result that says success. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const gotoWithoutErrno = defineRule({
  id: 'goto-without-errno',
  classes: ['error-code', 'error-unwind'],
  severity: 'warning',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    'After a failure the function jumps to its error path, and the variable that it returns is still zero.',
  why: 'Everything is undone, and the caller is told that it was done.',
  remedy: 'Set the result before the jump.',
  source: 'drivers/iommu/mtk_iommu.c:mtk_iommu_mm_dts_parse (6.12)',
  bad: [
    {
      title: 'zero from the call before',
      code: `
struct link;
struct link *toy_link(int id);
int toy_start(int id);
void toy_stop(int id);

int toy_init(int id)
{
	struct link *link;
	int ret;

	ret = toy_start(id);
	if (ret)
		return ret;
	link = toy_link(id);
	if (!link)
		goto err_stop;
//              ^^^^^^^^^^^^^^ goto-without-errno: may still be zero
	return 0;

err_stop:
	toy_stop(id);
	return ret;
}`,
    },
    {
      title: 'left by a call whose failure is put up with',
      code: `
struct link;
struct link *toy_link(int id);
int toy_number(int at, int *id);
int toy_start(int id);
void toy_stop(int id);

int toy_init(int count)
{
	struct link *link;
	int ret, id, at;

	for (at = 0; at < count; at++) {
		ret = toy_number(at, &id);
		if (ret)
			id = at;
		if (id >= 9) {
			ret = -EINVAL;
			goto err_stop;
		}
	}
	link = toy_link(id);
	if (!link)
		goto err_stop;
//              ^^^^^^^^^^^^^^ goto-without-errno: may still be zero
	return 0;

err_stop:
	toy_stop(id);
	return ret;
}`,
    },
    {
      title: 'zero from the last round',
      code: `
struct link;
struct link *toy_link(int id);
int toy_start(int id);
void toy_stop(int id);

int toy_init(int count)
{
	struct link *link;
	int ret, id;

	for (id = 0; id < count; id++) {
		if (id == 9) {
			ret = -EINVAL;
			goto err_stop;
		}
		ret = toy_start(id);
		if (ret)
			goto err_stop;
	}
	link = toy_link(id);
	if (!link)
		goto err_stop;
//              ^^^^^^^^^^^^^^ goto-without-errno: may still be zero
	return 0;

err_stop:
	toy_stop(id);
	return ret;
}`,
    },
  ],
  good: [
    {
      title: 'what is asked may well be so, and what is missing need not be there',
      code: `
struct link;
struct link *toy_link(int id);
bool toy_is_on(int id);
int toy_start(int id);
void toy_stop(int id);

int toy_init(struct device *dev, int id)
{
	struct link *link;
	int ret;

	ret = toy_start(id);
	if (ret)
		return ret;
	if (toy_is_on(id)) {
		dev_warn(dev, "on already\\n");
		goto out;
	}
	link = toy_link(id);
	if (!link)
		goto out;
	ret = toy_start(id + 1);
out:
	toy_stop(id);
	return ret;
}`,
    },
    {
      title: 'a number that may well be zero, and an error number that stands before the allocation',
      code: `
struct toy { struct page *page; };
unsigned int toy_number(int id);
int toy_start(int id);
void toy_stop(int id);

int toy_init(struct toy *toy, int id)
{
	unsigned int number;
	int ret;

	ret = toy_start(id);
	if (ret < 0)
		return ret;
	number = toy_number(id);
	if (!number)
		goto error;
	ret = -ENOMEM;
	toy->page = alloc_pages(GFP_KERNEL, 2);
	if (!toy->page)
		goto error;
	return 0;

error:
	toy_stop(id);
	return ret;
}`,
    },
    {
      title: 'left by a loop that a failure may have ended',
      code: `
struct link;
struct link *toy_link(int id);
int toy_start(int id);
void toy_stop(int id);

int toy_init(int count)
{
	struct link *link;
	int ret, id;

	for (id = 0; id < count; id++) {
		if (id == 9) {
			ret = -EINVAL;
			break;
		}
		ret = toy_start(id);
		if (ret)
			goto err_stop;
	}
	link = toy_link(id);
	if (!link)
		goto err_stop;
	return 0;

err_stop:
	toy_stop(id);
	return ret;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'goto-without-errno',
      ({ subject, other }) =>
        `${subject} failed, but ${other} is not set for it and may still be zero: the caller is told of success. Set ${other} before the jump.`,
    ),
});
