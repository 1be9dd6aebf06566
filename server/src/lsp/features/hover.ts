/** What a struct, function or op is in the IOMMU world, under the pointer. */
import { type Hover, MarkupKind, type Position } from 'vscode-languageserver/node';
import type { DocumentRange } from '../../review/index.js';
import type { ClientFacts } from '../client-facts.js';
import type { Reviewed } from '../reviewed.js';
import { attachPart } from './attach.js';
import { driverPart } from './driver.js';

/** Answers `textDocument/hover`. */
export async function hoverAt(
  position: Position,
  reviewed: Reviewed,
  client: ClientFacts,
): Promise<Hover | null> {
  const { document } = reviewed;
  const hover = document.hoverAt(position);
  const place = document.attachPlaceAt(position);
  const flow = place && (await attachPart(place, reviewed, client));
  const driver = await driverPart(position, reviewed, client);
  const range: DocumentRange | undefined = hover?.range ?? place?.range ?? driver?.range;
  const parts = [hover?.markdown, flow, driver?.words].filter((part) => !!part);
  if (!range || parts.length === 0) return null;
  const kind = client.markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText;
  return { range, contents: { kind, value: parts.join('\n\n---\n\n') } };
}
