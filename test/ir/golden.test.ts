/**
 * One listing per construct: golden/NAME.c, and NAME.ir, what it is lowered to.
 * `IR_UPDATE=1` writes the listings anew; read them before you keep them.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DeclarationsOf, lower, Op, opaqueReasons, parseIr, printIr } from '../../server/src/ir/index.js';
import { CFile } from '../../server/src/syntax/index.js';

const FOLDER = fileURLToPath(new URL('golden', import.meta.url));
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.c'))
  .map((file) => file.slice(0, -2));

function lowered(text: string) {
  const file = new CFile(text);
  const declarations = new DeclarationsOf([file]);
  return file.items.flatMap((item) =>
    item.kind === 'function' && item.bodySpan ? [lower(file, item, declarations)] : [],
  );
}

const textOf = (name: string): string => readFileSync(join(FOLDER, `${name}.c`), 'utf8');

for (const name of names) {
  test(`the listing of ${name}`, () => {
    const listing = lowered(textOf(name)).map(printIr).join('\n');
    const golden = join(FOLDER, `${name}.ir`);
    if (process.env.IR_UPDATE || !existsSync(golden)) writeFileSync(golden, listing);
    assert.equal(listing, readFileSync(golden, 'utf8'));
  });
}

test('what is printed reads back equal', () => {
  for (const name of names)
    for (const ir of lowered(textOf(name))) assert.deepEqual(parseIr(printIr(ir)), ir, `${name}: ${ir.name}`);
});

test('what an unseen part declares is printed, too', () => {
  const [ir] = lowered(textOf('goto'));
  const guessed = { ...ir!, guessed: ['ret', 'buf'] };
  assert.deepEqual(parseIr(printIr(guessed)), guessed);
});

test('only what is unreadable is opaque', () => {
  for (const name of names) {
    const reasons = lowered(textOf(name)).flatMap(opaqueReasons);
    const expected =
      name === 'unreadable' ? ['a floating-point constant', 'cannot read gnu asm expression'] : [];
    assert.deepEqual(reasons, expected, name);
  }
});

test('any prefix of any text is lowered, and every way through it ends', () => {
  for (const name of names) {
    const text = textOf(name);
    for (let end = 0; end < text.length; end += 3) {
      for (const ir of lowered(text.slice(0, end))) {
        for (const each of ir.code) {
          for (const target of [each.op === Op.Jump ? each.b : 0, each.cases?.[0]?.target ?? 0])
            assert.ok(target < ir.code.length, `${name} at ${end}`);
        }
        assert.deepEqual(parseIr(printIr(ir)), ir);
      }
    }
  }
});
