/** The schema that editors check the project file by says the same as the tool does. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { ruleCatalogue } from '../../server/src/analysis/index.js';
import { OBJECTION_CLASSES, PROJECT_FILE } from '../../server/src/findings/index.js';
import { readProject } from '../../server/src/project/index.js';
import { review } from '../../server/src/review/index.js';

const PATH = 'schemas/iommu-review.schema.json';
const schema = JSON.parse(readFileSync(PATH, 'utf8'));
const SAMPLE = readFileSync(`samples/project/${PROJECT_FILE}`, 'utf8');
const accepts = new Ajv({ strict: false }).compile(schema);
const ids = ruleCatalogue.map(({ id }) => id);

test('VS Code is told of it', () => {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
  assert.deepEqual(contributes.jsonValidation, [{ fileMatch: PROJECT_FILE, url: `./${PATH}` }]);
  assert.match(readFileSync('.vscodeignore', 'utf8'), /^!schemas\/\*\.json$/m);
});

test('the sample is right in the eyes of both, and says what it is for', () => {
  const { config, problems } = readProject(SAMPLE, ids);
  assert.deepEqual(problems, []);
  assert.ok(accepts(JSON.parse(SAMPLE.replace(/^\s*\/\/.*$/gm, ''))), JSON.stringify(accepts.errors));
  const path = 'drivers/ring.c';
  const part = { path, treePath: path, content: readFileSync(`samples/project/${path}`, 'utf8') };
  const { findings } = review([{ path, parts: [part] }], { tree: null, project: config });
  assert.deepEqual(
    findings.map(({ rule }) => rule),
    ['lock-imbalance', 'ring-write-unordered', 'unlocked-field'],
  );
});

test('it knows the same names and classes', () => {
  assert.deepEqual(schema.properties.rules.items.properties.class.enum, OBJECTION_CLASSES);
  for (const text of [
    '{ "rule": [] }',
    '{ "severity": { "deadlock": "loud" } }',
    '{ "functions": [{ "declare": "void a(void)" }] }',
    '{ "fields": [{ "struct": "toy", "field": "a b", "lock": "l" }] }',
    '{ "fields": [{ "struct": "toy", "field": "a", "lock": "l", "more": 1 }] }',
    '{ "naming": { "vague": ["Two words"] } }',
    '{ "rules": [{ "id": "A", "query": "(identifier) @a", "message": "x" }] }',
    '{ "rules": [{ "id": "a", "query": "(identifier) @a" }] }',
  ]) {
    assert.notDeepEqual(readProject(text, ids).problems, [], text);
    assert.equal(accepts(JSON.parse(text)), false, text);
  }
});

test('what the documentation shows is right', () => {
  const page = readFileSync('docs/project-file.md', 'utf8');
  const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  assert.equal(examples.length, 5);
  for (const text of examples) {
    assert.deepEqual(readProject(text, ids).problems, [], text);
    assert.ok(accepts(JSON.parse(text)), text);
  }
});
