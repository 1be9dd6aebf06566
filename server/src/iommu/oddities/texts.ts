/** What the text itself gives away: statements that are not ended, scans into arrays, flags without what they modify. */
import { contains, type Span } from '../../base/index.js';
import { calledName, type Expression } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const TEXTS: OddityReader = {
  own: [missingSemicolons, unboundedScans, flagsWithoutContext],
};

/** `x = f(y)` at the end of a line, with the next statement on the next. */
function missingSemicolons(body: Body): OddityFact[] {
  const { fn, reading } = body;
  const errors = fn.unit.c.errorsIn(fn.item);
  if (errors.length === 0) return [];
  const { text } = fn.unit.c;
  return errors.flatMap((error) => {
    const node = reading.nodes
      .filter((each) => each.kind === 'assign' && isCutBy(each, error))
      .sort((a, b) => a.start - b.start)[0];
    if (!node) return [];
    const before = text.slice(node.start, error.start).replace(COMMENTS, '\n');
    // What follows on a later line is a statement of its own: the ending of a macro does not look like that.
    const isLineEnd = /\n\s*$/.test(before) || /^[ \t]*\n/.test(lineEnd(text, error.start));
    if (!isLineEnd || !/[\w)\]]\s*$/.test(before)) return [];
    if (!BEGINS.test(text.slice(error.start, fn.item.end))) return [];
    const span = { start: node.start, end: node.start + before.trimEnd().length };
    return [oddity('semicolon-missing', body.spot(span), text.slice(span.start, span.end))];
  });
}

/** Whether the parser had to add the end of an expression, or found more in it than belongs there. */
function isCutBy(node: Span, error: Span): boolean {
  return error.start === error.end ? error.start === node.end : contains(node, error);
}

/** What is left of a line. */
function lineEnd(text: string, from: number): string {
  return text.slice(from, text.indexOf('\n', from) + 1);
}

/** What stands behind code up to the end of its lines. */
const COMMENTS = /\s*(?:\/\/[^\n]*|\/\*[^*]*\*\/)\s*$/;

/** A statement that nothing but another can stand before. */
const BEGINS =
  /^\s*(?:(?:return|goto|if|for|while|switch|break|continue)\b|[a-z_]\w*(?:(?:->|\.)\w+)*(?:\s*[-+|&]?=[^=]|\(|\+\+|--))/;

const SCANS: ReadonlyMap<string, number> = new Map([
  ['sscanf', 1],
  ['vsscanf', 1],
]);

/** `sscanf(text, "%s", name)` with an array: as much is written as the text has. */
function unboundedScans(body: Body): OddityFact[] {
  // Who asks for a length has bounded the text.
  if (/\bstrn?len\(/.test(body.text(body.block))) return [];
  return body.reading.nodes.flatMap((node) => {
    const at = node.kind === 'call' ? SCANS.get(calledName(node) ?? '') : undefined;
    const format = node.kind === 'call' && at !== undefined ? node.args[at] : undefined;
    if (node.kind !== 'call' || at === undefined || format?.kind !== 'literal') return [];
    return conversionsIn(format.text).flatMap(({ text, isUnbounded }, index) => {
      const target = node.args[at + 1 + index];
      if (!isUnbounded || !target || !isArray(body, target)) return [];
      return [oddity('scanned-unbounded', body.spot(target), body.text(target), { other: text })];
    });
  });
}

/** The conversions of a format that take an argument, in order. */
function conversionsIn(format: string): { readonly text: string; readonly isUnbounded: boolean }[] {
  return [...format.matchAll(/%(\*?)(\d*)(?:hh|h|ll|l|z|j|t)?([a-zA-Z]|\[\^?\]?[^\]]*\])/g)]
    .filter(([, skipped]) => skipped === '')
    .map(([text, , width, kind]) => ({
      text,
      isUnbounded: width === '' && (kind === 's' || kind![0] === '['),
    }));
}

/** A local array: what is pointed to may be as large as the text that is read. */
function isArray(body: Body, target: Expression): boolean {
  return (
    target.kind === 'name' &&
    body.reading.nodes.some(
      (node) =>
        node.kind === 'declaration' &&
        node.declarators.some(({ name, type }) => name === target.name && type.isArray),
    )
  );
}

const MODIFIER =
  /^__GFP_(?:ZERO|NOWARN|COMP|NORETRY|RETRY_MAYFAIL|NOFAIL|HIGHMEM|DMA32?|ACCOUNT|NOMEMALLOC)$/;

/** `gfp = __GFP_ZERO`: says how, and not whether it may sleep or from which reserves it may take. */
function flagsWithoutContext(body: Body): OddityFact[] {
  return body.reading.nodes.flatMap((node) => {
    if (node.kind === 'assign' && node.operator === '=') {
      const { base, pointers } = body.scope.typeOf(node.target);
      return base === 'gfp_t' && pointers === 0 ? bareIn(body, node.value) : [];
    }
    if (node.kind === 'declaration')
      return node.declarators.flatMap(({ type, initial }) =>
        initial && type.base === 'gfp_t' && type.pointers === 0 ? bareIn(body, initial) : [],
      );
    return [];
  });
}

function bareIn(body: Body, value: Expression): OddityFact[] {
  if (value.kind === 'conditional')
    return [value.consequence, value.alternative].flatMap((each) => (each ? bareIn(body, each) : []));
  return isModifier(value) && !isCompleted(body, value)
    ? [oddity('gfp-without-context', body.spot(value), body.text(value))]
    : [];
}

function isModifier(value: Expression): boolean {
  if (value.kind === 'name') return MODIFIER.test(value.name);
  return (
    value.kind === 'binary' && value.operator === '|' && isModifier(value.left) && isModifier(value.right)
  );
}

/** Whether the rest is added somewhere: by `gfp |= …` or where it is used, as `gfp | GFP_KERNEL`. */
function isCompleted(body: Body, value: Expression): boolean {
  return body.reading.nodes.some(
    (node) =>
      node !== value &&
      ((node.kind === 'assign' && node.operator === '|=' && isGfp(body, node.target)) ||
        (node.kind === 'binary' &&
          node.operator === '|' &&
          (isGfp(body, node.left) || isGfp(body, node.right)))),
  );
}

function isGfp(body: Body, value: Expression): boolean {
  const isConstant = value.kind === 'name' && /^[A-Z_0-9]+$/.test(value.name);
  return !isConstant && body.scope.typeOf(value).base === 'gfp_t';
}
