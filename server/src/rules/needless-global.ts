/** A function or variable that the linker sees and only its file knows. */
import type { GlobalNameFact } from '../iommu/index.js';
import { defineRule } from './rule.js';

export const needlessGlobal = defineRule({
  id: 'needless-global',
  classes: ['misleading-name', 'unused-code'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  quietInTree: true,
  summary: 'A function or variable of one file is not static, and no header declares it.',
  why: 'Its name is taken for the whole kernel, compilers and sparse ask for a declaration, and nobody can tell that all its users are in the file.',
  remedy: 'Make it static, or declare it in a header together with its first user elsewhere.',
  source: 'gcc -Wmissing-prototypes; sparse -Wdecl; Documentation/process/coding-style.rst, "Naming" (6.12)',
  bad: [
    {
      title: 'a new function',
      form: 'patch',
      code: `
+int toy_reset(struct toy *toy)
+    ^^^^^^^^^ needless-global: static
+{
+	return toy->users;
+}
+
+int toy_probe(struct toy *toy)
+{
+	return toy_reset(toy);
+}`,
    },
    {
      title: 'a variable with the name of anybody',
      form: 'patch',
      code: `
+size_t count;
+       ^^^^^ needless-global: static
+
+void toy_probe(struct toy *toy)
+{
+	toy->users = count++;
+}`,
    },
  ],
  good: [
    {
      title: 'static',
      form: 'patch',
      code: `
+static size_t count;
+
+void toy_probe(struct toy *toy)
+{
+	toy->users = count++;
+}`,
    },
    {
      title: 'for modules',
      form: 'patch',
      code: `
+int toy_reset(struct toy *toy)
+{
+	return toy->users;
+}
+EXPORT_SYMBOL_GPL(toy_reset);`,
    },
    {
      title: 'a variable of a function that a hunk begins in',
      form: 'patch',
      code: `
 	struct toy *toy = data;
+	size_t bytes;
 
+	bytes = toy->users;
+	toy_put(bytes);
 	return toy->ret;
 }`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fact of facts.globalNames) {
      if (!fact.lostHeader && !isNew(fact.spot)) continue;
      yield { at: fact.spot, function: fact.name, message: messageOf(fact) };
    }
  },
});

function messageOf({ kind, name, lostHeader }: GlobalNameFact): string {
  const called = kind === 'function' ? `${name}()` : name;
  return lostHeader
    ? `No header declares ${called} any more. Make it static.`
    : `Only this file knows ${called}, but the name is taken for the whole kernel. Make it static.`;
}
