/** What running functions said, for people: a line for each function, and under it what broke, step by step. */
import {
  type FlowBreach,
  type FlowReport,
  printable,
  type Region,
  type Source,
  type Trace,
  traceLines,
  verdictWords,
} from '../../findings/index.js';
import type { Simulated } from '../simulate.js';
import { attachText } from './attach-text.js';
import { driversText } from './driver-text.js';
import { breachTitle, summaries } from './flow-summary.js';
import { TextLines, type TextStyle } from './text-lines.js';

/** A run: of a scenario, of a function alone, or of a driver's operation in a scenario. */
export type RunName =
  | { readonly scenario: string }
  | { readonly function: string }
  | { readonly scenario: string; readonly function: string };

/** What the text needs beside the runs. */
export interface FlowContext {
  /** The command that repeats a run. */
  replayOf(run: RunName, tape: string): string;
  /** The command that plays a scenario. */
  playOf(scenario: string): string;
  /** Whether some scenarios were asked for, which then are told step by step. */
  readonly isNarrowed: boolean;
  /** Whether some functions were asked for. */
  readonly isOfFunctions: boolean;
}

/** The whole text, ending in a newline. */
export function flowText(
  { input, reports, attached, drivers }: Simulated,
  context: FlowContext & TextStyle,
): string {
  const writer = new Writer(context);
  writer.problemsOf(input);
  for (const report of reports) writer.report(report);
  for (const report of attached) {
    writer.blank();
    for (const line of attachText(report, context).trimEnd().split('\n')) writer.line(line);
  }
  if (drivers.length > 0) {
    writer.blank();
    for (const line of driversText(drivers, context).trimEnd().split('\n')) writer.line(line);
  }
  for (const [at, line] of summaries(reports, attached, drivers).entries()) {
    if (at === 0) writer.blank();
    writer.closing(line);
  }
  return writer.text();
}

class Writer extends TextLines {
  constructor(private readonly context: FlowContext & TextStyle) {
    super(context);
  }

  report(report: FlowReport): void {
    const { flow, scenario, breaches, replayed } = report;
    if (breaches.length > 0 || replayed) this.blank();
    const place = placeIn(flow.file, report.region, report.source);
    const tape = replayed ? `, run ${replayed.tape}` : '';
    const words = `${flow.function}()${tape}: ${verdictWords(scenario)}`;
    this.wrapped(`${this.paint('place', place)}: `, place.length + 2, printable(words), 4);
    for (const breach of breaches) this.breach(breach, flow, replayed === null);
    if (replayed) {
      this.blank();
      this.steps(replayed);
    }
    if (breaches.length > 0 || replayed) this.blank();
  }

  /** `isAlone`: with the run that shows it, which is not shown anyway. */
  private breach(breach: FlowBreach, flow: FlowReport['flow'], isAlone: boolean): void {
    const { region, source, severity, message, related, assumptions, isIntroduced, trace } = breach;
    const place = placeIn(region.file, region, source);
    const title = breachTitle(breach);
    const lead = `  ${this.paint('place', place)}: ${this.paint(severity, title)}: `;
    this.blank();
    this.wrapped(lead, place.length + title.length + 6, printable(message), 6);
    for (const each of related)
      this.remark('', `${placeIn(each.region.file, each.region, each.source)}: ${each.message}`);
    for (const each of assumptions) this.remark('assuming ', each);
    if (isIntroduced === false) this.remark('', 'the same was so before the patch');
    if (!isAlone) return;
    this.steps(trace);
    this.unwrappedRemark('replay: ', this.context.replayOf({ function: flow.function }, trace.tape));
  }

  private steps(trace: Trace): void {
    for (const [index, line] of traceLines(trace).entries())
      this.line(`    ${trace.steps[index]!.isViolation ? this.paint('error', line) : line}`);
  }
}

/** For C the path as the user gave it, which the terminal can open; for a patch the path in the tree. */
export function placeIn(file: string, region: Region | null, source: Source | null): string {
  const path = source && source.decodedLine === null ? source.path : file;
  return printable(region ? `${path}:${region.line}` : path);
}
