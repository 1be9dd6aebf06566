/** Operations of drivers on two hardware instances, for people: a line for each, a table of programmes, and runs step by step. */
import {
  type DriverReport,
  type DriverRow,
  printable,
  type ScenarioBreach,
  type Trace,
  traceLines,
} from '../../findings/index.js';
import { SIGNS } from './cell-summary.js';
import { driverTitle, driverWhy } from './driver-summary.js';
import { breachTitle } from './flow-summary.js';
import { type FlowContext, placeIn } from './flow-text.js';
import { TextLines, type TextStyle } from './text-lines.js';

/** Ending in a newline. */
export function driversText(reports: readonly DriverReport[], context: FlowContext & TextStyle): string {
  const writer = new Writer(context);
  // Of many, the runs of those alone that break something are told.
  const isTold = reports.length === 1 || context.isOfFunctions;
  for (const report of reports) writer.report(report, isTold, context);
  return writer.text();
}

class Writer extends TextLines {
  report(report: DriverReport, isTold: boolean, context: FlowContext): void {
    const { file, region, source, rows, breaches, trace, replayed } = report;
    if (isTold || breaches.length > 0) this.blank();
    const place = placeIn(file, region, source);
    this.wrapped(`${this.paint('place', place)}: `, place.length + 2, printable(driverTitle(report)), 4);
    const why = driverWhy(report);
    if (why !== null) this.remark('', why);
    if (isTold) this.table(rows);
    for (const breach of breaches) this.breach(breach, report, { isShown: replayed === null, context });
    const shown = replayed ?? (isTold && breaches.length === 0 ? trace : null);
    if (shown) {
      this.blank();
      this.steps(shown, report, context);
    }
    if (isTold || breaches.length > 0) this.blank();
  }

  private table(rows: readonly DriverRow[]): void {
    const width = Math.max(...rows.map(({ programme }) => programme.length));
    this.blank();
    for (const { programme, verdict, story, what } of rows) {
      const ink = verdict === 'violated' ? 'error' : verdict === 'held' ? 'place' : 'warning';
      const words = `${SIGNS[verdict]} ${verdict.replace('-', ' ')}`.padEnd('? not modelled'.length);
      const lead = `  ${this.paint(ink, words)}  ${programme.padEnd(width)}  `;
      const indent = words.length + width + 6;
      this.wrapped(lead, indent, printable(`${story}: ${what}`), indent);
    }
  }

  private breach(
    breach: ScenarioBreach,
    report: DriverReport,
    { isShown, context }: { readonly isShown: boolean; readonly context: FlowContext },
  ): void {
    const { file, region, source, severity, message, trace } = breach;
    const place = placeIn(file, region, source);
    const title = breachTitle(breach);
    this.blank();
    const lead = `  ${this.paint('place', place)}: ${this.paint(severity, title)}: `;
    this.wrapped(lead, place.length + title.length + 6, printable(message), 6);
    if (trace && isShown) this.steps(trace, report, context);
  }

  private steps(trace: Trace, report: DriverReport, context: FlowContext): void {
    for (const [index, line] of traceLines(trace).entries())
      this.line(`    ${trace.steps[index]!.isViolation ? this.paint('error', line) : line}`);
    const run = { scenario: trace.scenario, function: report.function };
    this.unwrappedRemark('replay: ', context.replayOf(run, trace.tape));
  }
}
