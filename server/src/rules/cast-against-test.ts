/** A device is taken for one of a bus, though a test before it goes on where it is none. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const castAgainstTest = defineRule({
  id: 'cast-against-test',
  classes: ['use-before-check-or-init', 'bus-ops'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary:
    'A function tests whether a device is a PCI device, goes on when it is none, and casts it all the same.',
  why: 'to_pci_dev() only subtracts an offset: of another device it makes a pointer to whatever stands before it.',
  remedy: 'Return from the branch for other devices, or cast in the other one.',
  source: 'drivers/iommu/intel/iommu.c:domain_context_clear (6.12)',
  bad: [
    {
      title: 'a return that is missing',
      code: `
struct toy { int id; };
void toy_clear_one(struct toy *toy, int id);
void toy_clear_aliases(struct toy *toy, struct pci_dev *pdev);

void toy_clear(struct toy *toy, struct device *dev)
{
	if (!dev_is_pci(dev))
		toy_clear_one(toy, 0);
	toy_clear_aliases(toy, to_pci_dev(dev));
//                             ^^^^^^^^^^^^^^^ cast-against-test: dev_is_pci
}`,
    },
  ],
  good: [
    {
      title: 'the other devices are done with',
      code: `
struct toy { int id; };
void toy_clear_one(struct toy *toy, int id);
void toy_clear_aliases(struct toy *toy, struct pci_dev *pdev);

void toy_clear(struct toy *toy, struct device *dev)
{
	if (!dev_is_pci(dev)) {
		toy_clear_one(toy, 0);
		return;
	}
	toy_clear_aliases(toy, to_pci_dev(dev));
}`,
    },
    {
      title: 'asked again',
      code: `
struct toy { int id; };
void toy_clear_one(struct toy *toy, int id);
void toy_clear_aliases(struct toy *toy, struct pci_dev *pdev);

void toy_clear(struct toy *toy, struct device *dev)
{
	if (!dev_is_pci(dev))
		toy_clear_one(toy, 0);
	if (dev_is_pci(dev))
		toy_clear_aliases(toy, to_pci_dev(dev));
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'cast-against-test',
      ({ subject, other }) =>
        `${other}(${subject}) was false on one way here, which did not leave. Is a return missing there?`,
    ),
});
