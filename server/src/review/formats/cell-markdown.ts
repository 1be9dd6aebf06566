/** What came of the reference designs, as Markdown for a mail or a page. */
import { type DesignCell, markdownCode, markdownText, traceMarkdown } from '../../findings/index.js';
import {
  type CellContext,
  cellSummary,
  type DesignHead,
  exploredWords,
  remarksOf,
  SIGNS,
  toldScenario,
} from './cell-summary.js';

/** One design with its cells, ending in a newline. */
export function cellsMarkdown(
  { id, title, story, file }: DesignHead,
  cells: readonly DesignCell[],
  context: CellContext,
): string {
  const parts = [
    `## ${markdownText(`${id}: ${title}`)}`,
    `${markdownText(story)} The code is ${markdownCode(file)}.`,
    tableOf(cells),
    ...(context.isDetailed ? cells.flatMap((cell) => toldOf(cell, context)) : []),
    cellSummary(cells),
  ];
  return `${parts.join('\n\n')}\n`;
}

function tableOf(cells: readonly DesignCell[]): string {
  const rows = cells.map((cell) => {
    const { verdict, row, when, monitors, text } = cell;
    const words = `${SIGNS[verdict]} ${verdict.replace('-', ' ')}`;
    const columns = [row, when ?? '', words, monitors.join(', '), exploredWords(cell), text];
    return `| ${columns.map(markdownText).join(' | ')} |`;
  });
  return [
    '| scenario | when | verdict | monitors | explored | what came out |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function toldOf(cell: DesignCell, context: CellContext): string[] {
  const scenario = toldScenario(cell);
  if (!scenario) return [];
  const { id, story, trace, breaches } = scenario;
  const [breach] = breaches;
  const remarks = remarksOf(cell, scenario).map((each) => `- ${markdownText(each)}`);
  return [
    `### ${markdownText(id)}${cell.when === null ? '' : `, ${markdownText(cell.when)}`}`,
    markdownText(story),
    breach
      ? `**${markdownText(`${breach.title} (${breach.monitor}, ${breach.severity}, ${breach.confidence})`)}** ${markdownText(cell.text)}`
      : 'No rule broke.',
    ...(remarks.length > 0 ? [remarks.join('\n')] : []),
    ...(trace
      ? [traceMarkdown(trace), `Replay: ${markdownCode(context.replayOf(cell.design, id, trace.tape))}`]
      : []),
  ];
}
