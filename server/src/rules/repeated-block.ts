/** The same lines are added in two places. */
import type { CopyFact } from '../iommu/index.js';
import { defineRule, type Objection, type RuleInput } from './rule.js';

export const repeatedBlock = defineRule({
  id: 'repeated-block',
  classes: ['needless-wrapper-duplicate'],
  since: '0.2.0',
  summary: 'A patch adds the same lines twice.',
  why: 'The next fix will be made in one of the two places.',
  remedy: 'Make a function of them.',
  source: 'Documentation/process/4.Coding.rst, "Redundant code" in spirit; reviews of the list 2019 to 2022',
  bad: [
    {
      title: 'twice the same checks',
      form: 'patch',
      code: `
+static int toy_map(struct toy *toy, unsigned long iova, size_t size)
+{
+	if (!toy->is_enabled || toy->is_dying)
+		return -ENODEV;
+	if (iova < toy->aperture_start)
+		return -EINVAL;
+	if (iova + size - 1 > toy->aperture_end)
+		return -EINVAL;
+	if (!IS_ALIGNED(iova | size, toy->page_size))
+		return -EINVAL;
+	toy->last_iova = iova;
+	return toy_fill(toy, iova, size);
+}
+
+static int toy_unmap(struct toy *toy, unsigned long iova, size_t size)
+{
+	if (!toy->is_enabled || toy->is_dying)
+//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ repeated-block: stand in toy_map()
+		return -ENODEV;
+	if (iova < toy->aperture_start)
+		return -EINVAL;
+	if (iova + size - 1 > toy->aperture_end)
+		return -EINVAL;
+	if (!IS_ALIGNED(iova | size, toy->page_size))
+		return -EINVAL;
+	toy->last_iova = iova;
+	return toy_clear(toy, iova, size);
+}
+
+int toy_both(struct toy *toy)
+{
+	return toy_map(toy, 0, PAGE_SIZE) ?: toy_unmap(toy, 0, PAGE_SIZE);
+}`,
    },
    {
      title: 'two tables of the same operations',
      form: 'patch',
      code: `
+static const struct toy_ops toy_v1_ops = {
+	.map = toy_map,
+	.unmap = toy_unmap,
+	.flush = toy_flush,
+};
+
+static const struct toy_ops toy_v2_ops = {
//                              ^^^^^^^^^^ repeated-block: toy_v1_ops
+	.map = toy_map,
+	.unmap = toy_unmap,
+	.flush = toy_flush,
+};
+
+void toy_choose(struct toy *toy)
+{
+	toy->ops = toy->version == 1 ? &toy_v1_ops : &toy_v2_ops;
+}`,
    },
    {
      title: 'the same body under two names',
      form: 'patch',
      code: `
+static bool ring_is_idle(struct ring *ring)
+{
+	u32 status = readl_relaxed(ring->base + RING_STATUS);
+
+	if (status & RING_BUSY)
+		return false;
+	return !(status & RING_PENDING);
+}
+
+static bool ring_has_drained(struct ring *ring)
//          ^^^^^^^^^^^^^^^^ repeated-block: ring_is_idle
+{
+	u32 status = readl_relaxed(ring->base + RING_STATUS);
+
+	if (status & RING_BUSY)
+		return false;
+	return !(status & RING_PENDING);
+}
+
+bool ring_rests(struct ring *ring)
+{
+	return ring_is_idle(ring) && ring_has_drained(ring);
+}`,
    },
    {
      title: 'the same bits packed three times',
      form: 'patch',
      code: `
+void pt_fill(struct pt *pt, u32 iova, u32 pa)
+{
+	pt->first[0] = ((iova >> 12) & 0x3ff) << 4 | PT_VALID;
+	pt->first[1] = ((pa >> 12) & 0x3ff) << 4 | PT_VALID;
+}
+
+void pt_again(struct pt *pt, u32 addr)
+{
+	pt->second = ((addr >> 12) & 0x3ff) << 4 | PT_VALID;
//                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ repeated-block: 3 times
+}`,
    },
  ],
  good: [
    {
      title: 'tables, bodies and bits that differ, and short ones',
      form: 'patch',
      code: `
+static const struct toy_ops toy_v1_ops = { .map = toy_map, .unmap = toy_unmap, .flush = toy_flush };
+static const struct toy_ops toy_v2_ops = { .map = toy_map, .unmap = toy_unmap, .flush = toy_flush_v2 };
+
+void toy_choose(struct toy *toy, u32 iova, u32 pa)
+{
+	toy->ops = toy->version == 1 ? &toy_v1_ops : &toy_v2_ops;
+	toy->one = ((iova >> 12) & 0x3ff) << 4 | TOY_VALID;
+	toy->two = ((pa >> 22) & 0x3ff) << 2 | TOY_VALID;
+	toy->three = (pa >> 12) & 0x3ff;
+	toy->four = (iova >> 12) & 0x3ff;
+	toy->five = (pa >> 12) & 0x3ff;
+}
+
+bool toy_is_on(struct toy *toy)
+{
+	return readl(toy->base) & TOY_ON;
+}
+
+bool toy_has_power(struct toy *toy)
+{
+	return readl(toy->base) & TOY_ON;
+}`,
    },
    {
      title: 'once',
      form: 'patch',
      code: `
+static int toy_check(struct toy *toy, unsigned long iova, size_t size)
+{
+	if (!toy->is_enabled || toy->is_dying)
+		return -ENODEV;
+	if (iova < toy->aperture_start)
+		return -EINVAL;
+	if (iova + size - 1 > toy->aperture_end)
+		return -EINVAL;
+	return IS_ALIGNED(iova | size, toy->page_size) ? 0 : -EINVAL;
+}
+
+int toy_map(struct toy *toy, unsigned long iova, size_t size)
+{
+	return toy_check(toy, iova, size) ?: toy_fill(toy, iova, size);
+}`,
    },
  ],
  forms: [
    {
      of: 'A patch adds the same run of lines twice.',
      why: 'The next fix will be made in one of the two places.',
      instead: 'A function that both call.',
      severity: 'info',
      confidence: 'possible',
      check: repeatedLines,
    },
    {
      of: 'A patch adds two constant tables with the same initialiser.',
      why: 'Who adds a slot to one of them forgets the other; where both are meant to differ one day, they can do so then.',
      instead: 'One table, which both refer to.',
      severity: 'info',
      confidence: 'possible',
      check: (input) => copiesOf(input, 'table', 2),
    },
    {
      of: 'A patch adds two functions with the same body.',
      why: 'The next fix will be made in one of them.',
      instead: 'One function, which both files call.',
      severity: 'info',
      confidence: 'possible',
      check: (input) => copiesOf(input, 'body', 2),
    },
    {
      of: 'A patch writes out the same packing of bits three times or more.',
      why: 'Which bits of a register or entry mean what belongs into one place, under a name.',
      instead: 'A macro or an inline helper; FIELD_PREP() and FIELD_GET() with a mask by name.',
      severity: 'info',
      confidence: 'possible',
      check: (input) => copiesOf(input, 'expression', 3),
    },
  ],
});

function* repeatedLines({ facts, isFresh }: RuleInput): Iterable<Objection> {
  for (const { spot, function: name, lines, first, firstFunction } of facts.repeats) {
    if (!isFresh(spot) || !isFresh(first)) continue;
    const where =
      firstFunction === ''
        ? 'this patch'
        : firstFunction === name
          ? `${firstFunction}() of ${first.unit.image.path}`
          : `${firstFunction}()`;
    yield {
      at: spot,
      function: name,
      message: `These ${lines} lines stand in ${where} as well. A helper for both?`,
      related: [{ spot: first, message: 'the same lines' }],
    };
  }
}

function* copiesOf(
  { facts, isFresh, functionAt }: RuleInput,
  kind: CopyFact['kind'],
  least: number,
): Iterable<Objection> {
  for (const { spot, name, others, ...copy } of facts.copies) {
    const fresh = others.filter((each) => isFresh(each.spot));
    if (copy.kind !== kind || !isFresh(spot) || fresh.length + 1 < least) continue;
    // What is said of their lines need not be said of the functions.
    const isSaid = kind === 'body' && facts.repeats.some((each) => each.function === name);
    if (isSaid) continue;
    const [first] = fresh;
    yield {
      at: spot,
      function: functionAt(spot),
      message:
        kind === 'table'
          ? `${name} has the same entries as ${first!.name}. One table for both?`
          : kind === 'body'
            ? `${name}() does word for word what ${first!.name === name ? 'the other one of that name' : `${first!.name}()`} does. One function for both?`
            : `The patch writes this out ${fresh.length + 1} times. One macro or helper for it?`,
      related: fresh.map((each) => ({ spot: each.spot, message: 'the same' })),
    };
  }
}
