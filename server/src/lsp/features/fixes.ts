/** Mechanical fixes in the positions of one document, where they can be applied there. */
import type { TextEdit } from 'vscode-languageserver/node';
import type { Finding } from '../../findings/index.js';
import type { Reviewed } from '../reviewed.js';

/** A fix in the positions of one document. */
export interface ApplicableFix {
  readonly title: string;
  readonly edits: TextEdit[];
}

/**
 * The fix of a finding when every edit stands in this document. In a patch an
 * edit must stay within its line: a hunk's header counts lines, and would lie
 * afterwards. In an encoded mail no column of the raw text is a column of the
 * code.
 */
export function applicableFix({ fix }: Finding, { document }: Reviewed): ApplicableFix | null {
  if (fix === null || fix.edits.length === 0) return null;
  const inPatch = document.kind === 'patch';
  if (inPatch && document.decoded() !== null) return null;
  const edits: TextEdit[] = [];
  for (const edit of fix.edits) {
    const range = document.rangeOfRegion(edit.region, edit.source);
    if (range === null) return null;
    if (inPatch && (range.start.line !== range.end.line || /[\r\n]/.test(edit.text))) return null;
    edits.push({ range, newText: edit.text });
  }
  return { title: fix.title, edits };
}
