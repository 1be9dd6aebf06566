/** Something outside of the kernel can set or read what no document tells of. */
import type { OutwardFact } from '../iommu/index.js';
import { defineRule, type Objection, type RuleInput } from './rule.js';

export const undocumentedSetting = defineRule({
  id: 'undocumented-setting',
  classes: ['comment-doc-mismatch', 'api-shape'],
  since: '0.2.0',
  quietInTree: true,
  summary:
    'A parameter, an attribute of sysfs or a property of the device tree is added, and no document comes with it.',
  why: 'It is an interface for people and programs: it can never be taken back, and nobody finds it in the code.',
  remedy: 'Do without, or document it in the same series.',
  source:
    'Documentation/ABI/README; Documentation/process/submit-checklist.rst, "documentation"; Documentation/devicetree/bindings/submitting-patches.rst; review of the list, 2019 to 2022',
  bad: [
    {
      title: 'whoever knows',
      form: 'patch',
      code: `
+static bool toy_lazy;
+module_param(toy_lazy, bool, 0444);
+^^^^^^^^^^^^ undocumented-setting: Who sets
+
+int toy_mode(struct toy *toy)
+{
+	return toy_lazy ? toy->lazy : toy->strict;
+}`,
    },
  ],
  good: [
    {
      title: 'as the machine needs it',
      form: 'patch',
      code: `
+int toy_mode(struct toy *toy)
+{
+	return toy->is_slow ? toy->lazy : toy->strict;
+}`,
    },
  ],
  forms: [
    {
      of: 'A driver gets a parameter of the module or the command line.',
      why: 'It is for all devices of the driver, users have to know when to set it, and kernels of distributions have one value for all.',
      instead: 'Let the driver find out, or make it an attribute of the device.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        firstOfEach(
          input,
          'parameter',
          null,
          ({ name }) => `Who sets ${name}, and how do they know? Could the driver tell by itself?`,
        ),
    },
    {
      of: 'An attribute of sysfs is added, and the series has nothing for Documentation/ABI.',
      why: 'What is in sysfs is an interface of the kernel to user space.',
      instead: 'An entry in Documentation/ABI/testing.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        firstOfEach(
          input,
          'attribute',
          /^Documentation\/ABI\//,
          ({ name }) => `Where is ${name} documented? Add an entry to Documentation/ABI/testing.`,
        ),
    },
    {
      of: 'A property of the device tree is read, and the series has no binding for it.',
      why: 'The binding is the contract with the firmware, and is reviewed by others.',
      instead: 'A patch for Documentation/devicetree/bindings before this one.',
      severity: 'hint',
      confidence: 'possible',
      check: (input) =>
        firstOfEach(
          input,
          'property',
          /^Documentation\/devicetree\/bindings\/|\.ya?ml$/,
          ({ name }) => `Is "${name}" in a binding? The series has none.`,
        ),
    },
  ],
});

/** The first of a kind in each patch, unless the series, as far as it is at hand, documents one. */
function* firstOfEach(
  { facts, series, isFresh }: RuleInput,
  kind: OutwardFact['kind'],
  documents: RegExp | null,
  say: (fact: OutwardFact) => string,
): Iterable<Objection> {
  const isDocumented = series.patches.some(({ files }) =>
    files.some(({ newPath }) => newPath !== null && documents?.test(newPath)),
  );
  if (isDocumented || (documents !== null && !series.isWhole)) return;
  const told = new Set<number>();
  for (const fact of facts.outward) {
    const { patch } = fact.spot.unit;
    if (fact.kind !== kind || told.has(patch) || !isFresh(fact.spot)) continue;
    told.add(patch);
    yield { at: fact.spot, message: say(fact) };
  }
}
