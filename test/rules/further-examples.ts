/** Examples of a rule that its page does not show, as files: `test/fixtures/RULE/bad-TITLE.c` or `good-TITLE.c`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Example } from './annotated.js';

export const FIXTURES = join('test', 'fixtures');

/** Those of one kind, each with its file's name as title. */
export function furtherExamples(
  rule: string,
  kind: 'bad' | 'good',
): (Example & { readonly title: string })[] {
  const folder = join(FIXTURES, rule);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${kind}-`))
    .map((name) => ({ title: name, code: readFileSync(join(folder, name), 'utf8') }));
}
