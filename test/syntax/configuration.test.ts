/** What a configuration says about conditions, and which arm of a conditional is read for it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { DeclarationsOf, lower, printIr } from '../../server/src/ir/index.js';
import { type Arm, evaluateCondition, holds } from '../../server/src/syntax/configuration.js';
import { CFile, configurationFor, DEFAULT_CONFIGURATION, type Mark } from '../../server/src/syntax/index.js';

const CONFIGURATION = new Map([
  ['CONFIG_ON', true],
  ['CONFIG_OFF', false],
]);

describe('a condition', () => {
  const rows: readonly [string, boolean | null][] = [
    ['1', true],
    ['0', false],
    ['0x10 == 16', true],
    ['010 == 8', true],
    ['201112L >= 199901L', true],
    ['2 < 1', false],
    ['CONFIG_ON', true],
    ['CONFIG_OFF', false],
    ['CONFIG_OTHER', null],
    ['defined(CONFIG_ON)', true],
    ['defined CONFIG_OFF', false],
    ['defined(CONFIG_OTHER)', null],
    ['!defined(CONFIG_OFF)', true],
    ['!!CONFIG_ON', true],
    ['IS_ENABLED(CONFIG_ON) && IS_REACHABLE(CONFIG_ON)', true],
    ['IS_ENABLED(CONFIG_OFF) || IS_BUILTIN(CONFIG_OFF)', false],
    ['IS_BUILTIN(CONFIG_ON)', true],
    ['IS_MODULE(CONFIG_ON)', false],
    ['defined(CONFIG_ON_MODULE)', false],
    ['IS_ENABLED(CONFIG_OTHER)', null],
    // One side can decide alone.
    ['CONFIG_OFF && CONFIG_OTHER', false],
    ['CONFIG_OTHER && CONFIG_OFF', false],
    ['CONFIG_ON || CONFIG_OTHER', true],
    ['CONFIG_ON && CONFIG_OTHER', null],
    ['CONFIG_OFF && LINUX_VERSION_CODE >= KERNEL_VERSION(5, (1), 0)', false],
    ['LINUX_VERSION_CODE >= KERNEL_VERSION(5, 1, 0)', null],
    ['CONFIG_ON || CONFIG_ON && CONFIG_OFF', true],
    ['(CONFIG_ON || CONFIG_ON) && CONFIG_OFF', false],
    ['!(CONFIG_OFF || 0) && 1', true],
    // An option that is on may have any number; one that is off is 0 to the preprocessor.
    ['CONFIG_ON > 2', null],
    ['CONFIG_OFF > 2', false],
    ['CONFIG_ON /* a || b */ && \\\n 1 // c', true],
    ['CONFIG_OFF + 1', null],
    ['CONFIG_ON && 1 + 1', null],
    ['1 << 2', null],
    ['', null],
    ['(', null],
    ['defined(', null],
    ['defined(CONFIG_ON', null],
    ['IS_ENABLED CONFIG_ON', null],
    ['08', null],
    [`${'('.repeat(3000)}1`, null],
    [`${'('.repeat(90)}0${')'.repeat(90)}`, false],
    [`${'!'.repeat(3001)}1`, false],
    [`${'1 && '.repeat(3000)}0`, null],
  ];
  for (const [condition, expected] of rows)
    test(`${JSON.stringify(condition.slice(0, 80))} is ${expected ?? 'unknown'}`, () => {
      assert.equal(evaluateCondition(condition, CONFIGURATION), expected);
    });

  test('of #ifdef and #ifndef is a name', () => {
    const truth = (name: string, condition: string) =>
      holds({ name, condition, before: null }, CONFIGURATION);
    assert.equal(truth('ifdef', 'CONFIG_ON /* why */'), true);
    assert.equal(truth('elifdef', 'CONFIG_OFF'), false);
    assert.equal(truth('ifndef', 'CONFIG_ON'), false);
    assert.equal(truth('elifndef', 'CONFIG_OTHER'), null);
    assert.equal(truth('ifdef', ''), null);
    assert.equal(truth('else', ''), true);
  });

  test('of any words never throws', () => {
    const word = fc.constantFrom(
      ...['(', ')', '!', '&&', '||', '==', '<', '>=', '1', '0', ',', '+', '"', '/*', '\\\n'],
      ...['CONFIG_ON', 'CONFIG_OFF', 'CONFIG_OTHER', 'defined', 'IS_ENABLED', 'constructor'],
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const value = evaluateCondition(words.join(' '), CONFIGURATION);
        assert.ok(value === null || typeof value === 'boolean');
      }),
    );
  });
});

/** Names called in `f`, in order. */
function calls(file: CFile, name = 'f'): string[] {
  const item = file.items.find((each) => each.kind === 'function' && each.name === name);
  assert.ok(item?.kind === 'function');
  const ir = printIr(lower(file, item, new DeclarationsOf([file])));
  return [...ir.matchAll(/\bcall \w+ (\w+)/g)].map(([, called]) => called!);
}

const body = (lines: string): string => `void f(void)\n{\n${lines}\n}\n`;
const untaken = (file: CFile): Mark[] => file.marks.filter(({ kind }) => kind === 'untaken');
const armsOf = (file: CFile): string[] =>
  untaken(file).map(({ arm, start, end }) => {
    const lines = file.text.slice(start, end).trim();
    const directive = `#${arm!.name} ${arm!.condition}`.trim();
    return `${directive} → ${lines}`;
  });

describe('of code', () => {
  const X86 = body('#ifdef CONFIG_X86\n\tg();\n#else\n\th();\n#endif');
  const CHAIN = body('#if CONFIG_A\n\ta();\n#elif defined(CONFIG_B)\n\tb();\n#else\n\tc();\n#endif');

  test('the first arm is read that is not ruled out', () => {
    assert.deepEqual(calls(new CFile(X86)), ['h']);
    assert.deepEqual(calls(new CFile(X86.replace('X86', 'PCI'))), ['g']);
    assert.deepEqual(calls(new CFile(X86.replace('X86', 'UNHEARD_OF'))), ['g']);
    assert.deepEqual(calls(new CFile(X86.replace('ifdef', 'ifndef').replace('X86', 'UNHEARD_OF'))), ['g']);
    assert.deepEqual(calls(new CFile(X86.replace('CONFIG_X86', 'MODULE'))), ['g']);
    assert.deepEqual(calls(new CFile(body('#ifdef CONFIG_X86\n\tg();\n#endif\n\ti();'))), ['i']);
    assert.deepEqual(calls(new CFile(CHAIN)), ['a']);
  });

  test('a map chooses another', () => {
    const read = (...options: [string, boolean][]) =>
      calls(new CFile(CHAIN, [], undefined, new Map(options)));
    assert.deepEqual(read(['CONFIG_A', false]), ['b']);
    assert.deepEqual(read(['CONFIG_A', false], ['CONFIG_B', false]), ['c']);
    assert.deepEqual(read(['CONFIG_A', true], ['CONFIG_B', true]), ['a']);
    // A true arm behind one that nobody knows is not preferred: people review the code that is there.
    assert.deepEqual(read(['CONFIG_B', true]), ['a']);
  });

  test('the other arms are told with their conditions, and a map for each can be had', () => {
    const file = new CFile(`int before;\n${CHAIN}`);
    assert.deepEqual(armsOf(file), ['#elif defined(CONFIG_B) → b();', '#else → c();']);
    assert.equal(untaken(file)[1]!.arm!.before?.before?.condition, 'CONFIG_A');
    const maps = untaken(file).map(({ arm }) => configurationFor(arm!, file.configuration)!);
    assert.deepEqual(
      maps.map((map) => calls(new CFile(file.text, [], file, map))),
      [['b'], ['c']],
    );
    // No more is changed than must be.
    assert.deepEqual([...maps[0]!], [...DEFAULT_CONFIGURATION, ['CONFIG_A', false]]);
    const back = new CFile(file.text, [], undefined, maps[1]);
    assert.deepEqual(armsOf(back), ['#if CONFIG_A → a();', '#elif defined(CONFIG_B) → b();']);
  });

  test('no map chooses what no option decides', () => {
    const arm: Arm = { name: 'if', condition: 'LINUX_VERSION_CODE < 5', before: null };
    const other: Arm = { name: 'else', condition: '', before: arm };
    assert.equal(configurationFor({ ...arm, condition: '0' }, DEFAULT_CONFIGURATION), null);
    const many = Array.from({ length: 40 }, (_, index) => `CONFIG_${index}`).join(' || ');
    assert.equal(configurationFor({ ...other, before: { ...arm, condition: many } }, new Map()), null);
    const plain = configurationFor({ ...other, before: { ...arm, condition: 'A + 1' } }, new Map());
    assert.equal(plain, null);
  });

  test('arguments and arms that open a brace each follow it, too', () => {
    const both = body(
      '\tg(\n#ifdef CONFIG_X86\n\t  a()\n#else\n\t  b()\n#endif\n\t);\n' +
        '#ifdef CONFIG_X86\n\tif (c()) {\n#else\n\tif (d()) {\n#endif\n\t\te();\n\t}',
    );
    const file = new CFile(`${both}int z;\n`);
    assert.deepEqual(file.errors, []);
    assert.deepEqual(calls(file), ['b', 'g', 'd', 'e']);
    assert.equal(file.items.at(-1)?.name, 'z');
    const on = new Map([['CONFIG_X86', true]]);
    assert.deepEqual(calls(new CFile(both, [], undefined, on)), ['a', 'g', 'c', 'e']);
  });

  test('a nested conditional is asked only where it is read', () => {
    const file = new CFile(
      body(
        '#ifdef CONFIG_X86\n# ifdef CONFIG_A\n\ta();\n# endif\n#else\n# ifndef CONFIG_PCI\n\tb();\n# else\n\tc();\n# endif\n#endif',
      ),
    );
    assert.deepEqual(calls(file), ['c']);
    assert.deepEqual(
      untaken(file).map(({ arm }) => arm!.condition),
      ['CONFIG_X86', 'CONFIG_PCI'],
    );
  });
});

describe('outside of code', () => {
  const outline = (text: string, map = DEFAULT_CONFIGURATION): string[] =>
    new CFile(text, [], undefined, map).items.map(({ kind, name }) => `${kind} ${name}`);

  test('all arms are outlined, whatever the map', () => {
    const text =
      '#ifdef CONFIG_X86\nint f(void)\n{\n\treturn 1;\n}\n#else\nint f(void)\n{\n\treturn 2;\n}\nint g(void);\n#endif\n';
    for (const map of [DEFAULT_CONFIGURATION, new Map([['CONFIG_X86', true]])])
      assert.deepEqual(outline(text, map), ['function f', 'function f', 'function g']);
    // Without another arm there is nothing to choose, even where this one is no whole item.
    assert.deepEqual(outline('#ifdef CONFIG_X86\nint\n#endif\nb;\n'), ['variable b']);
  });

  test('all fields and entries are known', () => {
    const [item, table] = new CFile(
      'struct a {\n#ifdef CONFIG_X86\n\tint b;\n#else\n\tint c;\n#endif\n};\n' +
        'struct a d = {\n#ifdef CONFIG_X86\n\t.b = 1,\n#else\n\t.c = 2,\n#endif\n};\n',
    ).items;
    assert.ok(item?.kind === 'struct');
    assert.deepEqual(
      item.fields.map(({ name }) => name),
      ['b', 'c'],
    );
    assert.ok(table?.kind === 'variable' && table.initial?.kind === 'initializers');
    assert.equal(table.initial.entries.length, 2);
  });

  test('of arms that are half an item each the map decides', () => {
    for (const text of [
      '#ifdef CONFIG_X86\nint f(int a) {\n#else\nint f(long a) {\n#endif\n\treturn a;\n}\nint h;\n',
      '#ifdef CONFIG_X86\nstatic int f(int a)\n#else\nstatic int f(long a)\n#endif\n{\n}\nint h;\n',
    ])
      for (const [isOn, type] of [
        [false, 'long'],
        [true, 'int'],
      ] as const) {
        const file = new CFile(text, [], undefined, new Map([['CONFIG_X86', isOn]]));
        assert.deepEqual(file.errors, []);
        const [f, h] = file.items;
        assert.ok(f?.kind === 'function' && h?.name === 'h');
        assert.equal(f.parameters[0]?.type.base, type);
        assert.equal(untaken(file).length, 1);
      }
  });
});

describe('pieces', () => {
  const TEXT = body('#ifdef CONFIG_A\n\ta();\n#else\n\tb();\n#endif') + body('\tc();').replace('f(', 'g(');

  test('are taken over under the same map, and never under another', () => {
    const off = new Map([['CONFIG_A', false]]);
    const first = new CFile(TEXT);
    const second = new CFile(TEXT, [], first, off);
    assert.deepEqual([calls(first), calls(second)], [['a'], ['b']]);
    assert.ok(second.items.every((item) => !first.items.includes(item)));
    const third = new CFile(TEXT.replace('c()', 'd()'), [], second, off);
    assert.equal(third.items[0], second.items[0]);
    assert.deepEqual([calls(third), calls(third, 'g')], [['b'], ['d']]);
    assert.deepEqual(calls(new CFile(TEXT, [], third)), ['a']);
  });
});
