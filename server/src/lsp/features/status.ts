/** Tells an editor that knows our messages how each review went: the count and the worst of what is published. */
import { type Finding, SEVERITIES } from '../../findings/index.js';
import type { StatusParams } from '../../protocol/index.js';
import type { Reviewed } from '../reviewed.js';

export function statusOf({ uri, findings, document, remark, milliseconds }: Reviewed): StatusParams {
  const shown = findings.filter((finding) => document.rangeOf(finding) !== null);
  return {
    uri,
    findings: shown.length,
    worst: worstOf(shown),
    reviewed: true,
    reason: remark,
    milliseconds: Math.round(milliseconds),
  };
}

/** A document that is none of our business. */
export function refusedStatus(uri: string, reason: string): StatusParams {
  return { uri, findings: 0, worst: null, reviewed: false, reason, milliseconds: 0 };
}

/** A document whose review broke off; what was found before is still shown. */
export function failedStatus(uri: string, before: Reviewed | null): StatusParams {
  const shown = before ? statusOf(before) : refusedStatus(uri, '');
  const reason = 'The review failed; earlier findings are kept. The log says where.';
  return { ...shown, reviewed: false, reason };
}

function worstOf(findings: readonly Finding[]): StatusParams['worst'] {
  return SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity)) ?? null;
}
