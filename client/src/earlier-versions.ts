/** Which of some files may be an earlier version of a series: by the subjects of their mails, else by their names. */

/** A file as far as its beginning tells. */
export interface Candidate<T> {
  readonly of: T;
  readonly name: string;
  /** Of the first mail with a bracketed prefix; null where there is none. */
  readonly subject: Subject | null;
}

export interface Subject {
  readonly version: number;
  readonly title: string;
}

/** The first subject of a patch in a text that may end anywhere. */
export function subjectIn(text: string): Subject | null {
  const [, prefix = '', title = ''] =
    /^Subject:\s*\[([^\]\n]*PATCH[^\]\n]*)\]\s*(.*(?:\r?\n[ \t].*)*)/im.exec(text) ?? [];
  if (prefix === '') return null;
  const [, version = '1'] = /\bv(\d+)\b/i.exec(prefix) ?? [];
  return { version: Number(version), title: title.replace(/\s+/g, ' ').trim() };
}

/** The likeliest first: the same series in the version just before, then other versions of it, then names that are alike. */
export function byLikelihood<T>(
  own: Omit<Candidate<unknown>, 'of'>,
  all: readonly Candidate<T>[],
): Candidate<T>[] {
  const ranked = all.map((each) => ({ each, rank: rankOf(own, each) }));
  return ranked
    .sort((a, b) => a.rank - b.rank || (a.each.name < b.each.name ? -1 : 1))
    .map(({ each }) => each);
}

function rankOf(own: Omit<Candidate<unknown>, 'of'>, { name, subject }: Candidate<unknown>): number {
  const isSame = own.subject !== null && subject?.title === own.subject.title;
  if (isSame) {
    const older = own.subject.version - subject.version;
    return older > 0 ? older : 1000;
  }
  return wordless(name) === wordless(own.name) ? 2000 : 3000;
}

/** A name without its numbers: `v9-sva.mbox` and `v8-sva.mbox` are of one series. */
function wordless(name: string): string {
  return name.replace(/\d+/g, '#');
}

/** What the list says of a file beside its name. */
export function described({ subject }: Pick<Candidate<unknown>, 'subject'>): string {
  return subject === null ? '' : `v${subject.version} · ${subject.title}`;
}
