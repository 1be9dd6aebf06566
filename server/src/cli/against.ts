/** The findings of a review held against those of an earlier version of its inputs. */
import { compareFindings, type Told } from '../compare/index.js';
import type { Finding } from '../findings/index.js';
import type { Against, Review } from '../review/index.js';
import type { SourceLines } from './source-lines.js';

/** All findings are compared, so that one whose severity has changed is still the same; those shown are told. */
export function heldAgainst(
  earlier: Pick<Review, 'findings' | 'inputs'>,
  review: Pick<Review, 'findings'>,
  isShown: (finding: Finding) => boolean,
  lines: SourceLines,
): Against {
  const told = (finding: Finding): Told => ({
    finding,
    line: lines.lineOf(finding.source),
    title: lines.titleOf(finding.source),
  });
  const { gone, fresh, still } = compareFindings(earlier.findings.map(told), review.findings.map(told));
  return {
    inputs: earlier.inputs,
    comparison: {
      gone: gone.filter(({ finding }) => isShown(finding)),
      fresh: fresh.filter(({ finding }) => isShown(finding)),
      still: still.filter(({ now }) => isShown(now.finding)),
    },
  };
}
