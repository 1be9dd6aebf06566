/**
 * Whole trees: what share of the functions of the IOMMU drivers is lowered
 * without anything opaque, why the rest is not, and how long it takes.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  DeclarationsOf,
  lower,
  type NamedFile,
  opaqueReasons,
  parseIr,
  printIr,
} from '../../server/src/ir/index.js';
import { CFile } from '../../server/src/syntax/index.js';

const SCRIPT = fileURLToPath(new URL('../../../shared/tools/kernel-tree.sh', import.meta.url));
const FOLDERS = ['drivers/iommu', 'drivers/vfio', 'drivers/misc/uacce', 'drivers/dma/idxd'];
const HEADERS = [
  ...[
    'iommu',
    'mm_types',
    'list',
    'bits',
    'device',
    'pci',
    'io-pgtable',
    'iova',
    'vfio',
    'iommufd',
    'xarray',
  ],
  ...[
    'refcount',
    'kref',
    'rculist',
    'dmar',
    'types',
    'fs',
    'dma-mapping',
    'interval_tree',
    'dma-direction',
    'sizes',
  ],
  ...['pci-p2pdma', 'notifier', 'of', 'irq', 'platform_device', 'bitfield', 'scatterlist', 'mm', 'llist'],
].map((name) => `include/linux/${name}.h`);

function treeOf(version: string): string | null {
  if (!existsSync(SCRIPT)) return null;
  const { status, stdout } = spawnSync('bash', [SCRIPT, version], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

function sourcesBelow(tree: string, folder: string): string[] {
  const found = existsSync(join(tree, folder))
    ? readdirSync(join(tree, folder), { recursive: true, encoding: 'utf8' })
    : [];
  return found.filter((file) => /\.[ch]$/.test(file)).map((file) => join(folder, file));
}

/** Files by folder, each with the headers beside it, above it, and those of include/. */
function units(tree: string): { file: NamedFile; declarations: DeclarationsOf }[] {
  const files = new Map<string, NamedFile>();
  const at = (path: string): NamedFile => {
    const known = files.get(path) ?? { path, file: new CFile(readFileSync(join(tree, path), 'utf8')) };
    files.set(path, known);
    return known;
  };
  const all = FOLDERS.flatMap((folder) => sourcesBelow(tree, folder));
  const shared = HEADERS.filter((path) => existsSync(join(tree, path))).map(at);
  return [...new Set(all.map(dirname))].flatMap((folder) => {
    const own = all.filter((path) => dirname(path) === folder);
    const above = all.filter((path) => dirname(path) === dirname(folder) && path.endsWith('.h'));
    const declarations = new DeclarationsOf([...own, ...above].map(at).concat(shared));
    return own.map((path) => ({ file: at(path), declarations }));
  });
}

test('any prefix of a driver is lowered', {
  skip: treeOf('6.12') ? false : 'the kernel trees are not here',
}, () => {
  const text = readFileSync(join(treeOf('6.12')!, 'drivers/iommu/iommu-sva.c'), 'utf8');
  for (let end = 0; end < text.length; end += 401) {
    const file = new CFile(text.slice(0, end));
    const declarations = new DeclarationsOf([file]);
    for (const item of file.items) if (item.kind === 'function') lower(file, item, declarations);
  }
});

for (const version of ['6.1', '6.12']) {
  const tree = treeOf(version);
  test(`Linux ${version}`, { skip: tree ? false : 'the kernel trees are not here' }, (t) => {
    let functions = 0;
    let clean = 0;
    let instructions = 0;
    let microseconds = 0;
    const reasons = new Map<string, number>();
    for (const { file, declarations } of units(tree!)) {
      for (const item of file.file.items) {
        if (item.kind !== 'function' || !file.file.bodyOf(item)) continue;
        const before = process.hrtime.bigint();
        const ir = lower(file.file, item, declarations);
        microseconds += Number(process.hrtime.bigint() - before) / 1000;
        functions++;
        instructions += ir.code.length;
        const why = opaqueReasons(ir);
        if (why.length === 0) clean++;
        for (const reason of why) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        if (functions % 20 === 0) assert.deepEqual(parseIr(printIr(ir)), ir, `${file.path}: ${item.name}`);
      }
    }
    const share = (100 * clean) / functions;
    t.diagnostic(
      `${functions} functions, ${share.toFixed(2)}% without opaque, ${instructions} instructions, ${(microseconds / functions).toFixed(0)} µs a function`,
    );
    for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1]))
      t.diagnostic(`${count} ${reason}`);
    assert.ok(functions > 3000);
    assert.ok(share >= 99.5, `${share.toFixed(2)}%`);
  });
}
