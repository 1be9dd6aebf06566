/** What stands around the code of a patch: the mails that bring it, and the place in a mail that an objection may be about. */
import type { Spot } from '../iommu/index.js';
import type { CommitMessage, MailLine, PatchFile } from '../patch/index.js';

/** One mail of the series under review. */
export interface PatchFact {
  /** That of its units (`spot.unit.patch`): counts from 1, a cover letter is counted too. */
  readonly number: number;
  /** Whether it only introduces the others. */
  readonly isCover: boolean;
  readonly message: CommitMessage;
  readonly files: readonly PatchFile[];
}

export interface SeriesFacts {
  /** In their order; empty for C files. */
  readonly patches: readonly PatchFact[];
  /** Whether the numbers in the subjects say that no patch is missing; what is not numbered is alone. */
  readonly isWhole: boolean;
}

/** Whether patches follow this one that are not at hand, as far as the numbers in the subjects tell. */
export function hasUnseenSuccessors({ patches }: SeriesFacts, { message }: PatchFact): boolean {
  const { index = null, total = null } = message.subject ?? {};
  if (index === null || total === null) return false;
  const there = new Set(patches.map((each) => each.message.subject?.index ?? null));
  for (let next = index + 1; next <= total; next++) if (!there.has(next)) return true;
  return false;
}

/** Whether a patch carries to an older kernel what the newest has already: its discussion is over. */
export function isBackport({ message }: PatchFact): boolean {
  const { subject, paragraphs } = message;
  if (subject?.tags.some((tag) => /^(?:AUTOSEL|STABLE|\d+\.\d+(?:\.\d+)?(?:\.y)?)$/i.test(tag))) return true;
  return paragraphs.some(({ text }) => UPSTREAM.test(text));
}

/** What stands above a patch of a stable kernel. Documentation/process/stable-kernel-rules.rst, 6.12. */
const UPSTREAM = /^(?:commit [0-9a-f]{12,40} upstream\b|\[ ?upstream commit [0-9a-f]{12,40}\b)/i;

/** Whether the code came by mail in an earlier month (`2022-03`), when what came then was not there to be used. */
export function cameBefore({ patches }: SeriesFacts, { unit }: Spot, month: string): boolean {
  const patch = patches.find(({ number }) => number === unit.patch);
  const sent = patch?.message.month ?? null;
  return sent !== null && sent < month;
}

/** A line of a mail: of its headers, or of what it says before the diff. */
export interface MailSpot {
  readonly patch: PatchFact;
  readonly line: MailLine;
}

/** What is reviewed is no patch. */
export const NO_SERIES: SeriesFacts = { patches: [], isWhole: true };

/** The patches as one series. */
export function seriesOf(patches: readonly PatchFact[]): SeriesFacts {
  const subjects = patches.flatMap(({ message, isCover }) => (isCover ? [] : [message.subject]));
  const total = subjects.find((subject) => subject !== null && subject.total !== null)?.total ?? null;
  const there = new Set(subjects.map((subject) => subject?.index ?? null));
  return { patches, isWhole: total === null || there.size >= total };
}
