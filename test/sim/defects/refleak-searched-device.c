/*
 * run: alone check_isoch
 * tape: 0.1
 */
struct pci_dev {
	unsigned int device;
	u32 quirks;
};

struct pci_dev *pci_get_device(unsigned int vendor, unsigned int device, struct pci_dev *from);
void pci_dev_put(struct pci_dev *dev);
int pci_read_config_dword(struct pci_dev *dev, int where, u32 *value);

static u32 check_isoch(void)
{
	struct pci_dev *bridge;
	u32 value = 0;

	bridge = pci_get_device(0x8086, 0x342e, NULL);
//		 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ REFLEAK: without putting it
	if (!bridge)
		return 0;
	if (pci_read_config_dword(bridge, 0x188, &value))
		return 0;
	pci_dev_put(bridge);
	return value;
}
