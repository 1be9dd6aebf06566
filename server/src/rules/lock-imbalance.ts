/** The function returns with a lock on one path and without it on another, or gives back what it never took. Seen when it is run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';

export const lockImbalance = defineRule({
  id: 'lock-imbalance',
  classes: ['lock-imbalance', 'error-unwind'],
  since: '0.2.0',
  summary:
    'The function returns with a lock on one path and without it on another, or gives back what nobody took.',
  why: 'The caller cannot know which. The next one who wants the lock waits for ever, or two run where one may.',
  remedy: 'Unlock on that path, by the goto chain of the function or by guard(); take what is given back.',
  source: 'Documentation/locking/lockdep-design.rst (6.12)',
  bad: [
    {
      title: 'what a function of another file gives may be an error',
      code: `
struct toy { int id; struct mutex lock; };

int toy_map(struct toy *toy, u32 entry)
{
	u32 *slot;

	mutex_lock(&toy->lock);
//      ^^^^^^^^^^^^^^^^^^^^^^ lock-imbalance: on one path
	slot = toy_find_slot(toy);
	if (IS_ERR(slot))
		return PTR_ERR(slot);
	*slot = entry;
	mutex_unlock(&toy->lock);
	return 0;
}`,
    },
    {
      title: 'an error return keeps the mutex',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_setup(struct toy *toy);

int toy_start(struct toy *toy)
{
	int ret;

	mutex_lock(&toy->lock);
//      ^^^^^^^^^^^^^^^^^^^^^^ lock-imbalance: returns with it
	ret = toy_setup(toy);
	if (ret)
		return ret;
	mutex_unlock(&toy->lock);
	return 0;
}`,
    },
    {
      title: 'given back by an entry point that never took it',
      code: `
struct toy { int id; struct mutex lock; };

static int toy_open(struct inode *inode, struct file *file)
{
	struct toy *toy = file->private_data;

	if (!toy)
		return -ENODEV;
	toy->id++;
	mutex_unlock(&toy->lock);
//      ^^^^^^^^^^^^^^^^^^^^^^^^ lock-imbalance: which it never took
	return 0;
}

static const struct file_operations toy_fops = {
	.open = toy_open,
};`,
    },
  ],
  good: [
    {
      title: 'given back for a caller that holds it',
      code: `
struct toy { int id; struct mutex lock; };

static void toy_count(struct toy *toy)
{
	toy->id++;
	mutex_unlock(&toy->lock);
}

static int toy_open(struct inode *inode, struct file *file)
{
	struct toy *toy = file->private_data;

	if (!toy)
		return -ENODEV;
	mutex_lock(&toy->lock);
	toy_count(toy);
	return 0;
}

static const struct file_operations toy_fops = {
	.open = toy_open,
};`,
    },
    {
      title: 'the second half of a pair, and what says that it unlocks',
      code: `
struct toy { int id; struct mutex lock; spinlock_t slock; };

static int toy_lock_start(struct seq_file *file, loff_t *at)
{
	struct toy *toy = file->private;

	mutex_lock(&toy->lock);
	return toy->id;
}

static void toy_stop(struct seq_file *file, void *entry)
{
	struct toy *toy = file->private;

	mutex_unlock(&toy->lock);
}

static const struct seq_operations toy_seq = {
	.start = toy_lock_start,
	.stop = toy_stop,
};

/* Called with slock held, which it drops. */
void toy_finish(struct toy *toy)
{
	toy->id = 0;
	spin_unlock(&toy->slock);
}`,
    },
    {
      title: 'given back by a function of another file',
      code: `
struct toy { int id; struct mutex lock; };

int toy_setup(struct toy *toy);
void toy_state_unlock(struct toy *toy);

int toy_start(struct toy *toy)
{
	int ret;

	mutex_lock(&toy->lock);
	ret = toy_setup(toy);
	toy_state_unlock(toy);
	return ret;
}`,
    },
    {
      title: 'one way out',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_setup(struct toy *toy);

int toy_start(struct toy *toy)
{
	int ret;

	mutex_lock(&toy->lock);
	ret = toy_setup(toy);
	mutex_unlock(&toy->lock);
	return ret;
}`,
    },
  ],
  forms: [
    {
      of: 'Paths of one function leave a lock in different states.',
      why: 'The caller cannot know whether it is held.',
      instead: 'Give it back on every path.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) => breachesOf(input, ['LOCKBAL'], 'Give it back on every path.'),
    },
    {
      of: 'A lock is given back that the function never took, and nobody who calls it holds.',
      why: 'Somebody else who holds the lock loses it, and what it protects has been touched without it.',
      instead: 'Take it first. Where the caller holds it, say so by __releases() and lockdep_assert_held().',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        breachesOf(input, ['UNHELD'], 'Take it first, or say by __releases() who does.', 'info'),
    },
  ],
});
