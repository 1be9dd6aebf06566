/*
 * run: alone ats_context_setup
 */
struct ats_context {
	refcount_t users;
	struct device *dev;
};

int ats_enable(u32 phandle);

static void ats_context_put(struct ats_context *context)
{
	if (refcount_dec_and_test(&context->users))
		kfree(context);
}

static struct ats_context *ats_context_setup(struct device *dev, u32 phandle)
{
	struct ats_context *context;

	context = kzalloc(sizeof(*context), GFP_KERNEL);
	if (!context)
		return NULL;
	refcount_set(&context->users, 1);
	context->dev = dev;
	if (ats_enable(phandle)) {
		ats_context_put(context);
		return NULL;
	}
	return context;
}
