// SPDX-License-Identifier: MIT
/*
 * The memory of one process as far as those need it who pin it for devices: a
 * few pages, of which page N of memory is at address N of its space. Stands
 * after drivers.c; the machine counts the pins.
 */

#define FIRST_PAGE	16
#define PAGES		8
/* Two of them the kernel hands out to itself. */
#define SPARE		6

static struct page memory[PAGES];

/* Pages of the process from this one on are not there. */
static unsigned long absent_from = PAGES;
/* Its pages are the other way round in memory: none follows the one before it. */
static bool is_scattered;

/* How much the process may lock, in bytes. */
static unsigned long memory_limit;

unsigned long rlimit(unsigned int what)
{
	return memory_limit;
}

unsigned long task_rlimit(const struct task_struct *task, unsigned int what)
{
	return memory_limit;
}

static void start_memory(struct mm_struct *mm)
{
	memory_limit = 4096 * PAGES;
	atomic_set(&mm->mm_users, 1);
	atomic_set(&mm->mm_count, 1);
}

/* Who has mapped memory of a process and unmapped it again has left nothing with it. */
static void check_memory(struct mm_struct *mm)
{
	WARN_ON(mm->locked_vm);
	WARN_ON(atomic_read(&mm->mm_users) != 1);
	WARN_ON(atomic_read(&mm->mm_count) != 1);
}

unsigned long page_to_pfn(const struct page *page)
{
	return FIRST_PAGE + (page - memory);
}

phys_addr_t page_to_phys(const struct page *page)
{
	return page_to_pfn(page) << 12;
}

struct page *pfn_to_page(unsigned long number)
{
	return &memory[number - FIRST_PAGE];
}

bool pfn_valid(unsigned long number)
{
	return number >= FIRST_PAGE && number < FIRST_PAGE + PAGES;
}

/* Of ordinary memory none is. */
bool PageReserved(const struct page *page)
{
	return false;
}

/* Where a page of the process lies in memory. */
static unsigned long number_at(unsigned long address)
{
	unsigned long page = address >> 12;

	return FIRST_PAGE + (is_scattered ? SPARE - 1 - page : page);
}

/* Addresses of the process are numbers. */
void *u64_to_user_ptr(u64 address)
{
	return (void *)(unsigned long)address;
}

/* As many as are there from the first on. */
long pin_user_pages_remote(struct mm_struct *mm, unsigned long start, unsigned long count, unsigned int flags,
			   struct page **pages, int *locked)
{
	unsigned long i, number;

	for (i = 0; i < count; i++) {
		if ((start >> 12) + i >= absent_from)
			return i ? i : -EFAULT;
		if (simulated_command())
			return i ? i : -ENOMEM;
		number = number_at(start + 4096 * i);
		simulated_pin(number);
		pages[i] = pfn_to_page(number);
	}
	return i;
}

/* Of the process that runs. */
long pin_user_pages_fast(unsigned long start, int count, unsigned int flags, struct page **pages)
{
	return pin_user_pages_remote(NULL, start, count, flags, pages, NULL);
}

void unpin_user_page(struct page *page)
{
	simulated_unpin(page_to_pfn(page));
}

void unpin_user_pages(struct page **pages, unsigned long count)
{
	unsigned long i;

	for (i = 0; i < count; i++)
		simulated_unpin(page_to_pfn(pages[i]));
}

void unpin_user_pages_dirty_lock(struct page **pages, unsigned long count, bool dirty)
{
	unpin_user_pages(pages, count);
}

void unpin_user_page_range_dirty_lock(struct page *page, unsigned long count, bool dirty)
{
	unsigned long i;

	for (i = 0; i < count; i++)
		simulated_unpin(page_to_pfn(page) + i);
}

/* Nothing but ordinary memory is in the space of the process. */
struct vm_area_struct *vma_lookup(struct mm_struct *mm, unsigned long address)
{
	return NULL;
}

long abs(long number)
{
	return number < 0 ? -number : number;
}

int get_order(unsigned long size)
{
	int order = 0;

	for (size = (size - 1) >> 12; size; size >>= 1)
		order++;
	return order;
}

/* What the kernel takes for itself, it keeps as if it were pinned: no device may have it when it is given back. */
struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	unsigned long i;

	if (simulated_command())
		return NULL;
	for (i = 0; i < 1 << order; i++)
		simulated_pin(FIRST_PAGE + SPARE + i);
	return &memory[SPARE];
}

void __free_pages(struct page *page, unsigned int order)
{
	unpin_user_page_range_dirty_lock(page, 1 << order, false);
}

int __account_locked_vm(struct mm_struct *mm, unsigned long pages, bool is_more, struct task_struct *task,
			bool bypasses)
{
	if (!is_more) {
		WARN_ON(pages > mm->locked_vm);
		mm->locked_vm -= pages;
		return 0;
	}
	if (!bypasses && mm->locked_vm + pages > memory_limit >> 12)
		return -ENOMEM;
	if (simulated_command())
		return -ENOMEM;
	mm->locked_vm += pages;
	return 0;
}

/* Nobody is killed here. */
int mmap_write_lock_killable(struct mm_struct *mm)
{
	mmap_write_lock(mm);
	return 0;
}

/* Nor may the process lock more memory than others. */
bool capable(int capability)
{
	return false;
}
