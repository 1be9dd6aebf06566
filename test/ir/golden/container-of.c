struct domain { int type; };
struct driver_domain { u64 id; struct domain domain; };
#define to_macro(d) container_of(d, struct driver_domain, domain)
static inline struct driver_domain *to_inline(struct domain *d)
{
	return container_of(d, struct driver_domain, domain);
}
u64 containers(struct domain *domain)
{
	return to_macro(domain)->id + to_inline(domain)->id;
}

#define BASE_OF(pointer, member) container_of(pointer, typeof(*(pointer)), member)
#define MADE_BY(pointer, member) \
	container_of(make(sizeof(*(pointer)) + offsetof(typeof(*(pointer)), member)), typeof(*(pointer)), member)

struct object {
	int users;
};

struct page_table {
	int level;
	struct object object;
};

struct object *make(unsigned long size);

/* A type by an expression, in macros that hand it on. */
static int of_expressions(void)
{
	struct page_table *table;

	table = MADE_BY(table, object);
	table = BASE_OF(table, object);
	return table->level;
}
