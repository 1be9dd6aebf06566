/**
 * Scenarios of the simulated IOMMU, played one by one on the code under
 * review; those that an earlier version of it was played in, and that look at
 * nothing that changed, are told from what was kept of them.
 */
import type { Budget } from '../sim/engine/index.js';
import type { Breach, Verdict } from '../sim/scenarios/index.js';
import {
  namesTaken,
  type Outcome,
  playScenario,
  replayScenario,
  type Scenario,
  type StagedScenario,
  stageScenario,
} from '../sim/worlds/index.js';
import type { RunShown } from './moved-sites.js';
import type { Recorded } from './traces.js';
import type { PlayableCode } from './under-review.js';
import { WatchedCode } from './watched-code.js';

/** A scenario with what came of it and the records of the runs that show what breaks. */
export interface ScenarioPlay extends Outcome<ScenarioPlay> {
  readonly runs: number;
  readonly staged: StagedScenario;
  /** The run that shows one of the breaches. */
  readonly recordOf: (breach: Breach) => Recorded;
}

/** What is kept of a scenario. */
export interface KeptPlay {
  /** What it hangs on beside the bodies that it looked at; another one is another scenario. */
  readonly world: string;
  /** Names of the functions of the file that its runs looked at. */
  readonly lookedAt: ReadonlySet<string>;
  readonly verdict: Verdict;
  readonly runs: number;
  readonly shown: readonly RunShown[];
}

/** Where plays on one file are kept, from one version of it to the next. */
export interface KeptPlays {
  readonly path: string;
  play(scenario: string): KeptPlay | null;
  keepPlay(scenario: string, play: KeptPlay): void;
}

export class ScenarioPlayer {
  private readonly code: PlayableCode;
  private readonly world: string;
  /** A scenario with a kernel of its own is played on a stage of its own. */
  private readonly watched: WatchedCode[] = [];
  private readonly played = new Map<Scenario, ScenarioPlay>();

  constructor(
    code: PlayableCode,
    private readonly budget: Budget,
    private readonly kept: KeptPlays | null,
  ) {
    const watch = (lowered: ConstructorParameters<typeof WatchedCode>[0]): WatchedCode => {
      const watched = new WatchedCode(lowered);
      this.watched.push(watched);
      return watched;
    };
    this.code = kept ? { ...code, implementation: { ...code.implementation, watch } } : code;
    this.world = kept ? worldOf(code) : '';
  }

  /** The same answer when it is asked again. */
  play(scenario: Scenario): ScenarioPlay {
    const known = this.played.get(scenario);
    if (known) return known;
    const kept = this.kept?.play(scenario.id);
    const play = kept?.world === this.world ? this.told(scenario, kept) : this.run(scenario);
    this.played.set(scenario, play);
    return play;
  }

  private told(scenario: Scenario, { verdict, runs, shown }: KeptPlay): ScenarioPlay {
    const staged = stageScenario(this.code.implementation, scenario);
    return { scenario, staged, verdict, runs, shownBy: null, ...recordsOf(shown) };
  }

  private run(scenario: Scenario): ScenarioPlay {
    const { kept, world } = this;
    const staged = playScenario(this.code.implementation, scenario, this.budget);
    const { verdict, exploration } = staged;
    const { runs } = exploration;
    const shown = staged.breaches.map((breach) => {
      const { id, steps } = replayScenario(staged, breach.tape);
      return { breach, recorded: { id, steps } };
    });
    // One that was cut short by an edit shows too little.
    if (kept && !this.budget.isCancelled()) {
      const lookedAt = new Set(this.watched.flatMap((each) => [...each.takeLookedAt(kept.path)]));
      kept.keepPlay(scenario.id, { world, lookedAt, verdict, runs, shown });
    }
    return { scenario, staged, verdict, runs, shownBy: null, ...recordsOf(shown) };
  }
}

function recordsOf(shown: readonly RunShown[]): Pick<ScenarioPlay, 'breaches' | 'recordOf'> {
  const byTape = new Map(shown.map(({ breach, recorded }) => [breach.tape.join('.'), recorded]));
  return {
    breaches: shown.map(({ breach }) => breach),
    recordOf: ({ tape }) => byTape.get(tape.join('.'))!,
  };
}

/** Which functions are called, in which world, and which names that has for people: an edit of any body may change it. */
function worldOf({ time, implementation }: PlayableCode): string {
  const { kit, operations, core = [] } = implementation;
  const { bind, unbind, attach, detach, report, fork, worker } = kit;
  const called = [bind, unbind, attach, detach, report, fork, worker?.find, worker?.putBack];
  const parts = called.map((part) => part && [part.path, part.name, part.parameters]);
  const requests = worker && [worker.name, worker.handler, worker.data];
  return JSON.stringify([time, operations, core, parts, requests, [...namesTaken(implementation)]]);
}
