/** Traces as text, Markdown and pictures: what they look like, and that code under review stays text in them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type FlowReport,
  markdownCode,
  markdownText,
  type Trace,
  type TraceStep,
  traceLines,
  traceMarkdown,
  traceSvg,
  verdictWords,
} from '../../server/src/findings/index.js';

function step(n: number, text: string, more: Partial<TraceStep> = {}): TraceStep {
  return {
    ...{ n, lane: 'attach', file: 'drivers/iommu/toy.c', line: 10 + n, depth: 0, text },
    ...{ changes: [], locks: [], isViolation: false },
    ...more,
  };
}

const TRACE: Trace = {
  scenario: 'alone',
  tape: '0.1~ab12',
  steps: [
    step(1, 'kzalloc(64, GFP_KERNEL)', { changes: [{ kind: 'added', text: 'bond' }] }),
    step(2, 'toy->id < 0 is true', { depth: 1 }),
    step(3, '', { changes: [{ kind: 'modified', text: 'bond->id: 0 → 1' }] }),
    step(4, 'kfree(bond)', { lane: 'work', changes: [{ kind: 'freed', text: 'bond' }], line: null }),
    step(5, 'reads `bond`, which is freed', { isViolation: true }),
  ],
};

test('as text: number, lane, place, what happened, what changed', () => {
  assert.deepEqual(traceLines(TRACE), [
    '  1  attach  toy.c:11  kzalloc(64, GFP_KERNEL)   + bond',
    '  2  attach  toy.c:12    toy->id < 0 is true',
    '  3  attach  toy.c:13  ~ bond->id: 0 → 1',
    '  4  work    toy.c     kfree(bond)   − bond',
    '  5  attach  toy.c:15  ✗ reads `bond`, which is freed',
  ]);
});

test('as Markdown: a table, with the code as it stands', () => {
  assert.equal(traceMarkdown(TRACE).split('\n')[3], '| 2 | attach | toy.c:12 | toy-\\>id \\< 0 is true |  |');
  assert.match(
    traceMarkdown(TRACE),
    /\| 5 \| attach \| toy\.c:15 \| \*\*✗ reads \\`bond\\`, which is freed\*\* \| {2}\|$/,
  );
});

/** What somebody might write into a string of a patch. */
const HOSTILE = [
  '<img src=x onerror=alert(1)><script>alert(1)</script>',
  '[click](command:workbench.action.terminal.new)',
  '| a | b |',
  '`code` ``` fence',
  '<foreignObject><iframe src="https://example.org"/></foreignObject>',
  ']]></style><svg onload="x"> &amp; &#60;',
  'https://example.org www.example.org me@example.org @maintainer #12',
  '\u001b[2J\u0007\u202e\ufffe\ud800\u0000',
  '# heading\n- item\n\n    indented',
  '![i](data:x) **b** __u__ ~~s~~ $x$ ==m== \\',
];

function hostile(words: string): Trace {
  return {
    ...TRACE,
    steps: [
      step(1, words, {
        lane: words,
        file: `a/${words.replaceAll('/', '')}`,
        changes: [{ kind: 'added', text: words }],
      }),
      step(2, words, { isViolation: true }),
    ],
  };
}

test('code under review is text in Markdown, whatever it says', () => {
  for (const words of HOSTILE) {
    const shown = markdownText(words);
    // What is left when every escaped character is taken out has no meaning.
    const bare = shown.replace(/\\[^A-Za-z\d\s]/g, '');
    assert.doesNotMatch(bare, /[\\`*_{}[\]()#+!|<>~&@$^=]|:\/\/|www\.|\n/i, words);
    const rows = traceMarkdown(hostile(words)).split('\n');
    assert.equal(rows.length, 4, words);
    for (const row of rows.slice(2)) {
      const cells = row.replace(/\\[^A-Za-z\d\s]/g, '').split('|');
      assert.equal(cells.length, 7, row);
      assert.doesNotMatch(cells.join('').replace(/\*\*/g, ''), /[`[\]<>]/);
    }
  }
});

test('a code span holds backticks without ending at them', () => {
  assert.equal(markdownCode('a b'), '`a b`');
  assert.equal(markdownCode("x '`y'"), "``x '`y'``");
  assert.equal(markdownCode('`x`'), '`` `x` ``');
  assert.equal(markdownCode('a\n\n# b'), '`a # b`');
});

/** Tags of a document that is well-formed in the ways that matter here; throws where it is not. */
function elements(svg: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  let at = 0;
  for (const match of svg.matchAll(
    /<(\/?)([A-Za-z]+)((?:\s[\w-]+="[^"<&]*(?:&(?:amp|lt|gt|quot|#39);[^"<&]*)*")*)\s*(\/?)>/g,
  )) {
    assert.match(svg.slice(at, match.index), /^(?:[^<>&]|&(?:amp|lt|gt|quot|#39);)*$/);
    at = match.index + match[0].length;
    const [, closing, name = '', , empty] = match;
    if (closing) assert.equal(open.pop(), name);
    else {
      seen.push(name);
      if (!empty) open.push(name);
    }
  }
  assert.deepEqual(open, []);
  assert.equal(svg.slice(at), '\n');
  return seen;
}

test('a picture is well-formed XML of shapes and text alone, whatever the code says', () => {
  for (const words of ['plain', ...HOSTILE]) {
    const svg = traceSvg(hostile(words), words);
    const names = new Set(elements(svg));
    assert.deepEqual(
      [...names].sort(),
      ['circle', 'line', 'rect', 'style', 'svg', 'text'].filter((each) => names.has(each)),
    );
    assert.doesNotMatch(svg, /[\u0000-\u0008\u000b-\u001f\ufffe\uffff\u202e]|\p{Surrogate}/u);
    assert.doesNotMatch(svg.replace(/>[^<]*</g, '><').replace(/="[^"]*"/g, ''), /href|onload|url\(|@import/);
  }
});

test('a picture has a lane for each task and what it needs to stand alone', () => {
  const svg = traceSvg(TRACE, 'attach(): use after free');
  assert.match(
    svg,
    /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+" viewBox="0 0 \d+ \d+"/,
  );
  assert.equal(svg.match(/class="lane"/g)?.length, 2);
  assert.equal(svg.match(/class="switch"/g)?.length, 2);
  assert.equal(svg.match(/class="bad"/g)?.length, 1);
  assert.match(svg, /prefers-color-scheme:dark/);
  assert.match(svg, /alone · replay 0\.1~ab12/);
});

test('nothing is drawn outside of the picture', () => {
  const long = step(1, 'x'.repeat(500), { depth: 6, changes: [{ kind: 'added', text: 'y'.repeat(300) }] });
  const svg = traceSvg({ ...TRACE, steps: [long, ...TRACE.steps] }, 'z'.repeat(400));
  const width = Number(/ width="(\d+)"/.exec(svg)![1]);
  assert.ok(width < 1400, String(width));
  for (const [, x, text] of svg.matchAll(/<text[^>]* x="([\d.]+)"[^>]*>([^<]*)</g))
    assert.ok(Number(x) + text!.length * 6 <= width, `${x} ${text!.length} in ${width}`);
});

test('a verdict says how far was looked', () => {
  const said = (more: Partial<FlowReport['scenario']>): string =>
    verdictWords({ id: 'alone', verdict: 'held', explored: 'completely', runs: 4, why: '', ...more });
  assert.equal(said({}), 'held, explored completely in 4 runs');
  assert.equal(said({ runs: 1 }), 'held, explored completely in 1 run');
  assert.equal(
    said({ explored: 'to-bound', runs: 40, why: '40 runs' }),
    'held, explored to a bound: 40 runs',
  );
  assert.equal(
    said({ verdict: 'violated', explored: 'to-bound', why: '900 steps' }),
    'violated, explored to a bound: 900 steps, in 4 runs',
  );
  assert.equal(
    said({ verdict: 'not-modelled', explored: 'to-bound', why: 'it is odd' }),
    'not modelled, because it is odd',
  );
});
