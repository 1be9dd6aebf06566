/*
 * run: alone detach_device
 * tape: -
 */
struct shared_context {
	refcount_t users;
	u16 did;
};

void clear_context_entry(u16 did);

static void detach_device(struct shared_context *context)
{
	u16 did = context->did;

	refcount_dec_and_test(&context->users);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RIGN: the result of refcount_dec_and_test() is ignored
	clear_context_entry(did);
}
