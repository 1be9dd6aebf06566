/** A number that two pools give out need not be the PASID: who gives it back to one of them frees no PASID. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  designNamed,
  implementationOf,
  playScenario,
  SCENARIOS,
} from '../../../server/src/sim/worlds/index.js';

/** Bonds have a number of their own, which goes before their device is detached. */
const NUMBERED_BONDS = `
--- a/server/simulated/designs/enclosing.c
+++ b/server/simulated/designs/enclosing.c
@@ -44,2 +44,3 @@
 struct iommu_sva {
+	int id;
 	struct device *dev;
@@ -194,2 +195,3 @@
 static DEFINE_IDA(iommu_sva_pasids);
+static DEFINE_IDA(iommu_sva_ids);
 static DEFINE_MUTEX(iommu_sva_lock);
@@ -338,2 +340,3 @@
 	domain->users++;
+	bond->id = ida_alloc_range(&iommu_sva_ids, IOMMU_FIRST_GLOBAL_PASID, 100, GFP_KERNEL);
 	bond->dev = dev;
@@ -388,2 +391,3 @@
 		list_del(&bond->node);
+		ida_free(&iommu_sva_ids, bond->id);
 		iommu_detach_device_pasid(domain, bond->dev, space->pasid);
`;

test('the number of a bond that equals its PASID is given back while the device is attached', () => {
  const design = designNamed('enclosing')!;
  const scenario = SCENARIOS.find(({ id }) => id === 'two-devices-one-iommu')!;
  const { breaches, verdict } = playScenario(
    implementationOf(design, design.file, [NUMBERED_BONDS]),
    scenario,
  );
  assert.deepEqual(
    breaches.map(({ monitor, words }) => `${monitor}: ${words}`),
    [],
  );
  assert.equal(verdict.kind, 'held', verdict.why);
});
