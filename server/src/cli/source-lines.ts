/** Lines of the inputs as they were given, for excerpts and fingerprints, and the subjects of their mails. */
import type { Source } from '../findings/index.js';
import type { ReviewInput } from '../review/index.js';

/** Splits a text only when a line of it is asked for. */
export class SourceLines {
  private readonly contents = new Map<string, string | Uint8Array>();
  private readonly split = new Map<string, readonly string[]>();

  constructor(inputs: readonly ReviewInput[]) {
    for (const { parts } of inputs) for (const { path, content } of parts) this.contents.set(path, content);
  }

  /** The raw line, or null where it does not show what it says: in quoted-printable and base64 bodies. */
  lineOf(source: Source): string | null {
    const text = this.linesOf(source.path)[source.line - 1];
    if (text === undefined) return null;
    return source.decodedLine !== null && this.isEncoded(source) ? null : text;
  }

  /** The subject of the mail, when it is written in plain characters. */
  titleOf(source: Source): string | null {
    if (source.decodedLine === null) return null;
    const lines = this.linesOf(source.path);
    for (let at = this.mailStart(source); at < source.line && lines[at]; at++) {
      const subject = /^Subject:\s*(.*)$/i.exec(lines[at]!);
      if (!subject) continue;
      let title = subject[1]!;
      while (/^[ \t]/.test(lines[at + 1] ?? '')) title += ` ${lines[++at]!.trim()}`;
      return title.includes('=?') ? null : title;
    }
    return null;
  }

  /** The last encoding declared above a line, in its mail or in its part of the mail, is the line's own. */
  private isEncoded(source: Source): boolean {
    const lines = this.linesOf(source.path);
    const start = this.mailStart(source);
    for (let at = source.line - 2; at >= start; at--) {
      const encoding = /^content-transfer-encoding:\s*([\w-]+)/i.exec(lines[at]!)?.[1];
      if (encoding) return /^(?:quoted-printable|base64)$/i.test(encoding);
    }
    return false;
  }

  /** Index of the first line of the mail around a line. */
  private mailStart(source: Source): number {
    const lines = this.linesOf(source.path);
    for (let at = Math.min(source.line, lines.length) - 1; at > 0; at--)
      if (lines[at]!.startsWith('From ') && lines[at - 1] === '') return at;
    return 0;
  }

  private linesOf(path: string): readonly string[] {
    let lines = this.split.get(path);
    if (!lines) {
      const content = this.contents.get(path) ?? '';
      const text = typeof content === 'string' ? content : Buffer.from(content).toString('utf8');
      lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
      this.split.set(path, lines);
    }
    return lines;
  }
}
