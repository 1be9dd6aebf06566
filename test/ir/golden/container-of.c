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
