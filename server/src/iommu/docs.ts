/**
 * Kernel-doc comments, and what stands under each: the names it documents
 * beside the names that are there.
 */
import type { Span } from '../base/index.js';
import { type Comment, type Item, type KernelDoc, kernelDocOf } from '../syntax/index.js';
import { commentsOf } from './comments.js';
import type { Program, Spot, Unit } from './program.js';

/** A name that is documented, or could be. */
export interface DocName {
  readonly name: string;
  readonly spot: Spot;
}

/** What a kernel-doc comment stands above. */
export interface DocTarget extends DocName {
  readonly kind: 'function' | 'struct' | 'union' | 'enum' | 'macro' | 'typedef' | 'variable';
  /** Parameters, fields or enumerators that a reader expects to find documented. */
  readonly members: readonly DocName[];
  /** Names that may be documented but need not be: fields of nested structs, private ones. */
  readonly others: ReadonlySet<string>;
  /** Whether all of it is seen. */
  readonly isWhole: boolean;
  readonly returnsNothing: boolean;
}

export interface DocFact {
  readonly spot: Spot;
  /** The two stars that open it; null when the start is not shown. */
  readonly opening: Spot | null;
  readonly kind: KernelDoc['kind'];
  readonly name: string;
  readonly nameSpot: Spot;
  readonly parameters: readonly DocName[];
  /** `@name` in running text. */
  readonly mentions: readonly DocName[];
  readonly returns: Spot | null;
  readonly target: DocTarget | null;
}

/** All of the reviewed units. */
export function docsOf(program: Program): DocFact[] {
  return program.units.filter((unit) => unit.isReviewed).flatMap((unit) => docsIn(unit));
}

function docsIn(unit: Unit): DocFact[] {
  const { standIns, text } = unit.image;
  return commentsOf(unit).flatMap((comment): DocFact[] => {
    const isCut = standIns.some(({ start, end }) => start <= comment.start && comment.start < end);
    const doc = comment.isDoc || isCut ? kernelDocOf(comment) : null;
    if (!doc || (isCut && doc.parameters.length === 0)) return [];
    // A comment that says no more than `/** word */` belongs to a member of a struct, not to an item.
    const target = targetOf(unit, itemAfter(unit, comment));
    const spotOf = (span: Span): Spot => ({ unit, span: { start: span.start, end: span.end } });
    const mentions = doc.mentions.filter(({ kind }) => kind === 'parameter');
    return [
      {
        spot: spotOf(comment),
        opening: isCut ? null : spotOf({ start: comment.start, end: comment.start + 3 }),
        kind: isCut ? null : doc.kind,
        name: doc.name,
        nameSpot: spotOf(doc.nameSpan),
        parameters: doc.parameters.map(({ name, nameSpan }) => ({ name, spot: spotOf(nameSpan) })),
        mentions: mentions.map((each) => ({ name: each.text, spot: spotOf(each) })),
        returns: doc.returns && text.length > 0 ? spotOf(doc.returns) : null,
        target,
      },
    ];
  });
}

const ASKS_FOR_ANOTHER =
  /\bmust (?:be|have been) (?:called|enabled|initiali[sz]ed|set up|probed)\b[^.]*\b(?:first|before)|\bmust call\b[^.]*\b(?:first|before)\b/i;

/** Whether the comment above a function says that something has to be called before it. */
export function comesSecond(unit: Unit, name: string): boolean {
  return commentsOf(unit).some((comment) => {
    const item = itemAfter(unit, comment);
    const text = unit.image.text.slice(comment.start, comment.end).replace(/\n[ \t]*\*?/g, ' ');
    return item?.kind === 'function' && item.name === name && ASKS_FOR_ANOTHER.test(text);
  });
}

/** The item that follows a comment, with nothing but blanks between them. */
function itemAfter({ c, image }: Unit, comment: Comment): Item | null {
  const next = c.items.find(({ start }) => start >= comment.end);
  return next && /^\s*$/.test(image.text.slice(comment.end, next.start)) ? next : null;
}

function targetOf(unit: Unit, item: Item | null): DocTarget | null {
  if (!item || item.kind === 'include' || item.kind === 'invocation') return null;
  const spotOf = (span: Span): Spot => ({ unit, span: { start: span.start, end: span.end } });
  return {
    ...{ kind: item.kind, name: item.name, spot: spotOf(item.nameSpan) },
    ...membersOf(unit, item, spotOf),
    isWhole: item.missing.length === 0 && item.name !== '',
    returnsNothing: item.kind === 'function' && item.returns.base === 'void' && item.returns.pointers === 0,
  };
}

function membersOf(
  unit: Unit,
  item: Item,
  spotOf: (span: Span) => Spot,
): Pick<DocTarget, 'members' | 'others'> {
  const none: ReadonlySet<string> = new Set();
  switch (item.kind) {
    case 'function':
      return {
        members: item.parameters
          .filter(({ name }) => name !== '')
          .map(({ name, nameSpan }) => ({ name, spot: spotOf(nameSpan) })),
        others: none,
      };
    case 'macro':
      return { members: [], others: new Set(item.parameters?.map((each) => each.replace(/\.\.\.$/, ''))) };
    case 'enum':
      return {
        members: item.members.map((each) => ({
          name: each.name,
          spot: spotOf({ start: each.start, end: each.start + each.name.length }),
        })),
        others: none,
      };
    case 'struct':
    case 'union': {
      const privateFrom = privatePartOf(unit, item);
      const shown = item.fields.filter(({ name, start }) => name !== '' && start < privateFrom);
      return {
        members: shown.map(({ name, nameSpan }) => ({ name, spot: spotOf(nameSpan) })),
        others: new Set(item.fields.map(({ name }) => name)),
      };
    }
    default:
      return { members: [], others: none };
  }
}

/** Fields behind a comment that begins with `private:` need no documentation. */
function privatePartOf(unit: Unit, item: Span): number {
  const mark = commentsOf(unit).find(
    ({ start, lines }) =>
      start > item.start && start < item.end && lines.some(({ text }) => /^private\s*:/i.test(text)),
  );
  return mark?.start ?? item.end;
}
