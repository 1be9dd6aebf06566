/** A review as the workflow commands that GitHub turns into annotations on the lines of a pull request. */
import type { Finding, Severity } from '../../findings/index.js';
import type { Against, Review } from '../types.js';
import { comparedWords } from './summary.js';

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

/** One command a line: what could not be read, then the findings; then how they compare with an earlier version, if with any. */
export function githubReport(review: Review, against: Against | null): string {
  const problems = review.inputs.flatMap(({ problems, status }) =>
    problems.map((problem) => command(status === 'failed' ? 'error' : 'notice', {}, problem)),
  );
  const counts = against ? [command('notice', {}, comparedWords(against))] : [];
  return [...problems, ...review.findings.map(annotation), ...counts].map((line) => `${line}\n`).join('');
}

function annotation(finding: Finding): string {
  const { region, source } = finding;
  const place = region
    ? {
        file: region.file,
        line: region.line,
        endLine: region.endLine,
        col: region.column,
        endColumn: region.endColumn,
      }
    : { file: source.path, line: source.line };
  const assumed = finding.assumptions.map((assumption) => `\nAssuming ${assumption}`).join('');
  return command(COMMANDS[finding.severity], { ...place, title: finding.rule }, finding.message + assumed);
}

function command(name: string, properties: Readonly<Record<string, string | number>>, text: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(String(value))}`);
  return `::${name}${list.length > 0 ? ` ${list.join(',')}` : ''}::${escaped(text)}`;
}

/** As @actions/core does it: the command ends at the line's end, so line ends travel encoded. */
function escaped(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapedProperty(text: string): string {
  return escaped(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
