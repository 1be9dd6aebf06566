/** "cookie" and its like, for an object with a type, members and a lifetime. */
import type { Spot, StructFact } from '../iommu/index.js';
import { defineRule, tagOf } from './rule.js';

const VAGUE = ['cookie', 'blob', 'thing', 'stuff', 'thingy'];

export const vagueObjectName = defineRule({
  id: 'vague-object-name',
  classes: ['misleading-name'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  summary: 'A typed object with members and a lifetime is called a cookie, or something as vague.',
  why: 'A cookie is a value that one side hands out and never looks into. A struct that the code dereferences, counts or frees is an object, and its name should say which.',
  remedy: 'Name it after what it is: the binding of an mm, the handle of a device, the set of domains.',
  source:
    'Documentation/process/coding-style.rst, "Naming"; review of "iommu/sva: Add iommu_domain type for SVA", 30 March 2022',
  bad: [
    {
      title: 'a cookie with members',
      code: `
struct toy_cookie {
//     ^^^^^^^^^^ vague-object-name: wrong word
	struct mm_struct *mm;
	struct list_head devices;
};`,
    },
  ],
  good: [
    {
      title: 'a name that says what it is, and a cookie that is one',
      code: `
struct toy_binding {
	struct mm_struct *mm;
	unsigned long cookie;
};`,
    },
  ],
  *check({ facts, project: { naming }, isNew, isPatch }) {
    const vague = new Set([...VAGUE, ...naming.vague, ...Object.keys(naming.preferred)]);
    for (const struct of facts.structs) {
      const tag = tagOf(struct.name);
      const word = tag.split('_').find((each) => vague.has(each));
      if (!word || !struct.spot || !struct.hasLifetime || !isNew(struct.spot)) continue;
      const pointer = pointerTo(struct, facts.structs, isNew);
      const related = pointer ? [{ spot: struct.spot, message: `${tag} is defined here` }] : [];
      yield {
        at: pointer?.spot ?? struct.spot,
        function: pointer?.owner ?? tag,
        message:
          `"${word}" is the wrong word for ${tag}, a typed object with a lifetime that the code looks into. ` +
          adviceFor(word, naming.preferred[word]),
        // What is in the kernel already has had its name discussed.
        severity: isPatch(struct.spot) ? 'warning' : 'info',
        related,
      };
    }
  },
});

function adviceFor(word: string, preferred: string | undefined): string {
  if (preferred !== undefined) return `Here it is called "${preferred}".`;
  return word === 'cookie' || word === 'blob'
    ? `A ${word} is opaque to its holder: name the object after what it is.`
    : 'Name the object after what it is.';
}

/** The new member that points to the object, the place where readers meet the name; a domain's first. */
function pointerTo(
  target: StructFact,
  structs: readonly StructFact[],
  isNew: (spot: Spot) => boolean,
): { spot: Spot; owner: string } | null {
  const pointing = structs.flatMap((struct) => {
    const field = struct.fields.find(
      ({ type, spot }) => type.base === target.name && type.pointers === 1 && isNew(spot),
    );
    return field ? [{ struct, field }] : [];
  });
  const first = pointing.find(({ struct }) => struct.role === 'domain') ?? pointing[0];
  return first ? { spot: first.field.spot, owner: tagOf(first.struct.name) } : null;
}
