/** Scenarios on code under review, as Markdown for a mail or a page. */
import {
  type AttachReport,
  markdownCode,
  markdownText,
  type ScenarioReport,
  type Trace,
  traceMarkdown,
} from '../../findings/index.js';
import { attachTitle, boundOf, breachEntry, breachWords, toldScenarios } from './attach-summary.js';
import { exploredWords, SIGNS } from './cell-summary.js';
import { breachTitle } from './flow-summary.js';
import type { FlowContext } from './flow-text.js';

/** Paragraphs. */
export function attachMarkdown(report: AttachReport, context: FlowContext): string[] {
  return [
    `## ${markdownText(attachTitle(report))}`,
    ...(report.scenarios.length > 0 ? [tableOf(report)] : []),
    ...toldScenarios(report, context.isNarrowed).flatMap((each) => toldOf(each, context)),
  ];
}

function tableOf({ scenarios }: AttachReport): string {
  const rows = scenarios.map(({ scenario, story, breaches }) => {
    const { verdict, id } = scenario;
    const out = [...breaches.map(breachEntry), boundOf(scenario) ?? ''].filter(Boolean).join('; ');
    const words = `${SIGNS[verdict]} ${verdict.replace('-', ' ')}`;
    return `| ${[id, story, words, exploredWords(scenario), out].map(markdownText).join(' | ')} |`;
  });
  return ['| scenario | story | verdict | explored | what came out |', '|---|---|---|---|---|', ...rows].join(
    '\n',
  );
}

function toldOf(
  { scenario, story, breaches, shownBy, replayed }: ScenarioReport,
  context: FlowContext,
): string[] {
  const steps = (trace: Trace): string[] => [
    traceMarkdown(trace),
    `Replay: ${markdownCode(context.replayOf({ scenario: trace.scenario }, trace.tape))}`,
  ];
  return [
    `### ${markdownText(scenario.id)}`,
    markdownText(story),
    ...(breaches.length === 0 ? ['No rule broke.'] : []),
    ...breaches.flatMap((breach) => {
      const remarks = [
        ...breach.related.map((each) => `${each.region.file}:${each.region.line}: ${each.message}`),
        ...breach.assumptions.map((each) => `assuming ${each}`),
        ...(shownBy === null ? [] : [`the run of ${shownBy} shows it`]),
      ];
      const claim = `**${markdownText(breachTitle(breach))}** ${markdownText(breachWords(breach))}`;
      const list = remarks.map((each) => `- ${markdownText(each)}`).join('\n');
      return [claim, ...(list ? [list] : []), ...(breach.trace && !replayed ? steps(breach.trace) : [])];
    }),
    ...(replayed ? steps(replayed) : []),
  ];
}
