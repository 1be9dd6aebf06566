/** What a review sees around the code: which files come along unreviewed, and the tree as the patches leave it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMailbox } from '../../server/src/patch/index.js';
import { type Batch, cBatch, patchBatches } from '../../server/src/review/units.js';
import { type Files, memoryTree } from './source-tree-bench.js';

const FILES: Files = {
  'include/linux/iommu.h': 'struct iommu_domain { int type; };\n',
  'include/linux/device.h': 'struct device { int id; };\n',
  'drivers/iommu/toy-pages.h': 'int toy_pages(void);\n',
  'drivers/iommu/toy/toy.h': '#include "deeper.h"\nstruct toy { int x; };\n',
  'drivers/iommu/toy/deeper.h': 'struct deeper { int y; };\n',
  'drivers/iommu/toy/toy.c':
    '#include <linux/device.h>\n#include "toy.h"\n#include "toy-pages.h"\n#include "../../../../etc/passwd"\n#include "gone.h"\nint toy(void);\n',
};

const context = ({ units }: Batch): string[] =>
  units.filter(({ isReviewed }) => !isReviewed).map(({ image }) => image.path);

const EXPECTED = ['include/linux/iommu.h', 'drivers/iommu/toy/toy.h', 'drivers/iommu/toy-pages.h'];

test('beside a C file come the header of the core and its own headers, wherever its driver keeps them', () => {
  const path = 'drivers/iommu/toy/toy.c';
  const asked: string[] = [];
  const part = { path: '/somewhere/toy.c', content: '', treePath: path };
  const edited = `${FILES[path]}struct edited { int x; };\n`;
  const batch = cBatch([{ part, text: edited }], { tree: memoryTree(FILES, asked) });
  assert.deepEqual(context(batch), EXPECTED);
  assert.ok(!asked.includes('include/linux/device.h'), 'nothing else is read');
  assert.equal(batch.tree?.read(path), edited);
  assert.equal(batch.tree?.declarationOf('struct', 'edited', path)?.path, path);
  assert.equal(batch.tree?.declarationOf('struct', 'deeper', path)?.path, 'drivers/iommu/toy/deeper.h');
  const alone = cBatch([{ part, text: edited }], { tree: null });
  assert.deepEqual([context(alone), alone.tree], [[], null]);
});

test('a patched file comes with the same, and the tree around it is the patched one', () => {
  const patch = `--- a/drivers/iommu/toy/toy.c
+++ b/drivers/iommu/toy/toy.c
@@ -4,3 +4,4 @@
 #include "../../../../etc/passwd"
 #include "gone.h"
 int toy(void);
+struct edited { int x; };
`;
  const box = openMailbox(patch);
  const input = { messages: [box.messageAt(0)], problems: [] };
  const [batch] = patchBatches({ path: 'a.patch', content: patch }, input, { tree: memoryTree(FILES) });
  assert.ok(batch);
  assert.deepEqual(batch.problems, []);
  assert.deepEqual(context(batch), EXPECTED);
  const path = 'drivers/iommu/toy/toy.c';
  assert.equal(batch.tree?.declarationOf('struct', 'edited', path)?.path, path);
  assert.deepEqual([...batch.bases()], [[path, 'unknown']]);
});
