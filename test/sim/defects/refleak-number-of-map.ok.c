/*
 * run: alone init_context
 */
struct unit_dev {
	unsigned long contexts[2];
	int banks;
};

struct unit_config {
	u8 bank;
};

static int alloc_bank(unsigned long *map, int end)
{
	int bank;

	do {
		bank = find_next_zero_bit(map, end, 0);
		if (bank == end)
			return -ENOSPC;
	} while (test_and_set_bit(bank, map));
	return bank;
}

static int init_context(struct unit_dev *unit, struct unit_config *config, void **table)
{
	int ret;

	ret = alloc_bank(unit->contexts, unit->banks);
	if (ret < 0)
		return ret;
	config->bank = ret;
	*table = kzalloc(4096, GFP_KERNEL);
	if (!*table) {
		clear_bit(config->bank, unit->contexts);
		return -ENOMEM;
	}
	return 0;
}
