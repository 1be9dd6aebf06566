/** What belongs to one CPU is used by a task that may be moved to another. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const movedToAnotherCpu = defineRule({
  id: 'moved-to-another-cpu',
  classes: ['missing-lock'],
  severity: 'warning',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'The number or the data of the CPU at hand is taken where the task may be moved to another CPU.',
  why: 'By the time it is used it is that of another CPU, which changes it at the same time; with CONFIG_DEBUG_PREEMPT each use warns.',
  remedy:
    'get_cpu_ptr() and put_cpu_ptr() around it, or raw_cpu_ptr() where any CPU will do and a lock guards the data.',
  source:
    'include/linux/smp.h:smp_processor_id, percpu-defs.h (6.12), lib/smp_processor_id.c; drivers/iommu/iova.c uses raw_cpu_ptr()',
  bad: [
    {
      title: 'under a mutex of the caller',
      code: `
struct ring { int head; };
struct toy { struct mutex lock; struct ring *rings; };

static void toy_advance(struct toy *toy)
{
	int cpu = smp_processor_id();
//                ^^^^^^^^^^^^^^^^^^ moved-to-another-cpu: may run on

	toy->rings[cpu].head++;
}

void toy_map(struct toy *toy)
{
	mutex_lock(&toy->lock);
	toy_advance(toy);
	mutex_unlock(&toy->lock);
}`,
    },
    {
      title: 'beside an allocation that sleeps',
      code: `
struct stat { int n; void *last; };
struct pool { struct stat __percpu *stats; };

int pool_fill(struct pool *pool)
{
	struct stat *stat = this_cpu_ptr(pool->stats);
//                          ^^^^^^^^^^^^^^^^^^^^^^^^^ moved-to-another-cpu: may run on

	stat->last = kmalloc(64, GFP_KERNEL);
	if (!stat->last)
		return -ENOMEM;
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'kept where it is, and callers that nobody sees',
      code: `
struct stat { int n; };
struct pool { struct stat __percpu *stats; struct mutex lock; };

static void pool_count(struct pool *pool)
{
	struct stat *stat = get_cpu_ptr(pool->stats);

	stat->n++;
	put_cpu_ptr(pool->stats);
}

void pool_fill(struct pool *pool)
{
	mutex_lock(&pool->lock);
	pool_count(pool);
	preempt_disable();
	this_cpu_ptr(pool->stats)->n++;
	preempt_enable();
	mutex_unlock(&pool->lock);
}

void pool_note(struct pool *pool)
{
	this_cpu_ptr(pool->stats)->n++;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'own-cpu',
      ({ subject, other }) =>
        `Preemption is on here${other ? `: ${other}() sleeps` : ''}. After ${subject}() the task may run on another CPU. get_cpu() or get_cpu_ptr()?`,
    ),
});
