/** What came of a scenario, as far as others of its row hang on it. */
import type { Breach, Verdict } from '../scenarios/index.js';
import type { Scenario } from './scenario.js';

export interface Outcome<P> {
  readonly scenario: Scenario;
  readonly breaches: readonly Breach[];
  readonly verdict: Verdict;
  /** The scenario in whose runs it shows what broke, when it is another one, held against this. */
  readonly shownBy: P | null;
}
