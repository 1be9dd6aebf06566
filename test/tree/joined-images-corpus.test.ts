/** A real series of the iommu list, joined. Skipped where the corpus is not beside the checkout. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readPatches } from '../../server/src/patch/index.js';
import { CFile, type FunctionItem } from '../../server/src/syntax/index.js';
import { type JoinedFile, joinedImages } from '../../server/src/tree/index.js';

const founding = fileURLToPath(new URL('../../../shared/corpus/founding/', import.meta.url));
const skip = existsSync(founding) ? false : `no corpus at ${founding}`;

function joinedSeries(name: string): readonly JoinedFile[] {
  const { messages } = readPatches(readFileSync(`${founding}${name}`));
  return joinedImages(
    messages.map(({ files, subject }, index) => ({ patch: subject?.index ?? index, files })),
  );
}

function functionIn({ image }: JoinedFile, name: string): { item: FunctionItem; text: string } {
  const c = new CFile(image.text, image.standIns);
  const item = c.items.find((each) => each.kind === 'function' && each.name === name);
  assert.ok(item?.kind === 'function', `${name} in ${image.path}`);
  return { item, text: image.text.slice(item.start, item.end) };
}

describe('a real series, joined', { skip }, () => {
  it('fits as it is numbered', () => {
    for (const name of ['rfc-v2-series.mbox', 'sva-v9-series.mbox'])
      assert.deepEqual(
        joinedSeries(name).flatMap(({ image }) => image.problems),
        [],
        name,
      );
  });

  it('shows the functions as the last patches leave them', () => {
    const files = joinedSeries('rfc-v2-series.mbox');
    assert.ok(!files.some(({ path }) => path.includes('iommu-sva-lib')));
    const sva = files.find(({ path }) => path === 'drivers/iommu/iommu-sva.c')!;
    assert.deepEqual(functionIn(sva, 'iommu_sva_bind_device').item.missing, []);
    const alloc = functionIn(sva, 'iommu_sva_alloc_domain');
    assert.deepEqual(alloc.item.missing, []);
    assert.ok(alloc.text.includes('INIT_LIST_HEAD(&cookie->bonds)'));
    const lines = sva.image.text.split('\n');
    const added = lines.findIndex((line) => line.includes('INIT_LIST_HEAD(&cookie->bonds)'));
    assert.equal(sva.patchOf(added), 8);
    const around = lines.findIndex((line) => line.startsWith('iommu_sva_alloc_domain('));
    assert.equal(sva.patchOf(around), 3);
  });

  it('parses', () => {
    const errors = ['rfc-v2-series.mbox', 'sva-v9-series.mbox'].flatMap((name) =>
      joinedSeries(name).flatMap(({ image: { text, standIns } }) =>
        new CFile(text, standIns).errors.map(({ end }) =>
          text
            .slice(0, end + 2)
            .split('\n')
            .slice(-2),
        ),
      ),
    );
    // A hunk that ends amid the parameters of a function named `__…` is closed as if it called one; so it is alone.
    assert.deepEqual(errors, [
      ['static int __iommu_group_for_each_dev(struct iommu_group *group, void *data,', ' 0);'],
    ]);
  });
});
