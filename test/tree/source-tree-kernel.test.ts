/** The tree around the code on real kernels; figures are printed, not judged, where they depend on the machine. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { treeOnDisk } from '../../server/src/cli/tree-on-disk.js';
import { CFile } from '../../server/src/syntax/index.js';
import {
  callersOf,
  cFilesBelow,
  definitionOf,
  headlinesOf,
  includeLinesOf,
  MAY_BE,
  opsTablesOf,
  SourceTree,
} from '../../server/src/tree/index.js';
import { kernelTree, noKernel } from './source-tree-bench.js';

const INTEL = 'drivers/iommu/intel/iommu.c';
const since = (start: number): string => `${(performance.now() - start).toFixed(1)} ms`;

describe('on the trees of 6.1 and 6.12', { skip: noKernel }, () => {
  for (const version of ['6.1', '6.12'] as const) {
    test(`${version}: every include of drivers/iommu whose header is in the tree resolves`, (t) => {
      const root = kernelTree(version);
      const tree = new SourceTree(treeOnDisk(root));
      const all = readdirSync(root, { recursive: true }) as string[];
      const files = cFilesBelow(tree, 'drivers/iommu')!;
      assert.deepEqual(files, all.filter((path) => /^drivers\/iommu\/.*\.[ch]$/.test(path)).sort());
      let resolved = 0;
      const missing = new Set<string>();
      for (const path of files) {
        for (const { name, isLocal } of includeLinesOf(tree.read(path)!)) {
          if (tree.resolve(name, isLocal, path) !== null) resolved++;
          else missing.add(name);
        }
      }
      t.diagnostic(
        `${files.length} files, ${resolved} includes resolved, ${missing.size} headers not in the tree`,
      );
      const there = [...missing].filter((name) => all.some((path) => path.endsWith(`/${name}`)));
      assert.deepEqual(there, []);
    });
  }

  test('6.12: the first answer for one file, and what comes after', (t) => {
    const root = kernelTree('6.12');
    const start = performance.now();
    const tree = new SourceTree(treeOnDisk(root));
    assert.equal(tree.declarationOf('struct', 'iommu_domain', INTEL)?.path, 'include/linux/iommu.h');
    t.diagnostic(`first answer: ${since(start)}`);
    const walk = performance.now();
    t.diagnostic(`${[...tree.closure(INTEL)].length} files included: ${since(walk)}`);
    const names = new Set([...tree.read(INTEL)!.matchAll(/\bstruct\s+(\w+)/g)].map(([, name]) => name!));
    const lookups = performance.now();
    const missing = [...names].filter((name) => tree.declarationOf('struct', name, INTEL) === null);
    t.diagnostic(
      `${names.size} struct types used, ${missing.length} not found (${missing}): ${since(lookups)}`,
    );
    // pt_regs and its like are of an architecture; these names are in no header of the tree.
    const text = [...tree.closure(INTEL)].map((path) => tree.read(path)).join('\n');
    for (const name of missing) assert.doesNotMatch(text, new RegExp(`\\bstruct\\s+${name}\\s*\\{`), name);
    const words = [...new Set(tree.read(INTEL)!.match(/\b[a-z_]\w{2,}(?=\()/g))];
    const calls = performance.now();
    const found = words.filter(
      (name) => tree.declarationOf('function', name, INTEL) ?? tree.declarationOf('macro', name, INTEL),
    );
    t.diagnostic(`${words.length} names called, ${found.length} declared: ${since(calls)}`);
    assert.ok(found.length > words.length * 0.9);
    const repeated = performance.now();
    for (const name of names) tree.declarationOf('struct', name, INTEL);
    t.diagnostic(`${names.size} lookups again: ${since(repeated)}`);
  });

  test('6.12: definitions, callers and tables of the core', (t) => {
    const tree = new SourceTree(treeOnDisk(kernelTree('6.12')));
    const start = performance.now();
    assert.equal(definitionOf(tree, 'iommu_group_get', INTEL)?.path, 'drivers/iommu/iommu.c');
    assert.equal(
      definitionOf(tree, 'intel_pasid_setup_first_level', INTEL)?.path,
      'drivers/iommu/intel/pasid.c',
    );
    assert.equal(definitionOf(tree, 'dev_iommu_priv_get', INTEL)?.path, 'include/linux/iommu.h');
    t.diagnostic(`three definitions: ${since(start)}`);
    const search = performance.now();
    const sites = callersOf(tree, 'iommu_attach_group', {
      directories: ['drivers/iommu', 'drivers/vfio'],
      definedIn: 'drivers/iommu/iommu.c',
    });
    t.diagnostic(`callers of iommu_attach_group: ${sites?.length}, ${since(search)}`);
    assert.deepEqual(
      new Set(sites?.map(({ caller }) => caller.name)),
      new Set(['vfio_iommu_type1_attach_group']),
    );
    const tables = performance.now();
    const ops = opsTablesOf(tree, 'iommu_ops', INTEL);
    t.diagnostic(`${ops.length} tables of struct iommu_ops: ${since(tables)}`);
    assert.equal(ops[0]?.variable.name, 'intel_iommu_ops');
    assert.ok(ops.length >= 15);
    assert.ok(
      opsTablesOf(tree, 'iommu_domain_ops', INTEL).some(({ within }) => within[0] === 'default_domain_ops'),
    );
  });

  test('6.12: headlines name all that the outline of drivers/iommu and the headers around it declares', (t) => {
    const root = kernelTree('6.12');
    const folders = ['drivers/iommu', 'drivers/vfio'];
    const paths = folders.flatMap((folder) =>
      (readdirSync(join(root, folder), { recursive: true }) as string[])
        .filter((name) => /\.[ch]$/.test(name))
        .map((name) => join(folder, name)),
    );
    paths.push(
      'include/linux/iommu.h',
      'include/linux/device.h',
      'include/linux/xarray.h',
      'include/uapi/linux/iommufd.h',
    );
    const bits = {
      ...MAY_BE,
      struct: MAY_BE.tag,
      union: MAY_BE.tag,
      enum: MAY_BE.tag,
      include: 0,
      invocation: 0,
    };
    let items = 0;
    let skimming = 0;
    let parsing = 0;
    const missing: string[] = [];
    for (const path of paths) {
      const text = readFileSync(join(root, path), 'utf8');
      const start = performance.now();
      const headlines = headlinesOf(text);
      const middle = performance.now();
      const file = new CFile(text);
      void file.items;
      skimming += middle - start;
      parsing += performance.now() - middle;
      for (const item of file.items) {
        if (item.name === '' || bits[item.kind] === 0) continue;
        items++;
        const isNamed = ((headlines.get(item.name) ?? 0) & bits[item.kind]) !== 0;
        // The piece in which it says so must be the one in which the item stands.
        if (!isNamed || !file.itemsAt(headlines.placesOf(item.name)).includes(item))
          missing.push(`${path}: ${item.kind} ${item.name}`);
      }
    }
    t.diagnostic(
      `${paths.length} files, ${items} items; skimming : parsing = 1 : ${(parsing / skimming).toFixed(0)}`,
    );
    assert.deepEqual(missing, []);
  });
});
