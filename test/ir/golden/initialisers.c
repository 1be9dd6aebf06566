struct point { int x, y; };
struct shape { const char *name; struct point at[2]; int flags; };
int use(struct shape *);
int initialisers(int n)
{
	struct shape shape = { "box", { { 1, 2 }, { .y = n } }, .flags = 4 };
	int list[] = { 1, [3] = 2 };
	char text[4] = "ab";

	shape = (struct shape){ .at[1].x = n };
	return use(&(struct shape){ .flags = list[0] + text[1] });
}

struct operations {
	int offset;
	int (*destroy)(void);
	int (*abort)(void);
};

static int destroy(void)
{
	return 0;
}

#define FILE_AT(value) .offset = (value), .abort = destroy
#define OPERATION(number, function) [number] = { .destroy = function, FILE_AT(number), }

/* Entries that macros make. */
static int made_by_macros(void)
{
	struct operations operations[] = {
		OPERATION(2, destroy),
		[0] = { FILE_AT(7), .destroy = destroy },
	};

	return operations[0].offset;
}

#define NOTHING_YET(member) { .next = &(member), .prev = &(member) }
#define ONCE { 1 }

/* Lists that macros make, for members by name and by position. */
struct queue {
	struct { void *next, *prev; } waiting;
	struct { int count; } users;
};

static void init_queue(struct queue *queue)
{
	struct queue own = { NOTHING_YET(own.waiting), ONCE };

	queue->users = own.users;
	*queue = (struct queue){ .users = ONCE, .waiting = NOTHING_YET(queue->waiting) };
}
