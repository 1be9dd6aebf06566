/** Functions that a project declares: C in terms of what the kernel's tables know. */
import { LineIndex } from '../base/index.js';
import { FALLBACKS, PRIMITIVES } from '../sim/kernel/index.js';
import { CFile, calledName, type FunctionItem, walk } from '../syntax/index.js';
import type { JsonValue } from './json.js';
import type { Shape } from './shape.js';

interface Declared {
  readonly text: string;
  readonly at: JsonValue;
  readonly line: number;
}

/** The C of all of them; what is no C is said and left out. */
export function codeOf(list: readonly JsonValue[], text: string, shape: Shape): string {
  const index = new LineIndex(text);
  const declared = list.flatMap((value): Declared[] => {
    const { declare, does } = shape.fields(value, 'a function', ['declare', 'does', 'why']);
    const head = shape.text(declare, '"declare"', value);
    const body = does?.kind === 'string' && does.value === '' ? '' : shape.text(does, '"does"', value);
    if (head === null || body === null) return [];
    const c = `${oneLine(head).replace(/;$/, '')} { ${oneLine(body)} }`;
    const file = new CFile(c);
    const [fn, ...others] = file.items;
    if (fn?.kind !== 'function' || fn.bodySpan === null || others.length > 0 || file.errors.length > 0) {
      const isHead = new CFile(`${oneLine(head).replace(/;$/, '')};`).items[0]?.kind === 'function';
      shape.say(
        (isHead ? does : declare)!,
        isHead
          ? 'this cannot be read as statements of C'
          : 'this cannot be read as the head of a function of C',
      );
      return [];
    }
    return [{ text: c, at: does!, line: index.lineAt(value.start) }];
  });
  const names = new Set(declared.flatMap(({ text: c }) => namesIn(c)));
  for (const { text: c, at } of declared) {
    const [fn] = new CFile(c).items as [FunctionItem];
    for (const called of callsIn(c, fn))
      if (!PRIMITIVES.has(called) && !FALLBACKS.has(called) && !names.has(called))
        shape.say(
          at,
          `${called}() is known neither to the tool nor from this file, so nothing is known of what ${fn.name}() does there`,
        );
  }
  return inLines(declared);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function namesIn(c: string): string[] {
  return new CFile(c).items.flatMap((item) => (item.kind === 'function' ? [item.name] : []));
}

function callsIn(c: string, fn: FunctionItem): Set<string> {
  const names = new Set<string>();
  const body = new CFile(c);
  const [own] = body.items;
  const block = own?.kind === 'function' ? body.bodyOf(own) : null;
  if (block)
    walk(block, (node) => {
      const name = calledName(node);
      if (name !== null && !fn.parameters.some((each) => each.name === name)) names.add(name);
    });
  return names;
}

/** Each on its line of the project's file, so that a run that passes through it points there. */
function inLines(declared: readonly Declared[]): string {
  const lines: string[] = [];
  for (const { text, line } of declared) {
    while (lines.length < line) lines.push('');
    lines[line] = lines[line] ? `${lines[line]} ${text}` : text;
  }
  return declared.length === 0 ? '' : `${Array.from(lines, (each) => each ?? '').join('\n')}\n`;
}
