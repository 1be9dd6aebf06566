/** How long each phase of a review took; the review itself reads no clock. */
import type { Phase } from '../review/index.js';

export class Stopwatch {
  private readonly spent: Record<Phase, number> = { parse: 0, rules: 0, simulate: 0 };
  private phase: Phase | null = null;
  private since = 0;

  /** `now`: milliseconds from any fixed moment. */
  constructor(private readonly now: () => number) {}

  /** Ends the phase before. */
  readonly enter = (phase: Phase): void => {
    this.stop();
    this.phase = phase;
  };

  stop(): void {
    const now = this.now();
    if (this.phase !== null) this.spent[this.phase] += now - this.since;
    this.phase = null;
    this.since = now;
  }

  /** In tenths of a millisecond. */
  get milliseconds(): Readonly<Record<Phase, number>> {
    const { parse, rules, simulate } = this.spent;
    return { parse: tenths(parse), rules: tenths(rules), simulate: tenths(simulate) };
  }
}

export function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
