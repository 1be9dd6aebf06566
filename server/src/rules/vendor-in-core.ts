/** Code that serves all drivers knows one of them. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const vendorInCore = defineRule({
  id: 'vendor-in-core',
  classes: ['type-switch-vs-ops'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  quietInTree: true,
  summary:
    'Code of the IOMMU, VFIO or DMA core asks for the vendor of a device, or for one compatible string.',
  why: 'The next device with the same property needs another line there; what one driver needs to be done otherwise its ops say.',
  remedy: 'An op or a flag of the driver, or a quirk that sets a property of the device.',
  source: 'review of the list, 2019 to 2022; drivers/pci/quirks.c (6.12)',
  bad: [
    {
      title: 'one vendor among all',
      code: `
//- drivers/iommu/dma-iommu.c
bool toy_is_lazy(struct pci_dev *pdev)
{
	return pdev->vendor == PCI_VENDOR_ID_INTEL && !pdev->untrusted;
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-in-core: PCI_VENDOR_ID_INTEL
}`,
    },
  ],
  good: [
    {
      title: 'a property of the device',
      code: `
//- drivers/iommu/dma-iommu.c
bool toy_is_lazy(struct pci_dev *pdev)
{
	return !pdev->untrusted;
}`,
    },
  ],
  *check(input) {
    yield* odditiesIn(
      input,
      'vendor-asked',
      ({ subject }) =>
        `This is for all drivers: why does it ask for ${subject}? An op, a property of the device or a quirk can tell.`,
    );
  },
});
