/*
 * run: alone mtlb_init
 * tape: 0.1
 */
struct mtlb {
	void *base;
	u32 *ways;
	struct device *dev;
};

static int mtlb_init(struct mtlb *tlb)
{
	int ret;

	tlb->ways = kcalloc(4, sizeof(*tlb->ways), GFP_KERNEL);
	if (!tlb->ways)
		return -ENOMEM;

	tlb->base = kzalloc(4096, GFP_KERNEL);
	if (!tlb->base) {
		ret = -ENOMEM;
		kfree(tlb->ways);
		goto err_ways;
	}
	return 0;

err_ways:
	kfree(tlb->ways);
//	^^^^^^^^^^^^^^^^ DF: a second time
	return ret;
}
