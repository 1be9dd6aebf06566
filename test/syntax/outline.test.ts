/** The items of a text, one line each (show.ts), with their attributes and spans. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CFile, type Item } from '../../server/src/syntax/index.js';
import { showItems } from './show.js';

type Row = readonly [c: string, shown: readonly string[]];

const ITEMS: readonly Row[] = [
  ['static int f(struct device *dev, int a)\n{\n}', ['static fn f(struct device * dev, int a): int']],
  ['static inline void g(void) { }', ['static inline fn g(): void']],
  ['static __always_inline bool g(void) { }', ['static fn g(): bool @__always_inline']],
  ['__maybe_unused static int f(void) { }', ['static fn f(): int @__maybe_unused']],
  ['static __maybe_unused int f(void) { }', ['static fn f(): int @__maybe_unused']],
  ['static int __maybe_unused f(void) { }', ['static fn f(): int @__maybe_unused']],
  ['static int f(void) __maybe_unused;', ['static fn f(): int; @__maybe_unused']],
  ['static int f(int a __maybe_unused) { }', ['static fn f(int a): int']],
  [
    'static struct iommu_domain *\nf(struct device *dev,\n  int a)\n{\n\treturn NULL;\n}',
    ['static fn f(struct device * dev, int a): struct iommu_domain *'],
  ],
  ['const struct iommu_ops *f(void);', ['fn f(): const struct iommu_ops *;']],
  ['void (*f(int a))(int);', ['fn f(int a): void *;']],
  ['int (*op)(struct foo *, int a);', ['var op: int (*)(struct foo *, int a)']],
  ['extern int (*table[4])(void);', ['extern var table: int (*)()[]']],
  ['int f(const char *a, ...);', ['fn f(const char * a): int;']],
  ['typeof(int) f(void) { }', ['fn f(): typeof(int)']],
  [
    'int f(int (*cb)(struct a *, void *), void *data) { }',
    ['fn f(int (*)(struct a *, void *) cb, void * data): int'],
  ],
  ['int f(unsigned int a[4], u8 (*b)[2]) { }', ['fn f(unsigned int[] a, u8 *[] b): int']],
  ['int f(a, b)\nint a;\nlong b;\n{\n\treturn a;\n}', ['fn f(): int']],
  ['f(void)\n{\n\treturn 0;\n}', []],
  [
    'struct a {\n\tint b;\n\tstruct {\n\t\tint c;\n\t\tunion {\n\t\t\tint d;\n\t\t\tlong e;\n\t\t};\n\t};\n\tstruct inner {\n\t\tint f;\n\t} g;\n\tstruct {\n\t\tint h;\n\t} i;\n};',
    [
      'struct a {b: int, struct/c: int, struct/union/d: int, struct/union/e: long, g: struct inner, i: struct}',
      'struct inner {f: int}',
    ],
  ],
  [
    'struct a {\n\tu32 b : 3, c : 5;\n\tu32 : 8;\n\tint *d, e[2], **f;\n\tint (*g)(struct a *, int);\n\tvoid (**h)(void);\n\tconst char *const *i;\n\tu8 j[];\n\tstruct b __rcu *k;\n};',
    [
      'struct a {b: u32, c: u32, d: int *, e: int[], f: int **, g: int (*)(struct a *, int), h: void (*)(), i: const char **, j: u8[], k: struct b *}',
    ],
  ],
  ['union a { int b; struct c *d; };', ['union a {b: int, d: struct c *}']],
  ['enum a { B, C = 2, D };', ['enum a {B, C, D}']],
  ['enum { E };', ['enum  {E}']],
  ['struct a;', []],
  ['struct { int a; } b, *c;', ['struct  {a: int}', 'var b: struct', 'var c: struct *']],
  [
    'static const struct a { int b; } c[] = { { 1 } };',
    ['struct a {b: int}', 'static var c: const struct a[] = {{1}}'],
  ],
  ['typedef int (*fn)(struct a *, int);', ['typedef fn: int (*)(struct a *, int)']],
  ['typedef struct a { int b; } a_t;', ['struct a {b: int}', 'typedef a_t: struct a']],
  ['typedef u64 iopte, *iopte_p;', ['typedef iopte: u64', 'typedef iopte_p: u64 *']],
  ['typedef struct { int a; } b_t;', ['struct  {a: int}', 'typedef b_t: struct']],
  [
    'static const struct iommu_ops ops = {\n\t.owner = THIS_MODULE,\n\t.attach = f,\n\t.default_domain_ops = &(const struct iommu_domain_ops) {\n\t\t.free = g,\n\t\t.map = h,\n\t},\n\t.ids = { [A] = 1, [B ... C] = 2, 3 },\n\t.a.b = 4,\n};',
    [
      'static var ops: const struct iommu_ops = {.owner=THIS_MODULE, .attach=f, .default_domain_ops=(&<const struct iommu_domain_ops>{.free=g, .map=h}), .ids={1, 2, 3}, .a=4}',
    ],
  ],
  ['static DEFINE_XARRAY_ALLOC(a);', ['static var a: struct xarray']],
  ['DEFINE_MUTEX(a);', ['var a: struct mutex']],
  ['extern struct mutex a;', ['extern var a: struct mutex']],
  ['int a = 1, *b = &a;', ['var a: int = 1', 'var b: int * = (&a)']],
  [
    'static LIST_HEAD(a);\nstatic DEFINE_IDA(b);',
    ['static var a: struct list_head', 'static var b: struct ida'],
  ],
  ['static DEFINE_PER_CPU(struct a, b);', ['static var b: void']],
  ['#define A 1', ['macro A']],
  ['#define A(b, c) ((b) + (c))', ['macro A(b, c)']],
  ['#define A() b', ['macro A()']],
  ['#define A(b, ...) c(b, __VA_ARGS__)', ['macro A(b, ...)']],
  ['#define A(b, args...) c(b, ##args)', ['macro A(b, args...)']],
  ['#define A(b) \\\n\tdo { c(b); } while (0)', ['macro A(b)']],
  ['#define A', ['macro A']],
  ['#include <linux/a.h>\n#include "b.h"', ['include <linux/a.h>', 'include "b.h"']],
  ['EXPORT_SYMBOL_GPL(a);', ['EXPORT_SYMBOL_GPL(a)']],
  ['EXPORT_SYMBOL_NS_GPL(a, IOMMUFD);', ['EXPORT_SYMBOL_NS_GPL(a, IOMMUFD)']],
  ['MODULE_LICENSE("GPL");', ['MODULE_LICENSE("GPL")']],
  ['module_init(a);', ['module_init(a)']],
  ['MODULE_DEVICE_TABLE(of, a);', ['MODULE_DEVICE_TABLE(of, a)']],
  ['DEFINE_FREE(a, void *, if (_T) b(_T))', ['DEFINE_FREE(a, void *, if (_T) b(_T))']],
  ['extern "C" {\nint f(void);\n}', ['fn f(): int;']],
  ['struct a { int b; } __packed __aligned(8);', ['struct a {b: int} @__packed @__aligned']],
  ['struct __packed a { int b; };', ['struct a {b: int} @__packed']],
  ['static struct a b __ro_after_init = { .c = 1 };', ['static var b: struct a = {.c=1} @__ro_after_init']],
  [
    'static int a __read_mostly, b;',
    ['static var a: int @__read_mostly', 'static var b: int @__read_mostly'],
  ],
  ['asmlinkage int f(void);', ['fn f(): int; @asmlinkage']],
  ['int f(void) __must_hold(a) __acquires(b) { }', ['fn f(): int @__must_hold @__acquires']],
  ['static struct a {\n\tint b;\n} *f(void)\n{\n}', ['struct a {b: int}', 'static fn f(): struct a *']],
];

describe('items', () => {
  for (const [c, shown] of ITEMS)
    it(c.replace(/\s+/g, ' '), () => {
      const file = new CFile(c);
      assert.deepEqual(showItems(file), shown);
      assert.deepEqual(file.errors, []);
    });
});

describe('items that are not as they should be', () => {
  it('a head without its end is read, with the error', () => {
    const file = new CFile('int f(int a {\n\treturn a;\n}\nint g(void)\n{\n}\n');
    assert.deepEqual(showItems(file), ['fn f(int a): int', 'fn g(): int']);
    assert.deepEqual(
      file.items.map((item) => item.kind === 'function' && file.errorsIn(item).length),
      [1, 0],
    );
  });

  it('an error in a body is of that function alone, and its head is read as ever', () => {
    const file = new CFile('int f(int a)\n{\n\treturn = = a;\n}\nint g(void)\n{\n\treturn 0;\n}\n');
    assert.deepEqual(showItems(file), ['fn f(int a): int', 'fn g(): int']);
    const counts = file.items.map((item) => item.kind === 'function' && file.errorsIn(item).length > 0);
    assert.deepEqual(counts, [true, false]);
    assert.ok(file.errors.length > 0);
  });

  it('what looks like a body and is the value of a variable is read', () => {
    const [item] = new CFile('struct a *a = &(struct a){ .b = 1, .c = 2 };\n').items;
    assert.ok(item?.kind === 'variable' && item.initial?.kind === 'unary');
    const { operand } = item.initial;
    assert.deepEqual(operand.kind === 'initializers' && operand.entries.map(({ member }) => member), [
      'b',
      'c',
    ]);
  });

  // Nobody writes it since 1999, and the parameters would have to be put together from the declarations.
  it('a head in the style of K&R has no parameters', () =>
    assert.deepEqual(showItems(new CFile('int f(a)\n\tlong a;\n{\n}\n')), ['fn f(): int']));

  // The grammar takes it for a call and a block. In a hunk, where the type stands above, one is put before it.
  it('a head without a type is none', () => assert.deepEqual(new CFile('f(void)\n{\n}\n').items, []));

  it('text that is no C has no items, only errors', () => {
    const file = new CFile('This is not C, is it? {}}} ((');
    assert.ok(file.errors.length > 0);
  });
});

describe('spans', () => {
  const text = [
    '/* first */',
    '__maybe_unused static int f(struct device *dev)',
    '{',
    '\treturn 0;',
    '}',
    'struct a {',
    '\tint b, *c;',
    '\tstruct d __rcu *e;',
    '} __packed;',
    'static DEFINE_XARRAY(arr);',
    'EXPORT_SYMBOL_NS_GPL(f, IOMMUFD);',
  ].join('\n');
  const file = new CFile(text);
  const named = (name: string): Item => file.items.find((item) => item.name === name) ?? assert.fail(name);
  const cut = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);

  it('of a function begin with its annotations', () => {
    const f = named('f');
    assert.equal(cut(f), text.slice(text.indexOf('__maybe'), text.indexOf('struct a')).trimEnd());
    assert.equal(cut(f.nameSpan), 'f');
    assert.equal(f.kind === 'function' && cut(f.parameters[0]!), 'struct device *dev');
    assert.equal(f.kind === 'function' && cut(f.parameters[0]!.nameSpan), 'dev');
    assert.equal(f.kind === 'function' && cut(f.bodySpan!), '{\n\treturn 0;\n}');
    assert.deepEqual(f.attributes.map(cut), ['__maybe_unused']);
  });

  it('of a field are those of its declaration and its name', () => {
    const a = named('a');
    assert.ok(a.kind === 'struct');
    assert.deepEqual(
      a.fields.map((field) => [cut(field), cut(field.nameSpan)]),
      [
        ['int b, *c;', 'b'],
        ['int b, *c;', 'c'],
        ['struct d __rcu *e;', 'e'],
      ],
    );
  });

  it('annotations of a field or a parameter are not those of what they lie in', () => {
    assert.deepEqual(named('a').attributes.map(cut), ['__packed']);
    const [g] = new CFile('int g(int a __maybe_unused, char __user *b);').items;
    assert.deepEqual(g?.attributes, []);
  });

  it('of what was masked are of the original', () => {
    assert.equal(cut(named('arr')), 'static DEFINE_XARRAY(arr);');
    assert.equal(cut(named('arr').nameSpan), 'arr');
    const exported = named('EXPORT_SYMBOL_NS_GPL');
    assert.equal(cut(exported), 'EXPORT_SYMBOL_NS_GPL(f, IOMMUFD)');
    assert.deepEqual(exported.kind === 'invocation' && exported.args, ['f', 'IOMMUFD']);
  });

  it('items stand in the order of the text', () => {
    const starts = file.items.map(({ start }) => start);
    assert.deepEqual(
      starts,
      [...starts].sort((a, b) => a - b),
    );
  });
});

describe('stand-ins', () => {
  it('say of the item that they lie in what is missing', () => {
    const head = 'void f(void){';
    const text = `${head}\n\ta();\n}\nint g;\n`;
    const file = new CFile(text, [{ start: 0, end: head.length, for: 'start' }]);
    assert.deepEqual(showItems(file), ['fn f(): void -start', 'var g: int']);
  });
});
