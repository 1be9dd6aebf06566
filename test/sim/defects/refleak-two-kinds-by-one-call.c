/*
 * run: alone engine_reset
 *
 * One call switches the clock on and, for some, counts a user of the device. The clock is
 * given back on one path and forgotten on the other; the user is engine_close()'s to give back.
 * tape: 0.0.1
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
//	    ^^^^^^^^^^^^^^^^^^^ REFLEAK: `engine->clk`
		return;
	if (write_reset(engine->id))
		return;
	clk_disable(engine->clk);
}
