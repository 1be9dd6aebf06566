/** Two stars over a comment that is no kernel-doc, and @names that are no parameters. */
import type { Spot } from '../iommu/index.js';
import { defineRule } from './rule.js';

export const kernelDocForm = defineRule({
  id: 'kernel-doc-form',
  classes: ['comment-doc-mismatch'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  quietInTree: true,
  summary:
    'A comment opens as kernel-doc but is not written as such, or speaks of a parameter that is not there.',
  why: 'scripts/kernel-doc reads every comment that opens with two stars, and warns of what it cannot read; @name is how it refers to a parameter.',
  remedy: 'Open a plain comment with one star; refer to parameters by their names.',
  source: 'Documentation/doc-guide/kernel-doc.rst, scripts/kernel-doc (6.12)',
  bad: [
    {
      title: 'a sentence under two stars',
      form: 'patch',
      code: `
+/**
+^^^ kernel-doc-form: two stars
+ * This gets the users of it all.
+ */
+int toy_get(struct toy *toy)
+{
+	return toy->users;
+}`,
    },
    {
      title: 'no parameter of that name',
      code: `
/**
 * toy_bind() - Bind a device
 * @dev: the device
 *
 * The caller puts @device again.
 *                  ^^^^^^ kernel-doc-form: no parameter device
 */
int toy_bind(struct device *dev)
{
	return dev->id;
}`,
    },
  ],
  good: [
    {
      title: 'as it should be',
      code: `
/**
 * toy_bind() - Bind a device
 * @dev: the device
 *
 * The caller puts @dev again.
 */
int toy_bind(struct device *dev)
{
	return dev->id;
}`,
    },
  ],
  *check(input) {
    for (const { spot, opening, kind, target, mentions, parameters, name } of input.facts.docs) {
      if (!target) continue;
      // A diff may show the first line of a comment that was there as a new one.
      const closing: Spot = { unit: spot.unit, span: { start: spot.span.end - 2, end: spot.span.end } };
      const isNew = opening !== null && input.isFresh(opening) && input.isNew(closing);
      // Headers for user space open all comments so, and the documentation takes none from them.
      const isUapi = spot.unit.image.path.startsWith('include/uapi/');
      if (opening && kind === null && parameters.length === 0 && isNew && !isUapi) {
        yield {
          at: opening,
          function: target.name || null,
          severity: 'info',
          message: 'Kernel-doc opens with two stars, and this is none: one star, or name and parameters.',
          fix: { title: 'Open it as a plain comment', edits: [{ spot: opening, text: '/*' }] },
        };
        continue;
      }
      if (target.kind !== 'function' || !target.isWhole || kind !== 'function' || name !== target.name)
        continue;
      const known = new Set([...target.members, ...parameters].map((each) => each.name));
      const [odd] = mentions.filter((each) => !known.has(each.name) && input.isFresh(each.spot));
      if (!odd) continue;
      yield {
        at: odd.spot,
        function: target.name,
        severity: 'info',
        message: /^returns?$/.test(odd.name)
          ? 'Kernel-doc wants "Return:" here; an @ stands before parameters.'
          : `${target.name}() has no parameter ${odd.name}.`,
      };
    }
  },
});
