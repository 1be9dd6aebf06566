/** Every kind of expression and statement, read and printed again with all its parentheses (show.ts). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CFile, calledName, walk } from '../../server/src/syntax/index.js';
import { showBody } from './show.js';

type Row = readonly [c: string, shown: string];

const EXPRESSIONS: readonly Row[] = [
  ['a = b + c * d - e;', '(a = ((b + (c * d)) - e));'],
  ['a = b << 1 | c & ~d ^ e;', '(a = ((b << 1) | ((c & (~d)) ^ e)));'],
  ['a = !b && (c || d);', '(a = ((!b) && (c || d)));'],
  ['a = b == c ? d : e;', '(a = ((b == c) ? d : e));'],
  ['a = b ?: c;', '(a = (b ?  : c));'],
  ['a += b, c -= d;', '((a += b), (c -= d));'],
  ['a[b + 1].c->d[e] = *f;', '(a[(b + 1)].c->d[e] = (*f));'],
  ['(*a)(b); a->b(c); a.b->c(d)(e);', '(*a)(b); a->b(c); a.b->c(d)(e);'],
  [
    'a = -b + +c; ++d; e--; *f++ = *--g; &h;',
    '(a = ((-b) + (+c))); (++d); (e--); ((*(f++)) = (*(--g))); (&h);',
  ],
  [
    'a = (struct foo *)b; c = (u64)d; e = (void __iomem *)f; g = (unsigned long)(h);',
    '(a = <struct foo *>b); (c = <u64>d); (e = <void *>f); (g = <unsigned long>h);',
  ],
  [
    'a = sizeof(struct foo); b = sizeof(*c); d = sizeof c; e = sizeof(int) * f; g = sizeof(struct foo *);',
    '(a = sizeof <struct foo>); (b = sizeof (*c)); (d = sizeof c); (e = (sizeof <int> * f)); (g = sizeof <struct foo *>);',
  ],
  ['a = (struct foo){ .b = 1, .c = { 2, 3 } };', '(a = <struct foo>{.b=1, .c={2, 3}});'],
  ['a = ({ int b = c; b + 1; });', '(a = ({ var b: int = c; (b + 1); }));'],
  [
    'a = container_of(b, struct foo, c); d = min_t(unsigned long, e, f);',
    '(a = container_of(b, struct foo, c)); (d = min_t(unsigned long, e, f));',
  ],
  [
    'a = "b" "c" FMT; d = \'e\'; f = 0x1fULL; g = NULL; h = true;',
    '(a = "b" "c" FMT); (d = \'e\'); (f = 0x1fULL); (g = NULL); (h = true);',
  ],
  ['a = (b, c);', '(a = (b, c));'],
  ['a = offsetof(struct foo, b.c);', '(a = offsetof(struct foo, b.c));'],
  ['a = (b);', '(a = b);'],
  ['a = alloc(sizeof(*b), GFP_KERNEL | __GFP_ZERO);', '(a = alloc(sizeof (*b), (GFP_KERNEL | __GFP_ZERO)));'],
  ['a = _Alignof(int); b = __alignof__(*c);', '(a = sizeof <int>); (b = sizeof <*c>);'],
  ['a = b ? c : d ? e : f;', '(a = (b ? c : (d ? e : f)));'],
  ['a = va_arg(b, int);', '(a = va_arg(b, int));'],
  ['a = &b->c; a = &(b->c)[0]; return -EINVAL;', '(a = (&b->c)); (a = (&b->c[0])); return (-EINVAL);'],
  ['WARN_ON(a) ? b() : c();', '(WARN_ON(a) ? b() : c());'],
  ['a = b->c.d->e;', '(a = b->c.d->e);'],
  ['a = (b) + c; d = (e)(f); g = (h) & i;', '(a = (b + c)); (d = e(f)); (g = (h & i));'],
  ['a = b(struct foo *, c);', '(a = b(struct foo *, c));'],
  ['lockdep_assert_held(&a); might_sleep();', 'lockdep_assert_held((&a)); might_sleep();'],
  ['return (struct foo){ .a = b };', 'return <struct foo>{.a=b};'],
  ['a = b = c;', '(a = (b = c));'],
  ['*a = b; *(u32 *)c = d;', '((*a) = b); ((*<u32 *>c) = d);'],
  ['a->b++; --a->c;', '(a->b++); (--a->c);'],
  ['pr_info("a" PRIx64 "b\\n", c);', 'pr_info("a" PRIx64 "b\\n", c);'],
  ['a = __builtin_expect(b, 0);', '(a = __builtin_expect(b, 0));'],
  ['a = b ? (c) : (d);', '(a = (b ? c : d));'],
  ['a = (const struct foo *)b->c;', '(a = <const struct foo *>b->c);'],
  ['a = !!(b & C);', '(a = (!(!(b & C))));'],
  ['a = b /* c */ + d; // e', '(a = (b + d));'],
  ['({ a(); });', '({ a(); });'],
  ['a = L"x"; b = u8"y";', '(a = L"x"); (b = u8"y");'],
  ['a = b[c][d]; e = f()[g]; ', '(a = b[c][d]); (e = f()[g]);'],
  ['a = (int[]){ 1, 2 };', '(a = <int[]>{1, 2});'],
  ['a = sizeof(b[0]) / sizeof(c);', '(a = (sizeof b[0] / sizeof c));'],
  ['a = x ? : y;', '(a = (x ?  : y));'],
];

const STATEMENTS: readonly Row[] = [
  [
    'int a, *b = c, d[4] = { 1, 2 }; static struct foo e; const char *f = "g";',
    'var a: int, b: int * = c, d: int[] = {1, 2}; static var e: struct foo; var f: const char * = "g";',
  ],
  ['struct foo *a __free(kfree) = b();', 'var a: struct foo * = b();'],
  ['if (a) b(); else if (c) d(); else { e(); }', 'if a b(); else if c d(); else { e(); }'],
  ['while (a) b();', 'while(a) b();'],
  ['do { a(); } while (b);', 'do(b) { a(); }'],
  ['for (i = 0; i < n; i++) a(i);', 'for((i = 0) | (i < n) | (i++)) a(i);'],
  ['for (int i = 0, j = 1; i < n; ) a(i);', 'for(var i: int = 0, j: int = 1; | (i < n)) a(i);'],
  ['for (;;) { break; continue; }', 'for() { break; continue; }'],
  ['list_for_each_entry(a, &b->c, d) { e(a); }', 'list_for_each_entry(a | (&b->c) | d) { e(a); }'],
  [
    'list_for_each_entry_safe(a, b, &c, d) if (e) f();',
    'list_for_each_entry_safe(a | b | (&c) | d) if e f();',
  ],
  ['scoped_guard(mutex, &a) { b(); }', 'scoped_guard(mutex | (&a)) { b(); }'],
  ['guard(mutex)(&a);', 'guard(mutex)((&a));'],
  [
    'switch (a) { case B: case C: d(); break; case 1 ... 5: e(); fallthrough; default: return f; }',
    'switch a { case B: case C: d(); break; case (1 .. 5): e(); fallthrough; default: return f; }',
  ],
  ['a: b(); goto a; c: return;', 'a: b(); goto a; c: return;'],
  ['out: ;', 'out: ;'],
  ['return; return a;', 'return; return a;'],
  [';', ';'],
  ['{ a(); { b(); } }', '{ a(); { b(); } }'],
  ['enum { A, B } c; struct foo { int d; }; typedef int e;', 'var c: enum; var ; ;'],
  ['asm volatile("mov" : "=r"(a) : "r"(b) : "memory");', '?cannot read gnu asm expression?;'],
  ['int a[] = { [B] = 1, [C ... D] = 2 };', 'var a: int[] = {1, 2};'],
  ['DECLARE_BITMAP(a, B); LIST_HEAD(c);', 'var a: unsigned long; var c: struct list_head;'],
  ['int (*a)(int) = b; void (*c[2])(void);', 'var a: int (*)(int) = b; var c: void (*)()[];'],
  ['struct foo a = { 0 }; struct bar b = {}; ', 'var a: struct foo = {0}; var b: struct bar = {};'],
  ['if (unlikely(!a)) return ERR_PTR(-ENOMEM);', 'if unlikely((!a)) return ERR_PTR((-ENOMEM));'],
  ['xa_for_each(&a, b, c) d(c);', 'xa_for_each((&a) | b | c) d(c);'],
  [
    'switch (a) { case 1: { b(); break; } case 2: return c; }',
    'switch a { case 1: { b(); break; } case 2: return c; }',
  ],
  ['if (a)\n#ifdef X\n\tb();\n#else\n\tc();\n#endif', 'if a b();'],
  ['typeof(*a) b = c;', 'var b: typeof(*a) = c;'],
  ['a b;', 'var b: a;'],
  ['a * b;', 'var b: a *;'],
  ['int f(struct foo *, int);', 'var f: int(struct foo *, int);'],
  ['if (a) { } else ;', 'if a {} else ;'],
  [
    'unsigned long flags; spin_lock_irqsave(&a, flags);',
    'var flags: unsigned long; spin_lock_irqsave((&a), flags);',
  ],
  ['__auto_type a = b;', 'var a: __auto_type = b;'],
  ['for_each_x(a) for_each_y(b) c();', 'for_each_x(a) for_each_y(b) c();'],
  ['do a(); while (b);', 'do(b) a();'],
  ['while (a) ;', 'while(a) ;'],
  [
    'static const struct foo a[] = { { 1, "b" }, { } };',
    'static var a: const struct foo[] = {{1, "b"}, {}};',
  ],
  ['if (a) goto b; b: c: d();', 'if a goto b; b: c: d();'],
];

/** The only function of `int f(void)` with this body. */
function read(c: string): { shown: string; file: CFile } {
  const file = new CFile(`void f(void)\n{\n\t${c}\n}\n`);
  const [f] = file.items;
  assert.ok(f?.kind === 'function' && f.name === 'f');
  return { shown: showBody(file.bodyOf(f)!), file };
}

describe('expressions', () => {
  for (const [c, shown] of EXPRESSIONS)
    it(c, () => {
      const { shown: got, file } = read(c);
      assert.equal(got, shown);
      assert.deepEqual(file.errors, []);
    });
});

describe('statements', () => {
  for (const [c, shown] of STATEMENTS)
    it(c, () => {
      const { shown: got, file } = read(c);
      assert.equal(got, shown);
      assert.deepEqual(file.errors, []);
    });
});

describe('what cannot be read', () => {
  const rows: readonly Row[] = [
    ['a(b', '?cannot read ERROR?'],
    ['break', '?cannot read ERROR?'],
    ['asm("nop");', '?cannot read gnu asm expression?;'],
  ];
  for (const [c, shown] of rows)
    it(`${c} is opaque, with the reason`, () => assert.equal(read(c).shown, shown));

  it('too deep for the stack is opaque, however deep', () => {
    const deep = 20_000;
    for (const c of [
      `a = ${'f('.repeat(deep)}${')'.repeat(deep)};`,
      `a = b${' + b'.repeat(deep)};`,
      `${'if (a) '.repeat(deep)};`,
      `${'{ '.repeat(deep)}${' }'.repeat(deep)}`,
    ])
      assert.match(read(c).shown, /\?nested too deep\?/);
  });

  it('does not take the rest of the function with it', () => {
    const { shown } = read('a = b;\n\tc = (d;\n\treturn e;');
    assert.match(shown, /^\(a = b\);/);
    assert.match(shown, /return e;$/);
  });
});

describe('walking a body', () => {
  const { file } = read('int a = g(b); if (c->d) { h(i(j)); } return (struct k){ .l = m() };');
  const [f] = file.items;
  const body = f?.kind === 'function' ? file.bodyOf(f)! : assert.fail();

  it('meets the calls in the order in which they are made', () => {
    const names: string[] = [];
    walk(body, (node) => names.push(calledName(node) ?? ''));
    assert.deepEqual(names.filter(Boolean), ['g', 'i', 'h', 'm']);
  });

  it('is read once', () => assert.equal(f?.kind === 'function' && file.bodyOf(f), body));

  it('finds no body for a prototype or for an item of another file', () => {
    const [other] = new CFile('int f(void);').items;
    assert.equal(other?.kind === 'function' && file.bodyOf(other), null);
  });
});
