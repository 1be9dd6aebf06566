/** What the mask writes over kernel C, word by word, and what it leaves alone. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CFile } from '../../server/src/syntax/index.js';
import { maskKernelC } from '../../server/src/syntax/mask.js';

interface Row {
  readonly name: string;
  readonly c: string;
  /** Lines of the masked text, blanks at line ends left out; the same as `c` when left out. */
  readonly masked?: string;
  /** `kind:name` of the marks, directives left out. */
  readonly marks?: string;
}

function check(rows: readonly Row[]): void {
  for (const { name, c, masked, marks = '' } of rows) {
    it(name, () => {
      const result = maskKernelC(c);
      assert.equal(result.text.length, c.length);
      assert.equal(trimmed(result.text), trimmed(masked ?? c));
      const shown = result.marks.filter(({ kind }) => kind !== 'directive');
      assert.equal(shown.map((mark) => `${mark.kind}:${mark.name}`).join(' '), marks);
      assert.deepEqual(new CFile(c).errors, []);
    });
  }
}

const trimmed = (text: string): string => text.replace(/[ \t]+$/gm, '');
const body = (inner: string): string => `void f(void) { ${inner} }`;

describe('annotations become blanks', () => {
  check([
    {
      name: 'leading',
      c: '__init static int f(void);',
      masked: '       static int f(void);',
      marks: 'annotation:__init',
    },
    {
      name: 'between type and name',
      c: 'static int __maybe_unused f(void);',
      masked: 'static int                f(void);',
      marks: 'annotation:__maybe_unused',
    },
    {
      name: 'trailing, with arguments',
      c: 'int f(void) __must_hold(&a->lock) { }',
      masked: 'int f(void)                       { }',
      marks: 'annotation:__must_hold',
    },
    {
      name: '__attribute__ with parentheses inside',
      c: 'int f(void) __attribute__((section("a(b"), unused));',
      masked: 'int f(void)                                        ;',
      marks: 'annotation:__attribute__',
    },
    {
      name: 'on a parameter and on what it points to',
      c: 'int f(void __user *a, int b __maybe_unused);',
      masked: 'int f(void        *a, int b               );',
      marks: 'annotation:__user annotation:__maybe_unused',
    },
    {
      name: 'behind a struct',
      c: 'struct a { u8 b; } __packed __aligned(8);',
      masked: 'struct a { u8 b; }                      ;',
      marks: 'annotation:__packed annotation:__aligned',
    },
    {
      name: 'that frees a local',
      c: body('struct a *b __free(kfree) = c();'),
      masked: body('struct a *b               = c();'),
      marks: 'annotation:__free',
    },
    {
      name: 'over two lines',
      c: 'int f(void) __printf(1,\n\t2);',
      masked: 'int f(void)\n   ;',
      marks: 'annotation:__printf',
    },
    { name: 'of another name stay', c: 'int init(void);\nint __initial;' },
  ]);
});

describe('iteration macros become loops', () => {
  check([
    {
      name: 'of a known name, with a block',
      c: body('list_for_each_entry(a, &b, c) { g(a); }'),
      masked: body('while              (a, &b, c) { g(a); }'),
      marks: 'loop:list_for_each_entry',
    },
    {
      name: 'of an unknown name, by their block',
      c: body('walk_masters(a, b) { g(a); }'),
      masked: body('while       (a, b) { g(a); }'),
      marks: 'loop:walk_masters',
    },
    {
      name: 'with a single statement',
      c: body('for_each_sid(a, b)\n\tg(a);\nh();'),
      masked: body('while       (a, b)\n\tg(a);\nh();'),
      marks: 'loop:for_each_sid',
    },
    {
      name: 'nested',
      c: body('for_each_x(a) for_each_y(b) { g(); }'),
      masked: body('while     (a) while     (b) { g(); }'),
      marks: 'loop:for_each_x loop:for_each_y',
    },
    {
      name: 'after if and else',
      c: body('if (a) for_each_x(a) g(); else for_each_y(b) h();'),
      masked: body('if (a) while     (a) g(); else while     (b) h();'),
      marks: 'loop:for_each_x loop:for_each_y',
    },
    {
      name: 'after a label',
      c: body('again: for_each_x(a) g();'),
      masked: body('again: while     (a) g();'),
      marks: 'loop:for_each_x',
    },
    {
      name: 'but not functions that take a callback',
      c: body('pci_for_each_dma_alias(a, b, &c); d = bus_for_each_dev(e, 0, 0, b);'),
    },
    { name: 'but not calls of an unknown name', c: body('walk_masters(a, b); g(walk_more(a));') },
    {
      name: 'scoped_guard with a block and with a statement',
      c: body('scoped_guard(mutex, &a) { g(); } scoped_guard(spinlock, &b) h();'),
      masked: body('while       (mutex, &a) { g(); } while       (spinlock, &b) h();'),
      marks: 'loop:scoped_guard loop:scoped_guard',
    },
    { name: 'but not guard, which is a call', c: body('guard(mutex)(&a); g();') },
  ]);
});

describe('declaring macros become declarations', () => {
  check([
    {
      name: 'at file scope, static or not',
      c: 'static DEFINE_MUTEX(a);\nDEFINE_SPINLOCK(b);',
      masked: 'static DEFINE_MUTEX a ;\nDEFINE_SPINLOCK b ;',
      marks: 'declares:DEFINE_MUTEX declares:DEFINE_SPINLOCK',
    },
    {
      name: 'with more arguments',
      c: 'static DEFINE_XARRAY_FLAGS(a, XA_FLAGS_ALLOC | b(c, d));',
      masked: `static DEFINE_XARRAY_FLAGS a${' '.repeat(27)};`,
      marks: 'declares:DEFINE_XARRAY_FLAGS',
    },
    {
      name: 'whose name is not the first argument',
      c: 'static DEFINE_PER_CPU(struct a, b);\nstruct c { DECLARE_FLEX_ARRAY(u8, d); };',
      masked: 'static DEFINE_PER_CPU           b ;\nstruct c { DECLARE_FLEX_ARRAY     d ; };',
      marks: 'declares:DEFINE_PER_CPU declares:DECLARE_FLEX_ARRAY',
    },
    {
      name: 'in a struct',
      c: 'struct a { DECLARE_BITMAP(b, 8); int c; };',
      masked: 'struct a { DECLARE_BITMAP b    ; int c; };',
      marks: 'declares:DECLARE_BITMAP',
    },
    {
      name: 'in a function',
      c: body('LIST_HEAD(a); static DEFINE_RATELIMIT_STATE(b, 5 * HZ, (1)); g(&a);'),
      masked: body('LIST_HEAD a ; static DEFINE_RATELIMIT_STATE b              ; g(&a);'),
      marks: 'declares:LIST_HEAD declares:DEFINE_RATELIMIT_STATE',
    },
    { name: 'but not as an argument', c: body('g(LIST_HEAD(a));') },
  ]);
});

describe('types as arguments become identifiers', () => {
  check([
    {
      name: 'of container_of',
      c: body('a = container_of(b, struct foo, c);'),
      masked: body('a = container_of(b, Struct_foo, c);'),
      // Marked twice: as the argument of a macro of the table, and as a type among arguments.
      marks: 'type-argument:container_of type-argument:',
    },
    {
      name: 'of several words, of one, but not a name that the grammar takes anyway',
      c: body('a = min_t(unsigned long, b, c); d = max_t(int, e, f); g = min_t(iova_type, h, i);'),
      masked: body('a = min_t(Unsigned_long, b, c); d = max_t(Int, e, f); g = min_t(iova_type, h, i);'),
      marks: 'type-argument:min_t type-argument:max_t',
    },
    {
      name: 'of a macro that no table knows',
      c: body('a = alloc_obj(b, struct foo *, union bar, enum baz);'),
      masked: body('a = alloc_obj(b, Struct_foo__, Union_bar, Enum_baz);'),
      marks: 'type-argument: type-argument: type-argument:',
    },
    { name: 'but not of a cast', c: body('a = (struct foo *)b; g((struct foo *)c, (union bar *)d);') },
    { name: 'nor of sizeof', c: body('a = sizeof(struct foo); g(sizeof(struct bar), sizeof(*a));') },
    { name: 'nor in a prototype', c: 'int f(struct foo *, union bar *);\nint (*g)(struct foo *, int);' },
    { name: 'nor in a head', c: 'int f(struct foo *a, struct bar *b) { }' },
    { name: 'nor in an operation', c: 'struct a { int (*op)(struct foo *, struct bar *); };' },
    {
      name: 'and the path of offsetof is cut to its first member',
      c: body('a = offsetof(struct foo, b.c[d]);'),
      masked: body('a = offsetof(Struct_foo, b     );'),
      marks: 'type-argument:offsetof',
    },
    {
      name: 'and typeof becomes the name of a type',
      c: body('typeof(*a) b = *a; __typeof__(c(d)) e; f = (typeof(x))y;'),
      masked: body('typeof__a_ b = *a; __typeof___c_d__ e; f = (typeof_x_)y;'),
      marks: 'type-argument:typeof type-argument:typeof type-argument:typeof',
    },
  ]);
});

describe('what else the grammar does not know', () => {
  check([
    {
      name: 'case ranges',
      c: body('switch (a) { case 1 ... 5: g(); break; case A...B: h(); }'),
      masked: body('switch (a) { case 1 ||  5: g(); break; case A|| B: h(); }'),
      marks: 'range:... range:...',
    },
    { name: 'variadic parameters stay', c: 'int f(const char *a, ...);\nvoid g(int a, ...) { h(a); }' },
    {
      name: 'struct_group keeps its members',
      c: 'struct a { struct_group(b, u32 c; u32 d; ); int e; };',
      masked: 'struct a {                 u32 c; u32 d;    int e; };',
      marks: 'dropped:struct_group',
    },
    {
      name: 'struct_group_tagged has two names',
      c: 'struct a { struct_group_tagged(b, c, u32 d; ); };',
      masked: 'struct a {                           u32 d;    };',
      marks: 'dropped:struct_group_tagged',
    },
    {
      name: 'entries by macros without a comma',
      c: 'struct a b = {\n\tSET_SLEEP_OPS(c, d)\n\tSET_RUN_OPS(e, f, NULL)\n};',
      masked: 'struct a b = {\n\n\n};'.replace('\n\n\n', '\n\t\n\t\n'),
      marks: 'dropped:SET_SLEEP_OPS dropped:SET_RUN_OPS',
    },
    { name: 'entries by macros with a comma stay', c: 'struct a b = {\n\tID(c, d),\n\tID(e, f),\n};' },
    {
      name: 'the name of old variadic parameters',
      c: '#define dbg(fmt, args...) pr_debug(fmt, ##args)\n#define e(args...) x(args)\n#define v(f, ...) p(f)',
      masked:
        '#define dbg(fmt,     ...) pr_debug(fmt, ##args)\n#define e(    ...) x(args)\n#define v(f, ...) p(f)',
    },
    {
      name: 'comments within a macro, over a line end too, but not behind it',
      c: '#define A(b) \\\n\tc(b) /* d */ \\\n\te(b) /* f\n g */ h\n#define I 1 /* j */',
      masked: '#define A(b) \\\n\tc(b)         \\\n\te(b)    \\\n      h\n#define I 1 /* j */',
    },
    {
      name: 'macro calls at file scope that read as a declaration',
      c: 'EXPORT_SYMBOL_GPL(f);\nEXPORT_SYMBOL_NS_GPL(f, "IOMMUFD");\nmodule_init(g);\nDEFINE_FREE(h, void *, if (_T) k(_T))\nint i;',
      masked: `EXPORT_SYMBOL_GPL(f);\n\n\n\nint i;`,
      marks: 'invocation:EXPORT_SYMBOL_NS_GPL invocation:module_init invocation:DEFINE_FREE',
    },
    { name: 'padding in a struct', c: 'struct a { u32 b : 3; u32 : 5; unsigned int : 0; };' },
    {
      name: 'directives inside of braces',
      c: 'struct a {\n#define B 1\n\tint c;\n};\nvoid f(void) {\n#define G(x) \\\n\th(x)\n\tG(1);\n}',
      masked: 'struct a {\n\n\tint c;\n};\nvoid f(void) {\n\n\n\tG(1);\n}'.replace(
        '\n\n\n\tG',
        '\n\n\t\n\tG',
      ),
    },
  ]);
});

describe('of conditionals', () => {
  check([
    {
      name: 'code shows its first arm',
      c: 'void f(void) {\n#ifdef A\n\tg();\n#elif B\n\th();\n#else\n\ti();\n#endif\n}',
      masked: 'void f(void) {\n\n\tg();\n\n\n\n\n\n}',
      marks: 'untaken: untaken:',
    },
    {
      name: 'code skips #if 0 and shows what follows it',
      c: 'void f(void) {\n#if 0\n\tg( {\n#elif B\n\th();\n#else\n\ti();\n#endif\n}\nint j;',
      masked: 'void f(void) {\n\n\n\n\th();\n\n\n\n}\nint j;',
      marks: 'untaken: untaken:',
    },
    {
      name: 'structs show all arms',
      c: 'struct a {\n#ifdef A\n\tint b;\n#else\n\tlong c;\n#endif\n};',
      masked: 'struct a {\n\n\tint b;\n\n\tlong c;\n\n};',
    },
    {
      name: 'files show all arms',
      c: '#ifdef A\nint f(void) { }\n#else\nint f(void);\n#endif',
      masked: '\nint f(void) { }\n\nint f(void);\n',
    },
    {
      name: 'initialisers show all arms',
      c: 'int a[] = {\n#ifdef A\n\t1,\n#else\n\t2,\n#endif\n};',
      masked: 'int a[] = {\n\n\t1,\n\n\t2,\n\n};',
    },
    {
      name: 'initialisers whose arm ends without a comma show one',
      c: 'struct a b = {\n#ifdef A\n\t.c = 1\n#else\n\t.c = 2\n#endif\n};',
      masked: 'struct a b = {\n\n\t.c = 1\n\n\n\n};',
      marks: 'untaken:',
    },
    {
      name: 'arguments show one arm',
      c: body('g(a,\n#ifdef X\n\tb,\n#else\n\tc,\n#endif\n\td);'),
      masked: body('g(a,\n\n\tb,\n\n\n\n\td);'),
      marks: 'untaken:',
    },
    {
      name: 'arms that open a brace each show one in code',
      c: 'void f(void) {\n#ifdef A\n\tif (a) {\n#else\n\tif (b) {\n#endif\n\t\tg();\n\t}\n}\nint h;',
      masked: 'void f(void) {\n\n\tif (a) {\n\n\n\n\t\tg();\n\t}\n}\nint h;',
      marks: 'untaken:',
    },
    {
      name: 'arms that open a brace each show one in a file',
      c: '#ifdef A\nint f(int a) {\n#else\nint f(long a) {\n#endif\n\treturn a;\n}\nint h;',
      masked: '\nint f(int a) {\n\n\n\n\treturn a;\n}\nint h;',
      marks: 'untaken:',
    },
    {
      name: 'arms that are half a head each show one',
      c: '#ifdef A\nstatic int f(int a)\n#else\nstatic int f(long a)\n#endif\n{\n}\nint h;',
      masked: '\nstatic int f(int a)\n\n\n\n{\n}\nint h;',
      marks: 'untaken:',
    },
    {
      name: '#if 0 is no code in a file either',
      c: '#if 0\nint f(void) { oops\n#endif\nint g;',
      masked: '\n\n\nint g;',
      marks: 'untaken:',
    },
    {
      name: 'nested ones show the first arm of the first',
      c: 'void f(void) {\n#ifdef A\n# ifdef B\n\tg();\n# else\n\th();\n# endif\n#else\n# ifdef C\n\ti();\n# endif\n\tj();\n#endif\n\tk();\n}',
      masked: 'void f(void) {\n\n\n\tg();\n\n\n\n\n\n\n\n\n\n\tk();\n}',
      marks: 'untaken: untaken:',
    },
    {
      name: '#else without #if is nothing',
      c: 'void f(void) {\n\tg();\n#else\n\th();\n#endif\n}',
      masked: 'void f(void) {\n\tg();\n\n\th();\n\n}',
    },
  ]);

  it('an arm without an end is hidden to the end', () => {
    const { text } = maskKernelC('void f(void) {\n#ifdef A\n\tg();\n#else\n\th( {;\n}');
    assert.equal(trimmed(text), 'void f(void) {\n\n\tg();\n\n\n');
  });
});

describe('strings and comments', () => {
  check([
    { name: 'hide nothing', c: 'char *a = "__init list_for_each(x) { /* } */ #if 0";' },
    {
      name: 'of one line and of several',
      c: '/* __init DEFINE_MUTEX(x)\n#if 0\n */\n// for_each_x(a) {\nint b;',
    },
    { name: 'of one character', c: "int a = '{';\nint b = '\\'';\nint __init_count;" },
    { name: 'in a directive', c: '#define GLOB "drivers/*"\n#define BRACE "}"\nint a; /* b */\nint c;' },
    {
      name: 'in the arguments of a macro',
      c: 'DEFINE_MUTEX(a /* ) */);\nint b;',
      masked: 'DEFINE_MUTEX a /* ) */ ;\nint b;',
      marks: 'declares:DEFINE_MUTEX',
    },
  ]);
});
