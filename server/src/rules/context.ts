/** What stands around the code of a patch: the mails that bring it, and the place in a mail that an objection may be about. */
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

/** Whether patches follow this one that are not at hand. */
export function hasUnseenSuccessors({ patches }: SeriesFacts, { number, message }: PatchFact): boolean {
  const { subject } = message;
  const isLast = subject?.index === null || subject?.total === null || subject?.index === subject?.total;
  return subject !== null && !isLast && !patches.some((each) => each.number === number + 1);
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
