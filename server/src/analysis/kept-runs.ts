/**
 * What runs of the functions of one C file showed, kept from one version of
 * it to the next. While the text around the bodies is the same, and so is all
 * other code, a run depends on nothing but the bodies that it looked at.
 */
import type { Breach } from '../sim/scenarios/index.js';
import type { CFile } from '../syntax/index.js';
import { Bodies } from './bodies.js';
import type { Recorded } from './traces.js';

/** A breach with the record of its run, in offsets of the text that the run was of. */
export interface RunShown {
  readonly breach: Breach;
  readonly recorded: Recorded;
}

interface KeptRun {
  /** Names of the functions of the file that it looked at. */
  readonly lookedAt: ReadonlySet<string>;
  readonly shown: readonly RunShown[];
}

export class KeptRuns {
  /** By which of the bodies was run. */
  private readonly runs = new Map<number, KeptRun>();
  readonly bodies: Bodies;

  /** `others`: what else is at hand beside the tree; the same object as long as it is the same text. */
  constructor(
    readonly path: string,
    file: CFile,
    private readonly others: readonly CFile[],
  ) {
    this.bodies = new Bodies(file);
  }

  /** Whether names in `next` mean what they mean here. */
  isSameAround(next: KeptRuns): boolean {
    return (
      this.path === next.path &&
      this.others.length === next.others.length &&
      this.others.every((file, index) => file === next.others[index]) &&
      this.bodies.isSameAround(next.bodies)
    );
  }

  /** Takes over from an earlier version, which is the same around, what still holds. */
  takeOver(before: KeptRuns): void {
    const changed = before.bodies.changedIn(this.bodies);
    if (!changed) return;
    for (const [index, { lookedAt, shown }] of before.runs) {
      if ([...lookedAt].some((name) => changed.has(name))) continue;
      this.runs.set(index, { lookedAt, shown: shown.map((each) => this.moved(each, before)) });
    }
  }

  /** What the run of a body showed; null when it has to be run. */
  of(index: number): readonly RunShown[] | null {
    return this.runs.get(index)?.shown ?? null;
  }

  keep(index: number, lookedAt: ReadonlySet<string>, shown: readonly RunShown[]): void {
    this.runs.set(index, { lookedAt, shown });
  }

  private moved({ breach, recorded: { id, steps } }: RunShown, before: KeptRuns): RunShown {
    const move = <T extends { path: string; start: number; end: number }>(site: T): T => {
      if (site.path !== this.path) return site;
      const start = before.bodies.offsetIn(this.bodies, site.start);
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
}
