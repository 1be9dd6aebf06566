/**
 * A file as two things: the bodies of its functions, and the text around
 * them. While the text around is the same, every name means what it meant.
 */
import type { Span } from '../base/index.js';
import { type CFile, type FunctionItem, walk } from '../syntax/index.js';

interface Body extends Span {
  readonly item: FunctionItem;
}

/** Directives that say something to code further down, wherever they stand. */
const FAR_REACHING = /^[ \t]*#[ \t]*(?:include|define|undef)\b.*$/gm;

export class Bodies {
  /** Of the functions that have one, in order. */
  readonly all: readonly Body[];
  private readonly around: string;

  constructor(readonly file: CFile) {
    const all = file.items.flatMap((item): Body[] =>
      item.kind === 'function' && item.bodySpan ? [{ item, ...item.bodySpan }] : [],
    );
    this.all = all.sort((a, b) => a.start - b.start);
    this.around = aroundOf(file.text, this.all);
  }

  private textOf({ start, end }: Span): string {
    return this.file.text.slice(start, end);
  }

  /** Whether `next` is the same file but for what is between the braces of functions. */
  isSameAround(next: Bodies): boolean {
    return this.all.length === next.all.length && this.around === next.around;
  }

  /** The functions whose bodies are others in `next`, which is the same around; null when that changes more than them. */
  changedIn(next: Bodies): ReadonlySet<string> | null {
    const changed = new Set<string>();
    for (const [index, body] of this.all.entries()) {
      const other = next.all[index]!;
      if (this.textOf(body) === next.textOf(other)) continue;
      // Which functions a call through a pointer may reach is told by tables that bodies fill in, too.
      if (tablesIn(this.file, body.item) !== tablesIn(next.file, other.item)) return null;
      changed.add(body.item.name);
    }
    return changed;
  }

  /** Names of the functions whose text is not that of a function in `next`. */
  namesNotIn(next: Bodies): ReadonlySet<string> {
    const texts = new Set(next.all.map(({ item }) => next.textOf(item)));
    return new Set(this.all.flatMap(({ item }) => (texts.has(this.textOf(item)) ? [] : [item.name])));
  }

  /** Where an offset of this text is in that of `next`, which is the same around; the bodies that it lies in are the same. */
  offsetIn(next: Bodies, offset: number): number {
    const { all } = this;
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (all[middle]!.start <= offset) low = middle + 1;
      else high = middle;
    }
    const body = all[low - 1];
    const other = next.all[low - 1];
    if (!body || !other) return offset;
    return offset < body.end ? offset + other.start - body.start : offset + other.end - body.end;
  }
}

function aroundOf(text: string, bodies: readonly Body[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of bodies) {
    parts.push(text.slice(from, start), '\u0000');
    const body = text.slice(start, end);
    if (body.includes('#')) parts.push(...(body.match(FAR_REACHING) ?? []), '\u0000');
    from = end;
  }
  return [...parts, text.slice(from)].join('');
}

/** What the initialisers of a body put into members, as one text. */
function tablesIn(file: CFile, item: FunctionItem): string {
  const body = file.bodyOf(item);
  const entries: string[] = [];
  if (body)
    walk(body, (node) => {
      if (node.kind !== 'initializers') return;
      for (const { member, value } of node.entries)
        entries.push(`${node.type?.base ?? ''}.${member}=${file.text.slice(value.start, value.end)}`);
    });
  return entries.join('\n');
}
