/**
 * The address of a page on scenarios names the document that they were played
 * in, so that an editor which restores its windows can ask for the page again.
 */
import type { AttachTraceParams } from './messages.js';

/** Scheme of the read-only documents that show what came of scenarios. */
export const AttachTraceScheme = 'iommu-review-trace';

/** Ends in `.md`, so that editors can show it rendered. */
export function attachTraceUriOf({ uri, batch }: AttachTraceParams): string {
  const name = uri.replace(/[?#].*$/, '').replace(/^.*[/:]/, '') || 'document';
  const shown = encodeURIComponent(decoded(name) ?? name);
  return `${AttachTraceScheme}:/${shown}%20%28scenarios%29.md?${encodeURIComponent(`${batch} ${uri}`)}`;
}

/** What a page is about, or null when the address is not that of one. */
export function attachTraceOf(pageUri: string): AttachTraceParams | null {
  if (!pageUri.startsWith(`${AttachTraceScheme}:`)) return null;
  const query = decoded(pageUri.slice(pageUri.indexOf('?') + 1));
  const [, batch, uri] = /^(\d+) (.+)$/s.exec(query ?? '') ?? [];
  return batch !== undefined && uri !== undefined ? { uri, batch: Number(batch) } : null;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
