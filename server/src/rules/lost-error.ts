/** An error that a callee tells, and that is not handed on. */
import { odditiesIn } from './oddities.js';
import { defineRule, type Objection, type RuleInput } from './rule.js';

export const lostError = defineRule({
  id: 'lost-error',
  classes: ['error-code'],
  since: '0.2.0',
  summary: 'A callee says which error it was, and the function does not ask, or tells its callers another.',
  why: 'Callers decide by the number: EINVAL of an attach means another domain, EBUSY another user, ENOMEM to give up.',
  remedy: 'Ask for the error and hand it on: xa_err(), PTR_ERR(), or what the callee returned.',
  source:
    'include/linux/xarray.h:xa_err, lib/xarray.c:xa_cmpxchg (6.12); include/linux/iommu.h:struct iommu_domain_ops (6.12); drivers/iommu/mtk_iommu.c:mtk_iommu_attach_device (6.12); include/linux/err.h (6.12); review of the SVA series: several failures mapped to -ENOMEM',
  bad: [
    {
      title: 'taken for an entry',
      code: `
int toy_add(struct xarray *toys, unsigned long id, void *toy)
{
	void *curr;

	curr = xa_cmpxchg(toys, id, NULL, toy, GFP_KERNEL);
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lost-error: xa_err
	if (curr)
		return -EBUSY;
	return 0;
}`,
    },
    {
      title: 'ENODEV for everything',
      code: `
static int toy_start(int id, bool full)
{
	if (id < 0)
		return -EINVAL;
	if (full)
		return -ENOSPC;
	return 0;
}

int toy_attach(int id, bool full)
{
	int ret;

	ret = toy_start(id, full);
	if (ret)
		return -ENODEV;
//              ^^^^^^^^^^^^^^^ lost-error: toy_start
	return 0;
}`,
    },
    {
      title: 'ENOMEM for all',
      code: `
int bond_register(struct bond *bond);

static struct bond *bond_create(void)
{
	struct bond *bond = kzalloc(64, GFP_KERNEL);
	int ret;

	if (!bond)
		return NULL;
	ret = bond_register(bond);
	if (ret) {
		kfree(bond);
		return NULL;
	}
	return bond;
}

int toy_open(struct bond **out)
{
	struct bond *bond = bond_create();

	if (!bond)
//          ^^^^^ lost-error: several failures
		return -ENOMEM;
	*out = bond;
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'a warning about what it can do without',
      code: `
int toy_probe(struct device *dev)
{
	int ret;

	ret = toy_read_sqc(dev);
	if (ret)
		dev_warn(dev, "no SQC, going on without\\n");
	ret = toy_read_cqc(dev);
	if (ret)
		return ret;
	ret = toy_read_eqc(dev);
	if (ret)
		return ret;
	return 0;
}`,
    },
    {
      title: 'a fault that is told, and a failure of which the user need not know',
      code: `
struct info { u32 flags; };
int toy_trace(struct info *info);

static int toy_add_caps(struct info *info, void __user *to)
{
	if (copy_to_user(to, info, sizeof(*info)))
		return -EFAULT;
	return 0;
}

int toy_info(struct info *info, void __user *to)
{
	int ret;

	ret = toy_trace(info);
	if (ret)
		pr_info("not traced: %d\\n", ret);
	ret = toy_add_caps(info, to);
	if (ret)
		pr_info("no caps: %d\\n", ret);
	return ret;
}`,
    },
    {
      title: 'its own result, and what cleans up is only told of',
      code: `
int toy_start(int id);
int toy_length(int id);
int toy_disable(int id);

int toy_init(int id)
{
	int ret, len;

	ret = toy_start(id);
	if (ret)
		return ret;
	len = toy_length(id);
	if (len < 0) {
		ret = len;
		goto err_disable;
	}
	return len;

err_disable:
	if (toy_disable(id))
		pr_debug("toy %d stays on\\n", id);
	return ret;
}`,
    },
  ],
  forms: [
    {
      of: 'What may be a negative error is handed on as a length.',
      why: 'A length has no sign: the error becomes a length of nearly all memory.',
      instead: 'Return when it is negative, before it is used as a length.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'error-as-length',
          ({ subject, other }) =>
            `${other}() may return an error for \`${subject}\`, which is taken for a length here. Return when it is negative?`,
        ),
    },
    {
      of: 'What xa_store() or xa_cmpxchg() answers may be an encoded error, and is not asked for one.',
      why: 'These calls allocate. On failure they answer with xa_err() in a pointer, which is neither the old entry nor NULL; taken for an entry it is told as "busy", and ignored it is a lost object.',
      instead: 'Test xa_is_err() or hand xa_err() on.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(input, 'discarded-store', ({ subject, other }) =>
          other && subject.includes('cmpxchg')
            ? `${subject}() may fail, and then ${other} is an error and no entry. Hand xa_err() on.`
            : {
                message: `${subject}() may fail for want of memory, and the entry is lost. Hand xa_err() on?`,
                severity: 'info',
              },
        ),
    },
    {
      of: 'A function says by its error number what failed, and the caller returns another one.',
      why: 'Callers decide by the number: EINVAL of an attach means "try another domain", ENOMEM means "give up". A constant makes all failures one.',
      instead: 'Return what the callee returned.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'dropped-errno',
          ({ subject, other }) =>
            `${subject}() says what failed, and this makes -${other} of it. Callers decide by the number; return what it gave?`,
        ),
    },
    {
      of: 'A callee gives -EFAULT for memory of the user that cannot be written or read, and the caller only prints it.',
      why: 'The program is told of success and reads what nobody wrote; the log is no place where it would look.',
      instead: 'Return it.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'fault-only-printed',
          ({ subject }) =>
            `${subject}() may fail with -EFAULT, which only the log is told of: the user takes it for success. Return it.`,
        ),
    },
    {
      of: 'A failure is printed as an error, and the function goes on as if there had been none.',
      why: 'Every other failure of the function ends it, and this one is overwritten by the next result.',
      instead: 'Return it, or print a warning and say why it can go on.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'failure-only-logged',
          ({ subject, other }) =>
            `When ${other}() fails, the function says so and goes on; every other failure ends it. return ${subject}?`,
        ),
    },
    {
      of: 'One result says that it failed, and another one is returned, which is zero.',
      why: 'The caller is told of success.',
      instead: 'Return the one that failed.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'another-returned',
          ({ subject, other }) =>
            `${other} failed, and ${subject} is returned, which is zero by then: the caller is told of success. Return ${other}.`,
          'Return the one that failed',
        ),
    },
    {
      of: 'On the way out of a failure the result is set anew by what cleans up.',
      why: 'When the cleaning up works, the caller is told that all did.',
      instead: 'Keep the error, and do not take the result of the clean-up.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'error-overwritten',
          ({ subject, other }) =>
            `${other}() takes the place of the error in ${subject}: when it works, the caller is told of success. Keep ${subject}.`,
        ),
    },
    {
      of: 'A function returns NULL for several different failures, and its caller turns them into one error number.',
      why: 'What went wrong is lost: no memory, no such device and a failed registration look alike.',
      instead: 'Return ERR_PTR() from the function, and PTR_ERR() from its caller.',
      severity: 'info',
      confidence: 'possible',
      quietInTree: true,
      check: failuresAsOneNull,
    },
  ],
});

function* failuresAsOneNull(input: RuleInput): Iterable<Objection> {
  const all = odditiesIn(
    input,
    'several-failures-one-null',
    ({ subject, other }) =>
      `${subject}() gives NULL for several failures, and all become -${other} here. Return ERR_PTR() from it and hand PTR_ERR() on?`,
  );
  // A helper that was there before is not the patch's to change.
  for (const objection of all) if (objection.related?.some(({ spot }) => input.isNew(spot))) yield objection;
}
