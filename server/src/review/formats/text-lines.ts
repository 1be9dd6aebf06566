/** Lines of text for a terminal or a file: wrapped where there is a width, painted where colours are wanted. */
import { printable, wrapText } from '../../findings/index.js';
import type { InputReport } from '../types.js';
import { coloured, type Ink, type Paint, plain } from './paint.js';

export interface TextStyle {
  /** Columns of the terminal, or null when nobody's terminal is known: then nothing is wrapped, for grep's sake. */
  readonly width: number | null;
  readonly colour: boolean;
}

/** Lines longer than this are hard to read even where there is room. */
const WIDEST = 110;
/** Problems of one input that are spelled out. */
const MOST_PROBLEMS = 5;

export class TextLines {
  protected readonly paint: Paint;
  protected readonly width: number;
  private readonly lines: string[] = [];

  constructor({ width, colour }: TextStyle) {
    this.paint = colour ? coloured : plain;
    this.width = width === null ? Number.POSITIVE_INFINITY : Math.min(width, WIDEST);
  }

  text(): string {
    return `${this.lines.join('\n')}\n`;
  }

  line(text: string): void {
    this.lines.push(text);
  }

  closing(text: string, ink?: Ink): void {
    for (const line of wrapText(text, this.width)) this.line(ink ? this.paint(ink, line) : line);
  }

  /** Wrapped, each line in `ink`. */
  inked(ink: Ink, text: string): void {
    this.closing(printable(text), ink);
  }

  /** An empty line, but never two and never the first. */
  blank(): void {
    if (this.lines.length > 0 && this.lines.at(-1) !== '') this.lines.push('');
  }

  /** What could not be read of an input that was read otherwise; a failed one is for the caller to report. */
  problemsOf({ status, problems }: InputReport): void {
    if (status === 'failed') return;
    for (const problem of problems.slice(0, MOST_PROBLEMS))
      this.wrapped(this.paint('quiet', 'note: '), 'note: '.length, printable(problem), 6);
    const rest = problems.length - MOST_PROBLEMS;
    if (rest > 0) this.line(this.paint('quiet', `note: and ${rest} more, all listed by --format json`));
  }

  /** A line that explains what stands above it. */
  protected remark(label: string, text: string): void {
    this.wrapped(this.remarkLead(label), `      = ${label}`.length, printable(text), 8);
  }

  protected unwrappedRemark(label: string, text: string): void {
    this.line(this.remarkLead(label) + printable(text));
  }

  private remarkLead(label: string): string {
    return `      ${this.paint('gutter', '=')} ${this.paint('place', label)}`;
  }

  /** `text` after `lead` (of `leadLength` columns), wrapped, further lines indented; the rule's name at the end is toned down. */
  protected wrapped(lead: string, leadLength: number, text: string, indent: number, tail = ''): void {
    const [first = '', ...rest] = wrapText(text + tail, this.width - indent, this.width - leadLength);
    this.line(first === '' ? lead.trimEnd() : lead + this.tailPainted(first, tail));
    for (const line of rest) this.line(' '.repeat(indent) + this.tailPainted(line, tail));
  }

  private tailPainted(line: string, tail: string): string {
    const word = tail.trim();
    return word && line.endsWith(word) ? line.slice(0, -word.length) + this.paint('quiet', word) : line;
  }
}
