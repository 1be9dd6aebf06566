/**
 * What runs of the functions of one C file showed, alone and in scenarios,
 * kept from one version of it to the next. While the text around the bodies is
 * the same, and so is all other code, a run depends on nothing but the bodies
 * that it looked at.
 */
import type { CFile } from '../syntax/index.js';
import { Bodies } from './bodies.js';
import { movedRun, type RunShown } from './moved-sites.js';
import type { KeptPlay, KeptPlays } from './scenario-play.js';

interface KeptRun {
  /** Names of the functions of the file that it looked at. */
  readonly lookedAt: ReadonlySet<string>;
  readonly shown: readonly RunShown[];
}

export class KeptRuns implements KeptPlays {
  /** By which of the bodies was run. */
  private readonly runs = new Map<number, KeptRun>();
  /** By scenario. */
  private readonly plays = new Map<string, KeptPlay>();
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
    const holds = ({ lookedAt }: Pick<KeptRun, 'lookedAt'>): boolean =>
      ![...lookedAt].some((name) => changed.has(name));
    const moved = (shown: readonly RunShown[]): RunShown[] =>
      shown.map((each) => movedRun(each, this.path, (offset) => before.bodies.offsetIn(this.bodies, offset)));
    for (const [index, run] of before.runs)
      if (holds(run)) this.runs.set(index, { ...run, shown: moved(run.shown) });
    for (const [scenario, play] of before.plays)
      if (holds(play)) this.plays.set(scenario, { ...play, shown: moved(play.shown) });
  }

  /** What the run of a body showed; null when it has to be run. */
  of(index: number): readonly RunShown[] | null {
    return this.runs.get(index)?.shown ?? null;
  }

  keep(index: number, lookedAt: ReadonlySet<string>, shown: readonly RunShown[]): void {
    this.runs.set(index, { lookedAt, shown });
  }

  play(scenario: string): KeptPlay | null {
    return this.plays.get(scenario) ?? null;
  }

  keepPlay(scenario: string, play: KeptPlay): void {
    this.plays.set(scenario, play);
  }
}
