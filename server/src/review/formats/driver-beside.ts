/** What came of a driver's operation on two hardware instances, for who shows it beside the code. */
import { type DriverProgress, instanceWords, markdownText } from '../../findings/index.js';
import { SIGNS } from './cell-summary.js';
import { driverWhy } from './driver-summary.js';

/** Under what else is known of a function, as Markdown. */
export function driverHover(progress: DriverProgress): string {
  const why = driverWhy(progress);
  const rows = progress.rows.map(({ programme, verdict, what }) => {
    const words = `${SIGNS[verdict]} ${verdict.replace('-', ' ')}`;
    return `| ${[programme, words, what].map(markdownText).join(' | ')} |`;
  });
  return [
    `**On two hardware instances**: ${markdownText(instanceWords(progress))}.`,
    ...(why === null ? [] : [`${markdownText(sentence(why))}`]),
    ...(progress.faults.length > 0
      ? [progress.faults.map((each) => `- ✗ ${markdownText(each)}`).join('\n')]
      : []),
    ['| programme | verdict | what came out |', '|---|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}

/** The same for who is shown plain text. */
export function driverHoverText(progress: DriverProgress): string {
  const why = driverWhy(progress);
  return [
    `On two hardware instances: ${instanceWords(progress)}.`,
    ...(why === null ? [] : [sentence(why)]),
    ...progress.faults.map((each) => `✗ ${each}`),
    ...progress.rows.map(({ programme, verdict, what }) => `${SIGNS[verdict]} ${programme}: ${what}`),
  ].join('\n');
}

const sentence = (words: string): string => `${words[0]!.toUpperCase()}${words.slice(1)}.`;
