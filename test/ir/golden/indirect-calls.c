struct device;
struct ops { int (*attach)(struct device *dev, u32 pasid); void (*free)(void *what); };
struct domain { const struct ops *ops; };
static int my_attach(struct device *dev, u32 pasid) { return 0; }
static int your_attach(struct device *dev, u32 pasid) { return -ENODEV; }
static const struct ops mine = { .attach = my_attach, .free = kfree };
static const struct ops yours = { .attach = your_attach };
int calls(struct domain *domain, struct device *dev, int (*fn)(struct device *))
{
	domain->ops->free(domain);
	return domain->ops->attach(dev, 1) + fn(dev);
}
