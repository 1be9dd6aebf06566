/** Which documents and files are patches, as far as the editor tells. */
import type * as vscode from 'vscode';

/** Files of these names are opened as patches. */
export const PATCH_NAME = /\.(?:patch|eml|mbox|mbx|cover|diff)$/;

export function isPatchDocument({ languageId, uri }: vscode.TextDocument): boolean {
  return (
    (languageId === 'kernel-patch' || languageId === 'diff') &&
    (uri.scheme === 'file' || uri.scheme === 'untitled')
  );
}
