/** A C file declares what another one defines. */
import { defineRule } from './rule.js';

export const externInSource = defineRule({
  id: 'extern-in-source',
  classes: ['config-stub-kconfig', 'api-shape'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A C file declares a function or variable of another file with extern.',
  why: 'Where the definition changes, or is not built in some configuration, nobody tells this declaration: it is wrong at run time, or does not link.',
  remedy: 'Declare it in a header that both files include, with a stub for kernels that do not have it.',
  source:
    'scripts/checkpatch.pl, "externs should be avoided in .c files"; review of "Hyper-V IOMMU" patches, 2021',
  bad: [
    {
      title: 'of another file',
      form: 'patch',
      code: `
 #include <linux/iommu.h>
 
+extern int toy_is_there;
+//         ^^^^^^^^^^^^ extern-in-source: header
+
 int toy_probe(struct device *dev)
 {
-	return 0;
+	return toy_is_there;
 }`,
    },
  ],
  good: [
    {
      title: 'of its own file, and what the linker brings',
      form: 'patch',
      code: `
 #include <linux/iommu.h>
 
+static int toy_count(void);
+extern char __toy_start[];
+
 int toy_probe(struct device *dev)
 {
-	return 0;
+	return toy_count() + __toy_start[0];
 }`,
    },
  ],
  *check({ facts, isNew }) {
    for (const { kind, name, spot } of facts.foreignDeclarations) {
      if (!isNew(spot)) continue;
      const called = kind === 'function' ? `${name}()` : name;
      yield {
        at: spot,
        function: name,
        message: `Declare ${called} in a header that its definition includes: here nothing tells whether the two agree.`,
      };
    }
  },
});
