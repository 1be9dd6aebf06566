/** Runs scenarios on an implementation, and says what came of them. */
import type { Span } from '../../base/index.js';
import { type Declarations, DeclarationsOf, type NamedFile } from '../../ir/index.js';
import { CFile } from '../../syntax/index.js';
import { LoweredCode } from '../code/index.js';
import {
  type Budget,
  type Code,
  type Machine,
  NEVER_REACHED,
  type Procedure,
  type Reached,
  type RunOptions,
  type Subject,
  type Tape,
} from '../engine/index.js';
import {
  type Breach,
  CONCRETE,
  type Played,
  PROGRAMME_BUDGET,
  type Programme,
  play,
  programmeSubject,
  type Replayed,
  replayProgramme,
  type Verdict,
} from '../scenarios/index.js';
import { type Cast, type Composed, compose, SCENARIO_FILE } from './compose.js';
import { givesDomain, type Kit, takesQueued } from './kit.js';
import type { Outcome } from './outcome.js';
import type { Scenario } from './scenario.js';
import { SCENARIOS } from './scenarios.table.js';
import { TEXTS } from './texts.generated.js';

/** An implementation under review, with the part of the world that fits its time. */
export interface Implementation {
  readonly files: readonly NamedFile[];
  readonly kit: Kit;
  /** The file with the drivers' operations, under server/simulated. */
  readonly operations: string;
  /** What is declared, when the world's files are there as well; of the files alone when absent. */
  readonly declarations?: (world: readonly NamedFile[]) => Declarations;
  readonly configuration?: ReadonlyMap<string, boolean>;
  /** The text of a file around it that a run may come by. */
  readonly textOf?: (path: string) => string | null;
  /** Files of the world that are not as they are shipped, by name. */
  readonly changedTexts?: ReadonlyMap<string, string>;
  /** Files of the world that do what the core does where the code at hand does not show it. */
  readonly core?: readonly string[];
  /** Stands between the runs and the code, to see what they look at. */
  readonly watch?: (code: Code) => Code;
}

/** A scenario on an implementation, ready to be run. */
export interface StagedScenario {
  readonly scenario: Scenario;
  readonly implementation: Implementation;
  readonly subject: Subject;
  /** The file that is run, with other scenarios in it. */
  readonly file: string;
  /** Where in it only the world is made. */
  readonly making: Span;
  /** The C of the scenario by itself. */
  readonly text: string;
}

/** A scenario that was run. */
export interface PlayedScenario extends Played, StagedScenario, Outcome<PlayedScenario> {}

export const FOLDER = 'simulated/';

export function playScenario(
  implementation: Implementation,
  scenario: Scenario,
  budget: Budget = PROGRAMME_BUDGET,
): PlayedScenario {
  const staged = stageScenario(implementation, scenario);
  const { code, programme, options, subject, file, making, text } = staged;
  const search = { order: 'cost', isReduced: true, stopsWhenFound: true } as const;
  const reached = new Set<Reached>();
  const played = play(code, programme, budget, search, options, {
    observe: (machine) => noteReached(reached, machine),
  });
  const breaches = ofThisRun(played.breaches);
  return {
    ...{ scenario, implementation, subject, file, making, text },
    ...played,
    breaches,
    verdict: breaches.length > 0 ? played.verdict : quietVerdict(played, scenario, reached),
    shownBy: null,
  };
}

/**
 * One run of a scenario, recorded, with all that it breaks. `from`: the tape
 * may be of the same scenario where no call fails.
 */
export function replayScenario(
  { subject }: StagedScenario,
  tape: Tape,
  from: 'this' | 'without failures' = 'this',
): Replayed {
  const options: RunOptions = { ...subject.options, ...(from === 'this' ? {} : { faults: 'implied' }) };
  const run = replayProgramme({ ...subject, options }, tape);
  return { ...run, breaches: ofThisRun(run.breaches) };
}

/** What stands in the code whatever runs is said of the function by itself. */
function ofThisRun(breaches: readonly Breach[]): Breach[] {
  return breaches.filter(({ monitor }) => monitor !== 'RIGN');
}

export function stageScenario(implementation: Implementation, scenario: Scenario): Staged {
  const stage = scenario.configuration.size > 0 ? null : stageOf(implementation);
  return new Staged(stage?.has(scenario) ? stage : ownStageOf(implementation, scenario), scenario);
}

const ownStages = new WeakMap<Implementation, Map<Scenario, Stage>>();

/** For a scenario that cannot stand in one file with the others: in a kernel or a world of its own. */
function ownStageOf(implementation: Implementation, scenario: Scenario): Stage {
  const stages = ownStages.get(implementation) ?? new Map<Scenario, Stage>();
  ownStages.set(implementation, stages);
  const stage = stages.get(scenario) ?? new Stage(configured(implementation, scenario), [scenario]);
  stages.set(scenario, stage);
  return stage;
}

/** The same code in a kernel that is built as the scenario says. */
function configured(implementation: Implementation, { configuration }: Scenario): Implementation {
  if (configuration.size === 0) return implementation;
  return {
    ...implementation,
    configuration: new Map([...(implementation.configuration ?? []), ...configuration]),
  };
}

/** A scenario on a stage. Nothing is lowered before it is run: who tells of a run that was made before asks for texts alone. */
class Staged implements StagedScenario {
  private known: Pick<Staged, 'programme' | 'subject'> | null = null;
  private knownText: string | null = null;

  constructor(
    private readonly stage: Stage,
    readonly scenario: Scenario,
  ) {}

  get implementation(): Implementation {
    return this.stage.implementation;
  }

  get code(): Code {
    return this.stage.code;
  }

  get file(): string {
    return this.stage.composed.text;
  }

  get making(): Span {
    return this.stage.castOf(this.scenario).making;
  }

  get text(): string {
    this.knownText ??= compose([this.scenario], this.implementation.kit).text;
    return this.knownText;
  }

  get options(): RunOptions {
    return { ...CONCRETE, configuration: this.stage.configuration, faults: this.scenario.faults };
  }

  get programme(): Programme {
    return this.runnable.programme;
  }

  get subject(): Subject {
    return this.runnable.subject;
  }

  private get runnable(): Pick<Staged, 'programme' | 'subject'> {
    if (!this.known) {
      const programme = this.stage.programmeOf(this.scenario);
      this.known = { programme, subject: programmeSubject(this.code, programme, this.options) };
    }
    return this.known;
  }
}

const stages = new WeakMap<Implementation, Stage>();

function stageOf(implementation: Implementation): Stage {
  let stage = stages.get(implementation);
  if (!stage) {
    stage = new Stage(implementation, playable(implementation));
    stages.set(implementation, stage);
  }
  return stage;
}

/** The scenarios that such an implementation can be run in, of whatever time it is. */
function playable({ kit }: Implementation): Scenario[] {
  return SCENARIOS.filter(({ needs, configuration }) => configuration.size === 0 && isPlayable(needs, kit));
}

export function isPlayable(needs: Scenario['needs'], kit: Kit): boolean {
  if (needs === 'nothing') return true;
  if (givesDomain(kit.bind)) return false;
  if (needs === 'a fork') return kit.fork !== null;
  if (needs === 'attaching by PASID') return kit.attach !== null;
  return needs === 'attaching' || kit.report !== null || kit.worker !== null;
}

/** An implementation with a world around it, lowered once for all scenarios. */
class Stage {
  readonly composed: Composed;
  readonly configuration: ReadonlyMap<string, boolean>;
  private known: Code | null = null;

  constructor(
    readonly implementation: Implementation,
    scenarios: readonly Scenario[],
  ) {
    this.configuration = implementation.configuration ?? new Map();
    this.composed = compose(scenarios, implementation.kit);
  }

  get code(): Code {
    this.known ??= this.lowered();
    return this.known;
  }

  private lowered(): Code {
    const { configuration, implementation } = this;
    const { files, core = [], watch = (code) => code } = implementation;
    const written: NamedFile = { path: SCENARIO_FILE, file: new CFile(this.composed.text) };
    const drivers = driverFile(implementation);
    const standIns = [worldFile('kernel.h'), worldFile('world.c'), drivers, written];
    const fallbacks = core.map(worldFile);
    const around = [...standIns, ...fallbacks];
    const seen = implementation.declarations?.(around) ?? new DeclarationsOf([...files, ...around]);
    // Here every table is filled: which functions might stand in one need not be searched for.
    const declarations: Declarations = Object.create(seen, { candidates: { value: () => [] } });
    const world = { standIns, fallbacks };
    return watch(new LoweredCode(declarations, [...files, ...around], { configuration }, world));
  }

  has(scenario: Scenario): boolean {
    return this.composed.casts.has(scenario);
  }

  castOf(scenario: Scenario): Cast {
    return this.composed.casts.get(scenario)!;
  }

  programmeOf(scenario: Scenario): Programme {
    const { setUp, tasks, tearDown } = this.castOf(scenario);
    const procedure = (name: string): Procedure => this.code.procedure(name, SCENARIO_FILE)!;
    return {
      setUp: procedure(setUp),
      tasks: tasks.map((task) => procedure(task.function)),
      tearDown: tearDown ? procedure(tearDown) : null,
      names: ['caller', ...tasks.map(({ who }) => who), 'caller'],
    };
  }
}

/** How the drivers hand on page requests. */
export function requestsOf({ report }: Kit): string {
  return report && takesQueued(report) ? 'page-requests-6.9.c' : 'page-requests.c';
}

/** The parts of the file that the drivers are, in order: one file, as their functions are known only there. */
export function driverParts({ kit, operations }: Implementation): readonly string[] {
  return ['driver.c', requestsOf(kit), operations];
}

/** A file of the world as it is for an implementation. */
export function textOf({ changedTexts }: Implementation, name: string): string {
  return changedTexts?.get(name) ?? TEXTS[name]!;
}

function driverFile(implementation: Implementation): NamedFile {
  const parts = driverParts(implementation);
  const text = parts.map((name) => textOf(implementation, name)).join('\n');
  if (parts.some((name) => implementation.changedTexts?.has(name)))
    return { path: `${FOLDER}driver.c`, file: new CFile(text) };
  return remembered(parts.join(' with '), 'driver.c', text);
}

/** Nothing broke: that means something when what the scenario is about came about. */
function quietVerdict(
  { verdict, exploration }: Played,
  { reaches }: Scenario,
  reached: ReadonlySet<Reached>,
): Verdict {
  if (verdict.kind === 'not-modelled') return verdict;
  const missed = reaches.find((each) => !reached.has(each));
  if (!missed) return { ...verdict, kind: 'held' };
  const [stop] = exploration.stops.keys();
  return { ...verdict, kind: 'not-modelled', why: stop ?? NEVER_REACHED[missed] };
}

function noteReached(reached: Set<Reached>, { hardware, choices }: Machine): void {
  for (const each of hardware.reached) reached.add(each);
  if (choices.some(({ kind, taken }) => kind === 'fault' && taken > 0))
    reached.add('an injected failure hits');
}

const parsed = new Map<string, NamedFile>();

/** A file of the world, parsed once. */
export function worldFile(name: string): NamedFile {
  return remembered(name, name, TEXTS[name] ?? '');
}

function remembered(key: string, name: string, text: string): NamedFile {
  let file = parsed.get(key);
  if (!file) {
    file = { path: FOLDER + name, file: new CFile(text) };
    parsed.set(key, file);
  }
  return file;
}
