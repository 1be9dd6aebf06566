/** What came of the reference designs, for programs. */
import type { DesignCell } from '../../findings/index.js';

/** The whole answer, ending in a newline. */
export function cellsJson(cells: readonly DesignCell[]): string {
  return `${JSON.stringify({ cells }, null, 2)}\n`;
}
