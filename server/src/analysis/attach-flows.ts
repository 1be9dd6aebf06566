/**
 * The code under review in the scenarios of the simulated IOMMU: devices are
 * bound, unbound and ask for pages, processes come and go, memory runs out.
 * What broke is placed in the input, with the run that shows it.
 */
import { LineIndex } from '../base/index.js';
import type { AttachRole, AttachScenario, RunSource, ScenarioVerdict, Trace } from '../findings/index.js';
import { claimTest, comesSecond, type Located, type Program, type Spot, type Unit } from '../iommu/index.js';
import type { BreachFact } from '../rules/index.js';
import { type Budget, MONITORS, type Step, type TapeId } from '../sim/engine/index.js';
import type { Site } from '../sim/model/index.js';
import type { Breach, Verdict } from '../sim/scenarios/index.js';
import {
  isOfRow,
  isVaried,
  type Part,
  playAll,
  replayScenario,
  rowOf,
  SCENARIOS,
  type Scenario,
  type StagedScenario,
  scenarioNamed,
  scenariosFor,
  shownNames,
  stageScenario,
  whyUnfit,
} from '../sim/worlds/index.js';
import type { FunctionItem } from '../syntax/index.js';
import { definitionIn } from './definition-in.js';
import { FlowsBefore } from './flows-before.js';
import type { Locator } from './locate.js';
import { contradictionIn, misfitOf, verdictOfRun } from './replayed-run.js';
import { questionsOf, type RunQuestions, sourcesOf } from './run-questions.js';
import { type KeptPlays, type ScenarioPlay, ScenarioPlayer } from './scenario-play.js';
import { counterexampleTrace, type Names, placeInDesign, toldTrace, upTo } from './scenario-traces.js';
import type { Surroundings } from './simulation.js';
import type { Recorded } from './traces.js';
import { implementationUnderReview, type PlayableCode, type UnplayableCode } from './under-review.js';

/** The scenario that every implementation can be run in. */
const SIMPLEST = 'two-devices-one-iommu';

/** What a scenario is worth in a review: with more, most say no more. */
export const FLOW_BUDGET: Budget = {
  runs: 1500,
  freshRuns: 0,
  steps: 700_000,
  cost: 2,
  isCancelled: () => false,
};

export interface AttachOptions {
  readonly budget?: Budget;
  /** What was played on an earlier version of the code, and is on this one. */
  readonly kept?: KeptPlays | null;
}

/** A breach that a scenario shows. */
export interface FlowBreachFact extends BreachFact {
  readonly scenario: string;
  /** Names of the functions that its run came by. */
  readonly functions: ReadonlySet<string>;
}

/** A breach of which the input shows no line: where it is in the code that was run. */
export interface UnshownBreachFact extends Omit<FlowBreachFact, 'spot' | 'functions'> {
  readonly place: { readonly file: string; readonly line: number | null };
}

/** A scenario that was run on the code under review. */
export interface AttachFlow {
  readonly verdict: ScenarioVerdict;
  readonly story: string;
  readonly breaches: readonly FlowBreachFact[];
  readonly unshown: readonly UnshownBreachFact[];
  /** The scenario whose runs show what breaks, when it is another one. */
  readonly shownBy: string | null;
}

/** One run of a scenario, or why there is none. */
type FlowReplay =
  | {
      readonly kind: 'replayed';
      readonly flow: AttachFlow;
      readonly trace: Trace;
      readonly asked: RunQuestions;
      readonly sources: readonly RunSource[];
    }
  | { readonly kind: 'other-code' | 'impossible'; readonly why: string };

/** What only shows when a device is given a domain: then it can be. */
const ATTACHED: ReadonlySet<string> = new Set(['PASIDRANGE', 'INC', 'OWN', 'XMM']);

/** A function that scenarios call. */
export interface AttachPart extends Located<FunctionItem> {
  readonly plays: AttachRole;
}

/** What is told of a scenario beside the code. */
export function attachScenario({ verdict, story, breaches, unshown }: AttachFlow): AttachScenario {
  const all = [...breaches, ...unshown];
  const first = all.find(({ confidence }) => confidence === 'certain') ?? all[0];
  const breach = first && {
    title: MONITORS[first.monitor].title,
    confidence: first.confidence,
    function: first.function,
    message: first.words,
    trace: first.trace(),
  };
  return { ...verdict, story, breach: breach ?? null };
}

export class AttachFlows {
  /** The functions that scenarios call, as the input shows them; empty when it shows none. */
  readonly parts: readonly AttachPart[];
  /** The names of all functions that scenarios would call, shown or not. */
  readonly names: readonly string[];
  /** Why the parts cannot be played; null when they can, and when there are none. */
  get obstacle(): string | null {
    this.known ??= { obstacle: this.unplayable ?? this.whyNothingBinds() };
    return this.known.obstacle;
  }

  private known: { readonly obstacle: string | null } | null = null;
  private readonly player: ScenarioPlayer | null;
  private readonly unplayable: string | null;
  private readonly before: FlowsBefore;
  private readonly code: PlayableCode | UnplayableCode | null;
  private readonly review: PlayableCode | null;
  private readonly indices = new Map<string, LineIndex>();

  constructor(
    private readonly program: Program,
    surroundings: Surroundings,
    private readonly locator: Locator,
    { budget = FLOW_BUDGET, kept = null }: AttachOptions = {},
  ) {
    const review = implementationUnderReview(program.units, surroundings);
    const code = review.kind === 'absent' ? null : review;
    this.code = code;
    this.names = code ? partsOf(code).map(({ name }) => name) : [];
    this.parts = code ? this.shownParts(code) : [];
    const isShown = this.parts.length > 0;
    this.review = isShown && code?.kind === 'playable' ? code : null;
    this.player = this.review && new ScenarioPlayer(this.review, budget, kept);
    this.unplayable = isShown && code?.kind === 'not-modelled' ? code.why : null;
    this.before = new FlowsBefore(program, surroundings, budget);
  }

  /** Whether a function is one of `parts`. */
  calls(item: FunctionItem): boolean {
    return this.parts.some((part) => part.item === item);
  }

  get total(): number {
    return this.scenarios.length;
  }

  /** All that mean something for the code; none when it is not shown or cannot be played. */
  get scenarios(): readonly Scenario[] {
    return this.review ? scenariosFor(this.review.implementation, this.review.time) : [];
  }

  /** Why a scenario means nothing for the code; null when it does, or when nothing can be played. */
  whyUnfit(scenario: Scenario): string | null {
    return this.review && whyUnfit(scenario, this.review.implementation, this.review.time);
  }

  /** Those that an id, or the row of some, names; or the one in which that is varied which stands behind its id. */
  asked(name: string): readonly Scenario[] {
    if (!isVaried(name)) return this.scenarios.filter((each) => isOfRow(each, name));
    const named = scenarioNamed(name);
    return named.kind === 'scenario' && this.scenarios.includes(named.base) ? [named.scenario] : [];
  }

  /** Each scenario, run when it is asked for; or only those that `asked` has. */
  *play(asked: string | null = null): Generator<AttachFlow> {
    if (!this.review || this.obstacle !== null) return;
    if (asked !== null && isVaried(asked)) {
      for (const each of this.asked(asked)) yield this.flowOf(this.player!.play(each));
      return;
    }
    const rows = new Set(asked === null ? [] : this.asked(asked).map(rowOf));
    // Those of a row are held against each other.
    const beside = this.scenarios.filter((each) => asked === null || rows.has(rowOf(each)));
    for (const played of playAll(beside, (each) => this.player!.play(each))) {
      if (asked !== null && !isOfRow(played.scenario, asked)) continue;
      yield this.flowOf(played);
    }
  }

  /** One run of a scenario that `asked` has; the tape may be of the same scenario where no call fails. */
  replay(
    scenario: Scenario,
    tape: TapeId,
    from: 'this' | 'without failures' = 'this',
    names: Names = 'as they are',
  ): FlowReplay {
    const staged = stageScenario(this.review!.implementation, scenario);
    const run = replayScenario(staged, tape.tape, from);
    const misfit = from === 'this' ? misfitOf(scenario.id, run, tape) : null;
    if (misfit !== null) return { kind: 'other-code', why: misfit };
    const contradiction = contradictionIn(run);
    if (contradiction !== null) return { kind: 'impossible', why: contradiction };
    const told = toldTrace(staged, run, run.breaches, names);
    const facts = run.breaches.map((breach) => this.factOf(staged, run, breach));
    const verdict = verdictIn(scenario, verdictOfRun(run), 1);
    return {
      kind: 'replayed',
      trace: this.placed(told.trace),
      sources: sourcesOf(staged, told.trace),
      asked: questionsOf(staged, run, told, (place) => this.placeInInput(place)),
      flow: { ...sorted(facts), story: scenario.story, verdict, shownBy: null },
    };
  }

  /** Why no scenario means anything: not even one device can be bound; null when it can. */
  private whyNothingBinds(): string | null {
    if (!this.review || !this.player) return null;
    const { implementation } = this.review;
    const simplest = SCENARIOS.find(({ id }) => id === SIMPLEST)!;
    const played = this.player.play(simplest);
    const returned = `${implementation.kit.bind.name}() returns `;
    const first = played.breaches.find((breach) => {
      // Where something fails, or others come between, it proves nothing.
      if (breach.tape.some((answer) => answer !== 0)) return false;
      const steps = upTo(played.recordOf(breach).steps, breach);
      const bound = steps.filter(({ words }) => words.startsWith(returned));
      const isRefused = breach.monitor === 'ERRNO' && bound.length === 1;
      const isUnbound = bound.length === 0 && !ATTACHED.has(breach.monitor);
      return isUnbound || isRefused;
    });
    return first ? `${first.words}: what has to be set up before is not known` : null;
  }

  private shownParts(code: PlayableCode | UnplayableCode): AttachPart[] {
    return partsOf(code).flatMap(({ item, path, returns }) => {
      // What binds hands out what its caller unbinds with.
      const plays = returns === 'handle' ? 'bind' : 'unbind';
      const at = code.unitAt(path);
      const spot =
        at && this.spotIn({ path, name: item.name, start: item.nameSpan.start, end: item.nameSpan.end });
      if (!spot?.unit.isReviewed || !this.locator.isShown(spot)) return [];
      const shown = definitionIn(spot.unit.c, item.name);
      return shown ? [{ unit: spot.unit, item: shown, plays }] : [];
    });
  }

  private flowOf(played: ScenarioPlay): AttachFlow {
    const { scenario, verdict, runs, breaches, shownBy } = played;
    const proof = shownBy ?? played;
    const introduced = breaches.length > 0 ? this.before.introduced(scenario) : () => null;
    const facts = breaches.map((breach) =>
      this.factOf(proof.staged, proof.recordOf(breach), breach, introduced(breach)),
    );
    return {
      story: scenario.story,
      verdict: verdictIn(scenario, verdict, runs),
      ...sorted(facts),
      shownBy: shownBy?.scenario.id ?? null,
    };
  }

  private factOf(
    staged: StagedScenario,
    run: Recorded,
    breach: Breach,
    isIntroduced: boolean | null = null,
  ): FlowBreachFact | UnshownBreachFact {
    const steps = upTo(run.steps, breach);
    const at = this.placeOf(breach, steps);
    const shown = shownNames(staged);
    const fact = {
      scenario: staged.scenario.id,
      monitor: breach.monitor,
      words: shown(breach.words),
      related: breach.related.flatMap(({ site, words }) => {
        const spot = this.spotIn(site);
        return spot ? [{ spot, message: shown(words) }] : [];
      }),
      confidence: breach.confidence,
      assumptions: breach.assumptions.map(({ words }) => shown(words)),
      isIntroduced,
      ...(staged.scenario.isUnlikely ? { severity: 'info' as const } : {}),
      trace: once(() => this.placed(counterexampleTrace(staged, run, breach))),
    };
    if (at) {
      const functions = new Set(steps.map(({ site }) => site.name));
      const guard = breach.monitor === 'HALFOK' ? claimTest(this.program, functions) : null;
      return {
        ...{ ...fact, functions, function: at.site.name, spot: at.spot },
        ...(isForbidden(breach, staged, at) ? { severity: 'hint' as const } : {}),
        ...(guard && this.locator.isShown(guard.spot) ? { guard } : {}),
      };
    }
    const { function: name, place } = placeInDesign(staged, breach, run.steps);
    return { ...fact, function: name, place: this.placeInInput(place) };
  }

  /** The same trace with lines as the patches count them. */
  private placed(trace: Trace): Trace {
    return { ...trace, steps: trace.steps.map((step) => ({ ...step, ...this.placeInInput(step) })) };
  }

  private placeInInput({ file, line }: UnshownBreachFact['place']): UnshownBreachFact['place'] {
    const unit = this.code?.unitAt(file);
    if (!unit || line === null) return { file, line };
    return { file: unit.image.path, line: unit.image.lines[line - 1]?.line ?? null };
  }

  /** Where it shows: where it broke, else the last place before that the input shows; added lines come first. */
  private placeOf(breach: Breach, steps: readonly Step[]): { spot: Spot; site: Site } | null {
    const sites = [breach.site, ...steps.map(({ site }) => site).reverse()];
    const shown = sites.flatMap((site) => {
      const spot = this.spotIn(site);
      return spot?.unit.isReviewed && this.locator.isShown(spot) ? [{ spot, site }] : [];
    });
    const [first] = shown;
    if (!first || first.site === breach.site) return first ?? null;
    return shown.find(({ spot }) => this.locator.isAdded(spot)) ?? first;
  }

  /** A place of a run in a unit of the review: of a series, in the patch that the line is of. */
  private spotIn(site: Site): Spot | null {
    const joined = this.code?.unitAt(site.path) ?? this.program.unitsAt(site.path)[0] ?? null;
    if (!joined) return null;
    if (this.program.units.includes(joined)) return { unit: joined, span: site };
    const place = this.indexOf(joined).placeAt(site.start);
    const line = joined.image.lines[place.line];
    if (!line || line.rawLine === null) return null;
    const patch = this.code!.patchAt(site.path, place.line);
    const isThere = (each: Unit): boolean =>
      each.patch === patch && each.image.lines.some(({ rawLine }) => rawLine === line.rawLine);
    const unit = this.program.units.find(isThere);
    if (!unit) return null;
    const at = unit.image.lines.findIndex(({ rawLine }) => rawLine === line.rawLine);
    const start = this.indexOf(unit).startOf(at) + place.column;
    const lineEnd = joined.image.text.indexOf('\n', site.start);
    const end = lineEnd < 0 ? site.end : Math.min(site.end, lineEnd);
    return { unit, span: { start, end: start + end - site.start } };
  }

  private indexOf({ image }: Unit): LineIndex {
    let index = this.indices.get(image.text);
    if (!index) {
      index = new LineIndex(image.text);
      this.indices.set(image.text, index);
    }
    return index;
  }
}

function partsOf(code: PlayableCode | UnplayableCode): readonly Part[] {
  if (code.kind === 'not-modelled') return code.parts;
  const { bind, unbind } = code.implementation.kit;
  return [bind, unbind];
}

function verdictIn({ id }: Scenario, { kind, explored, why }: Verdict, runs: number): ScenarioVerdict {
  return { id, verdict: kind, explored, runs, why };
}

/** Those that the input shows, and the others. */
function sorted(
  facts: readonly (FlowBreachFact | UnshownBreachFact)[],
): Pick<AttachFlow, 'breaches' | 'unshown'> {
  return {
    breaches: facts.filter((fact): fact is FlowBreachFact => 'spot' in fact),
    unshown: facts.filter((fact): fact is UnshownBreachFact => 'place' in fact),
  };
}

/** Findings, tables and pictures each ask for the same trace. */
function once<T>(make: () => T): () => T {
  let known: { readonly value: T } | null = null;
  return () => {
    known ??= { value: make() };
    return known.value;
  };
}

/** Whether the comment of a function forbids its callers what makes it follow a bad pointer: that is their fault. */
function isForbidden(
  { monitor }: Breach,
  { scenario }: StagedScenario,
  at: { spot: Spot; site: Site },
): boolean {
  return monitor === 'DEREF' && scenario.isUnlikely && comesSecond(at.spot.unit, at.site.name);
}
