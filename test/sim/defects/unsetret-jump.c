/*
 * run: alone toy_open
 * tape: 1
 */
struct toy {
	u32 users;
	u32 limit;
};

int toy_start(struct toy *toy);
void toy_stop(struct toy *toy);

static int toy_open(struct toy *toy)
{
	int ret;

	if (toy->users >= toy->limit)
		goto out;
	ret = toy_start(toy);
	if (!ret)
		return 0;
out:
	toy_stop(toy);
	return ret;
//	^^^^^^^^^^^ UNSETRET: returns `ret`
}
