/** A patch's hunks as C that can be parsed alone: what is put before and behind, and what is said to be missing. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type AnyNode, CFile, walk } from '../../server/src/syntax/index.js';
import { hunksImage, type SourceImage } from '../../server/src/tree/index.js';
import { FIXTURES } from '../syntax/fixtures.js';
import { showItems } from '../syntax/show.js';
import { FIRST_RAW_LINE, fileOf } from './diffs.js';

interface Row {
  readonly name: string;
  /** What diff shows behind the `@@`. */
  readonly section?: string;
  /** The hunk's post-image. */
  readonly c: string;
  /** What stands in for the text above and below; none when left out. */
  readonly before?: string;
  readonly after?: string;
  /** As show.ts prints them, with what is missing of them. */
  readonly items: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    name: 'head whole in section',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\ttoy->a = 1;\n\treturn 0;\n}\n',
    before: 'static int toy_attach(struct toy *toy){',
    items: ['static fn toy_attach(struct toy * toy): int -start'],
  },
  {
    name: 'head cut at 80',
    section: 'static int toy_attach(struct toy *toy, struct device *dev, struct iommu_domain *domai',
    c: '\ttoy->a = 1;\n\treturn 0;\n}\n',
    before: 'static int toy_attach(struct toy *toy, struct device *dev){',
    items: ['static fn toy_attach(struct toy * toy, struct device * dev): int -head-start'],
  },
  {
    name: 'head cut, parameters go on',
    section: 'static int toy_attach(struct toy *toy,',
    c: '\t\t      struct device *dev)\n{\n\treturn 0;\n}\n',
    before: 'static int toy_attach(struct toy *toy,',
    items: ['static fn toy_attach(struct toy * toy, struct device * dev): int -head'],
  },
  {
    name: 'brace first',
    section: 'static int toy_attach(struct toy *toy, struct device *dev)',
    c: '{\n\treturn 0;\n}\n',
    before: 'static int toy_attach(struct toy *toy, struct device *dev)',
    items: ['static fn toy_attach(struct toy * toy, struct device * dev): int -head'],
  },
  {
    name: 'second line of a head',
    section: 'toy_attach(struct toy *toy)',
    c: '\treturn 0;\n}\n',
    before: 'int toy_attach(struct toy *toy){',
    items: ['fn toy_attach(struct toy * toy): int -head-start'],
  },
  {
    name: 'type only',
    section: 'static struct toy *',
    c: 'toy_find(struct device *dev)\n{\n\treturn NULL;\n}\n',
    before: 'static struct toy *',
    items: ['static fn toy_find(struct device * dev): struct toy * -head'],
  },
  {
    name: 'name first, other section',
    section: 'void toy_put(struct toy *toy)',
    c: 'toy_find(struct device *dev)\n{\n\treturn NULL;\n}\n',
    before: 'int',
    items: ['fn toy_find(struct device * dev): int -head'],
  },
  {
    name: 'label',
    section: 'out_free:',
    c: '\tkfree(toy);\n\treturn ret;\n}\n',
    before: 'void hunk_of_unknown_function(void) {',
    items: ['fn hunk_of_unknown_function(): void -name-head-start'],
  },
  {
    name: 'label in hunk',
    c: 'out_free:\n\tkfree(toy);\n\treturn ret;\n}\n',
    before: 'void hunk_of_unknown_function(void) {',
    items: ['fn hunk_of_unknown_function(): void -name-head-start'],
  },
  {
    name: 'comment start',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\t * the rest of a comment\n\t */\n\treturn 0;\n}\n',
    before: 'static int toy_attach(struct toy *toy){/*',
    items: ['static fn toy_attach(struct toy * toy): int -start'],
  },
  {
    name: 'all comment',
    c: ' * one\n * two\n * three\n',
    before: '/*',
    after: '*/',
    items: [],
  },
  {
    name: 'call arguments',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\t\t\t  toy->b, GFP_KERNEL);\n\tif (ret)\n\t\treturn ret;\n',
    before: 'static int toy_attach(struct toy *toy){hunk_call(',
    after: '}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'condition',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\t    toy->b)\n\t\treturn -EINVAL;\n\n\ttoy->c = 1;\n',
    before: 'static int toy_attach(struct toy *toy){if (',
    after: '}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'condition &&',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\t    && toy->b) {\n\t\treturn -EINVAL;\n\t}\n',
    before: 'static int toy_attach(struct toy *toy){if (1 ',
    after: '}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'for header',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\t     i < n; i++) {\n\t\ta(i);\n\t}\n',
    before: 'static int toy_attach(struct toy *toy){for (;',
    after: '}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'prototype parameters',
    section: 'int toy_attach(struct toy *toy,',
    c: '\t       struct device *dev);\nint toy_detach(struct toy *toy);\n',
    before: 'int toy_attach(struct toy *toy,',
    items: [
      'fn toy_attach(struct toy * toy, struct device * dev): int; -head',
      'fn toy_detach(struct toy * toy): int;',
    ],
  },
  {
    name: 'op parameters',
    section: 'struct toy_ops {',
    c: '\t\t   struct device *dev);\n\tint (*detach)(struct toy *toy);\n};\n',
    before: 'struct toy_ops { int (*hunk_op)(',
    items: [
      'struct toy_ops {hunk_op: int (*)(struct device * dev), detach: int (*)(struct toy * toy)} -start',
    ],
  },
  {
    name: '} else {',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\t\ta();\n\t} else {\n\t\tb();\n\t}\n\treturn 0;\n',
    before: 'static int toy_attach(struct toy *toy){if (condition_not_shown) {',
    after: '}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'else of a statement',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\t\ta(b);\n\telse\n\t\tc(d);\n\treturn 0;\n',
    before: 'static int toy_attach(struct toy *toy){if (condition_not_shown) ',
    after: '}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: '} while',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\t\ta();\n\t} while (b);\n\treturn 0;\n',
    before: 'static int toy_attach(struct toy *toy){do {',
    after: '}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'struct middle',
    section: 'struct toy {',
    c: '\tint a;\n\tstruct device *dev;\n\tspinlock_t lock;\n\tu32 b : 3;\n\tint (*c)(int);\n',
    before: 'struct toy {',
    after: '};',
    items: [
      'struct toy {a: int, dev: struct device *, lock: spinlock_t, b: u32, c: int (*)(int)} -start-end',
    ],
  },
  {
    name: 'nested struct',
    section: 'struct toy {',
    c: '\t\tint a;\n\t} inner;\n\tint b;\n};\n',
    before: 'struct toy {struct {',
    items: ['struct toy {inner: struct, b: int} -start'],
  },
  {
    name: 'struct end in union',
    section: 'struct toy {',
    c: '\tint a;\n\tunion {\n\t\tint b;\n',
    before: 'struct toy {',
    after: '\t};\n};',
    items: ['struct toy {a: int, union/b: int} -start-end'],
  },
  {
    name: 'table',
    section: 'static const struct toy_id ids[] = {',
    c: '\t{ .name = "a" },\n\t{ .name = "b" },\n',
    before: 'static const struct toy_id ids[] = {',
    after: '};',
    items: ['static var ids: const struct toy_id[] = {{.name="a"}, {.name="b"}} -start-end'],
  },
  {
    name: 'table unseen',
    c: '\t{ .name = "a" },\n\t{ .name = "b" },\n\t{ }\n};\n',
    before: 'static const int hunk_table[] = {',
    items: ['static var hunk_table: const int[] = {{.name="a"}, {.name="b"}, {}} -name-head-start'],
  },
  {
    name: 'ops entries',
    section: 'static const struct iommu_ops toy_ops = {',
    c: '\t.attach = toy_attach,\n\t.default_domain_ops = &(const struct iommu_domain_ops) {\n\t\t.free = toy_free,\n',
    before: 'static const struct iommu_ops toy_ops = {',
    after: '\t}\n};',
    items: [
      'static var toy_ops: const struct iommu_ops = {.attach=toy_attach, .default_domain_ops=(&<const struct iommu_domain_ops>{.free=toy_free})} -start-end',
    ],
  },
  {
    name: 'local initialiser',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\t\t.a = 1,\n\t\t.b = 2,\n\t};\n\n\treturn b(&c);\n',
    before: 'static int toy_attach(struct toy *toy){ struct hunk_type hunk = {',
    after: '}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'end in call',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\ta();\n\tret = b(toy->c,\n\t\tGFP_KERNEL,\n',
    before: 'static int toy_attach(struct toy *toy){',
    after: ' 0) ;\n}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'end in declaration',
    c: 'static int a;\nstatic struct toy *\n',
    after: ' hunk_end;',
    items: ['static var a: int', 'static var hunk_end: struct toy * -end'],
  },
  {
    name: 'end in declaration 2',
    c: 'static inline\n',
    after: ' int hunk_end;',
    items: ['static var hunk_end: int -end'],
  },
  {
    name: 'end in head',
    c: 'static int toy_attach(struct toy *toy,\n\t\t      struct device *dev,\n',
    after: ' int);',
    items: ['static fn toy_attach(struct toy * toy, struct device * dev, int): int; -end'],
  },
  {
    name: 'end in comment',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\ta();\n\t/*\n\t * A comment that goes\n',
    before: 'static int toy_attach(struct toy *toy){',
    after: '*/\n}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'end after operator',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\tret = a +\n',
    before: 'static int toy_attach(struct toy *toy){',
    after: ' 0 ;\n}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'end after &&',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\tif (a &&\n',
    before: 'static int toy_attach(struct toy *toy){',
    after: ' 0) ;\n}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'end after if',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\tif (a)\n',
    before: 'static int toy_attach(struct toy *toy){',
    after: ' ;\n}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'end after else',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\tif (a)\n\t\tb();\n\telse\n',
    before: 'static int toy_attach(struct toy *toy){',
    after: ' ;\n}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'end in do',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\tdo {\n\t\ta();\n',
    before: 'static int toy_attach(struct toy *toy){',
    after: '\t} while (0);\n}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'end in for',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\tfor (i = 0;\n',
    before: 'static int toy_attach(struct toy *toy){',
    after: ';) ;\n}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'end in switch',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\tswitch (a) {\n\tcase B:\n',
    before: 'static int toy_attach(struct toy *toy){',
    after: ' ;}\n}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'end after label',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\ta();\nout:\n',
    before: 'static int toy_attach(struct toy *toy){',
    after: ' ;\n}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'end at ? ',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\ta = b ?\n',
    before: 'static int toy_attach(struct toy *toy){',
    after: ' 0 : 0 ;\n}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'end at cast',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\ta = (struct toy *)\n',
    before: 'static int toy_attach(struct toy *toy){',
    after: ' 0 ;\n}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'end in entry',
    section: 'static const struct iommu_ops toy_ops = {',
    c: '\t.a = b,\n\t.c =\n',
    before: 'static const struct iommu_ops toy_ops = {',
    after: ' 0\n};',
    items: ['static var toy_ops: const struct iommu_ops = {.a=b, .c=0} -start-end'],
  },
  {
    name: 'end in statement expr',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\ta = ({\n\t\tb();\n',
    before: 'static int toy_attach(struct toy *toy){',
    after: '\t}) ;\n}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'cpp edges',
    section: 'static int toy_attach(struct toy *toy)',
    c: '#ifdef CONFIG_TOY\n\ta();\n#else\n',
    before: 'static int toy_attach(struct toy *toy){',
    after: '\n#endif\n\n}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'cpp start',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\ta();\n#endif\n\tb();\n}\n',
    before: 'static int toy_attach(struct toy *toy){',
    items: ['static fn toy_attach(struct toy * toy): int -start'],
  },
  {
    name: 'cpp else',
    section: 'static int toy_attach(struct toy *toy)',
    c: '#else\n\tb();\n#endif\n}\n',
    before: 'static int toy_attach(struct toy *toy){',
    items: ['static fn toy_attach(struct toy * toy): int -start'],
  },
  {
    name: 'macro middle',
    c: '\ta(b);\t\\\n} while (0)\n\nint c;\n',
    before: '#define hunk_macro() \\',
    items: ['macro hunk_macro() -name-start', 'var c: int'],
  },
  {
    name: 'macro end',
    c: '#define A(b) \\\n\tdo { \\\n',
    after: '\n',
    items: ['macro A(b) -end'],
  },
  {
    name: 'file scope',
    section: 'int a(void)',
    c: '\nint b(void)\n{\n}\n',
    items: ['fn b(): int'],
  },
  {
    name: 'operator first',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\t       | B;\n\treturn 0;\n',
    before: 'static int toy_attach(struct toy *toy){hunk = 1 ',
    after: '}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'colon first',
    section: 'static int toy_attach(struct toy *toy)',
    c: '\t\tb : c;\n\treturn 0;\n',
    before: 'static int toy_attach(struct toy *toy){',
    after: '}',
    items: ['static fn toy_attach(struct toy * toy): int -start-end'],
  },
  {
    name: 'unnamed',
    c: '\ta = b;\n\tc();\n',
    before: 'void hunk_of_unknown_function(void) {',
    after: '}',
    items: ['fn hunk_of_unknown_function(): void -name-head-start-end'],
  },
  {
    name: 'quoted cut',
    section: 'static int toy_attach(struct',
    c: '\treturn 0;\n}\n',
    before: 'static int toy_attach(){',
    items: ['static fn toy_attach(): int -head-start'],
  },
  {
    name: 'trace',
    section: 'TRACE_EVENT(map,',
    c: '\t\t__entry->a = b;\n\t),\n\n\tTP_printk("a")\n);\n',
    before: 'HUNK_MACRO(hunk_call(',
    items: ['HUNK_MACRO(hunk_call(\n\t\t__entry->a = b;\n\t), TP_printk("a")) -name-start'],
  },
];

/** A hunk of context lines. */
function hunkOf(c: string, section = '', at = 10): string {
  const lines = c.replace(/\n$/, '').split('\n');
  const body = lines.map((line) => ` ${line}\n`).join('');
  return `@@ -${at},${lines.length} +${at},${lines.length} @@ ${section}\n${body}`;
}

function read(hunks: string): { image: SourceImage; file: CFile } {
  const image = hunksImage(fileOf(hunks), 'drivers/iommu/toy.c');
  return { image, file: new CFile(image.text, image.standIns) };
}

/** The lines of the image that stand in for something, above and below those of the hunk. */
function standIns({ text, lines }: SourceImage): { before: string; after: string } {
  const each = text.split('\n');
  const first = lines.findIndex(({ rawLine }) => rawLine !== null);
  const last = lines.findLastIndex(({ rawLine }) => rawLine !== null);
  return {
    before: each.slice(0, first).join('\n'),
    after: each.slice(last + 1, lines.length).join('\n'),
  };
}

function opaqueIn(file: CFile): string[] {
  const found: string[] = [];
  const visit = (node: AnyNode): void => {
    if (node.kind === 'opaque' || node.kind === 'opaque-statement') found.push(node.reason);
  };
  for (const item of file.items)
    if (item.kind === 'function' && item.bodySpan) walk(file.bodyOf(item)!, visit);
  return found;
}

describe('a hunk', () => {
  for (const { name, section, c, before = '', after = '', items } of ROWS)
    it(name, () => {
      const { image, file } = read(hunkOf(c, section));
      assert.deepEqual(file.errors, [], image.text);
      assert.deepEqual(opaqueIn(file), []);
      assert.deepEqual(standIns(image), { before, after });
      assert.deepEqual(showItems(file), items);
    });
});

describe('the lines of an image', () => {
  it('are those of the hunks with their raw lines, and stand-ins with none', () => {
    for (const { section, c } of ROWS) {
      const { image } = read(hunkOf(c, section));
      const each = image.text.split('\n');
      const shown = image.lines.flatMap((line, index) => (line.rawLine === null ? [] : [{ ...line, index }]));
      assert.deepEqual(
        shown.map(({ index }) => each[index]),
        c.replace(/\n$/, '').split('\n'),
      );
      shown.forEach(({ line, rawLine, bodyLine }, index) => {
        assert.equal(line, 10 + index);
        assert.equal(rawLine, FIRST_RAW_LINE + 1 + index);
        assert.equal(bodyLine, FIRST_RAW_LINE + index);
      });
      for (const { line, rawLine, bodyLine } of image.lines)
        assert.equal(line === null, rawLine === null && bodyLine === null);
    }
  });

  it('leave out what is removed, and say after which line something was', () => {
    const { image } = read('@@ -3,3 +3,3 @@ int f(void)\n \ta();\n-\tb();\n+\tc();\n \td();\n');
    const shown = image.lines.filter(({ rawLine }) => rawLine !== null);
    assert.deepEqual(
      shown.map(({ line, isAdded, followsRemoval }) => [line, isAdded, followsRemoval]),
      [
        [3, false, false],
        [4, true, true],
        [5, false, false],
      ],
    );
    assert.deepEqual(image.removed, ['\tb();']);
    assert.equal(image.basis, 'hunks');
  });

  it('of several hunks stand in one image, each complete in itself', () => {
    const { image, file } = read(
      `${hunkOf('\ta();\n\tif (b) {\n', 'static int f(struct toy *toy)')}${hunkOf('\t\tc();\n\t}\n}\n', 'static int g(void)', 40)}`,
    );
    assert.deepEqual(file.errors, []);
    assert.deepEqual(showItems(file), [
      'static fn f(struct toy * toy): int -start-end',
      'static fn g(): int -start',
    ]);
    assert.deepEqual(
      image.lines.map(({ line }) => line).filter((line) => line !== null),
      [10, 11, 40, 41, 42],
    );
  });

  it('of a hunk that only removes are none', () => {
    const { image } = read('@@ -3,2 +2,0 @@ int f(void)\n-\ta();\n-\tb();\n');
    assert.equal(image.text, '');
    assert.deepEqual(image.lines, []);
  });
});

describe('what stands in', () => {
  it('is said to of the item that it lies in, and of no other', () => {
    const { file } = read(hunkOf('\treturn 0;\n}\n\nint g(void)\n{\n}\n\nint h(void)\n{\n', 'int f(void)'));
    assert.deepEqual(
      file.items.map(({ name, missing }) => [name, ...missing]),
      [['f', 'start'], ['g'], ['h', 'end']],
    );
  });

  it('is bounded, whatever the hunk leaves open', () => {
    const { image } = read(hunkOf(`\ta${'('.repeat(5_000)}\n`, 'int f(void)'));
    assert.ok(image.text.length < 20_000);
  });
});

/** The last line above that begins with a letter, as `diff -p` takes it. */
function sectionAbove(lines: readonly string[], from: number): string {
  for (let at = from - 1; at >= 0; at--) if (/^[A-Za-z_$]/.test(lines[at]!)) return lines[at]!.slice(0, 80);
  return '';
}

/** Of the end of a macro, and of dead code, a hunk shows nothing by which it could be known. */
const UNKNOWABLE = /^\tpr_debug\(fmt, ##|^\tlist_for_each_entry\(toy, list \/\*|^static void toy_dead/;

describe('any stretch of a fixture', () => {
  it('as a hunk parses without an error', () => {
    for (const text of FIXTURES) {
      const lines = text.replace(/\n$/, '').split('\n');
      for (let from = 0; from < lines.length; from++) {
        if (UNKNOWABLE.test(lines[from]!)) continue;
        for (let to = from + 1; to <= Math.min(lines.length, from + 30); to += to - from > 6 ? 3 : 1) {
          const { image, file } = read(hunkOf(lines.slice(from, to).join('\n'), sectionAbove(lines, from)));
          assert.deepEqual(file.errors, [], `lines ${from + 1} to ${to}:\n${image.text}`);
          assert.deepEqual(opaqueIn(file), [], `lines ${from + 1} to ${to}:\n${image.text}`);
        }
      }
    }
  });
});
