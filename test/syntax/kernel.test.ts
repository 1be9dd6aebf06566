/**
 * The IOMMU code of two kernels, read whole: no function with a parse error,
 * nothing that could not be read but what is named here. Skipped where the
 * trees are not beside the checkout.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { LineIndex } from '../../server/src/base/index.js';
import { CFile, type FunctionItem, walk } from '../../server/src/syntax/index.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const unpack = join(root, '../shared/tools/kernel-tree.sh');
const skip = existsSync(unpack) ? false : `no kernel trees: ${unpack} is not there`;

const FOLDERS = ['drivers/iommu', 'drivers/vfio', 'drivers/misc/uacce', 'drivers/dma/idxd'];
const HEADERS = /^(?:iommu.*|mm_types|xarray|refcount|kref)\.h$/;

/** What is not read as it should, `version path:line what`, with the reason; at most five in both trees. */
const EXCEPTIONS: readonly string[] = [];

/** A lower figure means that functions are no longer found. */
const FUNCTIONS: Record<string, number> = { '6.1': 3871, '6.12': 5127 };

function sources(tree: string): string[] {
  const inFolders = FOLDERS.filter((folder) => existsSync(join(tree, folder))).flatMap((folder) =>
    readdirSync(join(tree, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[ch]$/.test(name))
      .map((name) => join(folder, name)),
  );
  const headers = readdirSync(join(tree, 'include/linux')).filter((name) => HEADERS.test(name));
  return [...inFolders, ...headers.map((name) => join('include/linux', name))].sort();
}

interface Figures {
  functions: number;
  bodies: number;
  withErrors: number;
  readonly problems: string[];
}

function readInto(figures: Figures, where: string, text: string): void {
  const file = new CFile(text);
  const lines = new LineIndex(text);
  const say = (offset: number, what: string): number =>
    figures.problems.push(`${where}:${lines.lineAt(offset) + 1} ${what}`);
  for (const error of file.errors) say(error.start, 'parse error');
  for (const { index } of text.matchAll(/^\{/gm))
    if (!file.items.some(({ start, end }) => start < index && index < end))
      say(index, 'no item around a brace');
  for (const item of file.items) {
    if (item.kind !== 'function') continue;
    figures.functions++;
    if (file.errorsIn(item).length > 0) figures.withErrors++;
    if (item.bodySpan) figures.bodies++;
    for (const { offset, reason } of unreadable(file, item)) say(offset, `${item.name}: ${reason}`);
  }
}

function unreadable(file: CFile, item: FunctionItem): { offset: number; reason: string }[] {
  const body = file.bodyOf(item);
  const found: { offset: number; reason: string }[] = [];
  if (body)
    walk(body, (node) => {
      if (node.kind === 'opaque' || node.kind === 'opaque-statement')
        found.push({ offset: node.start, reason: node.reason });
    });
  return found;
}

describe('the IOMMU code of Linux', { skip }, () => {
  assert.ok(EXCEPTIONS.length <= 5);
  for (const version of ['6.1', '6.12'])
    it(`${version} is read without a gap`, (t) => {
      const tree = execFileSync('bash', [unpack, version], { encoding: 'utf8' }).trim();
      const figures: Figures = { functions: 0, bodies: 0, withErrors: 0, problems: [] };
      const paths = sources(tree);
      for (const path of paths)
        readInto(figures, `${version} ${path}`, readFileSync(join(tree, path), 'utf8'));
      t.diagnostic(
        `${paths.length} files, ${figures.functions} functions (${figures.bodies} with a body), ` +
          `${figures.withErrors} with a parse error, ${figures.problems.length} exceptions`,
      );
      const expected = EXCEPTIONS.filter((each) => each.startsWith(`${version} `));
      assert.deepEqual(figures.problems, expected);
      assert.equal(figures.withErrors, 0);
      assert.ok(figures.functions >= FUNCTIONS[version]!, `only ${figures.functions} functions`);
    });
});
