/** What `npm run new-rule` writes is a rule that the house accepts. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

interface NewRule {
  skeleton(id: string): string;
  withRule(index: string, id: string): string;
}

const script: Promise<NewRule> = import(new URL('../../build/new-rule.mjs', import.meta.url).href);

test('the skeleton is named after its fault and has both kinds of example', async () => {
  const text = (await script).skeleton('domain-without-owner');
  assert.match(text, /^\/\*\* .*\*\/\n/);
  assert.match(text, /export const domainWithoutOwner = defineRule\(\{\n {2}id: 'domain-without-owner',/);
  assert.match(text, /\^\^ domain-without-owner: part of the message/);
  for (const part of ['bad: [', 'good: [', '*check(']) assert.ok(text.includes(part), part);
});

test('the rule is listed among the others, in their order', async () => {
  const index = readFileSync(new URL('../../server/src/rules/index.ts', import.meta.url), 'utf8');
  const { withRule } = await script;
  const last = withRule(index, 'zeal-without-reason');
  assert.match(last, /import \{ zealWithoutReason \} from '\.\/zeal-without-reason\.js';\n/);
  assert.match(last, /\n {2}zealWithoutReason,\n\];/);
  const first = withRule(index, 'aardvark-in-domain');
  assert.ok(first.indexOf('aardvarkInDomain }') < first.indexOf('busIommuOps }'));
  assert.match(first, /= \[\n {2}aardvarkInDomain,\n/);
  assert.equal(first.split('\n').length, index.split('\n').length + 2);
});
