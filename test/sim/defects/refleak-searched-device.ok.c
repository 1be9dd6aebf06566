/*
 * run: alone check_isoch
 */
struct pci_dev {
	unsigned int device;
	u32 quirks;
};

struct pci_dev *pci_get_device(unsigned int vendor, unsigned int device, struct pci_dev *from);
void pci_dev_put(struct pci_dev *dev);
int pci_read_config_dword(struct pci_dev *dev, int where, u32 *value);

static u32 count_quirks(void)
{
	struct pci_dev *each = NULL;
	u32 quirks = 0;

	/* What the search goes on from, it puts. */
	while ((each = pci_get_device(0x8086, 0x342e, each)) != NULL)
		quirks += each->quirks;
	return quirks;
}

static u32 check_isoch(void)
{
	struct pci_dev *bridge;
	u32 value = 0;

	if (count_quirks() > 4)
		return 0;
	bridge = pci_get_device(0x8086, 0x342e, NULL);
	if (!bridge)
		return 0;
	if (pci_read_config_dword(bridge, 0x188, &value)) {
		pci_dev_put(bridge);
		return 0;
	}
	pci_dev_put(bridge);
	return value;
}
