/*
 * run: alone engine_reset
 *
 * One call switches the clock on and, for some, counts a user of the device. That the clock is given back
 * here says nothing of the user, whom engine_close() gives back.
 */
struct engine {
	struct clk *clk;
	struct device *dev;
	bool keeps_power;
	u32 id;
};

int write_reset(u32 id);

static int engine_wake(struct engine *engine)
{
	int ret = clk_enable(engine->clk);

	if (ret)
		return ret;
	if (engine->keeps_power)
		pm_runtime_get_noresume(engine->dev);
	return 0;
}

static void engine_reset(struct engine *engine)
{
	if (engine_wake(engine))
		return;
	if (write_reset(engine->id)) {
		clk_disable(engine->clk);
		return;
	}
	clk_disable(engine->clk);
}
