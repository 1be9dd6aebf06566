/**
 * A review for people: each finding headed by its place in a form that
 * editors and terminals turn into a link, then the line it is about, then
 * what else explains it. Reads no file: lines and titles are asked for.
 */
import type { Finding, Source } from '../../findings/index.js';
import { printable, wrapText } from '../../findings/index.js';
import type { InputReport, Review } from '../types.js';
import { excerptOf } from './excerpt.js';
import { coloured, type Ink, type Paint, plain } from './paint.js';
import { type LeftOut, summary } from './summary.js';

/** What the text needs beside the review. */
export interface TextContext {
  /** Columns of the terminal, or null when nobody's terminal is known: then nothing is wrapped, for grep's sake. */
  readonly width: number | null;
  readonly colour: boolean;
  readonly leftOut: LeftOut;
  /** The raw line of the input, or null where it cannot be shown (encoded mails). */
  lineOf(source: Source): string | null;
  /** The subject of the mail a finding is about; null when there is none. */
  titleOf(source: Source): string | null;
}

/** Lines longer than this are hard to read even where there is room. */
const WIDEST = 110;
/** Problems of one input that are spelled out. */
const MOST_PROBLEMS = 5;

/** The whole text, ending in a newline. */
export function textReport(review: Review, context: TextContext): string {
  const writer = new Writer(context);
  for (const input of review.inputs) writer.problemsOf(input);
  for (const finding of review.findings) writer.finding(finding);
  writer.blank();
  writer.closing(summary(review, context.leftOut));
  const [first] = review.findings;
  if (first && context.width !== null)
    writer.closing(`iommu-review explain ${first.rule} says why, with an example`, 'quiet');
  return writer.text();
}

class Writer {
  private readonly lines: string[] = [];
  private readonly paint: Paint;
  private readonly width: number;
  private heading = '';

  constructor(private readonly context: TextContext) {
    this.paint = context.colour ? coloured : plain;
    this.width = context.width === null ? Number.POSITIVE_INFINITY : Math.min(context.width, WIDEST);
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

  finding(finding: Finding): void {
    this.headingOf(finding.source);
    this.blank();
    const place = placeOf(finding);
    const lead = `${this.paint('place', place)}: ${this.paint(finding.severity, finding.severity)}: `;
    const bare = `${place}: ${finding.severity}: `;
    this.wrapped(lead, bare.length, printableLines(finding.message), 4, ` [${finding.rule}]`);
    this.excerpt(finding);
    this.remarks(finding);
  }

  /** One heading a mail; C files need none, since each finding begins with their path. */
  private headingOf(source: Source): void {
    if (source.decodedLine === null) return;
    const title = this.context.titleOf(source);
    const heading = printable(title === null ? source.path : `${source.path}: ${title}`);
    if (heading === this.heading) return;
    this.heading = heading;
    this.blank();
    this.line(this.paint('heading', heading));
  }

  private excerpt(finding: Finding): void {
    const { source, region } = finding;
    const number = String(region?.line ?? source.line);
    const gutter = ' '.repeat(Math.max(5, number.length) + 1);
    if (source.decodedLine !== null && region)
      this.line(`${gutter}${this.paint('gutter', `--> ${printable(source.path)}:${source.line}`)}`);
    const text = this.context.lineOf(source);
    if (text === null || text.trim() === '') return;
    const { line, carets } = excerptOf(finding, text, this.width - gutter.length - 3);
    this.line(`${this.paint('gutter', `${number.padStart(gutter.length - 1)} |`)} ${line}`);
    if (carets) this.line(`${gutter}${this.paint('gutter', '|')} ${this.underline(finding, carets)}`);
  }

  private underline(finding: Finding, carets: string): string {
    const indent = carets.length - carets.trimStart().length;
    return carets.slice(0, indent) + this.paint(finding.severity, carets.slice(indent));
  }

  /** Related places, assumptions and the remedy, each on lines of its own. */
  private remarks({ related, assumptions, fix }: Finding): void {
    const remarks = [
      ...related.map(({ region, message }) => ['', `${region.file}:${region.line}: ${message}`]),
      ...assumptions.map((assumption) => ['assuming ', assumption]),
      ...(fix ? [['fix: ', fix.title]] : []),
    ];
    for (const [label, text] of remarks) {
      const bare = `      = ${label}`;
      const lead = `      ${this.paint('gutter', '=')} ${this.paint('place', label ?? '')}`;
      this.wrapped(lead, bare.length, printable(text ?? ''), 8);
    }
  }

  /** `text` after `lead` (of `leadLength` columns), wrapped, further lines indented; the rule's name at the end is toned down. */
  private wrapped(lead: string, leadLength: number, text: string, indent: number, tail = ''): void {
    const [first = '', ...rest] = wrapText(text + tail, this.width - indent, this.width - leadLength);
    this.line(first === '' ? lead.trimEnd() : lead + this.tailPainted(first, tail));
    for (const line of rest) this.line(' '.repeat(indent) + this.tailPainted(line, tail));
  }

  private tailPainted(line: string, tail: string): string {
    const word = tail.trim();
    return word && line.endsWith(word) ? line.slice(0, -word.length) + this.paint('quiet', word) : line;
  }
}

/** For C the path as the user gave it, which the terminal can open; for a patch the path in the tree. */
function placeOf({ region, source }: Finding): string {
  if (!region) return printable(`${source.path}:${source.line}`);
  const path = source.decodedLine === null ? source.path : region.file;
  return printable(`${path}:${region.line}:${region.column}`);
}

function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
