/** Operations of drivers on two hardware instances, as Markdown for a mail or a page. */
import {
  type DriverReport,
  markdownCode,
  markdownText,
  type Trace,
  traceMarkdown,
} from '../../findings/index.js';
import { breachWords } from './attach-summary.js';
import { SIGNS } from './cell-summary.js';
import { driverTitle, driverWhy } from './driver-summary.js';
import { breachTitle } from './flow-summary.js';
import type { FlowContext } from './flow-text.js';

/** Paragraphs. */
export function driversMarkdown(reports: readonly DriverReport[], context: FlowContext): string[] {
  const isTold = reports.length === 1 || context.isOfFunctions;
  return reports.flatMap((report) => {
    const { file, line, breaches, trace, replayed } = report;
    const why = driverWhy(report);
    const steps = (run: Trace): string[] => [
      traceMarkdown(run),
      `Replay: ${markdownCode(context.replayOf({ scenario: run.scenario, function: report.function }, run.tape))}`,
    ];
    const shown = replayed ?? (isTold && breaches.length === 0 ? trace : null);
    return [
      `## ${markdownText(driverTitle(report))}`,
      markdownText(line === null ? file : `${file}:${line}`),
      ...(why === null ? [] : [markdownText(`${why[0]!.toUpperCase()}${why.slice(1)}.`)]),
      tableOf(report),
      ...breaches.flatMap((breach) => [
        `**${markdownText(breachTitle(breach))}** ${markdownText(breachWords(breach))}`,
        ...(breach.trace && !replayed ? steps(breach.trace) : []),
      ]),
      ...(shown ? steps(shown) : []),
    ];
  });
}

function tableOf({ rows }: DriverReport): string {
  const lines = rows.map(({ programme, story, verdict, what }) => {
    const words = `${SIGNS[verdict]} ${verdict.replace('-', ' ')}`;
    return `| ${[programme, story, words, what].map(markdownText).join(' | ')} |`;
  });
  return ['| programme | story | verdict | what came out |', '|---|---|---|---|', ...lines].join('\n');
}
