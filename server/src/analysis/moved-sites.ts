/** What runs showed of one version of a file, in places of the next. */
import type { Breach } from '../sim/scenarios/index.js';
import type { Recorded } from './traces.js';

/** A breach with the record of its run, in offsets of the text that the run was of. */
export interface RunShown {
  readonly breach: Breach;
  readonly recorded: Recorded;
}

/** `path`: the file that changed; `offsetOf`: where what stood at an offset of it stands now. */
export function movedRun(
  { breach, recorded: { id, steps } }: RunShown,
  path: string,
  offsetOf: (offset: number) => number,
): RunShown {
  const move = <T extends { path: string; start: number; end: number }>(site: T): T => {
    if (site.path !== path) return site;
    const start = offsetOf(site.start);
    return { ...site, start, end: start + site.end - site.start };
  };
  return {
    breach: {
      ...breach,
      site: move(breach.site),
      related: breach.related.map((each) => ({ ...each, site: move(each.site) })),
      assumptions: breach.assumptions.map((each) => ({ ...each, site: each.site && move(each.site) })),
    },
    recorded: { id, steps: steps.map((step) => ({ ...step, site: move(step.site) })) },
  };
}
