/** A file uses a header that its own patch brings, and does not include it. */
import { defineRule } from './rule.js';

export const missingInclude = defineRule({
  id: 'missing-include',
  classes: ['patch-scope', 'config-stub-kconfig'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A file calls what only a new header of the series declares, and nothing includes the header.',
  why: 'The file does not compile as it stands; where a later patch mends that, the series cannot be bisected.',
  remedy: 'Include the header in the patch that first uses it.',
  source: 'Documentation/process/submitting-patches.rst, "Separate your changes" (6.12)',
  bad: [
    {
      title: 'an event of include/trace/events/toy.h, which the same patch brings',
      form: 'patch',
      code: `
+void toy_map(struct toy *toy)
+{
+	trace_toy_map(toy->users);
+	^^^^^^^^^^^^^^^^^^^^^^^^^ missing-include: trace/events/toy.h
+}`,
      beside: {
        path: 'include/trace/events/toy.h',
        code: `
TRACE_EVENT(toy_map,
	TP_PROTO(int users),
	TP_ARGS(users)
);`,
      },
    },
  ],
  good: [
    {
      title: 'included',
      form: 'patch',
      code: `
+#include <trace/events/toy.h>
+
+void toy_map(struct toy *toy)
+{
+	trace_toy_map(toy->users);
+}`,
      beside: {
        path: 'include/trace/events/toy.h',
        code: `
TRACE_EVENT(toy_map,
	TP_PROTO(int users),
	TP_ARGS(users)
);`,
      },
    },
    {
      title: 'of a header that was there',
      form: 'patch',
      code: `
+void toy_map(struct toy *toy)
+{
+	trace_toy_map(toy->users);
+}`,
    },
  ],
  *check({ facts }) {
    for (const { spot, function: name, called, header } of facts.missingIncludes) {
      const included = header.replace(/^(?:.*\/)?include\//, '');
      yield {
        at: spot,
        function: name,
        message: `${called}() comes from ${included}, which is new and not included here: this does not compile.`,
      };
    }
  },
});
