/*
 * run: alone attach_table
 */

/* The facility stores its status whether it succeeds or not. */
static int attach_table(struct zpci_dev *zdev, u64 table)
{
	u8 status;
	int ret;

	ret = zpci_register_ioat(zdev, 0, 0, 4095, table, &status);
	if (ret != 0 && status != 40)
		return -EIO;
	return 0;
}
