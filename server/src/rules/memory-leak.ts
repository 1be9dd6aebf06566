/** Memory that the function allocates is lost on one of its paths. Seen when the function is run. */
import { breachesOf } from './breaches.js';
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const memoryLeak = defineRule({
  id: 'memory-leak',
  classes: ['resource-leak', 'error-unwind'],
  since: '0.2.0',
  summary: 'Memory that the function allocates is lost on one of its paths.',
  why: 'Nobody frees what nobody can reach. The kernel has no collector: on each path the memory is freed, or its address is left where somebody will find it.',
  remedy:
    'Free it before that return, by the goto chain of the function or by __free(kfree) and no_free_ptr().',
  source: 'Documentation/process/coding-style.rst, 7) Centralized exiting of functions (6.12)',
  bad: [
    {
      title: 'a buffer that is freed where all goes well',
      code: `
struct toy { int id; };

int toy_send(struct toy *toy, void *command);

int toy_start(struct toy *toy)
{
	void *command = kzalloc(64, GFP_KERNEL);
//                      ^^^^^^^^^^^^^^^^^^^^^^^ memory-leak: goes well
	int ret;

	if (!command)
		return -ENOMEM;
	ret = toy_send(toy, command);
	if (ret)
		return ret;
	kfree(command);
	return 0;
}`,
    },
    {
      title: 'an error return skips the free',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_setup(struct toy *toy);

int toy_attach(struct toy *toy)
{
	struct bond *bond = kzalloc(sizeof(*bond), GFP_KERNEL);
//                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ memory-leak: never freed
	int ret;

	if (!bond)
		return -ENOMEM;
	ret = toy_setup(toy);
	if (ret)
		return ret;
	toy->bond = bond;
	return 0;
}`,
    },
    {
      title: 'left with a device whose dev->iommu is freed when its probe fails',
      code: `
struct toy_master { struct device *dev; int id; };
struct toy { struct iommu_device iommu; };

struct toy *toy_of(struct device *dev);
int toy_number(void);

static struct iommu_device *toy_probe_device(struct device *dev)
{
	struct toy *toy = toy_of(dev);
	struct toy_master *master;
	int ret;

	master = kzalloc(sizeof(*master), GFP_KERNEL);
//               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ memory-leak: and dev->iommu goes when probe_device fails
	if (!master)
		return ERR_PTR(-ENOMEM);
	master->dev = dev;
	dev_iommu_priv_set(dev, master);
	ret = toy_number();
	if (ret)
		return ERR_PTR(ret);
	return &toy->iommu;
}

static void toy_release_device(struct device *dev)
{
	kfree(dev_iommu_priv_get(dev));
}

static const struct iommu_ops toy_ops = {
	.probe_device = toy_probe_device,
	.release_device = toy_release_device,
};`,
    },
    {
      title: 'the private data of a device that goes',
      code: `
struct toy_master { struct device *dev; };
struct toy { struct iommu_device iommu; };
struct toy *toy_of(struct device *dev);

static struct iommu_device *toy_probe_device(struct device *dev)
{
	struct toy *toy = toy_of(dev);
	struct toy_master *master;

	master = kzalloc(sizeof(*master), GFP_KERNEL);
	if (!master)
		return ERR_PTR(-ENOMEM);
	master->dev = dev;
	dev_iommu_priv_set(dev, master);
	return &toy->iommu;
}

static void toy_release_device(struct device *dev)
//          ^^^^^^^^^^^^^^^^^^ memory-leak: frees nothing
{
	struct toy_master *master = dev_iommu_priv_get(dev);

	if (!master)
		return;
	master->dev = NULL;
}

static const struct iommu_ops toy_ops = {
	.probe_device = toy_probe_device,
	.release_device = toy_release_device,
};`,
    },
  ],
  good: [
    {
      title: 'the private data of a device that goes, by way of a function',
      code: `
struct toy_master { struct device *dev; };
struct toy { struct iommu_device iommu; };
struct toy *toy_of(struct device *dev);

static struct iommu_device *toy_probe_device(struct device *dev)
{
	struct toy *toy = toy_of(dev);
	struct toy_master *master;

	master = kzalloc(sizeof(*master), GFP_KERNEL);
	if (!master)
		return ERR_PTR(-ENOMEM);
	master->dev = dev;
	dev_iommu_priv_set(dev, master);
	return &toy->iommu;
}

static void toy_end(struct toy_master *master)
{
	kfree(master);
}

static void toy_release_device(struct device *dev)
{
	struct toy_master *master = dev_iommu_priv_get(dev);

	toy_end(master);
}

static const struct iommu_ops toy_ops = {
	.probe_device = toy_probe_device,
	.release_device = toy_release_device,
};`,
    },
    {
      title: 'left with a device whose probe succeeds, and one that no probe_device is for',
      code: `
struct toy_master { struct device *dev; int id; };
struct toy { struct iommu_device iommu; };

struct toy *toy_of(struct device *dev);
int toy_number(void);

static struct iommu_device *toy_probe_device(struct device *dev)
{
	struct toy *toy = toy_of(dev);
	struct toy_master *master;
	int ret;

	master = kzalloc(sizeof(*master), GFP_KERNEL);
	if (!master)
		return ERR_PTR(-ENOMEM);
	master->dev = dev;
	dev_iommu_priv_set(dev, master);
	ret = toy_number();
	if (ret) {
		kfree(master);
		return ERR_PTR(ret);
	}
	return &toy->iommu;
}

static struct toy_master *toy_master(struct device *dev)
{
	struct toy_master *master = kzalloc(sizeof(*master), GFP_KERNEL);
	int ret;

	if (!master)
		return ERR_PTR(-ENOMEM);
	dev_iommu_priv_set(dev, master);
	ret = toy_number();
	if (ret)
		return ERR_PTR(ret);
	return master;
}

static void toy_release_device(struct device *dev)
{
	kfree(dev_iommu_priv_get(dev));
}

static const struct iommu_ops toy_ops = {
	.probe_device = toy_probe_device,
	.release_device = toy_release_device,
};`,
    },
    {
      title: 'kept by who was given it',
      code: `
struct toy { int id; };
struct bond { int id; };

int toy_insert(struct toy *toy, struct bond *bond);
int toy_start(struct toy *toy);

int toy_add(struct toy *toy)
{
	struct bond *bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	int ret;

	if (!bond)
		return -ENOMEM;
	ret = toy_insert(toy, bond);
	if (ret) {
		kfree(bond);
		return ret;
	}
	return toy_start(toy);
}`,
    },
    {
      title: 'freed on the way out',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_setup(struct toy *toy);

int toy_attach(struct toy *toy)
{
	struct bond *bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	int ret;

	if (!bond)
		return -ENOMEM;
	ret = toy_setup(toy);
	if (ret) {
		kfree(bond);
		return ret;
	}
	toy->bond = bond;
	return 0;
}`,
    },
  ],
  forms: [
    {
      of: 'A run of the function ends, and nobody can reach what it has allocated.',
      why: 'Nobody frees what nobody can reach.',
      instead: 'Free it before that return, or hand it to somebody.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        breachesOf(input, ['LEAK'], 'Free it before that return, or hand it to somebody.', 'info'),
    },
    {
      of: 'A struct is freed whose member was given memory, and nobody in the file frees that.',
      why: 'With the struct goes the only pointer to it.',
      instead: 'Free it first, by the function that goes with its allocator.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'member-lost',
          ({ subject, other }) =>
            `\`${subject}\` comes from ${other}(), nobody in this file frees it, and the only pointer goes here. Free it first.`,
        ),
    },
    {
      of: 'probe_device allocates what dev_iommu_priv_get() gives, and release_device frees nothing.',
      why: 'dev->iommu goes after release_device, and with it the only pointer: each device that comes and goes leaves its memory behind.',
      instead: 'Free it in release_device.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(input, 'private-left', ({ subject, other }) =>
          other === ''
            ? `Nobody frees \`${subject}\`: the table has no release_device, behind which dev->iommu goes. Free it there.`
            : `${other}() frees nothing, and dev->iommu goes behind it: \`${subject}\` is lost. Free it here.`,
        ),
    },
  ],
});
