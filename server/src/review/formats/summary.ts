/** The closing line of a review in words: what was found, and what was looked at. */
import type { Finding } from '../../findings/index.js';
import { counted, SEVERITIES } from '../../findings/index.js';
import type { Against, InputKind, InputReport, Review } from '../types.js';

const KINDS: Readonly<Record<InputKind, readonly [one: string, many: string]>> = {
  series: ['series', 'series'],
  patch: ['patch', 'patches'],
  c: ['C file', 'C files'],
  directory: ['directory', 'directories'],
  range: ['git range', 'git ranges'],
};

const FUNCTIONS = ['function', 'functions'] as const;

const SEVERITY_WORDS = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['note', 'notes'],
  hint: ['hint', 'hints'],
} as const;

/** How many findings a review had that are not among those shown. */
export interface LeftOut {
  /** Below the severity asked for. */
  readonly tooMild: number;
  readonly inBaseline: number;
}

/** `10 warnings in 1 patch (3 files, 9 functions)`. */
export function summary(review: Review, leftOut: LeftOut): string {
  const { stats } = review;
  const read = review.inputs.filter(({ status }) => status !== 'failed');
  const unread = review.inputs.length - read.length;
  const parts = [`${foundIn(review.findings)} in ${lookedAt(read)}`];
  parts[0] += ` (${counted(stats.files, ['file', 'files'])}, ${counted(stats.functions, FUNCTIONS)})`;
  if (stats.lowered < stats.functions)
    parts.push(`${counted(stats.functions - stats.lowered, FUNCTIONS)} read only in part`);
  if (leftOut.tooMild > 0) parts.push(`${leftOut.tooMild} milder not shown`);
  if (review.allowed) parts.push(`${review.allowed} allowed by comments`);
  if (leftOut.inBaseline > 0) parts.push(`${leftOut.inBaseline} known from the baseline`);
  if (unread > 0) parts.push(`${counted(unread, ['input', 'inputs'])} could not be read`);
  if (review.cancelled) parts.push('stopped early');
  return parts.join('; ');
}

/** `since v8.mbox: 1 new, 3 still there, 2 gone` */
export function comparedWords(against: Against): string {
  const { fresh, still, gone } = against.comparison;
  const counts = `${fresh.length} new, ${still.length} still there, ${gone.length} gone`;
  return `since ${earlierName(against)}: ${counts}`;
}

/** The earlier version by the names of its inputs. */
export function earlierName({ inputs }: Against): string {
  return inputs.map(({ path }) => path).join(', ');
}

function foundIn(findings: readonly Finding[]): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count > 0 ? [counted(count, SEVERITY_WORDS[severity])] : [];
  });
  return counts.length > 0 ? counts.join(', ') : 'Nothing to object to';
}

function lookedAt(inputs: readonly InputReport[]): string {
  const byKind = new Map<InputKind, number>();
  for (const { kind } of inputs) byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
  const list = [...byKind].map(([kind, count]) => counted(count, KINDS[kind]));
  if (list.length === 0) return 'no input';
  return list.length === 1 ? list[0]! : `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`;
}
