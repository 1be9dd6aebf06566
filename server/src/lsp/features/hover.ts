/** What a struct, function or op is in the IOMMU world, under the pointer. */
import { type Hover, MarkupKind, type Position } from 'vscode-languageserver/node';
import type { ClientFacts } from '../client-facts.js';
import type { Reviewed } from '../reviews.js';

/** Answers `textDocument/hover`. */
export function hoverAt(position: Position, { document }: Reviewed, client: ClientFacts): Hover | null {
  const hover = document.hoverAt(position);
  if (hover === null) return null;
  const kind = client.markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText;
  return { range: hover.range, contents: { kind, value: hover.markdown } };
}
