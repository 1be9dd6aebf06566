/** Lowering with the tree around the code: types, macros and inlines come from wherever the includes lead. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { TreeDeclarations, unitOf } from '../../server/src/iommu/index.js';
import { lower, Op, opaqueReasons, printIr } from '../../server/src/ir/index.js';
import { SourceTree, type TreeReader, wholeFileImage } from '../../server/src/tree/index.js';

const FILES: Record<string, string> = {
  'drivers/iommu/toy.h': `#include <linux/toy.h>
struct toy_domain {
	u32 flags;
	struct iommu_domain domain;
};
#define to_toy(d) container_of(d, struct toy_domain, domain)
`,
  'include/linux/toy.h': `struct iommu_domain { unsigned int type; };
#define TOY_LIMIT (1 << 4)
enum toy_kind { TOY_A = 3, TOY_B };
`,
  'drivers/iommu/other.c': `static const struct toy_ops other_ops = { .attach = other_attach };
struct toy_domain { int unrelated; };
`,
};
const reader: TreeReader = { root: 'tree', read: (path) => FILES[path] ?? null, list: () => null };

function lowered(path: string, text: string, name: string, around: TreeReader): ReturnType<typeof lower> {
  const unit = unitOf(wholeFileImage(path, text), 0, true);
  const tree = new SourceTree(around, new Map([[path, text]]));
  const item = unit.c.items.find(
    (each) => each.kind === 'function' && each.name === name && each.bodySpan !== null,
  );
  assert.ok(item?.kind === 'function');
  return lower(unit.c, item, new TreeDeclarations([unit], tree));
}

describe('declarations from the tree', () => {
  const text = `#include "toy.h"
int toy_flags(struct iommu_domain *d)
{
	return to_toy(d)->flags + TOY_LIMIT + TOY_B;
}
`;

  test('expand macros, know layouts and constants across includes', () => {
    const ir = lowered('drivers/iommu/toy.c', text, 'toy_flags', reader);
    assert.deepEqual(opaqueReasons(ir), []);
    const listing = printIr(ir);
    assert.match(listing, /container/i);
    assert.match(listing, /\b4\b/);
    assert.ok(ir.code.some(({ op }) => op === Op.Load));
  });

  test('are silent where the tree is', () => {
    const ir = lowered('drivers/iommu/toy.c', text.replace('"toy.h"', '"missing.h"'), 'toy_flags', reader);
    assert.match(printIr(ir), /to_toy/);
  });
});

const UNPACK = '../shared/tools/kernel-tree.sh';

test('an attach op of a real driver is lowered with all that it uses', {
  skip: existsSync(UNPACK) ? false : '../shared is not here',
}, (t) => {
  const root = execFileSync(UNPACK, ['6.12'], { encoding: 'utf8' }).trim();
  const on: TreeReader = {
    root,
    read: (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null),
    list: (path) => {
      if (!existsSync(join(root, path))) return null;
      return readdirSync(join(root, path), { withFileTypes: true }).map((each) =>
        each.isDirectory() ? `${each.name}/` : each.name,
      );
    },
  };
  const started = performance.now();
  const path = 'drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c';
  const ir = lowered(path, on.read(path)!, 'arm_smmu_attach_dev', on);
  t.diagnostic(
    `arm_smmu_attach_dev: ${ir.code.length} instructions in ${Math.round(performance.now() - started)} ms, cold`,
  );
  assert.deepEqual(opaqueReasons(ir), []);
  // to_smmu_domain() is container_of() by the member that the header says.
  assert.ok(ir.code.some(({ op }) => op === Op.ContainerOf));
});
