/**
 * The address of a decoded document names the mail it was decoded from, so
 * that an editor which restores its windows can ask for the text again.
 */

/** Scheme of the read-only documents that show a decoded mail. */
export const DecodedScheme = 'iommu-review-decoded';

/** Ends in `.patch`, so that editors colour the document as one. */
export function decodedUriOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1).replace(/[?#].*$/, '') || 'mail';
  return `${DecodedScheme}:/${name} (decoded).patch?${encodeURIComponent(uri)}`.replaceAll(' ', '%20');
}

/** The mail behind a decoded document, or null when the address is not one. */
export function sourceUriOf(decodedUri: string): string | null {
  if (!decodedUri.startsWith(`${DecodedScheme}:`)) return null;
  const query = decodedUri.indexOf('?');
  if (query < 0) return null;
  try {
    return decodeURIComponent(decodedUri.slice(query + 1));
  } catch {
    return null;
  }
}
