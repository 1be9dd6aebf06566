/** The comment that allows a finding, and where in the code it can be put. */
import { LineIndex } from '../base/index.js';
import { commentsIn } from '../syntax/index.js';

/** Its reason is left open: without one it is objected to itself, where it stands. */
export function allowanceComment(rule: string): string {
  return `/* iommu-review: allow ${rule} -- */`;
}

/** What has to stand before the comment on a line of its own above the line (from 0) of a C text; null where none can stand. */
export function indentationAbove(text: string, line: number): string | null {
  const index = new LineIndex(text);
  const start = index.startOf(line);
  const isInComment = commentsIn(text).some((each) => each.start < start && start < each.end);
  // A macro goes on below, and a comment without a backslash would end it.
  const isContinued =
    line > 0 &&
    index
      .textOf(line - 1)
      .trimEnd()
      .endsWith('\\');
  return isInComment || isContinued ? null : (/^[ \t]*/.exec(index.textOf(line))?.[0] ?? '');
}

/** Whether the comment can stand at the end of the line (from 0). */
export function canStandBehind(text: string, line: number): boolean {
  const index = new LineIndex(text);
  const code = index.textOf(line).trimEnd();
  const end = index.startOf(line) + code.length;
  const isInComment = commentsIn(text).some((each) => each.start < end && end < each.end);
  const isLineComment = commentsIn(text).some(
    ({ start, end: last }) => last === end && text.startsWith('//', start),
  );
  return code !== '' && !code.endsWith('\\') && !isInComment && !isLineComment;
}
