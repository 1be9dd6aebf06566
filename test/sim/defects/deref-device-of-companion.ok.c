/*
 * run: alone bus_of
 */
struct acpi_device {
	u32 flags;
	struct device dev;
};

struct pci_dev {
	u32 devfn;
	struct device dev;
};

/* The device of a companion is on the bus of ACPI. */
static u32 bus_of(struct device *dev)
{
	struct pci_dev *pdev = NULL;
	struct device *wanted = dev;

	if (dev_is_pci(dev))
		pdev = to_pci_dev(dev);
	else
		wanted = &ACPI_COMPANION(dev)->dev;
	if (dev_is_pci(wanted))
		return pdev->devfn;
	return 0;
}
