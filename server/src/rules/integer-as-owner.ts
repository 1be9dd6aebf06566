/** An owner that is a number. */
import { defineRule, tagOf } from './rule.js';

export const integerAsOwner = defineRule({
  id: 'integer-as-owner',
  classes: ['api-shape'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A new member or parameter identifies an owner by an integer.',
  why: 'Nothing says what the number is, whether two makers may pick the same, or how long it is good for.',
  remedy: 'A typed pointer to the owner.',
  source:
    'drivers/iommu/iommu.c:iommu_group_claim_dma_owner (6.12) takes a pointer; review of "iommu: Add iommu_device_init[exit]_user_dma interfaces", September 2021',
  bad: [
    {
      title: 'whose number?',
      code: `
struct toy_group {
	struct mutex mutex;
	unsigned long owner_id;
//                    ^^^^^^^^ integer-as-owner: a typed pointer
};`,
    },
  ],
  good: [
    {
      title: 'the owner',
      code: `
struct toy_group {
	struct mutex mutex;
	struct file *owner;
};`,
    },
  ],
  *check({ facts, isNew }) {
    const message = (name: string): string =>
      `What is \`${name}\`? An integer can be anything, and two makers may pick the same. Identify the owner by a typed pointer.`;
    for (const struct of facts.structs) {
      for (const { name, type, nameSpot, wasThere, isBits } of struct.fields) {
        if (type.pointers > 0 || wasThere || isBits || !INTEGER.test(type.base) || !OWNER.test(name))
          continue;
        if (!isNew(nameSpot) || /(?:^|\/)uapi\//.test(nameSpot.unit.image.path)) continue;
        yield { at: nameSpot, function: tagOf(struct.name), message: message(name) };
      }
    }
    for (const { name, parameters, wasThere } of facts.prototypes) {
      const id = parameters.find(
        ({ name: each, type }) => type.pointers === 0 && INTEGER.test(type.base) && OWNER.test(each),
      );
      if (id && !wasThere && isNew(id.spot)) yield { at: id.spot, function: name, message: message(id.name) };
    }
  },
});

const INTEGER = /^(?:int|unsigned int|unsigned long|u32|u64)$/;
const OWNER = /(?:^|_)owner(?:_id)?$/;
