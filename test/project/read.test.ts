/** The file in which a project says what the tool cannot know of its code. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { NO_PROJECT, readProject } from '../../server/src/project/index.js';

const IDS = ['deadlock', 'memory-leak'];
const problemsOf = (text: string): string[] =>
  readProject(text, IDS).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

const FULL = `{
  // Comments are fine.
  "$schema": "x",
  "severity": { "deadlock": "off", "no-toy": "hint" },
  "functions": [
    { "declare": "void toy_lock(struct toy *toy)", "does": "mutex_lock(&toy->lock);" },
    { "declare": "struct toy *toy_get(struct toy *toy);", "does": "toy_lock(toy); refcount_inc(&toy->users); return toy;",
      "why": "drivers/toy/toy.c" },
  ],
  "fields": [{ "struct": "toy", "field": "users", "lock": "lock" }],
  "naming": { "vague": ["gadget"], "preferred": { "ioas": "space" } },
  "rules": [{
    "id": "no-toy", "message": "{f}() is gone.", "class": "bus-ops", "severity": "error",
    "query": "(call_expression function: (identifier) @f (#eq? @f \\"toy_old\\")) @here"
  }],
}`;

test('a file that says all that can be said', () => {
  const { config, problems } = readProject(FULL, IDS);
  assert.deepEqual(problems, []);
  assert.deepEqual(config.severity, { deadlock: 'off', 'no-toy': 'hint' });
  assert.deepEqual(config.fields, [{ struct: 'struct toy', field: 'users', lock: 'lock' }]);
  assert.deepEqual(config.naming, { vague: ['gadget'], preferred: { ioas: 'space' } });
  assert.deepEqual(
    config.rules.map(({ id, severity, class: kind, paths }) => [id, severity, kind, paths]),
    [['no-toy', 'error', 'bus-ops', []]],
  );
  assert.equal(config.code.split('\n')[5], 'void toy_lock(struct toy *toy) { mutex_lock(&toy->lock); }');
  assert.deepEqual(JSON.parse(JSON.stringify(config)), config, 'it can be handed to another process');
});

describe('what is wrong is said where it stands, and the rest counts', () => {
  const wrong: Readonly<Record<string, readonly string[]>> = {
    '{ "severity": { "dead-lock": "off" } }': ['1:17 there is no rule "dead-lock"'],
    '{\n "severity": { "deadlock": "loud" } }': [
      '2:28 the severity of "deadlock" has to be one of error, warning, info, hint, off',
    ],
    '{ "rule": [] }': ['1:3 the file has no "rule"; it has severity, functions, fields, naming, rules'],
    '{ "fields": {} }': ['1:13 "fields" has to be a list in brackets'],
    '{ "fields": [{ "struct": "toy", "field": "a b", "lock": "l" }] }': ['1:42 "a b" is no name of C'],
    '{ "fields": [{ "struct": "toy", "lock": "l" }] }': ['1:14 "field" is missing'],
    '{ "functions": [{ "declare": "toy", "does": "" }] }': [
      '1:30 this cannot be read as the head of a function of C',
    ],
    '{ "functions": [{ "declare": "void toy(int a)", "does": "if (" }] }': [
      '1:57 this cannot be read as statements of C',
    ],
    '{ "functions": [{ "declare": "void toy(int a)", "does": "mutex_luck(&a);" }] }': [
      '1:57 mutex_luck() is known neither to the tool nor from this file, so nothing is known of what toy() does there',
    ],
    '{ "naming": { "vague": ["Two words"] } }': [
      '1:25 a word is a part of a name between two underscores, in small letters',
    ],
    '{ "rules": [{ "id": "deadlock", "query": "(identifier) @a", "message": "x" }] }': [
      '1:21 there is a rule "deadlock" already',
    ],
    '{ "rules": [{ "id": "a", "query": "(identifyer) @a", "message": "x" }] }': [
      '1:35 C has no node of this kind: identifyer) @a',
    ],
    '{ "rules": [{ "id": "a", "query": "(identifier", "message": "x" }] }': [
      '1:35 this is no pattern: at its end',
    ],
    '{ "severity": }': ['1:15 a value is missing'],
    '{ "severity": {}': ['1:17 a } is missing'],
    '{ severity: {} }': ['1:3 a name in double quotes belongs here'],
    '{ "naming": tru }': ['1:13 "tru" is no value; text needs double quotes'],
    '': ['1:1 a value is missing'],
  };
  for (const [text, expected] of Object.entries(wrong))
    test(text.slice(0, 60) || 'nothing', () => assert.deepEqual(problemsOf(text), expected));

  test('the rest counts', () => {
    const { config } = readProject('{ "rules": 3, "severity": { "deadlock": "off", "x": "off" } }', IDS);
    assert.deepEqual(config.severity, { deadlock: 'off' });
  });
});

test('no text is too strange', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: FULL.length }), fc.string(), (at, typed) => {
      const { config, problems } = readProject(FULL.slice(0, at) + typed, IDS);
      assert.ok(config === NO_PROJECT || config.fields);
      for (const { line, column } of problems) assert.ok(line >= 1 && column >= 1);
    }),
    { numRuns: 300 },
  );
  assert.equal(problemsOf(`${'['.repeat(5000)}`).length, 1);
});
