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
    {
      title: 'a call that says of itself that it failed',
      code: `
int toy_name(int id);
int toy_format(int id, int format);
void toy_stop(int id);

int toy_init(struct device *dev, int count, bool wide)
{
	int ret = 0, id;

	for (id = 0; id < count; id++) {
		ret = toy_name(id);
		if (ret)
			goto out_stop;
		if (wide) {
			if (toy_format(id, 64)) {
				dev_warn(dev, "no wide format\\n");
				goto out_stop;
//                              ^^^^^^^^^^^^^^ goto-without-errno: may still be zero
			}
		}
	}
	return 0;

out_stop:
	toy_stop(id);
	return ret;
}`,
    },
    {
      title: 'the value that says that there is none',
      code: `
u32 toy_number(int id);
int toy_start(int id);
void toy_stop(int id);

int toy_open(int id)
{
	int ret = 0;
	u32 number;

	if (id > 9) {
		ret = -EINVAL;
		goto out;
	}
	number = toy_number(id);
	if (number == TOY_NUMBER_INVALID)
		goto failed_number;
//              ^^^^^^^^^^^^^^^^^^^ goto-without-errno: may still be zero
	ret = toy_start(number);
	if (ret)
		goto failed_number;
	return 0;

failed_number:
	toy_stop(id);
out:
	return ret;
}`,
    },
    {
      title: 'zero by a call that was asked for a negative number, before an allocation and an interrupt',
      code: `
struct toy { struct device_node *node; struct page *page; int irq; };
int toy_start(struct toy *toy);
void toy_stop(struct toy *toy);

int toy_init(struct toy *toy)
{
	unsigned int irq;
	int ret;

	ret = toy_start(toy);
	if (ret < 0)
		goto out;
	toy->page = alloc_pages(GFP_KERNEL, 2);
	if (!toy->page)
		goto out;
//              ^^^^^^^^^ goto-without-errno: may still be zero
	irq = irq_of_parse_and_map(toy->node, 0);
	if (!irq)
		goto error;
//              ^^^^^^^^^^^ goto-without-errno: may still be zero
	toy->irq = irq;
	return 0;

error:
	toy_stop(toy);
out:
	return ret;
}`,
    },
    {
      title: 'an error in a number',
      code: `
struct toy { unsigned long slot; };
unsigned long toy_slot(int id);
int toy_start(int id);
void toy_stop(int id);

int toy_attach(struct toy *toy, int id)
{
	int ret;

	ret = toy_start(id);
	if (ret)
		return ret;
	toy->slot = toy_slot(id);
	if (IS_ERR_VALUE(toy->slot))
		goto fail;
//              ^^^^^^^^^^ goto-without-errno: may still be zero
	return 0;

fail:
	toy_stop(id);
	return ret;
}`,
    },
    {
      title: 'returned at once',
      code: `
struct toy { int id; };
int toy_start(int id);

int toy_init(struct toy **out, int id)
{
	struct toy *toy;
	int ret;

	ret = toy_start(id);
	if (ret)
		return ret;
	toy = kzalloc(sizeof(*toy), GFP_KERNEL);
	if (!toy)
		return ret;
//              ^^^^^^^^^^^ goto-without-errno: may still be zero
	*out = toy;
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
    {
      title: 'nothing to do without one, and set for it',
      code: `
u32 toy_number(int id);
int toy_start(int id);
void toy_stop(int id);

int toy_open(int id)
{
	int ret = 0;
	u32 number, other;

	other = toy_number(id + 1);
	if (other == TOY_NUMBER_INVALID)
		goto out;
	number = toy_number(id);
	if (number == TOY_NUMBER_INVALID) {
		ret = -ENOSPC;
		goto failed_number;
	}
	if (number == TOY_NUMBER_ALL)
		goto failed_number;
	ret = toy_start(number);
	if (ret)
		goto failed_number;
out:
	return 0;

failed_number:
	toy_stop(id);
	return ret;
}`,
    },
    {
      title: 'set first',
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
	if (!link) {
		ret = -ENODEV;
		goto err_stop;
	}
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
