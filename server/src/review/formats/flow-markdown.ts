/** What running functions said, as Markdown for a mail or a page: code under review stays text in it. */
import {
  type FlowBreach,
  type FlowReport,
  markdownCode,
  markdownText,
  traceMarkdown,
  verdictWords,
} from '../../findings/index.js';
import type { Simulated } from '../simulate.js';
import { attachMarkdown } from './attach-markdown.js';
import { driversMarkdown } from './driver-markdown.js';
import { breachTitle, summaries } from './flow-summary.js';
import type { FlowContext } from './flow-text.js';

/** The whole text, ending in a newline. */
export function flowMarkdown({ input, reports, attached, drivers }: Simulated, context: FlowContext): string {
  const notes = input.status === 'failed' ? [] : input.problems.map((each) => `> ${markdownText(each)}`);
  const parts = [
    ...notes,
    ...reports.flatMap((report) => partsOf(report, context)),
    ...attached.flatMap((report) => attachMarkdown(report, context)),
    ...driversMarkdown(drivers, context),
    ...summaries(reports, attached, drivers),
  ];
  return `${parts.join('\n\n')}\n`;
}

function partsOf({ flow, scenario, region, breaches, replayed }: FlowReport, context: FlowContext): string[] {
  const place = markdownText(region ? `${flow.file}:${region.line}` : flow.file);
  const words = markdownText(verdictWords(scenario));
  const command = (tape: string): string =>
    `Replay: ${markdownCode(context.replayOf({ function: flow.function }, tape))}`;
  return [
    `## ${markdownText(flow.function)}\\(\\): ${words}`,
    place,
    ...breaches.flatMap((breach) => [
      claimOf(breach),
      ...(replayed ? [] : [traceMarkdown(breach.trace), command(breach.trace.tape)]),
    ]),
    ...(replayed ? [traceMarkdown(replayed), command(replayed.tape)] : []),
  ];
}

function claimOf(breach: FlowBreach): string {
  const { region, message, assumptions, related, isIntroduced } = breach;
  const remarks = [
    ...related.map((each) => `${each.region.file}:${each.region.line}: ${each.message}`),
    ...assumptions.map((each) => `assuming ${each}`),
    ...(isIntroduced === false ? ['the same was so before the patch'] : []),
  ];
  return [
    `**${markdownText(breachTitle(breach))}** at ${markdownText(`${region.file}:${region.line}`)}: ${markdownText(message)}`,
    ...(remarks.length > 0 ? ['', ...remarks.map((each) => `- ${markdownText(each)}`)] : []),
  ].join('\n');
}
