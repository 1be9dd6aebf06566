/** The project file in an editor: found for a document, reloaded when it changes, and its faults shown in it. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { readProject } from '../../server/src/project/index.js';
import { openDocument } from '../../server/src/review/index.js';
import { folderWith, startEditor } from './editor.js';

const FILE = '.iommu-review.json';
const CODE = '#include <linux/iommu.h>\nint toy(void)\n{\n\treturn toy_old(1);\n}\n';
const rule = (name: string) => ({
  id: 'no-toy',
  query: `(call_expression function: (identifier) @f (#eq? @f "${name}"))`,
  message: 'Not {f}().',
});
const own = (name: string) => JSON.stringify({ rules: [rule(name)] });

async function start(
  t: Parameters<typeof startEditor>[0],
  files: Readonly<Record<string, string>>,
  settings?: object,
) {
  const folder = folderWith(t, { 'toy.c': CODE, ...files });
  const editor = await startEditor(t, {
    openDocument,
    readProject: (text) => readProject(text, ['bus-iommu-ops']),
    folders: [folder],
    ...(settings && { settings }),
  });
  const addressOf = (name: string) => pathToFileURL(join(folder, name)).href;
  const changed = () =>
    editor.tell('workspace/didChangeWatchedFiles', { changes: [{ uri: addressOf(FILE), type: 2 }] });
  return { editor, addressOf, changed, path: join(folder, FILE) };
}

test('a file on the disk counts, as it is and as it becomes', async (t) => {
  const { editor, addressOf, changed, path } = await start(t, { [FILE]: own('toy_old') });
  const uri = addressOf('toy.c');
  editor.open(uri, CODE);
  assert.deepEqual(
    (await editor.diagnostics(uri, 1)).map(({ code, message }) => [code, message]),
    [['no-toy', 'Not toy_old().']],
  );
  writeFileSync(path, own('other'));
  changed();
  await editor.until(() => editor.rules(uri)?.length === 0, 'the finding is withdrawn');
  writeFileSync(path, own('toy_old'));
  changed();
  await editor.until(() => editor.rules(uri)?.length === 1, 'the finding is back');
  rmSync(path);
  changed();
  await editor.until(() => editor.rules(uri)?.length === 0, 'without a file there is no rule');
});

test('what is typed into it counts before it is saved, and what is wrong is shown in it', async (t) => {
  const { editor, addressOf } = await start(t, { [FILE]: '{}' });
  const uri = addressOf('toy.c');
  const project = addressOf(FILE);
  editor.open(uri, CODE);
  assert.deepEqual(await editor.diagnostics(uri, 1), []);
  editor.open(project, '{}', 'json');
  editor.change(project, 2, own('toy_old'));
  await editor.until(() => editor.rules(uri)?.length === 1, 'the typed rule speaks');
  editor.change(project, 3, '{\n  "severity": { "no-such": "off" }\n}');
  await editor.until(() => editor.rules(project)?.length === 1, 'the mistake is shown');
  const [problem] = await editor.diagnostics(project);
  assert.deepEqual(problem?.range, { start: { line: 1, character: 16 }, end: { line: 1, character: 25 } });
  assert.equal(problem?.message, 'there is no rule "no-such"');
  editor.close(project);
  await editor.until(() => editor.rules(project)?.length === 0, 'of what is saved nothing is wrong');
});

test('settings know its rules', async (t) => {
  const settings = { severity: { 'no-toy': 'hint' } };
  const { editor, addressOf } = await start(t, { [FILE]: own('toy_old') }, settings);
  const uri = addressOf('toy.c');
  editor.open(uri, CODE);
  assert.deepEqual(
    (await editor.diagnostics(uri, 1)).map(({ severity }) => severity),
    [4],
  );
});
