/** A name for all the kernel that does not say whose it is. */
import { defineRule } from './rule.js';

export const publicNameWithoutPrefix = defineRule({
  id: 'public-name-without-prefix',
  classes: ['misleading-name'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    'A header of the IOMMU core declares a function whose name does not begin with what the header is about.',
  why: 'Names in headers are for the whole kernel: the prefix is how readers find the owner.',
  remedy: 'Give it the iommu_ prefix of its neighbours.',
  source: 'include/linux/iommu.h (6.12)',
  bad: [
    {
      title: 'whose?',
      code: `
//- include/linux/iommu.h
struct device;
int claim_dma_owner(struct device *dev);
//  ^^^^^^^^^^^^^^^ public-name-without-prefix: iommu_`,
    },
  ],
  good: [
    {
      title: "the core's",
      code: `
//- include/linux/iommu.h
struct device;
int iommu_claim_dma_owner(struct device *dev);`,
    },
  ],
  *check({ facts, isNew, isPatch }) {
    const declared = [
      ...facts.prototypes.filter(({ wasThere }) => !wasThere),
      ...facts.functions
        .filter(({ signature }) => !signature.wasThere)
        .map(({ name, nameSpot }) => ({ name, spot: nameSpot })),
    ];
    for (const { name, spot } of declared) {
      if (!/(?:^|\/)include\/linux\/iommu\.h$/.test(spot.unit.image.path) || OWN.test(name) || !isNew(spot))
        continue;
      yield {
        at: spot,
        function: name,
        // What is in the kernel already has been discussed.
        severity: isPatch(spot) ? 'info' : 'hint',
        message: `${name}() is a name for the whole kernel: give it the iommu_ prefix of its neighbours.`,
      };
    }
  },
});

/** Words that the header's own names begin with, or have in them. */
const OWN = /iommu|^iopf_|^ioasid_|^mm_|^dev_|^to_/;
