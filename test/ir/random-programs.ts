/**
 * Random C programs of the supported subset, without behaviour that C leaves
 * open: indices are masked, divisors positive, shifts small, everything is
 * initialised, and a statement has at most one side effect on what it reads.
 */

/** A small deterministic generator of numbers. */
export class Random {
  constructor(private state: number) {}

  below(limit: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
    return ((mixed ^ (mixed >>> 16)) >>> 0) % limit;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}

export const PRELUDE = `typedef unsigned char u8; typedef signed char s8; typedef unsigned short u16; typedef short s16;
typedef unsigned int u32; typedef int s32; typedef unsigned long long u64; typedef long long s64; typedef _Bool bool;
`;

const INTEGERS = [
  'u8',
  's8',
  'u16',
  's16',
  'u32',
  's32',
  'u64',
  's64',
  'bool',
  'char',
  'long',
  'unsigned int',
];
const WIDTH: Record<string, number> = {
  u8: 8,
  s8: 8,
  u16: 16,
  s16: 16,
  u32: 32,
  s32: 32,
  u64: 64,
  s64: 64,
  bool: 1,
};
const LITERALS = [
  '0',
  '1',
  '2',
  '7',
  '-1',
  '127',
  '128',
  '255',
  '-128',
  '0x7fff',
  '0xffff',
  '65536',
  '0x7fffffff',
  '0x80000000',
  '(-2147483647 - 1)',
  '0xffffffffu',
  '4294967296',
  '1ull',
  '0x8000000000000000',
  '-1l',
  "'a'",
  '0x123456789abcdef',
  '3u',
];

interface Scalar {
  readonly text: string;
  readonly isWide?: boolean;
}

/** One program: declarations and a function `u64 program_N(void)`. */
export function randomProgram(random: Random, number: number): string {
  return new Generator(random, number).program();
}

class Generator {
  private readonly lines: string[] = [];
  /** Scalars that can be read; those in `writable` can be written too. */
  private readable: Scalar[] = [];
  private writable: string[] = [];
  private readonly arrays: { name: string; length: number }[] = [];
  private readonly structs: { name: string; fields: { path: string; isWide: boolean; isBits: boolean }[] }[] =
    [];
  private labels = 0;
  private counters = 0;
  private callee = false;

  constructor(
    private readonly random: Random,
    private readonly id: number,
  ) {}

  program(): string {
    const { id } = this;
    for (let at = 0; at < 2; at++) this.struct(at);
    this.lines.push(
      `enum e${id} { E${id}_A = ${this.random.pick(['0', '-3', '5', '1 << 20'])}, E${id}_B, E${id}_C = E${id}_B * 2 };`,
      `#define MAX${id}(a, b) ((a) > (b) ? (a) : (b))`,
      `#define MIX${id}(x) ({ typeof(x) __m = (x); __m ^ (__m >> 1); })`,
      `#define STEP${id}(v, n) do { (v) += (n); if ((v) & 1) (v)--; } while (0)`,
      `static u32 table${id}[8] = { 1, 2, [5] = 7, [2 ... 3] = ${this.random.below(99)} };`,
      `static struct s${id}_0 global${id} = { ${this.initialEntries(0)} };`,
      `static long counter${id} = ${this.random.below(1000)};`,
    );
    this.helper();
    this.main();
    return `${this.lines.join('\n')}\n`;
  }

  private struct(at: number): void {
    const { random, id } = this;
    const fields: { path: string; isWide: boolean; isBits: boolean }[] = [];
    const body: string[] = [];
    const count = 2 + random.below(5);
    for (let index = 0; index < count; index++) {
      const name = `f${index}`;
      const type = random.pick(INTEGERS);
      const shape = random.below(10);
      if (shape < 4) {
        body.push(`${type} ${name};`);
        fields.push({ path: name, isWide: false, isBits: false });
      } else if (shape < 7) {
        const base = random.pick(['u8', 'u16', 'u32', 's32', 'u64', 's64', 's16', 'bool']);
        const width = 1 + random.below(WIDTH[base]!);
        body.push(`${base} ${name} : ${width};`);
        if (random.chance(15))
          body.push(`${base} : ${random.pick(['0', '3'])};`.replace(base === 'bool' ? ': 3' : '\0', ': 1'));
        fields.push({ path: name, isWide: width > 32, isBits: true });
      } else if (shape < 8) {
        body.push(`${type} ${name}[4];`);
        for (const element of [0, 3])
          fields.push({ path: `${name}[${element}]`, isWide: false, isBits: false });
      } else if (shape < 9) {
        body.push(`union { ${type} ${name}; u8 ${name}b[8]; struct { u16 ${name}x, ${name}y; }; };`);
        for (const part of [name, `${name}b[1]`, `${name}y`])
          fields.push({ path: part, isWide: false, isBits: false });
      } else if (at > 0) {
        body.push(`struct s${id}_0 ${name};`);
        fields.push(...this.structs[0]!.fields.map((each) => ({ ...each, path: `${name}.${each.path}` })));
      } else {
        body.push(`struct { ${type} in; u8 pad; } ${name};`);
        fields.push({ path: `${name}.in`, isWide: false, isBits: false });
      }
    }
    body.push('u32 z;');
    fields.push({ path: 'z', isWide: false, isBits: false });
    const packed = random.chance(20) ? ' __attribute__((packed))' : '';
    this.lines.push(`struct s${id}_${at} { ${body.join(' ')} }${packed};`);
    this.structs.push({ name: `struct s${id}_${at}`, fields });
  }

  private initialEntries(at: number): string {
    // Two members of one union initialised: the later one resets the earlier one's bytes; nobody writes that.
    const single = this.structs[at]!.fields.filter(({ path }) => !/f\d+(?:b\[1\]|y)$/.test(path));
    const entries = single
      .filter(() => this.random.chance(60))
      .map((field) => {
        const value = this.random.pick(['1', '2', '3', '200', '-5']);
        return `.${field.path} = ${value}`;
      });
    return entries.length > 0 ? entries.join(', ') : '0';
  }

  private helper(): void {
    const { id } = this;
    this.readable = [{ text: 'a' }, { text: 'b' }, { text: `p->${this.plain(0)}` }];
    this.writable = ['a', 'b'];
    const type = this.random.pick(INTEGERS);
    this.lines.push(
      `static ${type} one${id}(${this.random.pick(INTEGERS)} a, ${this.random.pick(INTEGERS)} b) { return ${this.without(() => this.expression(2))}; }`,
      `static ${type} two${id}(${this.typesOf(1)} a, ${this.typesOf(2)} b) { return a ^ b; }`,
    );
    this.lines.push(`static u64 touch${id}(struct s${id}_0 *p, ${this.random.pick(INTEGERS)} a, long b)\n{`);
    this.lines.push(`\tp->${this.plain(0)} = ${this.expression(2)};`);
    this.lines.push(
      `\tif (${this.expression(1)})\n\t\treturn p->${this.plain(0)};\n\treturn ${this.expression(2)};\n}`,
    );
    this.lines.push(
      `static struct s${id}_1 make${id}(struct s${id}_1 v, u32 a)\n{\n\tv.${this.plain(1)} = a;\n\treturn v;\n}`,
    );
  }

  private typesOf(_: number): string {
    return this.random.pick(['u32', 's64', 'u64']);
  }

  private plain(at: number): string {
    const plain = this.structs[at]!.fields.filter((field) => !field.isBits);
    return plain[0]!.path;
  }

  /** Without the parameters of other functions. */
  private without<T>(body: () => T): T {
    const saved = this.readable;
    this.readable = saved.filter(({ text }) => !text.startsWith('p->'));
    const result = body();
    this.readable = saved;
    return result;
  }

  private main(): void {
    const { id, random } = this;
    this.readable = [];
    this.writable = [];
    this.callee = true;
    const locals: string[] = [];
    for (let at = 0; at < 5; at++) {
      const type = random.pick(INTEGERS);
      locals.push(`\t${type} v${at} = ${random.pick(LITERALS)};`);
      this.readable.push({ text: `v${at}` });
      this.writable.push(`v${at}`);
    }
    const element = random.pick(INTEGERS);
    locals.push(
      `\t${element} arr[8] = { ${random.below(99)}, ${random.below(99)}, 3 }, *ptr = &arr[2], **pp = &ptr;`,
    );
    locals.push(`\t${element} grid[2][4] = { { 1, 2 }, { [2] = 9 } };`);
    this.arrays.push(
      { name: 'arr', length: 8 },
      { name: 'grid[1]', length: 4 },
      { name: `table${id}`, length: 8 },
    );
    locals.push(`\tstruct s${id}_0 s = { ${this.initialEntries(0)} }, *sp = &s;`);
    locals.push(
      `\tstruct s${id}_1 t, u;`,
      `\tu64 sum = 0; int fuel = 40; u64 r = 0; const char *text = "hello";`,
    );
    locals.push(
      `\tu64 (*fn)(struct s${id}_0 *, ${'@'}, long) = touch${id};`.replace(/\(\*fn\).*$/, `dummy = 0;`),
    );
    this.readable.push(
      { text: '*ptr' },
      { text: '**pp' },
      { text: 'text[1]' },
      { text: `counter${id}` },
      { text: 'r' },
    );
    this.writable.push('(*ptr)', 'arr[1]', 'grid[0][2]', `table${id}[3]`, `counter${id}`);
    for (const [index, base] of [
      [0, 's.'],
      [0, 'sp->'],
      [1, 't.'],
      [0, `global${id}.`],
    ] as const) {
      for (const field of this.structs[index]!.fields) {
        const text = `${base}${field.path}`;
        this.readable.push({ text, isWide: field.isWide });
        this.writable.push(text);
      }
    }
    this.lines.push(`u64 program_${id}(void)\n{`, ...locals);
    this.lines.push('\tmemset(&t, 0, sizeof(t));', `\tu = make${id}(t, 7);`);
    for (let at = 0; at < 3 + random.below(3); at++) this.statement(1, random.below(3));
    this.lines.push('\tt = u;');
    for (const { text } of this.readable) this.lines.push(`\tsum = sum * 31 + (u64)(${text});`);
    for (const each of ['arr[0]', 'arr[7]', 'grid[1][3]', `table${id}[5]`, 'sizeof(t)', 'sizeof(s)', 'dummy'])
      this.lines.push(`\tsum = sum * 31 + (u64)(${each});`);
    this.lines.push('\treturn sum + fuel;', '}');
  }

  private emit(depth: number, text: string): void {
    this.lines.push('\t'.repeat(depth) + text);
  }

  private statement(depth: number, budget: number): void {
    const { random, id } = this;
    const kind = random.below(budget > 0 ? 22 : 11);
    const target = random.pick(this.writable);
    switch (kind) {
      case 0:
      case 1:
      case 2:
        this.emit(depth, `${target} = ${this.expression(this.random.chance(30) ? 3 : 2)};`);
        return;
      case 3:
        this.compound(depth, target);
        return;
      case 4:
        this.emit(
          depth,
          random.pick([`${target}++;`, `--${target};`, `r += ${target}--;`, `r ^= ++${target};`]),
        );
        return;
      case 5:
        this.emit(depth, `ptr = &arr[(${this.expression(1)}) & 7];`);
        return;
      case 6:
        this.emit(depth, `r = touch${id}(&s, ${this.expression(2)}, ${this.expression(2)});`);
        return;
      case 7:
        this.emit(
          depth,
          random.pick([
            `u = t;`,
            `t = make${id}(u, ${this.expression(1)});`,
            `s = global${id};`,
            `*sp = s;`,
            `s = (struct s${id}_0){ ${this.initialEntries(0)} };`,
          ]),
        );
        return;
      case 8:
        this.emit(depth, `sum = sum * 31 + (u64)(${this.expression(this.random.chance(30) ? 3 : 2)});`);
        return;
      case 9:
        this.emit(depth, `STEP${id}(r, ${this.expression(1)});`);
        return;
      case 10:
        this.emit(depth, `(${this.expression(1)}) && (r = ${this.expression(1)}) || (r += 3, 1);`);
        return;
      case 11:
      case 12:
      case 13:
        this.emit(depth, `if (${this.condition()}) {`);
        this.block(depth, budget);
        if (random.chance(50)) {
          this.emit(depth, '} else {');
          this.block(depth, budget);
        }
        this.emit(depth, '}');
        return;
      case 14:
      case 15:
        this.loop(depth, budget, `for (int i# = 0; i# < ${1 + random.below(4)}; i#++) {`, '}');
        return;
      case 16:
        this.loop(depth, budget, `while (fuel-- > 0 && ${this.condition()}) {`, '}');
        return;
      case 17:
        this.loop(depth, budget, 'do {', `} while (fuel-- > 0 && (${this.condition()}));`);
        return;
      case 18:
      case 19:
        this.switch(depth, budget);
        return;
      case 20: {
        const label = `l${this.labels++}`;
        this.emit(depth, `if (${this.condition()}) goto ${label};`);
        this.statement(depth, budget - 1);
        this.emit(0, `${label}: ;`);
        return;
      }
      default: {
        const label = `l${this.labels++}`;
        this.emit(0, `${label}: ;`);
        this.statement(depth, budget - 1);
        this.emit(depth, `if (fuel-- > 20 && ${this.condition()}) goto ${label};`);
      }
    }
  }

  private compound(depth: number, target: string): void {
    const operator = this.random.pick(['+', '-', '*', '&', '|', '^', '<<', '>>', '/', '%']);
    this.emit(depth, `${target} ${operator}= ${this.right(operator, 2)};`);
  }

  private loop(depth: number, budget: number, head: string, tail: string): void {
    const counter = String(this.counters++);
    this.emit(depth, head.replaceAll('#', counter));
    if (head.startsWith('for')) this.readable.push({ text: `i${counter}` });
    this.block(depth, budget);
    if (this.random.chance(30))
      this.emit(depth + 1, `if (${this.condition()}) ${this.random.pick(['break', 'continue'])};`);
    this.statement(depth + 1, 0);
    if (head.startsWith('for')) this.readable.pop();
    this.emit(depth, tail);
  }

  private block(depth: number, budget: number): void {
    for (let at = 0; at < 1 + this.random.below(2); at++) this.statement(depth + 1, budget - 1);
  }

  private switch(depth: number, budget: number): void {
    const { random } = this;
    this.emit(depth, `switch (${this.expression(2)}) {`);
    const used = ['0', '1', '-1', '2 ... 5', "'a'", '100 ... 200', '7', '0x7fffffff'];
    for (const value of used) {
      if (random.chance(50)) continue;
      this.emit(depth, `case ${value}:`);
      this.statement(depth + 1, budget - 1);
      if (random.chance(60)) this.emit(depth + 1, 'break;');
    }
    this.emit(depth, 'default:');
    this.statement(depth + 1, budget - 1);
    this.emit(depth, '}');
  }

  private condition(): string {
    const { random } = this;
    const operator = random.pick(['<', '>', '<=', '>=', '==', '!=']);
    const simple = `${this.expression(1)} ${operator} ${this.expression(1)}`;
    return random.chance(30)
      ? `((${simple}) ${random.pick(['&&', '||'])} ${this.expression(1)})`
      : `(${simple})`;
  }

  private right(operator: string, depth: number): string {
    if (operator === '/' || operator === '%') return `(((${this.expression(depth - 1)}) & 7) + 1)`;
    if (operator === '<<' || operator === '>>') return `((${this.expression(depth - 1)}) & 7)`;
    return `(${this.expression(depth - 1)})`;
  }

  private atom(): string {
    const { random, id } = this;
    if (random.chance(30)) return random.pick(LITERALS);
    if (random.chance(6)) return random.pick([`E${id}_A`, `E${id}_C`, `sizeof(struct s${id}_1)`]);
    const { text, isWide } = random.pick(this.readable);
    // gcc computes with bitfields wider than int in their own width.
    return isWide ? `(u64)(${text})` : text;
  }

  private expression(depth: number): string {
    const { random, id } = this;
    if (depth <= 0) return this.atom();
    const inner = (): string => `(${this.expression(depth - 1)})`;
    switch (random.below(16)) {
      case 0:
      case 1:
      case 2:
      case 3:
      case 4: {
        const operator = random.pick(['+', '-', '*', '&', '|', '^', '<<', '>>', '/', '%']);
        return `${inner()} ${operator} ${this.right(operator, depth)}`;
      }
      case 5:
      case 6:
        return `${inner()} ${random.pick(['<', '>', '<=', '>=', '==', '!=', '&&', '||'])} ${inner()}`;
      case 7:
        return `${random.pick(['-', '~', '!', '+'])}${inner()}`;
      case 8:
        return `(${random.pick(INTEGERS)})${inner()}`;
      case 9:
        return `${inner()} ? ${inner()} : ${inner()}`;
      case 10: {
        const array = this.arrays.length > 0 ? random.pick(this.arrays) : null;
        if (!array) return inner();
        const at = `(${this.expression(depth - 1)}) & ${array.length - 1}`;
        return random.pick([`${array.name}[${at}]`, `*(${array.name} + (${at}))`]);
      }
      case 11:
        return `MAX${id}(${inner()}, ${inner()})`;
      case 12:
        return this.callee ? `MIX${id}(${inner()} + 0)` : inner();
      case 13:
        return this.callee ? `one${id}(${inner()}, ${inner()})` : inner();
      case 14:
        return this.callee
          ? random.pick([
              `(${inner()} ? one${id} : one${id})(1, ${inner()})`,
              `(&arr[${this.expression(0)} & 7] - arr)`,
              `(ptr > &arr[3])`,
              `(ptr == *pp)`,
              `"abcdefgh"[(${this.expression(depth - 1)}) & 7]`,
              `((struct s${id}_0){ ${this.initialEntries(0)} }).${this.plain(0)}`,
              `__builtin_offsetof(struct s${id}_1, ${this.plain(1)})`,
            ])
          : inner();
      default:
        return `(${this.atom()}, ${inner()})`;
    }
  }
}
