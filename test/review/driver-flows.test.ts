/** A driver's attach operations under review, on two hardware instances: what a patch brings in is said, what was there is not. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openDocument, review, SimulatedVersions, simulate } from '../../server/src/review/index.js';
import { TOY_DRIVER, TOY_DRIVER_THAT_SHARES } from '../../server/src/rules/toy-driver.js';
import { TEXTS } from '../../server/src/sim/worlds/index.js';
import type { TreeReader } from '../../server/src/tree/index.js';
import { unifiedDiff } from '../tree/diffs.js';

const PATH = 'drivers/iommu/toy.c';
const GOOD = `#include <linux/iommu.h>
${TOY_DRIVER}

static void toy_print(struct toy_domain *toy)
{
	pr_info("toy %p\\n", toy);
}
`;
const CHECK = `	if (toy->iommu && toy->iommu != iommu) {
		ret = -EINVAL;
		goto unlock;
	}
	if`;

/** The driver without the comparison. */
const FOREIGN = GOOD.replace(CHECK, '	if').replace(
  '	toy->iommu = iommu;\n',
  '	if (!toy->iommu)\n		toy->iommu = iommu;\n',
);

function treeOf(driver: string, more: Readonly<Record<string, string>> = {}): TreeReader {
  const header = ['kernel.h', 'core-6.8.h', 'driver-types.h'].map((name) => TEXTS[name]!).join('\n');
  const files: Readonly<Record<string, string>> = {
    'include/linux/iommu.h': header,
    [PATH]: driver,
    ...more,
  };
  return {
    root: '',
    read: (path) => files[path] ?? null,
    list: (folder) => {
      const below = Object.keys(files).filter((path) => path.startsWith(`${folder}/`));
      const names = below.map((path) => path.slice(folder.length + 1).replace(/\/.*/, '/'));
      return below.length === 0 ? null : [...new Set(names)];
    },
  };
}

function patchOf(before: string, after: string): string {
  return `Subject: [PATCH] iommu/toy: change it

---
diff --git a/${PATH} b/${PATH}
--- a/${PATH}
+++ b/${PATH}
${unifiedDiff(before, after)}`;
}

const NEW_FILE = (text: string): string => `Subject: [PATCH] iommu/toy: new driver

---
diff --git a/${PATH} b/${PATH}
new file mode 100644
--- /dev/null
+++ b/${PATH}
@@ -0,0 +1,${text.split('\n').length - 1} @@
${text
  .replace(/\n$/, '')
  .split('\n')
  .map((line) => `+${line}`)
  .join('\n')}
`;

function said(content: string, tree: TreeReader | null, path = 'toy.patch'): string[] {
  const { findings } = review([{ path, parts: [{ path, content }] }], { tree });
  return findings
    .filter(({ trace }) => trace?.scenario.startsWith('two-instances'))
    .map(({ rule, severity, region }) => `${rule} ${severity} ${region!.line}`);
}

const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

describe('a patch to a driver on a tree', () => {
  const NAME = 'static int toy_attach_dev';

  test('that takes the comparison out is objected to', () => {
    const line = lineOf(FOREIGN, NAME);
    const found = said(patchOf(GOOD, FOREIGN), treeOf(GOOD));
    assert.equal(found.length, 1, found.join());
    const [, , at] = found[0]!.split(' ');
    assert.match(found[0]!, /^foreign-domain-accepted warning /);
    // The patch does not show the name of the function.
    assert.ok(Number(at) > line && Number(at) <= line + 30, found[0]);
  });

  test('that puts it in, or shares its domains from then on, is not', () => {
    assert.deepEqual(said(patchOf(FOREIGN, GOOD), treeOf(FOREIGN)), []);
    const shares = GOOD.replace(TOY_DRIVER, TOY_DRIVER_THAT_SHARES);
    assert.deepEqual(said(patchOf(GOOD, shares), treeOf(GOOD)), []);
  });

  test('that changes the operation otherwise is not blamed for what was there', () => {
    const after = FOREIGN.replace('kzalloc(4096, ', 'kzalloc(8192, ');
    assert.deepEqual(said(patchOf(FOREIGN, after), treeOf(FOREIGN)), []);
  });

  test('that changes what the operation never comes by does not have it played', () => {
    const after = GOOD.replace('toy %p', 'the toy %p');
    const { flows } = review([{ path: 'a', parts: [{ path: 'a', content: patchOf(GOOD, after) }] }], {
      tree: treeOf(GOOD),
    });
    assert.deepEqual(
      flows.flatMap(({ scenarios }) => scenarios.filter(({ id }) => id === 'two-instances')),
      [],
    );
  });

  test('is objected to by the names of its own driver as well', () => {
    const renamed = (text: string): string => text.replace(/\btoy\b/g, 'dom').replace(/toy_/g, 'grey_');
    const found = said(patchOf(renamed(GOOD), renamed(FOREIGN)), treeOf(renamed(GOOD)));
    assert.equal(found.length, 1, found.join());
  });
});

describe('a driver without a tree', () => {
  test('is played where a patch or a file has all of it', () => {
    const line = lineOf(FOREIGN, 'static int toy_attach_dev');
    const expected = [`foreign-domain-accepted warning ${line}`];
    assert.deepEqual(said(FOREIGN, null, 'toy.c'), expected);
    assert.deepEqual(said(NEW_FILE(FOREIGN), null), expected);
    assert.deepEqual(said(NEW_FILE(GOOD), null), []);
  });

  test('is not played where hunks show a part of it', () => {
    assert.deepEqual(said(patchOf(GOOD, FOREIGN), null), []);
  });

  test('of a kernel that promised nothing about error numbers may give any', () => {
    const wrong = GOOD.replace('ret = -EINVAL;', 'ret = -ENXIO;');
    assert.equal(said(wrong, null, 'toy.c').length, 1);
    const [header] = ['include/linux/iommu.h'];
    const before = treeOf(wrong)
      .read(header!)!
      .replace(/\tint \(\*set_dev_pasid\)[^;]*;\n/, '');
    assert.deepEqual(said(wrong, treeOf(wrong, { [header!]: before }), PATH), []);
  });
});

test('a driver outside of any tree is played by whatever path it was given', () => {
  for (const path of ['toy.c', '../toy.c', '/nowhere/toy.c', '/nowhere/a folder/toy.c']) {
    const { findings } = review([{ path, parts: [{ path, content: FOREIGN }] }], { tree: null });
    const rules = findings.map(({ rule }) => rule);
    assert.equal(rules.filter((rule) => rule === 'foreign-domain-accepted').length, 1, path);
  }
});

test('an editor hears the same as check, with the verdict and what each programme came to', () => {
  const part = { path: 'toy.c', treePath: PATH, content: FOREIGN };
  const options = { tree: null, isCancelled: () => false };
  const stages = [...new SimulatedVersions().run(part, options)].slice(-1);
  const [last] = stages;
  assert.deepEqual(last!.findings().filter(({ rule }) => rule === 'foreign-domain-accepted').length, 1);
  const [[driver] = []] = last!.drivers();
  assert.equal(driver!.verdict, 'accepted although foreign');
  assert.deepEqual(driver!.rows.map(({ programme }) => programme).slice(0, 2), ['foreign', 'move']);
  // The word under the pointer is how its hover is found.
  const at = { line: lineOf(FOREIGN, '.attach_dev = toy_attach_dev') - 1, character: 18 };
  assert.equal(openDocument(part, { tree: null }).nameAt(at)?.name, 'toy_attach_dev');
});

test('simulate plays one operation or all, one programme or all, and repeats a run by its tape', () => {
  const input = { path: 'toy.c', parts: [{ path: 'toy.c', treePath: PATH, content: FOREIGN }] };
  const all = simulate(input, { tree: null, scenario: 'two-instances' });
  assert.deepEqual(
    all.drivers.map(({ function: name, verdict }) => [name, verdict]),
    [['toy_attach_dev', 'accepted although foreign']],
  );
  const [driver] = all.drivers;
  const rows = Object.fromEntries(driver!.rows.map(({ programme, verdict }) => [programme, verdict]));
  assert.deepEqual(rows, {
    foreign: 'violated',
    'other-way': 'held',
    move: 'held',
    again: 'held',
    retry: 'held',
    restore: 'held',
    'free-after-failure': 'held',
    narrow: 'held',
    bare: 'held',
    'at-once': 'held',
  });
  const { scenario, tape } = driver!.breaches[0]!.trace!;
  const again = simulate(input, { tree: null, scenario, tape, functions: ['toy_attach_dev'] });
  assert.equal(again.refusal, null);
  assert.equal(again.drivers[0]!.replayed!.tape, tape);
  const asked = (more: object) => simulate(input, { tree: null, ...more }).refusal?.kind;
  assert.equal(asked({ scenario: 'two-instances/nothing' }), 'no-scenario');
  assert.equal(asked({ scenario: 'two-instances', functions: ['toy_free'] }), 'absent');
  assert.equal(asked({ scenario: 'two-instances', tape: '-' }), 'several');
  assert.equal(asked({ scenario, tape: 'x' }), 'malformed');
  assert.equal(asked({ scenario, tape: '0.0.0.0.0.0.0.0.0.1' }), 'other-code');
});
