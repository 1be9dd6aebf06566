/** Where an mm may be stored, and what keeps it. */
import { twins } from './twins.js';

twins('mm-kept-without-grab', {
  bad: {
    'of the current task': `
void toy_open(struct toy_context *ctx)
{
	ctx->mm = current->mm;
	ctx->ready = 1;
}`.replace('current->mm;', 'current->mm; //!'),
    'another mm is grabbed': `
void toy_bind(struct toy_handle *handle, struct mm_struct *mm, struct mm_struct *other)
{
	mmgrab(other);
	handle->mm = mm; //!
}`,
    'with WRITE_ONCE': `
void toy_bind(struct toy_handle *handle, struct mm_struct *mm)
{
	WRITE_ONCE(handle->mm, mm); //!
}`,
    'released to readers': `
void toy_bind(struct toy_handle *handle, struct mm_struct *mm)
{
	smp_store_release(&handle->mm, mm); //!
}`,
    'in a compound literal': `
void toy_bind(struct toy_handle *handle, struct device *dev, struct mm_struct *mm)
{
	*handle = (struct toy_handle){
		.dev = dev,
		.mm = mm, //!
	};
}`,
    'in a variable of the file': `
static struct mm_struct *owner;

void toy_own(struct mm_struct *mm)
{
	owner = mm; //!
}`,
    'in a member of a variable of the file': `
static struct toy_state state;

void toy_own(struct mm_struct *mm)
{
	state.mm = mm; //!
}`,
    'in the object around': `
void toy_bind(struct iommu_domain *domain, struct mm_struct *mm)
{
	struct toy_domain *td = container_of(domain, struct toy_domain, domain);

	td->mm = mm; //!
}`,
    'in fresh memory': `
struct toy_handle *toy_bind(struct device *dev, struct mm_struct *mm)
{
	struct toy_handle *handle = kzalloc(sizeof(*handle), GFP_KERNEL);

	if (!handle)
		return NULL;
	handle->dev = dev;
	handle->mm = mm; //!
	return handle;
}`,
  },
  good: {
    'grabbed before, by another name': `
void toy_open(struct toy_context *ctx)
{
	struct mm_struct *mm = current->mm;

	mmgrab(current->mm);
	ctx->mm = mm;
}`,
    'grabbed after, by the member': `
void toy_open(struct toy_context *ctx)
{
	ctx->mm = current->mm;
	mmgrab(ctx->mm);
}`,
    'grabbed by a helper': `
static void toy_pin(struct mm_struct *mm)
{
	mmgrab(mm);
}

void toy_bind(struct toy_handle *handle, struct mm_struct *mm)
{
	handle->mm = mm;
	toy_pin(mm);
}`,
    'grabbed by a helper of the object, at two removes': `
static int __toy_register(struct toy_handle *handle)
{
	return mmu_notifier_register(&handle->notifier, handle->mm);
}

static int toy_register(struct toy_handle *handle)
{
	return __toy_register(handle);
}

int toy_bind(struct toy_handle *handle, struct mm_struct *mm)
{
	handle->mm = mm;
	return toy_register(handle);
}`,
    'grabbed by the caller': `
static void toy_init(struct toy_handle *handle, struct mm_struct *mm)
{
	handle->mm = mm;
}

void toy_bind(struct toy_handle *handle, struct mm_struct *mm)
{
	mmgrab(mm);
	toy_init(handle, mm);
}`,
    'got by the caller, for good': `
static void toy_init(struct toy_handle *handle, struct mm_struct *mm)
{
	handle->mm = mm;
}

int toy_bind(struct toy_handle *handle)
{
	struct mm_struct *mm = get_task_mm(current);

	if (!mm)
		return -ESRCH;
	toy_init(handle, mm);
	return 0;
}`,
    'registered beside, in another function of the caller': `
static void toy_init(struct toy_handle *handle, struct mm_struct *mm)
{
	handle->mm = mm;
}

static int toy_register(struct toy_handle *handle)
{
	return mmu_notifier_register(&handle->notifier, handle->mm);
}

int toy_bind(struct toy_handle *handle, struct mm_struct *mm)
{
	toy_init(handle, mm);
	return toy_register(handle);
}`,
    'got at once': `
void toy_open(struct toy_context *ctx)
{
	ctx->mm = get_task_mm(current);
}`,
    'on the stack': `
int toy_do(struct mm_struct *mm)
{
	struct toy_args args = { .mm = mm };
	struct toy_args *p = &args;

	args.mm = mm;
	p->mm = mm;
	return toy_run(&args);
}`,
    'in what is a part of the mm': `
void toy_vma(struct vm_area_struct *vma, struct mm_struct *mm)
{
	vma->vm_mm = mm;
}

void toy_range(struct mmu_notifier_range *range, struct mm_struct *mm)
{
	range->mm = mm;
}`,
    'in what the mm points to': `
int toy_attach(struct mm_struct *mm)
{
	struct toy_of_mm *own = kzalloc(sizeof(*own), GFP_KERNEL);

	if (!own)
		return -ENOMEM;
	own->mm = mm;
	smp_store_release(&mm->toy, own);
	return 0;
}`,
    'handed over, and dropped at the end': `
void toy_init(struct toy_handle *handle, struct mm_struct *mm)
{
	handle->mm = mm;
}

void toy_free(struct toy_handle *handle)
{
	mmdrop(handle->mm);
	kfree(handle);
}`.replaceAll('struct toy_handle *handle', 'struct toy_handle *handle'),
    'cleared, and compared': `
int toy_unbind(struct toy_handle *handle, struct mm_struct *mm)
{
	if (handle->mm != mm)
		return -EINVAL;
	handle->mm = NULL;
	return 0;
}`,
    'made by mmu_notifier_get()': `
static struct mmu_notifier *toy_alloc(struct mm_struct *mm)
{
	struct toy_mm *own = kzalloc(sizeof(*own), GFP_KERNEL);

	if (!own)
		return ERR_PTR(-ENOMEM);
	own->mm = mm;
	return &own->notifier;
}

static void toy_free(struct mmu_notifier *mn)
{
	kfree(container_of(mn, struct toy_mm, notifier));
}

static const struct mmu_notifier_ops toy_ops = {
	.alloc_notifier = toy_alloc,
	.free_notifier = toy_free,
};`,
  },
  patches: {
    'a function that is seen whole': `
+void toy_bind(struct toy_handle *handle, struct mm_struct *mm)
+{
+	handle->mm = mm; //!
+}
+`,
    'a function of which a part is seen': `
 	handle->dev = dev;
+	handle->mm = mm;
 	handle->users = 1;
 	return handle;
 }
`,
  },
});
