/** What is derived from the text must be what the parser would have said. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import Parser from 'tree-sitter';
import C from 'tree-sitter-c';
import { maskKernelC } from '../../server/src/syntax/mask.js';
import { parseFlat } from '../../server/src/syntax/parser.js';
import { FIXTURES } from './fixtures.js';

const parser = new Parser();
parser.setLanguage(C as unknown as Parser.Language);

interface Node {
  readonly kind: string;
  readonly field: string;
  readonly start: number;
  readonly end: number;
}

/** Every node as the cursor tells it, in preorder. */
function told(text: string): Node[] {
  const cursor = parser.parse(text, undefined, { bufferSize: text.length + 64 }).walk();
  const nodes: Node[] = [];
  for (;;) {
    const { nodeType: kind, currentFieldName, startIndex: start, endIndex: end } = cursor;
    nodes.push({ kind, field: currentFieldName ?? '', start, end });
    if (cursor.gotoFirstChild()) continue;
    while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return nodes;
  }
}

function derived(text: string): Node[] {
  const tree = parseFlat(text);
  return Array.from({ length: tree.count }, (_, node) => ({
    kind: tree.kind(node),
    field: tree.field(node),
    start: tree.start(node),
    end: tree.end(node),
  }));
}

const ODD = [
  'int f(void)\n{\n\treturn a\\\n\t+ b; /* c */ // d\n}\n',
  '#  define A(x) \\\n\t(x)\n#include <linux/a.h>\n#define B\n\nint x; \n\n',
  'struct a {\n\tu32 b : 3;\n\tu32 : 5;\n\tchar *s;\n};\n',
  'char *s = "a\\n" "b" A, c = \'\\0\', d = \'x\';\ndouble e = 1e-5 + .5 - -3 + 0x1p-2;\n',
  'int größe = 1, $a = 2, \\u00e4b = größe;\n',
  'bool f(void)\n{\n\treturn true && !false || p == NULL;\n}\n',
  'int a[] = { [0 ... 3] = 1, [4] = 2, .b = { 0 } };\n',
  'extern "C" {\nint f(int, ...);\n}\n',
  '__attribute__((packed)) int \f x\v;\r\nint y;\r\n',
  '',
  '\n',
  '/* only */',
];

test('odd texts', () => {
  for (const text of ODD) assert.deepEqual(derived(text), told(text), text);
});

test('the fixtures, masked or not', () => {
  for (const text of FIXTURES)
    for (const each of [text, maskKernelC(text).text]) assert.deepEqual(derived(each), told(each));
});

test('any run of tokens', () => {
  const word = fc.constantFrom(
    ...[
      'int',
      'a',
      'b',
      '(',
      ')',
      '{',
      '}',
      ';',
      ',',
      '=',
      '*',
      '->',
      '.',
      '"s"',
      "'c'",
      '1',
      '0x2u',
      '-',
      '++',
    ],
    ...[
      'if',
      'return',
      'struct',
      '/* */',
      '//\n',
      '\n',
      ' ',
      '\\\n',
      '[',
      ']',
      ':',
      '?',
      'static',
      '#define a b\n',
    ],
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30 }), (words) => {
      const text = words.join(' ');
      assert.deepEqual(derived(text), told(text), text);
    }),
    { numRuns: 500 },
  );
});
