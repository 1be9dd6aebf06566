/** The outline of a document: messages, files, structs, functions, each with its role in the IOMMU world. */
import type { Analysis, Unit } from '../analysis/index.js';
import type { Finding } from '../findings/index.js';
import type { PatchInput, PatchMessage } from '../patch/index.js';
import type { RawPlaces } from './raw-places.js';
import type { DocumentRange, DocumentSymbol, SymbolKind } from './types.js';
import type { Batch } from './units.js';

type RangeOf = (place: {
  region: Finding['region'];
  source: Finding['source'] | null;
}) => DocumentRange | null;
type Item = Unit['c']['items'][number];

const KINDS: Readonly<Partial<Record<Item['kind'], SymbolKind>>> = {
  function: 'function',
  struct: 'struct',
  union: 'struct',
  enum: 'enum',
  variable: 'variable',
  typedef: 'struct',
  macro: 'macro',
};

/** The items of one unit. */
export function cSymbols(unit: Unit, analysis: Analysis, rangeOf: RangeOf): DocumentSymbol[] {
  return unit.c.items.flatMap((item) => {
    const kind = KINDS[item.kind];
    if (!kind || item.name === '') return [];
    const range = placed(unit, item, analysis, rangeOf);
    // Of a fragment whose head is not shown, what is shown stands for the name.
    const selection = placed(unit, item.nameSpan, analysis, rangeOf) ?? range;
    if (!range || !selection) return [];
    const isOps = item.kind === 'variable' && /ops$/.test(item.type.base);
    return [
      {
        name: item.name,
        kind: isOps ? 'ops-table' : kind,
        detail: detailOf(unit, item, analysis),
        range,
        selection,
        children:
          item.kind === 'struct' || item.kind === 'union' ? fieldsOf(unit, item, analysis, rangeOf) : [],
      },
    ];
  });
}

function fieldsOf(
  unit: Unit,
  item: Extract<Item, { kind: 'struct' | 'union' }>,
  analysis: Analysis,
  rangeOf: RangeOf,
): DocumentSymbol[] {
  return item.fields.flatMap((field) => {
    const range = placed(unit, field, analysis, rangeOf);
    const selection = placed(unit, field.nameSpan, analysis, rangeOf);
    if (!range || !selection || field.name === '') return [];
    const detail = `${field.type.base}${field.type.pointers > 0 ? ` ${'*'.repeat(field.type.pointers)}` : ''}`;
    return [{ name: field.name, kind: 'field', detail, range, selection, children: [] }];
  });
}

/** Where a span stands in the document; an item of which a fragment shows only a part stands where that part does. */
export function placed(
  unit: Unit,
  span: { start: number; end: number },
  analysis: Analysis,
  rangeOf: RangeOf,
): DocumentRange | null {
  const found = analysis.locator.find({ unit, span });
  if (found) return rangeOf(found);
  const shown = analysis.locator.linesOf({ unit, span }).filter((line) => line.rawLine !== null);
  const first = shown[0]?.rawLine;
  const last = shown.at(-1)?.rawLine;
  if (!first || !last) return null;
  return { start: { line: first - 1, character: 0 }, end: { line: last - 1, character: 0 } };
}

function detailOf(unit: Unit, item: Item, { facts }: Analysis): string {
  if (item.kind === 'function')
    return (
      facts.functions.find(({ spot }) => spot.unit === unit && spot.span.start === item.start)?.role ?? ''
    );
  const struct = facts.structs.find(({ name }) => name === `struct ${item.name}`);
  return struct && struct.role !== 'other' ? struct.role.replaceAll('-', ' ') : '';
}

/** Messages with their files, and in these what the hunks show. */
export function patchSymbols(
  patches: readonly PatchInput[],
  analysed: readonly { readonly batch: Batch; readonly analysis: Analysis }[],
  raw: RawPlaces,
  rangeOf: RangeOf,
): DocumentSymbol[] {
  return patches.flatMap(({ messages }) =>
    messages.map((message): DocumentSymbol => {
      const range = raw.linesRange(message.rawLines.first, message.rawLines.last);
      return {
        name: message.subject?.title ?? 'patch',
        kind: 'message',
        detail: message.messageId ?? '',
        range,
        selection: raw.lineRange(message.rawLines.first),
        children: message.files.map((file) => fileSymbol(message, file, analysed, raw, rangeOf)),
      };
    }),
  );
}

function fileSymbol(
  message: PatchMessage,
  file: PatchMessage['files'][number],
  analysed: readonly { readonly batch: Batch; readonly analysis: Analysis }[],
  raw: RawPlaces,
  rangeOf: RangeOf,
): DocumentSymbol {
  const path = file.newPath ?? file.oldPath ?? '';
  const last = file.hunks.at(-1)?.lines.at(-1)?.rawLine ?? file.rawLine;
  const range = raw.linesRange(file.rawLine, last);
  const inside = (each: DocumentRange): boolean =>
    each.start.line >= range.start.line && each.end.line <= range.end.line;
  const children = analysed.flatMap(({ batch, analysis }) =>
    batch.units
      .filter(
        (unit) =>
          unit.isReviewed &&
          unit.image.path === path &&
          batch.origins.get(unit)?.message === message.messageId,
      )
      .flatMap((unit) => cSymbols(unit, analysis, rangeOf))
      .filter((symbol) => inside(symbol.range)),
  );
  return {
    name: path,
    kind: 'file',
    detail: file.status,
    range,
    selection: raw.lineRange(file.rawLine),
    children,
  };
}
