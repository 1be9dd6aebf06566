/** A PASID kept in the domain, although one domain may sit on many PASIDs. */
import { defineRule, tagOf } from './rule.js';

export const pasidInDomain = defineRule({
  id: 'pasid-in-domain',
  classes: ['state-in-wrong-object', 'pasid-lifetime-limits'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  summary: 'A PASID is stored in an iommu_domain, or in an object hung off it one to one.',
  why: 'A PASID belongs to the attachment of a domain to a device, not to the domain: the same page table may be attached under different PASIDs, and the PASID of an mm can be given back while the domain still remembers it.',
  remedy: 'Pass the PASID to attach and detach, and keep it in the attachment or in the object of the mm.',
  source:
    'include/linux/iommu.h:iommu_attach_device_pasid (6.12) takes the PASID as a parameter of the attachment',
  bad: [
    {
      title: 'the domain remembers a PASID',
      code: `
struct toy_domain {
	struct iommu_domain domain;
	ioasid_t id;
//      ^^^^^^^^^^^^ pasid-in-domain: belongs to the attachment
};`,
    },
  ],
  good: [
    {
      title: 'the attachment knows its PASID',
      code: `
struct toy_attachment {
	struct iommu_domain *domain;
	struct device *dev;
	ioasid_t id;
};`,
    },
  ],
  *check({ facts, isNew }) {
    for (const struct of facts.structs) {
      const pasids = struct.fields.filter(({ kind }) => kind === 'pasid');
      // Its role takes longer to tell.
      if (pasids.length === 0 || (struct.role !== 'domain' && struct.role !== 'domain-part')) continue;
      const tag = tagOf(struct.name);
      for (const field of pasids) {
        const { link } = struct;
        if (!isNew(field.spot) && !(link && isNew(link))) continue;
        const stored = facts.functions
          .flatMap((fn) => fn.keptPasids)
          .filter((kept) => kept.struct === struct.name && kept.field === field.name);
        yield {
          at: isNew(field.spot) || !link ? field.spot : link,
          function: tag,
          message:
            `A domain must not encode a PASID, but \`${field.name}\` in ${tag} does${struct.role === 'domain' ? '' : ', which hangs off the domain'}. ` +
            'The PASID belongs to the attachment: one domain may be attached under several, and this copy outlives its origin. ' +
            'Pass it to attach and detach.',
          related: stored.map(({ spot }) => ({ spot, message: 'the PASID is copied into the domain here' })),
        };
      }
    }
  },
});
