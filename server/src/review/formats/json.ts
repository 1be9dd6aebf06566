/** A review as the JSON that bots, benchmarks and tests rely on: each finding flat, every list present. */
import type { Finding, Fix, Region, Source } from '../../findings/index.js';
import { TOOL } from '../../findings/index.js';
import type { Against, Review } from '../types.js';

/** Wall-clock time, in all and by phase. */
export interface Milliseconds {
  readonly parse: number;
  readonly rules: number;
  readonly simulate: number;
  readonly total: number;
}

/** The whole answer, ending in a newline. `against`: an earlier version; null when there is none. */
export function jsonReport(review: Review, milliseconds: Milliseconds, against: Against | null): string {
  const fresh = new Set(against?.comparison.fresh.map(({ finding }) => finding));
  const standing = (finding: Finding) => ({ standing: fresh.has(finding) ? 'new' : 'still' });
  const answer = {
    version: 1,
    tool: TOOL,
    inputs: review.inputs,
    findings: review.findings.map((each) => ({ ...flat(each), ...(against && standing(each)) })),
    ...(against && {
      against: {
        inputs: against.inputs,
        gone: against.comparison.gone.map(({ finding }) => flat(finding)),
      },
    }),
    flows: review.flows,
    stats: { ...review.stats, milliseconds },
  };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

function flat(finding: Finding) {
  return {
    rule: finding.rule,
    classes: finding.classes,
    severity: finding.severity,
    confidence: finding.confidence,
    message: finding.message,
    ...place(finding.region),
    function: finding.function,
    source: origin(finding.source),
    related: finding.related.map(({ region, message }) => ({
      file: region.file,
      line: region.line,
      message,
    })),
    trace: finding.trace,
    assumptions: finding.assumptions,
    fix: finding.fix && flatFix(finding.fix),
  };
}

function flatFix(fix: Fix) {
  const edits = fix.edits.map(({ region, source, text }) => ({
    ...place(region),
    text,
    source: source && origin(source),
  }));
  return { title: fix.title, edits };
}

function place(region: Region | null) {
  return {
    file: region?.file ?? null,
    line: region?.line ?? null,
    column: region?.column ?? null,
    endLine: region?.endLine ?? null,
    endColumn: region?.endColumn ?? null,
  };
}

function origin({ path, message, line }: Source) {
  return { path, message, line };
}
