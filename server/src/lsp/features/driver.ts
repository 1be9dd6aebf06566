/** What came of a driver's operation on two hardware instances, as a part of hovers over its name. */
import type { Position } from 'vscode-languageserver/node';
import type { DocumentRange } from '../../review/index.js';
import type { ClientFacts } from '../client-facts.js';
import type { Reviewed } from '../reviewed.js';

/** Null where the pointer is on no such name, or nothing came of it yet. */
export async function driverPart(
  position: Position,
  { document, runs }: Reviewed,
  client: ClientFacts,
): Promise<{ readonly words: string; readonly range: DocumentRange } | null> {
  // Without the parser there is nothing to ask, and nothing that came of it.
  if (runs.drivers.length === 0) return null;
  const at = document.nameAt(position);
  const found = at && runs.drivers.filter((each) => each.function === at.name);
  if (!at || !found || found.length === 0) return null;
  const { driverHover, driverHoverText } = await import('../../review/index.js');
  const words = found.map(client.markdownHover ? driverHover : driverHoverText).join('\n\n');
  return { words, range: at.range };
}
