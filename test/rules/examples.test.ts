/** Every rule's own examples: the bad ones say exactly what they mark, the good ones nothing, for that rule and for all others. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { OBJECTION_CLASSES } from '../../server/src/findings/index.js';
import { RULES } from '../../server/src/rules/index.js';
import { check, findingsIn } from './annotated.js';

for (const rule of RULES) {
  describe(rule.id, () => {
    for (const { title, code, project } of rule.bad) {
      test(`objects: ${title}`, () => {
        assert.ok(code.includes('^'), 'a bad example marks what is bad');
        check(code, rule.id, project);
      });
    }
    for (const { title, code, project } of rule.good) {
      test(`allows: ${title}`, () => {
        assert.deepEqual(
          findingsIn(code, project).filter(({ severity }) => severity === 'error' || severity === 'warning'),
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
