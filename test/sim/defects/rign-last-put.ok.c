/*
 * run: alone detach_device
 */
struct shared_context {
	refcount_t users;
	u16 did;
};

void clear_context_entry(u16 did);

static void detach_device(struct shared_context *context)
{
	u16 did = context->did;

	if (refcount_dec_and_test(&context->users))
		kfree(context);
	clear_context_entry(did);
}
