/** The line a finding stands on, with carets under the part that is meant, as it looks in an editor with tabs of eight. */
import type { Finding } from '../../findings/index.js';
import { printable } from '../../findings/index.js';

/** Both of the same left edge. */
export interface Excerpt {
  readonly line: string;
  readonly carets: string;
}

const TAB = 8;
/** Nobody reads further to the right; generated lines can be megabytes long. */
const WIDEST = 240;

/**
 * `text` is the raw line of the input. In a patch it begins with `+`, `-` or a
 * space, which `column` does not count. No carets for findings without a region.
 */
export function excerptOf(finding: Finding, text: string, width: number): Excerpt {
  const isPatchLine = finding.source.decodedLine !== null && finding.region !== null;
  const mark = isPatchLine ? text.slice(0, 1) : '';
  const code = printable(isPatchLine ? text.slice(1) : text);
  const room = Math.max(20, Math.min(width, WIDEST) - mark.length);
  const { region } = finding;
  if (!region) return { line: clipped(mark + expanded(code), room), carets: '' };

  const first = Math.min(region.column - 1, code.length);
  const last = region.endLine === region.line ? Math.min(region.endColumn - 1, code.length) : code.length;
  const start = expanded(code.slice(0, first)).length;
  const length = Math.max(1, expanded(code.slice(0, last)).length - start);
  // A window that moves right only when the carets would fall outside it.
  const shift = start + length < room ? 0 : Math.max(0, Math.min(start - TAB, start + length + 1 - room));
  const shown = shift === 0 ? expanded(code) : `…${expanded(code).slice(shift + 1)}`;
  return {
    line: mark + clipped(shown, room),
    carets: ' '.repeat(mark.length + start - shift) + '^'.repeat(Math.min(length, room - (start - shift))),
  };
}

/** Tabs to the next multiple of eight, counted from the code's own edge. */
function expanded(code: string): string {
  let out = '';
  for (const piece of code.split(/(\t)/))
    out += piece === '\t' ? ' '.repeat(TAB - (out.length % TAB)) : piece;
  return out;
}

function clipped(text: string, room: number): string {
  return (text.length > room ? `${text.slice(0, room - 1)}…` : text).trimEnd();
}
