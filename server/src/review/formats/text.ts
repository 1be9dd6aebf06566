/**
 * A review for people: each finding headed by its place in a form that
 * editors and terminals turn into a link, then the line it is about, then
 * what else explains it. Reads no file: lines and titles are asked for.
 */
import type { Finding, Source } from '../../findings/index.js';
import { printable } from '../../findings/index.js';
import type { Against, Review } from '../types.js';
import { excerptOf } from './excerpt.js';
import { comparedWords, earlierName, type LeftOut, summary } from './summary.js';
import { TextLines, type TextStyle } from './text-lines.js';

/** What the text needs beside the review. */
export interface TextContext extends TextStyle {
  readonly leftOut: LeftOut;
  /** The raw line of the input, or null where it cannot be shown (encoded mails). */
  lineOf(source: Source): string | null;
  /** The subject of the mail a finding is about; null when there is none. */
  titleOf(source: Source): string | null;
  /** The command that repeats the run behind a finding; null when there is none. */
  replayOf(finding: Finding): string | null;
  /** An earlier version that the review is held against; null when there is none. */
  readonly against: Against | null;
}

/** The whole text, ending in a newline. */
export function textReport(review: Review, context: TextContext): string {
  const writer = new Writer(context);
  for (const input of review.inputs) writer.problemsOf(input);
  if (context.against) writer.compared(context.against);
  else for (const finding of review.findings) writer.finding(finding);
  writer.blank();
  const counts = context.against ? `; ${comparedWords(context.against)}` : '';
  writer.closing(summary(review, context.leftOut) + counts);
  const [first] = review.findings;
  if (first && context.width !== null)
    writer.closing(`iommu-review explain ${first.rule} says why, with an example`, 'quiet');
  return writer.text();
}

class Writer extends TextLines {
  private heading = '';

  constructor(private readonly context: TextContext) {
    super(context);
  }

  /** What is new and what is still there as it is in the review; what is gone where it stood, and no more of it. */
  compared(against: Against): void {
    for (const input of against.inputs) this.problemsOf(input);
    const { fresh, still, gone } = against.comparison;
    const since = printable(earlierName(against));
    this.section(`New since ${since}`, fresh, ({ finding }) => this.finding(finding));
    this.section(`Still there since ${since}`, still, ({ now }) => this.finding(now.finding));
    this.section(`Gone since ${since}`, gone, ({ finding }) => this.objection(finding));
  }

  private section<T>(title: string, list: readonly T[], write: (each: T) => void): void {
    if (list.length === 0) return;
    this.blank();
    this.line(this.paint('heading', `${title}: ${list.length}`));
    this.heading = '';
    for (const each of list) write(each);
  }

  finding(finding: Finding): void {
    this.objection(finding);
    this.remarks(finding);
  }

  private objection(finding: Finding): void {
    this.headingOf(finding.source);
    this.blank();
    const place = placeOf(finding);
    const lead = `${this.paint('place', place)}: ${this.paint(finding.severity, finding.severity)}: `;
    const bare = `${place}: ${finding.severity}: `;
    this.wrapped(lead, bare.length, printableLines(finding.message), 4, ` [${finding.rule}]`);
    this.excerpt(finding);
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
  private remarks(finding: Finding): void {
    const { related, assumptions, fix } = finding;
    const remarks = [
      ...related.map(({ region, message }) => ['', `${region.file}:${region.line}: ${message}`]),
      ...assumptions.map((assumption) => ['assuming ', assumption]),
      ...(fix ? [['fix: ', fix.title]] : []),
    ];
    for (const [label = '', text = ''] of remarks) this.remark(label, text);
    // On one line, however long: to be copied.
    const replay = this.context.replayOf(finding);
    if (replay !== null) this.unwrappedRemark('replay: ', replay);
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
