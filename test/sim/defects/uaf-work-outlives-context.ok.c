/*
 * setup: open_context
 * tasks: report_fault
 * teardown: close_context
 */
struct fault_context {
	u32 pasid;
	struct work_struct work;
};

static struct fault_context *context;

static void answer_fault(struct work_struct *work)
{
	struct fault_context *ctx = container_of(work, struct fault_context, work);

	ctx->pasid = 0;
}

static void open_context(void)
{
	struct fault_context *ctx;

	ctx = kzalloc(sizeof(*ctx), GFP_KERNEL);
	if (!ctx)
		return;
	ctx->pasid = 3;
	INIT_WORK(&ctx->work, answer_fault);
	context = ctx;
}

static void report_fault(void)
{
	struct fault_context *ctx = context;

	if (!ctx)
		return;
	schedule_work(&ctx->work);
	context = NULL;
	flush_work(&ctx->work);
	kfree(ctx);
}

static void close_context(void)
{
	kfree(context);
	context = NULL;
}
