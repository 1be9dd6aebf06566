/** What holds for any text: nothing throws, offsets stay true, and every part lies within what it is part of. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { contains, type Span } from '../../server/src/base/index.js';
import { type AnyNode, CFile, type Item, partsOf } from '../../server/src/syntax/index.js';
import { maskKernelC } from '../../server/src/syntax/mask.js';
import { FIXTURES } from './fixtures.js';
import { showItems } from './show.js';

/** Pieces at which a mask must look twice. */
const TRICKY = [
  ...new Set(FIXTURES.flatMap((text) => text.match(/\w+|\s+|[^\w\s]+/g) ?? [])),
  ...['#if 0\n', '#if A\n', '#else\n', '#elif B\n', '#endif\n', '#define A(b...) \\\n', '#'],
  ...['/*', '*/', '//', '"', "'", '\\', '\\\n', '\r\n', '\n', '\0', '\u2028', 'é', '𝒟'],
  ...[
    'struct_group(',
    'DEFINE_MUTEX(',
    'DECLARE_BITMAP(a, b)',
    'for_each_x(a) {',
    'typeof(',
    'case 1 ... 2:',
  ],
  ...['container_of(a, struct b *, c)', '__aligned(', '({', '})', '{', '}', '(', ')', ';', ',', ': 3;'],
];

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...TRICKY), { maxLength: 60 }).map((parts) => parts.join(' ')),
  mutated(),
);

/** A fixture with some stretches cut out, doubled or replaced. */
function mutated(): fc.Arbitrary<string> {
  const cut = fc.tuple(fc.nat(4_000), fc.nat(60), fc.constantFrom('', ...TRICKY));
  return fc
    .tuple(fc.constantFrom(...FIXTURES), fc.array(cut, { minLength: 1, maxLength: 5 }))
    .map(([text, cuts]) =>
      cuts.reduce((now, [at, length, put]) => {
        const from = at % (now.length + 1);
        return now.slice(0, from) + put + now.slice(from + length);
      }, text),
    );
}

function checkMask(text: string): void {
  const { text: masked, marks } = maskKernelC(text);
  assert.equal(masked.length, text.length);
  const ends = (each: string): number[] => [...each.matchAll(/[\r\n]/g)].map(({ index }) => index);
  assert.deepEqual(ends(masked), ends(text));
  for (const mark of marks) assert.ok(mark.start >= 0 && mark.start <= mark.end && mark.end <= text.length);
}

function checkSpans(file: CFile): void {
  const whole = { start: 0, end: file.text.length };
  for (const error of file.errors) inside(whole, error, 'error');
  for (const item of file.items) {
    inside(whole, item, item.name);
    inside(item, item.nameSpan, `name of ${item.name}`);
    for (const attribute of item.attributes) inside(whole, attribute, attribute.name);
    checkItem(file, item);
  }
}

function checkItem(file: CFile, item: Item): void {
  if (item.kind === 'struct' || item.kind === 'union')
    for (const field of item.fields) {
      inside(item, field, field.name);
      inside(field, field.nameSpan, field.name);
    }
  if (item.kind === 'enum') for (const member of item.members) inside(item, member, member.name);
  if (item.kind === 'variable' && item.initial) checkParts(item, item.initial);
  if (item.kind !== 'function') return;
  for (const parameter of item.parameters) inside(item, parameter, parameter.name);
  const body = file.bodyOf(item);
  assert.equal(body === null, item.bodySpan === null);
  if (body === null || item.bodySpan === null) return;
  inside(item, item.bodySpan, `body of ${item.name}`);
  assert.deepEqual({ start: body.start, end: body.end }, item.bodySpan);
  checkParts(item, body);
}

function checkParts(parent: Span, node: AnyNode): void {
  inside(parent, node, node.kind);
  for (const part of partsOf(node)) checkParts(node, part);
}

function inside(outer: Span, inner: Span, what: string): void {
  assert.ok(
    contains(outer, inner) && inner.start <= inner.end,
    `${what}: ${inner.start}–${inner.end} in ${outer.start}–${outer.end}`,
  );
}

describe('any text', () => {
  it('is masked length for length', () => {
    fc.assert(fc.property(anyText, checkMask), { numRuns: 2_000 });
  });

  it('is read, and all spans lie where they should', () => {
    fc.assert(
      fc.property(anyText, (text) => checkSpans(new CFile(text))),
      { numRuns: 600 },
    );
  });
});

describe('any prefix of a fixture', () => {
  it('is masked length for length', () => {
    for (const text of FIXTURES) for (let end = 0; end <= text.length; end++) checkMask(text.slice(0, end));
  });

  it('is read, and all spans lie where they should', () => {
    for (const text of FIXTURES)
      for (let end = 0; end <= text.length; end += 3) checkSpans(new CFile(text.slice(0, end)));
  });
});

describe('the fixtures', () => {
  it('have no errors, and every item that they should', () => {
    for (const text of FIXTURES) assert.deepEqual(new CFile(text).errors, []);
    const [driver, header] = FIXTURES.map((text) => showItems(new CFile(text)));
    assert.equal(driver!.filter((item) => /\bfn /.test(item)).length, 2);
    assert.ok(driver!.includes('static var toy_strict: bool = true @__read_mostly'));
    assert.ok(driver!.some((item) => /^struct toy_domain \{.* mn: .* unused: .* cr0: /.test(item)));
    assert.equal(header!.filter((item) => / fn toy_walk|^fn toy_walk/.test(item)).length, 2);
  });

  it('read the same with CRLF', () => {
    for (const text of FIXTURES)
      assert.deepEqual(
        showItems(new CFile(text.replaceAll('\n', '\r\n'))).map((item) => item.replace(/\r/g, '')),
        showItems(new CFile(text)),
      );
  });
});
