/** A commit message as data: its title, its words, its trailers. */
import type { PatchMessage, Subject } from './types.js';

export interface Trailer {
  /** `Signed-off-by`, as written. */
  readonly name: string;
  readonly value: string;
}

export interface CommitMessage {
  readonly subject: Subject | null;
  /** Without the prefix in brackets; '' for a bare diff. */
  readonly title: string;
  /** The paragraphs, without trailers. */
  readonly text: string;
  /** Of title and text, in lower case, with what identifiers are made of: `iommu_map` and `iommu`, `map`. */
  readonly words: ReadonlySet<string>;
  readonly trailers: readonly Trailer[];
}

const TRAILER = /^([A-Z][A-Za-z]*(?:-[A-Za-z]+)*):\s+(\S.*)$/;

/** Reads what stands before the `---` line. */
export function commitOf({ subject, body, commitMessageEnd }: PatchMessage): CommitMessage {
  const lines = body.slice(0, commitMessageEnd).map(({ text }) => text);
  const trailers: Trailer[] = [];
  const text: string[] = [];
  for (const line of lines) {
    const [, name, value] = TRAILER.exec(line) ?? [];
    if (name && value && /^(?:Fixes|Link|Closes|Cc|[A-Za-z]+-by)$/i.test(name))
      trailers.push({ name, value });
    else if (!/^(?:From|Date|Subject): /.test(line)) text.push(line);
  }
  const title = subject?.title ?? '';
  return { subject, title, text: text.join('\n'), words: wordsOf(`${title}\n${text.join('\n')}`), trailers };
}

function wordsOf(text: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const [word] of text.matchAll(/[A-Za-z_]\w*/g)) {
    const plain = word.toLowerCase();
    words.add(plain);
    for (const part of plain.split('_')) if (part.length > 2) words.add(part);
  }
  return words;
}
