/** A PASID whose name does not say so. */
import type { ParameterFact } from '../iommu/index.js';
import { defineRule, tagOf } from './rule.js';

export const pasidByAnotherName = defineRule({
  id: 'pasid-by-another-name',
  classes: ['misleading-name'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A parameter or member of type ioasid_t is not called pasid.',
  why: 'There are many small integers about (stream ids, domain ids, ASIDs, VMIDs); only the name says which one a driver gets.',
  remedy: 'Call it pasid.',
  source: 'include/linux/iommu.h (6.12): every ioasid_t there is called pasid',
  bad: [
    {
      title: 'an id among ids',
      code: `
int toy_attach(struct iommu_domain *domain, struct device *dev, ioasid_t id)
//                                                              ^^^^^^^^^^^ pasid-by-another-name: call it pasid
{
	return toy_write(domain, dev, id);
}`,
    },
  ],
  good: [
    {
      title: 'a PASID',
      code: `
int toy_attach(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	return toy_write(domain, dev, pasid);
}`,
    },
  ],
  *check({ facts, isNew }) {
    const found: Named[] = [
      ...facts.functions.flatMap(({ name, signature }) => ofParameters(name, signature.parameters)),
      ...facts.prototypes.flatMap(({ name, parameters }) => ofParameters(name, parameters)),
      ...facts.structs.flatMap((struct) =>
        struct.fields.flatMap(({ name, type, spot, parameters }) =>
          parameters
            ? ofParameters(tagOf(struct.name), parameters)
            : [{ owner: tagOf(struct.name), name, type, spot }],
        ),
      ),
    ].filter(
      ({ name, type, spot }) => type.base === 'ioasid_t' && name !== '' && !SAYS_SO.test(name) && isNew(spot),
    );
    // The same name goes through all functions of a file: one objection is enough.
    for (const path of new Set(found.map(({ spot }) => spot.unit.image.path))) {
      const [first, ...more] = found.filter(({ spot }) => spot.unit.image.path === path);
      if (!first || /ioasid/.test(path)) continue;
      yield {
        at: first.spot,
        function: first.owner,
        message: `\`${first.name}\` is a PASID; among so many ids, call it pasid.`,
        related: more.map(({ spot }) => ({ spot, message: 'and here' })),
      };
    }
  },
});

interface Named extends Pick<ParameterFact, 'name' | 'type' | 'spot'> {
  readonly owner: string;
}

function ofParameters(owner: string, parameters: readonly ParameterFact[]): Named[] {
  return parameters.map(({ name, type, spot }) => ({ owner, name, type, spot }));
}

/** Limits, and what the allocator of such numbers calls them. */
const SAYS_SO = /pasid|ssid|ioasid|^(?:min|max|start|end|first|last)$/i;
