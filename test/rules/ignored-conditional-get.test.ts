/** Gets that may fail: whose answer counts as looked at. */
import { twins } from './twins.js';

twins('ignored-conditional-get', {
  bad: {
    'cast to void': `
void toy_use(struct toy *toy)
{
	(void)kref_get_unless_zero(&toy->kref); //!
}`,
    'put into a variable that nobody reads': `
void toy_use(struct toy *toy)
{
	bool ok;

	ok = refcount_inc_not_zero(&toy->users); //!
	toy->used = 1;
}`,
    'initialising a variable that nobody reads': `
void toy_use(struct toy *toy)
{
	bool ok = percpu_ref_tryget_live(&toy->refs); //!

	toy->used = 1;
}`,
    'of an mm': `
void toy_use(struct toy *toy)
{
	mmget_not_zero(toy->mm); //!
	mmap_read_lock(toy->mm);
}`,
    'a wrapper that does more': `
static bool toy_get(struct toy *toy)
{
	bool ok;

	if (!toy)
		return false;
	trace_toy(toy);
	ok = refcount_inc_not_zero(&toy->users);
	return ok;
}

void toy_use(struct toy *toy)
{
	toy_get(toy); //!
}`,
    'a wrapper of a wrapper': `
static bool __toy_get(struct toy *toy)
{
	return kref_get_unless_zero(&toy->kref);
}

static bool toy_get(struct toy *toy)
{
	return __toy_get(toy);
}

void toy_use(struct toy *toy)
{
	toy_get(toy); //!
}`,
    'a wrapper that says it as an errno': `
static int toy_get(struct toy *toy)
{
	return kref_get_unless_zero(&toy->kref) ? 0 : -ENOENT;
}

void toy_use(struct toy *toy)
{
	toy_get(toy); //!
}`,
    'a macro': `
#define toy_get(toy) kref_get_unless_zero(&(toy)->kref)

void toy_use(struct toy *toy)
{
	toy_get(toy); //!
}`,
    'an atomic count of users': `
void toy_use(struct toy *toy)
{
	atomic_inc_not_zero(&toy->users); //!
}`,
  },
  good: {
    'tested in every way there is': `
int toy_use(struct toy *toy)
{
	bool ok;

	if (!kref_get_unless_zero(&toy->kref))
		return -ENOENT;
	ok = refcount_inc_not_zero(&toy->a);
	while (!refcount_inc_not_zero(&toy->b))
		cpu_relax();
	WARN_ON(!refcount_inc_not_zero(&toy->c));
	toy->alive = percpu_ref_tryget(&toy->refs);
	return ok ? mmget_not_zero(toy->mm) : 0;
}`,
    'the plain get': `
void toy_use(struct toy *toy)
{
	refcount_inc(&toy->users);
	kref_get(&toy->kref);
}`,
    'an atomic that is a statistic': `
void toy_count(struct toy *toy)
{
	atomic_inc_not_zero(&toy->pending);
}`,
    'a function that takes and gives back': `
static int toy_poke(struct toy *toy)
{
	if (!kref_get_unless_zero(&toy->kref))
		return -ENODEV;
	writel(1, toy->base);
	kref_put(&toy->kref, toy_release);
	return 0;
}

void toy_use(struct toy *toy)
{
	toy_poke(toy);
}`,
    'a wrapper that gives the object back': `
static struct toy *toy_get(struct toy *toy)
{
	return kref_get_unless_zero(&toy->kref) ? toy : NULL;
}

struct toy *toy_use(struct toy *toy)
{
	return toy_get(toy);
}`,
    'a variable read by a macro': `
void toy_use(struct toy *toy)
{
	bool ok = refcount_inc_not_zero(&toy->users);

	trace_toy_get(toy, ok);
}`,
  },
});
