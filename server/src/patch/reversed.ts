/** A patch the other way round: what it takes out is added. */
import type { Hunk, HunkLine, PatchFile } from './types.js';

/** Lines keep their places in the input. */
export function reversed(file: PatchFile): PatchFile {
  return {
    ...file,
    oldPath: file.newPath,
    newPath: file.oldPath,
    oldBlob: file.newBlob,
    newBlob: file.oldBlob,
    hunks: file.hunks.map(reversedHunk),
  };
}

/** The same for one hunk. */
export function reversedHunk(hunk: Hunk): Hunk {
  return {
    ...hunk,
    oldStart: hunk.newStart,
    newStart: hunk.oldStart,
    oldCount: hunk.newCount,
    newCount: hunk.oldCount,
    lines: hunk.lines.map(reversedLine),
  };
}

function reversedLine(line: HunkLine): HunkLine {
  const { kind, oldLine, newLine } = line;
  const turned = { context: 'context', added: 'removed', removed: 'added' } as const;
  return { ...line, kind: turned[kind], oldLine: newLine, newLine: oldLine };
}
