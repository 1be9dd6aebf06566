/** Function after function asks which hardware it runs on. */
import { defineRule } from './rule.js';

export const repeatedVersionTest = defineRule({
  id: 'repeated-version-test',
  classes: ['type-switch-vs-ops'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A patch adds tests of the version of the hardware to several functions.',
  why: 'The next version has to be thought of in each of them, and what one version is made of stands in no one place.',
  remedy: 'Put what differs into data or operations of the match table, and have the functions use that.',
  source:
    'drivers/iommu/mtk_iommu.c:mtk_iommu_plat_data, rockchip-iommu.c:rk_iommu_ops (6.12), which replaced such tests; reviews of the list 2019 to 2022',
  bad: [
    {
      title: 'three functions, one version',
      form: 'patch',
      code: `
+static void tlb_init(struct tlb *tlb)
+{
+	if (tlb->version == TLB_V2)
+		writel(1, tlb->base);
+}
+
+static void tlb_flush(struct tlb *tlb)
+{
+	if (tlb->version == TLB_V2)
+		writel(2, tlb->base + 8);
+	else
+		writel(2, tlb->base + 12);
+}
+
+void tlb_map(struct tlb *tlb)
+{
+	tlb_init(tlb);
+	tlb_flush(tlb);
+	if (tlb->version >= TLB_V2)
//          ^^^^^^^^^^^^^^^^^^^^^^ repeated-version-test: match table
+		writel(3, tlb->base);
+}`,
    },
  ],
  good: [
    {
      title: 'data of the match table, with one test',
      form: 'patch',
      code: `
+static void tlb_init(struct tlb *tlb)
+{
+	writel(1, tlb->base + tlb->data->init);
+	if (tlb->version == TLB_V2)
+		writel(2, tlb->base);
+	else if (tlb->version == TLB_V3)
+		writel(3, tlb->base);
+}
+
+void tlb_map(struct tlb *tlb)
+{
+	tlb_init(tlb);
+	writel(2, tlb->base + tlb->data->flush);
+}`,
    },
  ],
  *check({ facts, isFresh }) {
    for (const { member, places } of facts.versionTests) {
      const fresh = places.filter(({ spot }) => isFresh(spot));
      const last = fresh.at(-1);
      if (!last || fresh.length < 3 || new Set(fresh.map((each) => each.function)).size < 2) continue;
      yield {
        at: last.spot,
        function: last.function,
        message: `The patch asks ${member} in ${fresh.length} places. Operations or data of the match table for what differs?`,
        related: fresh.slice(0, -1).map(({ spot, text }) => ({ spot, message: `\`${text}\`` })),
      };
    }
  },
});
