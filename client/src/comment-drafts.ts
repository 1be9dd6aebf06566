/**
 * Comments that are not sent yet, on a disk: one file a document, outside of
 * the kernel tree and of the server, written at every change. A file that
 * cannot be read is put aside and said, never written over.
 */
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './kept-file.js';

/** Everything said on one line. */
export interface DraftThread {
  /** From 0, when it was written down. */
  readonly line: number;
  /** What stood on the line: where the line has moved to is told by it. */
  readonly lineText: string;
  /** Done with: kept, but not part of a reply. */
  readonly isResolved: boolean;
  readonly texts: readonly string[];
}

interface Kept {
  readonly version: 1;
  readonly uri: string;
  readonly threads: readonly DraftThread[];
}

export class CommentDrafts {
  constructor(
    private readonly folder: string,
    /** Told of a file that was put aside. */
    private readonly complain: (message: string) => void,
  ) {}

  /** Of the document with this address. */
  read(uri: string): readonly DraftThread[] {
    const file = this.#fileOf(uri);
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      return [];
    }
    const kept = keptIn(text);
    if (kept) return kept.threads;
    const aside = `${file}.unreadable`;
    renameSync(file, aside);
    this.complain(`comments on ${uri} cannot be read; they are kept in ${aside}`);
    return [];
  }

  /** Replaces what was kept of the document. Throws when the disk refuses. */
  write(uri: string, threads: readonly DraftThread[]): void {
    const file = this.#fileOf(uri);
    if (threads.length === 0) {
      rmSync(file, { force: true });
      return;
    }
    const kept: Kept = { version: 1, uri, threads };
    writeWhole(file, kept);
  }

  #fileOf(uri: string): string {
    return join(this.folder, `${createHash('sha256').update(uri).digest('hex').slice(0, 32)}.json`);
  }
}

/** Where a line is now: where it was if that reads the same, else the nearest that does, else where it was. */
export function presentLine(
  { line, lineText }: Pick<DraftThread, 'line' | 'lineText'>,
  lineCount: number,
  textOf: (line: number) => string,
): number {
  for (let away = 0; away <= Math.max(line, lineCount); away++)
    for (const at of [line - away, line + away])
      if (at >= 0 && at < lineCount && textOf(at) === lineText) return at;
  return Math.max(0, Math.min(line, lineCount - 1));
}

function keptIn(text: string): Kept | null {
  try {
    const kept: unknown = JSON.parse(text);
    return isKept(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { version, threads } = value as Partial<Kept>;
  return version === 1 && Array.isArray(threads) && threads.every(isThread);
}

function isThread(value: unknown): value is DraftThread {
  if (typeof value !== 'object' || value === null) return false;
  const { line, lineText, isResolved, texts } = value as Partial<DraftThread>;
  return (
    typeof line === 'number' &&
    typeof lineText === 'string' &&
    typeof isResolved === 'boolean' &&
    Array.isArray(texts) &&
    texts.every((text) => typeof text === 'string')
  );
}
