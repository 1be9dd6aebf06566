/** Under which conditions of the preprocessor a place of a text stands. */
import type { Arm } from './configuration.js';

const DIRECTIVE = /^[ \t]*#[ \t]*(if|ifdef|ifndef|elif|elifdef|elifndef|else|endif)\b(.*)$/gm;

/** The arms around `offset`, outermost first; the guard of a header is one of them. */
export function armsAt(text: string, offset: number): readonly Arm[] {
  const open: Arm[] = [];
  for (const found of text.matchAll(DIRECTIVE)) {
    if (found.index >= offset) break;
    const [, name = '', rest = ''] = found;
    const condition = rest.replace(/\/[/*].*$/, '').trim();
    if (name === 'endif') open.pop();
    else if (name.startsWith('if')) open.push({ name, condition, before: null });
    else open.push({ name, condition, before: open.pop() ?? null });
  }
  return open;
}
