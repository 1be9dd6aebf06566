/**
 * Every rule's examples: the bad ones say exactly what they mark, the good ones nothing, for that rule and for all others.
 * Those that its page shows stand in the rule; where it has many more, they are files below test/fixtures/<rule>.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { OBJECTION_CLASSES } from '../../server/src/findings/index.js';
import { RULES } from '../../server/src/rules/index.js';
import { checkExample, findingsInExample } from './annotated.js';
import { FIXTURES, furtherExamples } from './further-examples.js';

test('every file of further examples is of a rule, and is good or bad', () => {
  for (const folder of readdirSync(FIXTURES)) {
    assert.ok(
      RULES.some(({ id }) => id === folder),
      folder,
    );
    for (const name of readdirSync(join(FIXTURES, folder)))
      assert.match(name, /^(?:bad|good)-[a-z0-9-]+\.c$/);
  }
});

for (const rule of RULES) {
  describe(rule.id, () => {
    for (const example of [...rule.bad, ...furtherExamples(rule.id, 'bad')]) {
      test(`objects: ${example.title}`, () => {
        assert.ok(example.code.includes('^'), 'a bad example marks what is bad');
        checkExample(example, rule.id);
      });
    }
    for (const example of [...rule.good, ...furtherExamples(rule.id, 'good')]) {
      test(`allows: ${example.title}`, () => {
        assert.deepEqual(
          findingsInExample(example).filter(
            (found) => found.rule === rule.id || found.severity === 'error' || found.severity === 'warning',
          ),
          [],
        );
      });
    }
    test('is documented', () => {
      assert.ok(rule.bad.length > 0 && rule.good.length > 0);
      assert.ok(rule.classes.length >= 1 && rule.classes.length <= 2);
      for (const each of rule.classes) assert.ok(OBJECTION_CLASSES.includes(each));
      for (const text of [rule.summary, rule.why, rule.remedy]) assert.match(text, /\S.*[.)]$/s);
    });
  });
}
