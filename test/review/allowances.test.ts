/** Comments that allow objections: where they stand, what they cover, and what is wrong with them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { review } from '../../server/src/review/index.js';
import { findingsIn } from '../rules/annotated.js';
import { series, signed } from './mails.js';

const RULES = new Set(['unused-code', 'misleading-name', 'bad-allowance']);

const shown = (findings: ReturnType<typeof findingsIn>) =>
  findings.filter(({ rule }) => RULES.has(rule)).map(({ rule, source }) => `${source.line} ${rule}`);
const inC = (code: string) => shown(findingsIn(code));

const UNUSED = 'static int toy_get(struct toy *toy)\n{\n\treturn toy->users;\n}\n';
const ALLOW = 'iommu-review: allow unused-code -- the next patch calls it';

describe('a comment allows', () => {
  const allowed: Readonly<Record<string, string>> = {
    'what is on its line': `static int toy_get(struct toy *toy) /* ${ALLOW} */\n{\n\treturn 0;\n}\n`,
    'what is below it': `// ${ALLOW}\n${UNUSED}`,
    'what is below it and the comment of the function': `/* ${ALLOW} */\n\n/* Takes it. */\n${UNUSED}`,
    'as a line of a longer comment': `/*\n * Takes it.\n *\n * ${ALLOW}\n */\n${UNUSED}`,
    'several rules': `// iommu-review: allow misleading-name, unused-code -- so\nstatic int toy_get(struct toy_cookie *c)\n{\n\treturn 0;\n}\n`,
    'a rule by a dash of print': `// iommu-review: allow unused-code \u2014 for the next patch\n${UNUSED}`,
  };
  for (const [title, code] of Object.entries(allowed))
    test(title, () =>
      assert.deepEqual(
        inC(code).filter((each) => !each.includes('bad-')),
        [],
      ),
    );

  test('a whole struct, and nothing behind it', () => {
    const cookie = (name: string) =>
      `struct ${name}_cookie {\n\tstruct mm_struct *mm;\n\trefcount_t users;\n};\n`;
    const code = `// iommu-review: allow misleading-name -- from the firmware\n${cookie('a')}\n${cookie('b')}`;
    assert.deepEqual(inC(code), ['7 misleading-name']);
  });

  test('nothing of another rule, another function, or out of a string', () => {
    assert.deepEqual(inC(`// iommu-review: allow deadlock -- so\n${UNUSED}`), [
      '1 bad-allowance',
      '2 unused-code',
    ]);
    assert.deepEqual(inC(`int a; // ${ALLOW}\n${UNUSED}`), ['1 bad-allowance', '2 unused-code']);
    assert.deepEqual(inC(`static const char *a = "/* ${ALLOW} */";\n${UNUSED}`), ['2 unused-code']);
  });
});

describe('a comment is objected to', () => {
  test('where its rule is none, its reason is missing, or it says something else', () => {
    assert.deepEqual(inC(`// iommu-review: allow unused-function -- so\n${UNUSED}`), [
      '1 bad-allowance',
      '2 unused-code',
    ]);
    assert.deepEqual(inC(`// iommu-review: allow unused-code\n${UNUSED}`), ['1 bad-allowance']);
    assert.deepEqual(inC(`/* iommu-review: ignore */\n${UNUSED}`), ['1 bad-allowance', '2 unused-code']);
  });

  test('of several rules that it names, for the one that has no use', () => {
    const code = `// iommu-review: allow deadlock, unused-code -- so\n${UNUSED}`;
    const findings = findingsIn(code).filter(({ rule }) => rule === 'bad-allowance');
    assert.deepEqual(
      findings.map(({ message }) => /deadlock/.test(message)),
      [true],
    );
  });

  test('an id that a rule had in an earlier version still means it', () => {
    assert.deepEqual(inC(`// iommu-review: allow unused-static-function -- used later\n${UNUSED}`), []);
    const part = { path: 'a.c', content: UNUSED };
    const severities = new Map([['unused-static-function', 'off']] as const);
    assert.deepEqual(review([{ path: 'a.c', parts: [part] }], { tree: null, severities }).findings, []);
  });

  test('but not for a rule that is switched off, nor by who has not run the code', () => {
    const part = { path: 'a.c', content: `// iommu-review: allow deadlock -- so\nint a;\n` };
    const count = (severities: ReadonlyMap<string, 'off'>, simulates: boolean) =>
      review([{ path: 'a.c', parts: [part] }], { tree: null, severities, simulates }).findings.length;
    assert.equal(count(new Map(), true), 1);
    assert.equal(count(new Map([['deadlock', 'off']]), true), 0);
    assert.equal(count(new Map(), false), 0);
    assert.equal(count(new Map([['bad-allowance', 'off']]), true), 0);
  });
});

describe('in a patch mail', () => {
  const found = (lines: readonly string[]) => {
    const content = series([[{ path: 'drivers/iommu/toy.c', at: 10, lines }]]);
    const result = review([{ path: 'a.mbox', parts: [{ path: 'a.mbox', content }] }], { tree: null });
    const text = content.split('\n');
    return {
      allowed: result.allowed,
      findings: result.findings
        .filter(({ rule }) => RULES.has(rule))
        .map(({ rule, source }) => `${rule}: ${text[source.line - 1]}`),
    };
  };

  test('the comment may be added, or have been there', () => {
    assert.deepEqual(found(signed('+', `/* ${ALLOW} */\n${UNUSED}`)), { allowed: 1, findings: [] });
    const there = [` /* ${ALLOW} */`, ...signed('+', UNUSED)];
    assert.deepEqual(found(there), { allowed: 1, findings: [] });
  });

  test('one that is taken away allows nothing', () => {
    const { findings } = found([`-/* ${ALLOW} */`, ...signed('+', UNUSED)]);
    assert.deepEqual(findings, ['unused-code: +static int toy_get(struct toy *toy)']);
  });

  test('one that was there and is wrong is not the doing of the patch', () => {
    assert.deepEqual(found([' /* iommu-review: allow nothing -- so */', '+int a;']).findings, []);
    assert.deepEqual(found(['+/* iommu-review: allow nothing -- so */', ' int a;']).findings, [
      'bad-allowance: +/* iommu-review: allow nothing -- so */',
    ]);
  });

  test('one that is added to code that was there has its use', () => {
    const cookie = 'struct toy_cookie {\n\tstruct mm_struct *mm;\n\trefcount_t users;\n};';
    const lines = [
      '+// iommu-review: allow misleading-name -- the firmware calls it so',
      ...signed(' ', cookie),
    ];
    assert.deepEqual(found(lines).findings, []);
  });
});
