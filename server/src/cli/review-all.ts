/** Reviews everything gathered, tree by tree, and puts the answers together in the order of the command line. */
import type { Finding, Flow } from '../findings/index.js';
import type { InputReport, Review, ReviewOptions, ReviewStats, TreeReader } from '../review/index.js';
import type { CheckCommand } from './arguments.js';
import type { Gathered } from './gather.js';
import type { Reviewer } from './io.js';

type Wanted = Pick<CheckCommand, 'scope' | 'severities'> &
  Pick<ReviewOptions, 'enter' | 'project' | 'shared'>;

const NOTHING: ReviewStats = { files: 0, functions: 0, lowered: 0, runs: 0 };

/** Inputs that could not be read come out as failed; so do those that the review itself stumbles over. */
export function reviewAll(gathered: readonly Gathered[], wanted: Wanted, review: Reviewer): Review {
  const groups = new Map<TreeReader | null, Gathered[]>();
  for (const one of gathered) {
    if (!one.input) continue;
    const group = groups.get(one.tree);
    if (group) group.push(one);
    else groups.set(one.tree, [one]);
  }
  const reports = new Map<Gathered, InputReport>();
  const findings: Finding[] = [];
  const flows: Flow[] = [];
  let stats = NOTHING;
  let allowed = 0;
  let cancelled = false;
  for (const [tree, group] of groups) {
    const answer = reviewGroup(group, tree, wanted, review);
    answer.inputs.forEach((report, index) => {
      const one = group[index];
      if (one) reports.set(one, report);
    });
    findings.push(...answer.findings);
    flows.push(...answer.flows);
    stats = sum(stats, answer.stats);
    allowed += answer.allowed ?? 0;
    cancelled ||= answer.cancelled;
  }
  return {
    inputs: gathered.map((one) => reportOf(one, reports.get(one))),
    findings: groups.size > 1 ? inOrder(findings, gathered) : findings,
    flows,
    stats,
    allowed,
    cancelled,
  };
}

function reviewGroup(
  group: readonly Gathered[],
  tree: TreeReader | null,
  wanted: Wanted,
  review: Reviewer,
): Review {
  const { scope, ...others } = wanted;
  const options: ReviewOptions = { tree, ...others, ...(scope === null ? {} : { scope }) };
  try {
    return review(
      group.flatMap(({ input }) => input ?? []),
      options,
    );
  } catch (error) {
    // One bad input must not take the others along; alone, it fails with the reason.
    if (group.length > 1) return joined(group.map((one) => reviewGroup([one], tree, wanted, review)));
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const inputs = group.map(
      ({ path, likelyKind }): InputReport => ({
        path,
        kind: likelyKind,
        status: 'failed',
        problems: [`${path}: internal error, please report it: ${why}`],
      }),
    );
    return { inputs, findings: [], flows: [], stats: NOTHING, cancelled: false };
  }
}

function joined(reviews: readonly Review[]): Review {
  return {
    inputs: reviews.flatMap(({ inputs }) => inputs),
    findings: reviews.flatMap(({ findings }) => findings),
    flows: reviews.flatMap(({ flows }) => flows),
    stats: reviews.reduce((total, { stats }) => sum(total, stats), NOTHING),
    allowed: reviews.reduce((total, { allowed = 0 }) => total + allowed, 0),
    cancelled: reviews.some(({ cancelled }) => cancelled),
  };
}

/** Adds what could not be read to what the review says of an input. */
export function reportOf(
  { path, problems, likelyKind }: Gathered,
  report: InputReport | undefined,
): InputReport {
  if (!report) return { path, kind: likelyKind, status: 'failed', problems };
  if (problems.length === 0) return report;
  const status = report.status === 'ok' ? 'partial' : report.status;
  return { ...report, status, problems: [...problems, ...report.problems] };
}

function sum(a: ReviewStats, b: ReviewStats): ReviewStats {
  return {
    files: a.files + b.files,
    functions: a.functions + b.functions,
    lowered: a.lowered + b.lowered,
    runs: a.runs + b.runs,
  };
}

function inOrder(findings: readonly Finding[], gathered: readonly Gathered[]): Finding[] {
  const rank = new Map<string, number>();
  gathered.forEach(({ input }, index) => {
    for (const { path } of input?.parts ?? []) if (!rank.has(path)) rank.set(path, index);
  });
  const of = ({ source }: Finding) => rank.get(source.path) ?? gathered.length;
  return [...findings].sort((a, b) => of(a) - of(b));
}
