/** Something new that nobody uses: a member, a value, a macro, a declaration without a body, an export. */
import type { UnusedNameFact } from '../iommu/index.js';
import { messageText, messageWords } from '../patch/index.js';
import { hasUnseenSuccessors, type PatchFact } from './context.js';
import { defineRule } from './rule.js';

export const unusedAddition = defineRule({
  id: 'unused-addition',
  classes: ['unused-code', 'patch-scope'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A patch adds a name that nothing in it uses.',
  why: 'Code is added together with its first user: before, nobody can tell whether it is right, and it may never be used at all.',
  remedy: 'Move it to the patch that uses it, or drop it.',
  source:
    'Documentation/process/5.Posting.rst, "Patch preparation" (6.12); review of "iommu: Add iommu_domain ops for dirty tracking", 29 April 2022',
  bad: [
    {
      title: 'a member that nobody reads or writes',
      form: 'patch',
      code: `
+struct toy_range {
+	unsigned long iova;
+	unsigned long npages;
+//                    ^^^^^^ unused-addition: uses npages
+};
+
+unsigned long toy_start(struct toy_range *range)
+{
+	return range->iova;
+}`,
    },
  ],
  good: [
    {
      title: 'a register map, of which not all is used yet',
      form: 'patch',
      code: `
+#define TOY_ERR_MAP		0x000c
+#define TOY_INT_MASK		0x0014
+#define TOY_CMD_MAP		0x001c
+
+#define TOY_STATUS		0x0020
+
+u32 toy_state(struct toy *toy)
+{
+	return readl(toy->base + TOY_STATUS) | readl(toy->base + TOY_ERR_MAP) | readl(toy->base + TOY_CMD_MAP);
+}`,
    },
    {
      title: 'with its use',
      form: 'patch',
      code: `
+struct toy_range {
+	unsigned long iova;
+	unsigned long npages;
+};
+
+unsigned long toy_end(struct toy_range *range)
+{
+	return range->iova + range->npages * PAGE_SIZE;
+}`,
    },
  ],
  *check({ facts, isFresh, series }) {
    const added = facts.unusedNames.filter(({ spot, wasThere }) => isFresh(spot) && !wasThere);
    for (const fact of added) {
      const { kind, spot, neighbours } = fact;
      const isOfTable =
        added.filter((each) => each.kind === kind && each.spot.unit === spot.unit).length > MANY;
      if ((kind === 'macro' || kind === 'value') && (isOfTable || neighbours > MOST_NEIGHBOURS)) continue;
      const patch = series.patches.find(({ number }) => number === spot.unit.patch);
      // An interface has its users in the patches after it.
      const goesOn = !patch || hasUnseenSuccessors(series, patch);
      if ((kind === 'export' || kind === 'function') && goesOn) continue;
      if (patch && isAnnounced(fact, patch, goesOn)) continue;
      yield {
        at: fact.spot,
        function: fact.owner?.replace(/^\w+ /, '') ?? fact.name,
        message: messageOf(fact),
      };
    }
  },
});

/** Whether to add it is what the patch says it is for. */
function isAnnounced({ kind, name }: UnusedNameFact, { message }: PatchFact, goesOn: boolean): boolean {
  if (kind === 'export') return messageWords(message).has('export');
  if (kind === 'function') return /prototype|declar/i.test(messageText(message));
  return goesOn && (message.subject?.title ?? '').toLowerCase().includes(name.toLowerCase());
}

/** A table of registers or commands is defined as a whole, used or not. */
const MOST_NEIGHBOURS = 2;

/** So many unused ones are no oversight either. */
const MANY = 3;

function messageOf({ kind, name, owner }: UnusedNameFact): string {
  switch (kind) {
    case 'export':
      return `Which module calls ${name}()? Nothing in this patch does: export it with its first user.`;
    case 'function':
      return `${name}() is declared, but this patch neither defines nor calls it. Is it for a later one?`;
    case 'member':
      return `Nothing in this patch uses ${name} of ${owner}. Add it together with its first user.`;
    default:
      return `Nothing in this patch uses ${name}. Add it together with its first user.`;
  }
}
