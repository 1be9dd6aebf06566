/**
 * Bodies in headers: every file that includes one has a copy of each, so a
 * body must be `static inline`; and nobody builds the arm for the kernel
 * without an option while writing it, so there it may not even compile.
 */
import type { CType, FunctionItem } from '../syntax/index.js';
import { isAddedAt } from '../tree/index.js';
import { commentsOf } from './comments.js';
import type { Program, Spot, Unit } from './program.js';

export interface HeaderBodyFact {
  readonly name: string;
  readonly spot: Spot;
  /**
   * `semicolon`: one stands between head and body; `global`: each file that includes it defines the function again;
   * `copied`: it is static and not inline; `kept`: so it is, and the header itself calls it, so that no compiler complains;
   * `no-value`: it ends without the value that it promises.
   */
  readonly problem: 'semicolon' | 'global' | 'copied' | 'kept' | 'no-value';
}

/** Of headers under review, as far as a patch adds them. */
export function headerBodies(program: Program): HeaderBodyFact[] {
  return program.units
    .filter(({ isReviewed, image }) => isReviewed && HEADER.test(image.path))
    .flatMap((unit) => [...semicolonsIn(unit), ...unit.c.items.flatMap((item) => problemOf(unit, item))]);
}

/** Headers that are included; those of `tools/` and of tracing are made otherwise. */
const HEADER = /^(?!tools\/|include\/trace\/|samples\/|scripts\/).*\.h$/;

function problemOf(unit: Unit, item: Unit['c']['items'][number]): HeaderBodyFact[] {
  if (item.kind !== 'function' || item.bodySpan === null || item.name === '') return [];
  if (!isAddedAt(unit.image, item.nameSpan.start)) return [];
  const fact = (problem: HeaderBodyFact['problem']): HeaderBodyFact[] => [
    { name: item.name, spot: { unit, span: item.nameSpan }, problem },
  ];
  const isInline = item.isInline || item.attributes.some(({ name }) => /inline|^__weak$|unused/.test(name));
  if (!isInline && isHeadShown(unit, item)) {
    if (!item.isStatic) return fact('global');
    return fact(isCalledBeside(unit, item) ? 'kept' : 'copied');
  }
  return isWithoutValue(unit, item) ? fact('no-value') : [];
}

/** Of a hunk the line before the name, where `static inline` would stand, may not be shown; a word nobody knows may be a macro for it. */
function isHeadShown({ image }: Unit, item: FunctionItem): boolean {
  const head = image.text.slice(item.start, item.nameSpan.start);
  return (
    /^(?:(?:static|extern|const|struct|union|enum|unsigned|signed|[a-z_]\w*)\b[\s*]*)+$/.test(head) &&
    !/inline/i.test(head) &&
    isAddedAt(image, item.start)
  );
}

/** Whether the body of another function of the header has its name, and so most likely calls it. */
function isCalledBeside({ image: { text }, c }: Unit, { name }: FunctionItem): boolean {
  const word = new RegExp(`\\b${name}\\b`);
  return c.items.some(
    (each) =>
      each.kind === 'function' &&
      each.name !== name &&
      each.bodySpan !== null &&
      word.test(text.slice(each.bodySpan.start, each.bodySpan.end)),
  );
}

/** A function that is to give something, and whose body is empty. */
function isWithoutValue(unit: Unit, item: FunctionItem): boolean {
  return item.missing.length === 0 && !isVoid(item.returns) && isEmpty(unit, item);
}

function isVoid({ base, pointers }: CType): boolean {
  return base === 'void' && pointers === 0;
}

/** Whether nothing but comments stands between the braces. */
function isEmpty({ image }: Unit, { bodySpan }: FunctionItem): boolean {
  const text = bodySpan ? image.text.slice(bodySpan.start + 1, bodySpan.end - 1) : 'x';
  return text.replace(/\/\*[\s\S]*?\*\//g, '').trim() === '';
}

/** `int f(void);` with a brace on the next line. */
function* semicolonsIn(unit: Unit): Iterable<HeaderBodyFact> {
  const { text } = unit.image;
  for (const match of text.matchAll(/\b([a-z_]\w*)\(([^;{}()]|\([^;{}()]*\))*\);[ \t]*\n\{[ \t]*\n/g)) {
    const end = match.index + match[0].indexOf(');') + 1;
    const at = match.index + match[0].lastIndexOf(';');
    const isInComment = commentsOf(unit).some(({ start, end: last }) => start <= at && at < last);
    if (isInComment || end > at || !isAddedAt(unit.image, at)) continue;
    const span = { start: match.index, end: match.index + match[1]!.length };
    yield { name: match[1]!, spot: { unit, span }, problem: 'semicolon' };
  }
}
