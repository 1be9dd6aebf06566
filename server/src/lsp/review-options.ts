/** How a document is reviewed by what the user has set, and what is said of how it went. */
import type { ProjectConfig } from '../project/index.js';
import type { Settings } from '../protocol/index.js';
import type { ReviewedDocument, ReviewOptions } from '../review/index.js';
import type { Admission } from './admission.js';
import type { Reviewed } from './reviewed.js';
import type { Wanted } from './simulations.js';
import type { OpenBuffer, SimulationJob } from './simulator.js';
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

/** The same for its runs, for when their turn comes. `buffers`: what is open by then. */
export function runsOf(
  { uri, version }: Pick<Reviewed, 'uri' | 'version'>,
  { part, tree }: Admission & { admitted: true },
  settings: Settings,
  project: ProjectConfig | null,
  buffers: () => readonly OpenBuffer[],
): Wanted {
  const { scope, minimumSeverity } = settings;
  const job = (isDoubtful: boolean): SimulationJob => ({
    uri,
    version,
    part,
    tree: tree?.root ?? null,
    ...(scope === 'auto' ? {} : { scope }),
    severities: new Map(Object.entries(settings.severity)),
    messageLimit: MESSAGES_AT_ONCE,
    ...(project && { project }),
    isDoubtful,
    buffers: buffers(),
  });
  return { uri, version, minimumSeverity, job };
}

/** Whether two settings differ at most in what is drawn beside the code. */
export function findTheSame(one: Settings, other: Settings): boolean {
  const drawn = { codeLens: true, inlayHints: true };
  return JSON.stringify({ ...one, ...drawn }) === JSON.stringify({ ...other, ...drawn });
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
