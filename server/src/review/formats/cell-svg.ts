/** The first run that breaks a rule, or the one that was asked for, as a picture. */
import { type DesignCell, traceSvg } from '../../findings/index.js';

/** Null when there is nothing to draw. */
export function cellSvg(cells: readonly DesignCell[]): string | null {
  for (const { design, scenarios, text } of cells) {
    const trace = scenarios.find((each) => each.trace)?.trace;
    if (trace) return traceSvg(trace, `${design}: ${text}`);
  }
  return null;
}
