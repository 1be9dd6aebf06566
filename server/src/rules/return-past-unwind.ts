/** A failure returns at once, though others jump to the unwinding. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const returnPastUnwind = defineRule({
  id: 'return-past-unwind',
  classes: ['error-unwind', 'resource-leak'],
  severity: 'warning',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A failure returns at once, after others that jump to the unwinding.',
  why: 'What they undo was done by then, and stays: memory, interrupts, references, clocks.',
  remedy: 'Jump to the same label.',
  source:
    'Documentation/process/coding-style.rst, "Centralized exiting of functions"; drivers/iommu/rockchip-iommu.c:rk_iommu_probe, drivers/iommu/fsl_pamu.c:fsl_pamu_probe (6.12)',
  bad: [
    {
      title: 'past the labels',
      code: `
int toy_start(int id);
int toy_link(int id);
int toy_name(int id);
void toy_stop(int id);

int toy_init(int id)
{
	int ret;

	ret = toy_start(id);
	if (ret)
		return ret;
	ret = toy_link(id);
	if (ret)
		goto err_stop;
	ret = toy_name(id);
	if (ret)
		return ret;
//              ^^^^^^^^^^^ return-past-unwind: err_stop
	ret = toy_link(id + 1);
	if (ret)
		goto err_stop;
	return 0;

err_stop:
	toy_stop(id);
	return ret;
}`,
    },
    {
      title: 'with what it allocated, though one failure frees it',
      code: `
struct toy_handle { int id; };
int toy_fault_on(int id);
int toy_swap(int id, struct toy_handle *handle);
void toy_fault_off(int id);

int toy_replace(int id, bool faults)
{
	struct toy_handle *handle;
	int ret;

	handle = kzalloc(sizeof(*handle), GFP_KERNEL);
	if (!handle)
		return -ENOMEM;
	if (faults) {
		ret = toy_fault_on(id);
		if (ret)
			goto out_free_handle;
	}
	handle->id = id;
	ret = toy_swap(id, handle);
	if (ret)
		return ret;
//              ^^^^^^^^^^^ return-past-unwind: out_free_handle, which calls kfree()
	return 0;

out_free_handle:
	kfree(handle);
	return ret;
}`,
    },
    {
      title: 'after it has undone its own part, as the others do',
      code: `
int toy_link(int id);
void toy_unlink_one(int id);
void toy_stop(int id);

int toy_init(int count, int have)
{
	int ret, id;

	for (id = 0; id < count; id++) {
		ret = toy_link(id);
		if (ret)
			goto err_stop;
		if (id > 8) {
			toy_unlink_one(id);
			ret = -EINVAL;
			goto err_stop;
		}
		if (id == have) {
			toy_unlink_one(id);
			return -EEXIST;
//                      ^^^^^^^^^^^^^^^ return-past-unwind: err_stop
		}
	}
	return 0;

err_stop:
	toy_stop(id);
	return ret;
}`,
    },
  ],
  good: [
    {
      title: 'with what somebody may have by then',
      code: `
struct toy_handle { int id; };
int toy_fault_on(int id);
int toy_keep(struct toy_handle *handle);
int toy_swap(int id);

int toy_replace(int id)
{
	struct toy_handle *handle;
	int ret;

	handle = kzalloc(sizeof(*handle), GFP_KERNEL);
	if (!handle)
		return -ENOMEM;
	ret = toy_fault_on(id);
	if (ret)
		goto out_free_handle;
	toy_keep(handle);
	ret = toy_swap(id);
	if (ret)
		return ret;
	return 0;

out_free_handle:
	kfree(handle);
	return ret;
}`,
    },
    {
      title: 'undone before a return of its own',
      code: `
int toy_start(int id);
int toy_link(int id);
int toy_name(int id);
void toy_stop(int id);

int toy_init(int id)
{
	int ret;

	ret = toy_start(id);
	if (ret)
		return ret;
	ret = toy_link(id);
	if (ret)
		goto err_stop;
	ret = toy_name(id);
	if (ret) {
		toy_stop(id);
		return ret;
	}
	ret = toy_link(id + 1);
	if (ret)
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
      'return-skips-unwind',
      ({ subject, other }) =>
        `Other failures go to ${subject}, which calls ${other}(). This one returns past it. goto ${subject}?`,
    ),
});
