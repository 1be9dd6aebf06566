/** What is said on standard error of an input that could not be read. */
import type { InputReport } from '../review/index.js';

/** One line, beginning with the input and the position. */
export function complaintOf({ path, problems }: InputReport): string {
  const [first = 'cannot be read', ...more] = problems;
  const named = first.startsWith(path) ? first : `${path}: ${first}`;
  const [line = named] = named.split('\n');
  return more.length > 0 ? `${line} (and ${more.length} more)` : line;
}
