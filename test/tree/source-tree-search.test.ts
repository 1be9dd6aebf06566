/** What a name means, who defines it, who calls it, and which tables lead to it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  callersOf,
  declarationsIn,
  definitionOf,
  definitionsIn,
  opsTablesOf,
  SourceTree,
} from '../../server/src/tree/index.js';
import { type Files, memoryTree } from './source-tree-bench.js';

const CORE_H = 'include/linux/iommu.h';
const DRIVER = 'drivers/iommu/toy/toy.c';

const FILES: Files = {
  [CORE_H]: `#ifdef CONFIG_IOMMU_API
struct iommu_ops { int (*attach)(struct device *dev); };
enum toy_cap { TOY_A, TOY_B = 4 };
typedef unsigned int ioasid_t;
#define TOY_MASK 3
extern struct toy *the_toy;
int iommu_get(struct device *dev);
static inline int iommu_id(void) { return 1; }
#else
struct iommu_ops {};
static inline int iommu_get(struct device *dev) { return -ENODEV; }
#endif
`,
  'drivers/iommu/iommu.c': `#include <linux/iommu.h>
int iommu_get(struct device *dev)
{
	return helper(dev);
}
static int helper(struct device *dev)
{
	return 0;
}
const struct iommu_ops core_ops = { .attach = iommu_get };
`,
  'drivers/iommu/toy/toy.h': `int toy_start(struct toy *toy);
#define toy_get(dev) iommu_get(dev)
`,
  [DRIVER]: `#include <linux/iommu.h>
#include "toy.h"
static int helper(struct toy *toy)
{
	int id = iommu_get(toy->dev) + iommu_get(toy->other);
	if (id) /* iommu_get(no) */
		return toy_start(toy);
	return iommu_id();
}
static const struct iommu_ops toy_ops = {
	.attach = helper,
	.nested = &(const struct iommu_domain_ops) {
		.free = helper,
		.map = helper,
	},
};
static struct iommu_domain toy_blocked = {
	.type = 1,
	.ops = &(const struct iommu_domain_ops) { .free = helper },
};
static const struct iommu_ops all_ops[] = { { .attach = helper }, { .attach = other } };
const struct iommu_ops *chosen_ops = &toy_ops;
`,
  'drivers/iommu/toy/start.c': `#include "toy.h"
int toy_start(struct toy *toy)
{
	int (*start)(struct device *) = iommu_get;
	return start(toy->dev);
}
`,
  'drivers/vfio/vfio.c': 'static int iommu_get(void) { return 0; }\nint vfio(void) { return iommu_get(); }\n',
};

const tree = new SourceTree(memoryTree(FILES));

test('each kind of name is found where it is declared', () => {
  const at = (kind: Parameters<typeof tree.declarationOf>[0], name: string): string | undefined =>
    tree.declarationOf(kind, name, DRIVER)?.path;
  assert.equal(at('struct', 'iommu_ops'), CORE_H);
  assert.equal(at('enum', 'toy_cap'), CORE_H);
  assert.equal(at('enumerator', 'TOY_B'), CORE_H);
  assert.equal(at('typedef', 'ioasid_t'), CORE_H);
  assert.equal(at('macro', 'TOY_MASK'), CORE_H);
  assert.equal(at('macro', 'toy_get'), 'drivers/iommu/toy/toy.h');
  assert.equal(at('variable', 'the_toy'), CORE_H);
  assert.equal(at('variable', 'toy_ops'), DRIVER);
  assert.equal(at('function', 'toy_start'), 'drivers/iommu/toy/toy.h');
  assert.equal(at('function', 'helper'), DRIVER);
  assert.equal(at('struct', 'toy'), undefined, 'declared, never defined');
  assert.equal(at('union', 'iommu_ops'), undefined);
  assert.equal(at('function', ''), undefined);
});

test('of a prototype and the stub for another configuration, the prototype is the answer', () => {
  assert.equal(tree.declarationOf('function', 'iommu_get', DRIVER)?.item.bodySpan, null);
  assert.equal(declarationsIn(tree, 'function', 'iommu_get', CORE_H).length, 2);
  assert.equal(declarationsIn(tree, 'struct', 'iommu_ops', CORE_H).length, 2);
  assert.equal(tree.declarationOf('struct', 'iommu_ops', DRIVER)?.item.fields.length, 1);
});

test('a definition is found in the file, inline in a header, beside the file and in the core', () => {
  const at = (name: string, from = DRIVER): string | undefined => definitionOf(tree, name, from)?.path;
  assert.equal(at('helper'), DRIVER);
  assert.equal(at('iommu_id'), CORE_H);
  assert.equal(at('toy_start'), 'drivers/iommu/toy/start.c');
  assert.equal(at('iommu_get'), 'drivers/iommu/iommu.c', 'not the stub');
  assert.equal(at('iommu_get', 'drivers/vfio/vfio.c'), 'drivers/vfio/vfio.c');
  assert.equal(at('helper', 'drivers/iommu/toy/start.c'), undefined, 'static elsewhere');
  assert.equal(at('vfio'), undefined);
});

test('callers are calls, in functions and in macros, and not of a namesake', () => {
  const scope = { directories: ['drivers'], definedIn: 'drivers/iommu/iommu.c' };
  const sites = callersOf(tree, 'iommu_get', scope);
  assert.deepEqual(
    sites?.map(
      ({ path, caller, file, call }) => `${path} ${caller.name} ${file.text.slice(call.start, call.end)}`,
    ),
    [
      'drivers/iommu/toy/toy.c helper iommu_get(toy->dev)',
      'drivers/iommu/toy/toy.c helper iommu_get(toy->other)',
      'drivers/iommu/toy/toy.h toy_get iommu_get',
    ],
  );
  const own = callersOf(tree, 'iommu_get', {
    directories: ['drivers/vfio'],
    definedIn: 'drivers/vfio/vfio.c',
  });
  assert.deepEqual(
    own?.map(({ caller }) => caller.name),
    ['vfio'],
  );
  assert.deepEqual(callersOf(tree, 'iommu_get', { directories: ['sound'], definedIn: '' }), []);
  const blind = new SourceTree({ root: '', read: () => null });
  assert.equal(callersOf(blind, 'iommu_get', scope), null);
});

test('only files and functions whose text has the name are parsed', () => {
  const fresh = new SourceTree(memoryTree(FILES));
  callersOf(fresh, 'toy_start', { directories: ['drivers'], definedIn: '' });
  const parsed = Object.keys(FILES).filter((path) => {
    const before = fresh.cache.parsedText;
    fresh.file(path);
    return fresh.cache.parsedText === before;
  });
  assert.deepEqual(parsed, ['drivers/iommu/toy/toy.h', DRIVER, 'drivers/iommu/toy/start.c']);
});

test('tables of operations are found as variables, inside others, and in arrays', () => {
  const shown = (name: string): string[] =>
    opsTablesOf(tree, name, DRIVER).map(
      ({ variable, within, entries }) =>
        `${[variable.name, ...within].join('.')}: ${entries.map(({ member }) => member)}`,
    );
  assert.deepEqual(shown('iommu_ops'), [
    'toy_ops: attach,nested',
    'all_ops: attach',
    'all_ops: attach',
    'core_ops: attach',
  ]);
  assert.deepEqual(shown('iommu_domain_ops'), ['toy_ops.nested: free,map', 'toy_blocked.ops: free']);
  const { list: _, ...reader } = memoryTree(FILES);
  assert.equal(opsTablesOf(new SourceTree(reader), 'iommu_ops', DRIVER).length, 3, 'of the file alone');
});

test('definitions are those with a body', () => {
  const names = definitionsIn(tree, [CORE_H, 'no/such.h', DRIVER]).map(({ item }) => item.name);
  assert.deepEqual(names, ['iommu_id', 'iommu_get', 'helper']);
});
