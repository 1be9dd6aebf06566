/** How a document is reviewed by what the user has set, and what is said of how it went. */
import type { Settings } from '../protocol/index.js';
import type { ReviewedDocument, ReviewOptions } from '../review/index.js';
import type { Admission } from './admission.js';
import { noting } from './tree-on-disk.js';

/** An archive of a list is no series: what an editor can show at once is enough. */
export const MESSAGES_AT_ONCE = 200;

/** `reads`: takes note of what is read of the tree. */
export function optionsFor(
  { tree }: Admission & { admitted: true },
  settings: Settings,
  reads: Set<string>,
): ReviewOptions {
  return {
    tree: tree && noting(tree, reads),
    severities: new Map(Object.entries(settings.severity)),
    messageLimit: MESSAGES_AT_ONCE,
    ...(settings.scope === 'auto' ? {} : { scope: settings.scope }),
  };
}

/** What was left out or is unusual, as a sentence; empty when nothing is. */
export function remarkOn(
  { review }: ReviewedDocument,
  admission: Admission & { admitted: true },
  settings: Settings,
): string {
  const remarks = [...review.inputs.flatMap((input) => input.problems)];
  if (admission.treeMissing) remarks.unshift(`${settings.kernelTree} is not a kernel tree`);
  if (review.cancelled) remarks.unshift('the review took too long and was stopped: findings may be missing');
  const more = remarks.length > 1 ? ` (and ${remarks.length - 1} more)` : '';
  return remarks.length === 0 ? '' : `${remarks[0]}${more}`;
}
