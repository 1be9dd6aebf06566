/** An open document: where findings, hovers and symbols stand in the text that the user looks at. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type DocumentSymbol, openDocument, type ReviewedDocument } from '../../server/src/review/index.js';

const SAMPLE = readFileSync('samples/sva-domain-cache.patch', 'utf8');

function open(content: string, path = 'a.patch', treePath?: string): ReviewedDocument {
  return openDocument({ path, content, ...(treePath && { treePath }) }, { tree: null });
}

/** How many findings the plain sample has; rules that are added change it. */
const found = (): number => open(SAMPLE).review.findings.length;

/** The text that each finding marks. */
function marked(document: ReviewedDocument, content: string): string[] {
  const lines = content.split('\n');
  return document.review.findings.map((finding) => {
    const { start, end } = document.rangeOf(finding)!;
    assert.equal(start.line, end.line);
    return `${finding.rule}: ${lines[start.line]!.slice(start.character, end.character)}`;
  });
}

/** The sample with its body encoded. */
function encoded(encoding: 'quoted-printable' | 'base64'): string {
  const at = SAMPLE.indexOf('\n\n');
  const head = SAMPLE.slice(0, at).replace('7bit', encoding);
  const body = SAMPLE.slice(at + 2);
  if (encoding === 'base64')
    return `${head}\n\n${Buffer.from(body).toString('base64').replace(/.{76}/g, '$&\n')}\n`;
  const quoted = body.replace(/=/g, '=3D').replace(/\t(?=\n)/g, '=09');
  return `${head}\n\n${quoted.replace(/^(.{60})(.{10,})$/gm, '$1=\n$2')}`;
}

const ATTACH = `#include <linux/iommu.h>

static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	return 0;
}

static const struct iommu_ops toy_ops = {
	.default_domain_ops = &(const struct iommu_domain_ops) {
		.attach_dev = toy_attach,
	},
};
`;

describe('a patch mail', () => {
  test('marks the code behind the +', () => {
    const texts = marked(open(SAMPLE), SAMPLE);
    assert.ok(texts.includes('refcount-in-domain: refcount_t holders;'));
    assert.ok(texts.includes('bus-iommu-ops: dev->bus->iommu_ops'));
    assert.ok(texts.includes('domain-reused-unchecked: xa_load(&shared_tables, pasid)'));
  });

  test('has an outline of messages, files and what the hunks show', () => {
    const [message] = open(SAMPLE).symbols();
    assert.equal(message?.name, 'iommu: Share one SVA page table per process');
    assert.deepEqual(
      message?.children.map(({ name }) => name),
      ['drivers/iommu/iommu-share.c', 'include/linux/iommu.h'],
    );
    const named = new Map(message?.children[0]?.children.map((symbol) => [symbol.name, symbol]));
    assert.equal(named.get('share_cookie')?.detail, 'domain part');
    assert.equal(named.get('iommu_share_get')?.detail, 'finds a domain');
    nests(message!);
  });

  test('says why it flags, in the hover', () => {
    const document = open(SAMPLE);
    const finding = document.review.findings.find(({ rule }) => rule === 'refcount-in-domain')!;
    const hover = document.hoverAt(document.rangeOf(finding)!.start);
    assert.match(hover!.markdown, /Why flagged.*refcount-in-domain.*page table/s);
  });

  for (const encoding of ['quoted-printable', 'base64'] as const) {
    test(`in ${encoding} marks raw lines, and stands decoded beside`, () => {
      const content = encoded(encoding);
      const document = open(content);
      assert.equal(document.review.findings.length, found());
      const decoded = document.decoded()!.text.split('\n');
      for (const finding of document.review.findings) {
        const { start, end } = document.rangeOf(finding)!;
        assert.equal(start.line, finding.source.line - 1);
        assert.equal(start.character, 0);
        assert.equal(end.character, content.split('\n')[start.line]!.length);
        const line = decoded[finding.source.decodedLine! - 1]!;
        assert.equal(line[0], '+');
        assert.equal(line.slice(finding.region!.column).length > 0, true);
      }
      assert.ok(decoded.includes('+\trefcount_t holders;'));
    });
  }

  test('that touches no kernel C is left alone, and says so', () => {
    const document = open('--- a/README\n+++ b/README\n@@ -1 +1 @@\n-a\n+b\n');
    assert.equal(document.kind, 'none');
    assert.match(document.reason, /no kernel C/);
    assert.deepEqual(document.review.findings, []);
    assert.equal(document.hoverAt({ line: 4, character: 1 }), null);
  });

  test('of a large mailbox is read in part, and says so', () => {
    const box = Array.from({ length: 4 }, (_, n) => SAMPLE.replace('.1-2-', `.${n}-`));
    const document = openDocument(
      { path: 'a.mbox', content: box.join('\n') },
      { tree: null, messageLimit: 2 },
    );
    assert.equal(document.review.inputs[0]?.status, 'partial');
    assert.match(document.review.inputs[0]!.problems[0]!, /4 messages; the first 2/);
    assert.equal(document.review.findings.length, 2 * found());
  });

  test('may be stopped between series', () => {
    let asked = 0;
    const options = { tree: null, isCancelled: () => ++asked > 1 };
    const box = `${SAMPLE}\n${SAMPLE.replace('1/3', '1/4').replace('.1-2-', '.1-3-')}`;
    const { review } = openDocument({ path: 'a.mbox', content: box }, options);
    assert.ok(review.cancelled);
    assert.equal(review.findings.length, found());
  });

  test('is read whatever is missing of it', () => {
    fc.assert(
      fc.property(fc.nat(SAMPLE.length), (length) => {
        const document = open(SAMPLE.slice(0, length));
        for (const finding of document.review.findings) assert.ok(document.rangeOf(finding));
        for (const symbol of document.symbols()) nests(symbol);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a C file', () => {
  test('has hovers for what an ops table makes of a function', () => {
    const document = open(ATTACH, 'a.c');
    const hover = document.hoverAt({ line: 2, character: 14 });
    assert.match(hover!.markdown, /Attaches a domain to a device/);
    assert.match(hover!.markdown, /-EINVAL when device and domain are incompatible/);
    assert.deepEqual(hover!.range, { start: { line: 2, character: 11 }, end: { line: 2, character: 21 } });
  });

  test('has hovers for the slot of an ops table', () => {
    const hover = open(ATTACH, 'a.c').hoverAt({ line: 9, character: 6 });
    assert.match(hover!.markdown, /Operation that attaches a domain to a device/);
    assert.match(hover!.markdown, /-ENOSPC/);
  });

  test('names its ops tables in the outline', () => {
    const symbols = open(ATTACH, 'a.c').symbols();
    assert.deepEqual(
      symbols.map(({ name, kind, detail }) => [name, kind, detail]),
      [
        ['toy_attach', 'function', 'attaches a domain to a device'],
        ['toy_ops', 'ops-table', ''],
      ],
    );
  });

  test('keeps its findings while one function is half typed', () => {
    const bad = (name: string): string =>
      `void ${name}(struct toy *toy)\n{\n\trefcount_inc_not_zero(&toy->users);\n}\n\n`;
    const whole = `#include <linux/iommu.h>\n\n${bad('one')}int two(struct toy *toy)\n{\n@\treturn 0;\n}\n\n${bad('three')}`;
    for (const typed of [
      '',
      '\tif (',
      '\tif (toy) {\n',
      '\tfor (i = 0; i < ',
      '\tfoo(toy',
      '\tx = "',
      '\t/',
      '\t{ { {\n',
      '\t}\n',
      '\t)\n',
      '\treturn toy->\n',
    ]) {
      const found = open(whole.replace('@', typed), 'a.c').review.findings;
      assert.deepEqual(
        found.map(({ function: name, rule }) => `${rule} ${name}`),
        ['ignored-conditional-get one', 'ignored-conditional-get three'],
        `after typing ${JSON.stringify(typed)}`,
      );
    }
  });
});

function nests(symbol: DocumentSymbol): void {
  assert.ok(
    symbol.selection.start.line >= symbol.range.start.line &&
      symbol.selection.end.line <= symbol.range.end.line,
  );
  for (const child of symbol.children) {
    assert.ok(
      child.range.start.line >= symbol.range.start.line && child.range.end.line <= symbol.range.end.line,
      child.name,
    );
    nests(child);
  }
}

describe('an edited document', () => {
  const C = `#include <linux/iommu.h>\n\nvoid one(struct toy *toy)\n{\n\trefcount_inc_not_zero(&toy->users);\n}\n\nint two(void)\n{\n\treturn 0;\n}\n`;
  const seen = (document: ReviewedDocument): unknown => [
    document.kind,
    document.review,
    document.symbols(),
    document.review.findings.map((finding) => document.rangeOf(finding)),
  ];

  for (const [path, start] of [
    ['a.c', C],
    ['a.patch', SAMPLE],
  ] as const) {
    test(`(${path}) is reviewed as if it had never been another`, () => {
      const edit = fc.record({
        at: fc.nat(),
        remove: fc.nat(60),
        insert: fc.constantFrom(
          '',
          '\n',
          '}',
          '{',
          'x',
          '\n}\n',
          '+\tfoo(bar);\n',
          '-',
          ' ',
          '/*',
          '@@ -1 +1 @@\n',
        ),
      });
      fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
          let text: string = start;
          let document = open(text, path);
          for (const { at, remove, insert } of edits) {
            const from = at % (text.length + 1);
            text = text.slice(0, from) + insert + text.slice(from + remove);
            document = openDocument({ path, content: text }, { tree: null, before: document });
          }
          assert.deepEqual(seen(document), seen(open(text, path)));
        }),
        { numRuns: 60 },
      );
    });
  }
});
