/** The outline of a document: the messages and files of a patch mail, the structs and functions of C. */
import { type DocumentSymbol, type SymbolInformation, SymbolKind } from 'vscode-languageserver/node';
import type { DocumentRange, DocumentSymbol as Outlined } from '../../review/index.js';
import type { ClientFacts } from '../client-facts.js';
import type { Reviewed } from '../reviewed.js';

const KIND_OF: Record<Outlined['kind'], SymbolKind> = {
  message: SymbolKind.Package,
  file: SymbolKind.File,
  struct: SymbolKind.Struct,
  field: SymbolKind.Field,
  function: SymbolKind.Function,
  'ops-table': SymbolKind.Interface,
  macro: SymbolKind.Constant,
  enum: SymbolKind.Enum,
  variable: SymbolKind.Variable,
};

/** Answers `textDocument/documentSymbol`, as a tree where the editor can show one. */
export function symbolsOf(
  { uri, document }: Reviewed,
  client: ClientFacts,
): DocumentSymbol[] | SymbolInformation[] {
  const outline = document.symbols();
  return client.symbolTree ? outline.map(asTree) : outline.flatMap((symbol) => asList(symbol, uri, ''));
}

/** Editors refuse a whole outline for one symbol without a name, or selected outside its own range. */
function asTree(symbol: Outlined): DocumentSymbol {
  return {
    name: nameOf(symbol),
    detail: symbol.detail,
    kind: KIND_OF[symbol.kind],
    range: symbol.range,
    selectionRange: within(symbol.selection, symbol.range) ? symbol.selection : symbol.range,
    children: symbol.children.map(asTree),
  };
}

function asList(symbol: Outlined, uri: string, containerName: string): SymbolInformation[] {
  const name = nameOf(symbol);
  const own = { name, kind: KIND_OF[symbol.kind], location: { uri, range: symbol.range }, containerName };
  return [own, ...symbol.children.flatMap((child) => asList(child, uri, name))];
}

function nameOf({ name }: Outlined): string {
  return name.trim() || '(unnamed)';
}

function within(inner: DocumentRange, outer: DocumentRange): boolean {
  const startsIn =
    inner.start.line > outer.start.line ||
    (inner.start.line === outer.start.line && inner.start.character >= outer.start.character);
  const endsIn =
    inner.end.line < outer.end.line ||
    (inner.end.line === outer.end.line && inner.end.character <= outer.end.character);
  return startsIn && endsIn;
}
