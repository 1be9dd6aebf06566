/*
 * run: alone bus_of
 * tape: -
 */
struct acpi_device {
	u32 flags;
	struct device dev;
};

struct pci_dev {
	u32 devfn;
	struct device dev;
};

/* What is no PCI device has no pdev, but only its companion is looked at. */
static u32 bus_of(struct device *dev)
{
	struct pci_dev *pdev = NULL;
	struct device *wanted = dev;

	if (dev_is_pci(dev))
		pdev = to_pci_dev(dev);
	else
		wanted = &ACPI_COMPANION(dev)->dev;
	if (!dev_is_pci(wanted))
		return pdev->devfn;
//		       ^^^^^^^^^^^ DEREF: while it is NULL
	return 0;
}
