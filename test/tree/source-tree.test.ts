/** Includes as the kernel resolves them, over trees in memory: order, cycles, hostile names, overlays. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  cFilesBelow,
  headlinesOf,
  includeCandidates,
  includeLinesOf,
  MAY_BE,
  overlaid,
  SourceTree,
} from '../../server/src/tree/index.js';
import { type Files, memoryTree } from './source-tree-bench.js';

const treeOf = (files: Files): SourceTree => new SourceTree(memoryTree(files));

test('a header in quotes is looked for beside the file, above it within the subsystem, then in include/', () => {
  const from = 'drivers/iommu/arm/smmu/smmu.c';
  const places = [
    'drivers/iommu/arm/smmu/x.h',
    'drivers/iommu/arm/x.h',
    'drivers/iommu/x.h',
    'include/x.h',
    'include/uapi/x.h',
  ];
  assert.deepEqual(includeCandidates('x.h', true, from), places);
  for (const [at, place] of places.entries())
    assert.equal(
      treeOf(Object.fromEntries(places.slice(at).map((each) => [each, '']))).resolve('x.h', true, from),
      place,
    );
  assert.equal(treeOf({ 'drivers/x.h': '', 'x.h': '' }).resolve('x.h', true, from), null);
  assert.equal(treeOf({ 'drivers/iommu/x.h': '' }).resolve('../../x.h', true, from), 'drivers/iommu/x.h');
});

test('a header in angle brackets comes from include/, then from its uapi half', () => {
  const both = { 'include/linux/x.h': '', 'include/uapi/linux/x.h': '', 'drivers/iommu/linux/x.h': '' };
  assert.equal(treeOf(both).resolve('linux/x.h', false, 'drivers/iommu/a.c'), 'include/linux/x.h');
  const { 'include/linux/x.h': _, ...uapi } = both;
  assert.equal(treeOf(uapi).resolve('linux/x.h', false, 'drivers/iommu/a.c'), 'include/uapi/linux/x.h');
  assert.equal(treeOf(both).resolve('uapi/linux/x.h', false, 'a.c'), 'include/uapi/linux/x.h');
});

test('asm/ is of the machine that the driver is for, or generic', () => {
  const generic = { 'include/asm-generic/io.h': '', 'include/uapi/asm-generic/ioctl.h': '' };
  assert.equal(treeOf(generic).resolve('asm/io.h', false, 'drivers/iommu/a.c'), 'include/asm-generic/io.h');
  assert.equal(treeOf(generic).resolve('asm/ioctl.h', false, 'a.c'), 'include/uapi/asm-generic/ioctl.h');
  const arm = { ...generic, 'arch/arm64/include/asm/io.h': '', 'arch/x86/include/asm/io.h': '' };
  const at = (from: string) => treeOf(arm).resolve('asm/io.h', false, from);
  assert.equal(at('drivers/iommu/arm/smmu.c'), 'arch/arm64/include/asm/io.h');
  assert.equal(at('drivers/iommu/intel/iommu.c'), 'arch/x86/include/asm/io.h');
  assert.equal(at('arch/arm64/mm/a.c'), 'arch/arm64/include/asm/io.h');
  assert.equal(at('arch/s390/mm/a.c'), 'include/asm-generic/io.h');
});

test('include lines are found however they are spaced, and nothing else is', () => {
  const text =
    '#include <a.h>\n  #\tinclude"b.h"\r\n/* #include <c.h> */\nx = "#include <d.h>";\n#include MACRO\n# includes <e.h>\n#include <f.h> // why\n#include <unclosed\n#include_next <g.h>';
  assert.deepEqual(
    includeLinesOf(text).map(({ name, isLocal }) => (isLocal ? `"${name}"` : name)),
    ['a.h', '"b.h"', 'f.h'],
  );
});

test('the walk is breadth first, ends in cycles, and passes over what is missing', () => {
  const tree = treeOf({
    'drivers/iommu/a.c': '#include "a.h"\n#include <linux/gone.h>\n#include <linux/b.h>\n',
    'drivers/iommu/a.h': '#include "a.h"\n#include <linux/c.h>\n',
    'include/linux/b.h': '#include <linux/c.h>\n#include <linux/d.h>\n',
    'include/linux/c.h': '#include <linux/b.h>\n',
    'include/linux/d.h': '#include "../../drivers/iommu/a.h"\n',
    'include/linux/compiler_types.h': '',
  });
  assert.deepEqual(
    [...tree.closure('drivers/iommu/a.c')],
    [
      'drivers/iommu/a.c',
      'drivers/iommu/a.h',
      'include/linux/b.h',
      'include/linux/compiler_types.h',
      'include/linux/c.h',
      'include/linux/d.h',
    ],
  );
  assert.deepEqual([...tree.closure('no/such.c')], ['no/such.c', 'include/linux/compiler_types.h']);
});

test('a walk that is left early reads no more than it went', () => {
  const asked: string[] = [];
  const files: Record<string, string> = { 'drivers/iommu/a.c': '#include <linux/h0.h>\n' };
  for (let at = 0; at < 100; at++)
    files[`include/linux/h${at}.h`] = `#include <linux/h${at + 1}.h>\nstruct s${at} { int x; };\n`;
  const tree = new SourceTree(memoryTree(files, asked));
  assert.equal(tree.declarationOf('struct', 's3', 'drivers/iommu/a.c')?.path, 'include/linux/h3.h');
  assert.ok(asked.length < 12, `${asked.length}`);
  assert.equal(tree.declarationOf('struct', 's99', 'drivers/iommu/a.c')?.path, 'include/linux/h99.h');
});

test('no include, overlay or question leads out of the tree', () => {
  const hostile = [
    '../../../etc/passwd',
    '/etc/passwd',
    '..',
    '.',
    '',
    'a\\b.h',
    'C:/x.h',
    'x\u0000.h',
    '../../../../../../etc/passwd',
    'a/'.repeat(3000),
  ];
  const asked: string[] = [];
  const text = hostile.map((name) => `#include "${name}"\n#include <${name}>\n`).join('');
  const overlay = new Map<string, string | null>([
    ['drivers/iommu/a.c', text],
    ...hostile.map((name): [string, string] => [name, 'struct leaked { int x; };']),
  ]);
  const tree = new SourceTree(memoryTree({}, asked), overlay);
  assert.equal(tree.declarationOf('struct', 'leaked', 'drivers/iommu/a.c'), null);
  for (const path of hostile) {
    assert.equal(tree.read(path), null);
    assert.equal(tree.file(path), null);
    assert.equal(tree.list(path), null);
    assert.equal(tree.declarationOf('struct', 'leaked', path), null);
  }
  for (const path of asked) assert.doesNotMatch(path, /\.\.|^\/|\\|\0/);
});

test('ten thousand includes and headers without end are cut short', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => `#include "x${at}.h"\n`).join('');
  let asked = 0;
  const read = (path: string): string => {
    asked++;
    return path.endsWith('.h') ? `#include "a${asked}.h"\n#include "b${asked}.h"\n` : many;
  };
  const endless = { root: '', read };
  assert.ok([...new SourceTree(endless).closure('drivers/iommu/a.c')].length <= 5000);
});

test('a file is read and parsed once, and a reader that cannot list says so', () => {
  const asked: string[] = [];
  const { list: _, ...reader } = memoryTree({ 'a.c': 'int x;' }, asked);
  const tree = new SourceTree(reader);
  assert.equal(tree.file('a.c'), tree.file('a.c'));
  assert.deepEqual(asked, ['a.c']);
  assert.equal(tree.canList, false);
  assert.equal(tree.list('drivers'), null);
  assert.equal(cFilesBelow(tree, 'drivers'), null);
});

test('two trees with one cache parse an unchanged file once', () => {
  const reader = memoryTree({ 'a.h': 'int x;', 'b.h': 'int y;' });
  const before = new SourceTree(reader);
  const after = new SourceTree({ ...reader, identity: reader }, new Map([['a.h', 'int z;']]));
  assert.equal(after.file('b.h'), before.file('b.h'));
  assert.notEqual(after.file('a.h'), before.file('a.h'));
  assert.equal(after.file('a.h')?.text, 'int z;');
  assert.equal(before.file('a.h')?.text, 'int x;');
});

const C = 'drivers/iommu/a.c';

/** Looks so many names up that the file is skimmed for all of them. */
function skim(tree: SourceTree): void {
  for (let at = 0; at < 10; at++) tree.declarationOf('struct', `none${at}`, C);
}

test('what an edited file declares is found, whether the edit is within bodies or not', () => {
  const asked = ['struct a', 'function f'] as const;
  for (const isWithinBodies of [true, false]) {
    const text = (body: string): string => `#include "a.h"\nstruct a { int x; };\nint f(void) { ${body} }\n`;
    const tree = treeOf({ [C]: text(''), 'drivers/iommu/a.h': 'struct b { int x; };\n' });
    skim(tree);
    for (const body of ['return 1;', 'return 22;', 'return 333;']) {
      tree.edit(C, text(body), isWithinBodies);
      for (const [kind, name] of asked.map((each) => each.split(' ') as ['struct' | 'function', string])) {
        assert.deepEqual([...tree.mayDeclare(name, C)].slice(0, 1), [C]);
        const found = tree.declarationOf(kind, name, C);
        assert.equal(found?.path, C, `${kind} ${name}`);
        assert.equal(found?.file.text, text(body));
      }
      assert.equal(tree.declarationOf('struct', 'b', C)?.path, 'drivers/iommu/a.h');
      skim(tree);
    }
  }
});

test('of a file that is edited again and again, the latest texts are kept', () => {
  const tree = treeOf({ [C]: 'struct a { int x; };\n' });
  for (let at = 0; at < 50; at++) {
    tree.edit(C, `struct a { int x; };\nint f(void) { return ${at}; }\n`, at % 2 === 0);
    tree.file(C);
    skim(tree);
    assert.equal(tree.declarationOf('struct', 'a', C)?.path, C);
  }
  assert.equal(tree.cache.skimmedWith('a').length, 2);
  assert.ok(tree.cache.parsedText < 200);
});

test('a tree finds its own text when another one has had that forgotten', () => {
  const reader = memoryTree({ [C]: 'struct a { int x; };\n' });
  const [before, after] = [new SourceTree(reader), new SourceTree(reader)];
  skim(before);
  for (const field of ['y', 'z', 'w']) {
    after.edit(C, `struct a { int ${field}; };\n`, false);
    skim(after);
  }
  assert.equal(before.declarationOf('struct', 'a', C)?.file.text, 'struct a { int x; };\n');
});

test('headers that are no longer held parsed keep their names', () => {
  const large = (at: number): string => `struct s${at} { int x; };\n/*${'x'.repeat(1024 * 1024)}*/\n`;
  const headers = Array.from({ length: 12 }, (_, at) => `h${at}.h`);
  const tree = treeOf({
    [C]: headers.map((name) => `#include "${name}"\n`).join(''),
    ...Object.fromEntries(headers.map((name, at) => [`drivers/iommu/${name}`, large(at)])),
  });
  skim(tree);
  for (let round = 0; round < 2; round++)
    for (const at of headers.keys()) {
      assert.equal(tree.file(`drivers/iommu/h${at}.h`)?.items.length, 1);
      assert.ok(tree.cache.parsedText <= 8 * 1024 * 1024);
      assert.deepEqual([...tree.mayDeclare(`s${at}`, C)], [`drivers/iommu/h${at}.h`]);
    }
});

const NAMES = ['s', 't', 'u'];
const PATHS = [
  'drivers/iommu/a.c',
  'drivers/iommu/a.h',
  'drivers/iommu/sub/b.c',
  'drivers/iommu/sub/b.h',
  'include/linux/a.h',
  'include/linux/b.h',
  'include/uapi/linux/b.h',
  'include/linux/kconfig.h',
];
const LINES = [
  '#include "a.h"',
  '#include "b.h"',
  '#include "../a.h"',
  '#include <linux/a.h>',
  '#include <linux/b.h>',
  ...NAMES.flatMap((name) => [
    `struct ${name} { int x; };`,
    `struct ${name};`,
    `int ${name}(int x);`,
    `int ${name}(int x) { return t(x); }`,
    `static inline int ${name}(void) { return 0; }`,
    `typedef unsigned long ${name};`,
    `typedef int (*${name})(struct s *s, int t);`,
    `enum { ${name}, };`,
    `enum ${name} { A, B };`,
    `extern int ${name};`,
    `int ${name} = 1;`,
    `#define ${name} 1`,
    `#define ${name}(x) t(x)`,
    `/* ${name} */`,
    `#ifdef ${name}`,
  ]),
  '#else',
  '#endif',
  '}',
  '{',
];
const text = fc.array(fc.constantFrom(...LINES), { maxLength: 8 }).map((lines) => `${lines.join('\n')}\n`);
const files = fc.dictionary(fc.constantFrom(...PATHS), text);
const KINDS = ['struct', 'union', 'enum', 'enumerator', 'typedef', 'function', 'variable', 'macro'] as const;

/** Everything that can be asked of a tree, in words. */
function answers(tree: SourceTree): unknown {
  return {
    files: PATHS.map((path) => tree.read(path)),
    below: cFilesBelow(tree, 'drivers/iommu'),
    closures: PATHS.map((path) => [...tree.closure(path)]),
    declarations: PATHS.flatMap((from) =>
      KINDS.flatMap((kind) =>
        NAMES.map((name) => {
          const found = tree.declarationOf(kind, name, from);
          return found && `${kind} ${name} ${found.path}:${found.item.start}`;
        }),
      ),
    ),
  };
}

test('property: an overlay gives what the same files on the disk give', () => {
  fc.assert(
    fc.property(files, fc.dictionary(fc.constantFrom(...PATHS), fc.option(text)), (disk, over) => {
      const merged: Record<string, string> = { ...disk };
      for (const [path, each] of Object.entries(over)) {
        if (each === null) delete merged[path];
        else merged[path] = each;
      }
      const overlay = new Map(Object.entries(over));
      assert.deepEqual(answers(new SourceTree(memoryTree(disk), overlay)), answers(treeOf(merged)));
      assert.deepEqual(answers(new SourceTree(overlaid(memoryTree(disk), overlay))), answers(treeOf(merged)));
    }),
    { numRuns: 150 },
  );
});

test('property: the answer is that of parsing every file in the order of the walk', () => {
  fc.assert(
    fc.property(files, (disk) => {
      const [lazy, other] = [treeOf(disk), treeOf(disk)];
      for (const from of PATHS) {
        for (const kind of KINDS) {
          for (const name of NAMES) {
            const home = [...other.closure(from)].find((path) =>
              other
                .file(path)
                ?.items.some((item) =>
                  kind === 'enumerator'
                    ? item.kind === 'enum' && item.members.some((member) => member.name === name)
                    : item.kind === kind && item.name === name,
                ),
            );
            assert.equal(lazy.declarationOf(kind, name, from)?.path, home, `${kind} ${name} from ${from}`);
          }
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('property: no text and no path makes a question throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), (noise, path, name) => {
      const tree = treeOf({ 'drivers/iommu/a.c': `#include "${path}"\n${noise}` });
      for (const kind of KINDS) tree.declarationOf(kind, name, 'drivers/iommu/a.c');
      tree.resolve(name, true, path);
      headlinesOf(noise);
      includeLinesOf(noise);
    }),
  );
});

test('headlines name what C can declare, in all the ways it can', () => {
  const cases: [string, string, keyof typeof MAY_BE][] = [
    ['struct a { int x; };', 'a', 'tag'],
    ['struct __packed a\n{ int x; };', 'a', 'tag'],
    ['struct a { struct inner { int y; } i; };', 'inner', 'tag'],
    ['extern "C" {\nint a(void);\n}', 'a', 'function'],
    ['int *\na (void);', 'a', 'function'],
    ['int (a)(void);', 'a', 'function'],
    ['#ifdef X\nvoid f(void) {\n#else\nvoid g(void) {\n#endif\n}\nint a(void);', 'a', 'function'],
    ['#define BEGIN {\nvoid f(void) { { {\n}\nint a;', 'a', 'variable'],
    ['static DEFINE_MUTEX(a);', 'a', 'variable'],
    ['static int (*a)(void);', 'a', 'variable'],
    ['int x, a[4], z;', 'a', 'variable'],
    ['int a __ro_after_init = 1;', 'a', 'variable'],
    ['typedef struct { int x; } a;', 'a', 'typedef'],
    ['typedef void (*a)(int);', 'a', 'typedef'],
    ['typedef u64 __attribute__((aligned(8))) a;', 'a', 'typedef'],
    ['enum { x = 1, a };', 'a', 'enumerator'],
    ['enum e {\n\tx = BIT(1), /* { */\n\t/* why */ a = 2\n};', 'a', 'enumerator'],
    ['enum { FOR_EACH(x)\n\ta };', 'a', 'enumerator'],
    ['#\tdefine a(x) \\\n\tx', 'a', 'macro'],
    ['char c = \'"\'; char *s = "\\"{"; int a;', 'a', 'variable'],
    ['/* " */ // {\nint a;', 'a', 'variable'],
  ];
  for (const [source, name, kind] of cases)
    assert.ok((headlinesOf(source).get(name) ?? 0) & MAY_BE[kind], `${kind} ${name} in ${source}`);
  const body = headlinesOf('int f(void) { return call(word) + other; }');
  for (const word of ['call', 'word', 'other']) assert.equal(body.get(word), undefined, word);
});

test('what is kept parsed is bounded, and what was forgotten is parsed again', () => {
  const large = (at: number): string => `int a${at};\n/*${'x'.repeat(1024 * 1024)}*/\n`;
  const many = Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [`drivers/iommu/${at}.c`, large(at)]),
  );
  const tree = treeOf(many);
  for (const path of Object.keys(many)) {
    assert.equal(tree.file(path)?.items.length, 1);
    assert.ok(tree.cache.parsedText <= 8 * 1024 * 1024);
  }
  assert.equal(tree.file('drivers/iommu/0.c')?.items[0]?.name, 'a0');
});
