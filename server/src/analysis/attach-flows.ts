/**
 * The code under review in the scenarios of the simulated IOMMU: devices are
 * bound, unbound and ask for pages, processes come and go, memory runs out.
 * What broke is placed in the input, with the run that shows it.
 */
import { LineIndex } from '../base/index.js';
import type { AttachRole, AttachScenario, ScenarioVerdict, Trace } from '../findings/index.js';
import { type Located, type Program, type Spot, type Unit, unitOf } from '../iommu/index.js';
import type { BreachFact } from '../rules/index.js';
import { type Budget, MONITORS, type Step } from '../sim/engine/index.js';
import type { Site } from '../sim/model/index.js';
import type { Breach } from '../sim/scenarios/index.js';
import {
  type PlayedScenario,
  playAll,
  playScenario,
  replayScenario,
  SCENARIOS,
  type Scenario,
  scenariosFor,
} from '../sim/worlds/index.js';
import type { FunctionItem } from '../syntax/index.js';
import { wholeFileImage } from '../tree/index.js';
import type { Locator } from './locate.js';
import { counterexampleTrace } from './scenario-traces.js';
import type { Surroundings } from './simulation.js';
import { implementationUnderReview, type UnderReview } from './under-review.js';

/** What a scenario is worth in a review: with more, most say no more. */
export const FLOW_BUDGET: Budget = {
  runs: 1500,
  freshRuns: 0,
  steps: 700_000,
  cost: 2,
  isCancelled: () => false,
};

/** The scenario that every implementation can be run in. */
const SIMPLEST = 'two-devices-one-iommu';

/** A breach that a scenario shows. */
export interface FlowBreachFact extends BreachFact {
  readonly scenario: string;
  /** Names of the functions that its run came by. */
  readonly functions: ReadonlySet<string>;
}

/** A scenario that was run on the code under review. */
export interface AttachFlow {
  readonly verdict: ScenarioVerdict;
  readonly story: string;
  readonly breaches: readonly FlowBreachFact[];
}

/** A function that scenarios call. */
export interface AttachPart extends Located<FunctionItem> {
  readonly plays: AttachRole;
}

/** What is told of a scenario beside the code. */
export function attachScenario({ verdict, story, breaches }: AttachFlow): AttachScenario {
  const first = breaches.find(({ confidence }) => confidence === 'certain') ?? breaches[0];
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
  private readonly review: UnderReview | null;
  private readonly indices = new Map<string, LineIndex>();
  /** The code as it was before the patch, once somebody asked. */
  private old: { readonly review: UnderReview | null | undefined } | null = null;

  constructor(
    private readonly program: Program,
    private readonly surroundings: Surroundings,
    private readonly locator: Locator,
    private readonly budget: Budget = FLOW_BUDGET,
  ) {
    this.review = implementationUnderReview(program.units, surroundings);
    this.parts = this.review ? this.shownParts(this.review) : [];
  }

  get total(): number {
    return this.review && this.parts.length > 0
      ? scenariosFor(this.review.implementation, this.review.time).length
      : 0;
  }

  /** Each scenario, run when it is asked for. */
  *play(): Generator<AttachFlow> {
    if (!this.review || this.parts.length === 0) return;
    const { implementation, time } = this.review;
    const why = this.whyNothingBinds();
    if (why !== null) {
      const verdict = 'not-modelled';
      yield {
        story: '',
        verdict: { id: SIMPLEST, verdict, explored: 'to-bound', runs: 1, why },
        breaches: [],
      };
      return;
    }
    for (const played of playAll(implementation, scenariosFor(implementation, time), this.budget))
      yield this.flowOf(played);
  }

  /** Why no scenario means anything: not even one device can be bound; null when it can. */
  private whyNothingBinds(): string | null {
    const { implementation } = this.review!;
    const simplest = SCENARIOS.find(({ id }) => id === SIMPLEST)!;
    const played = playScenario(implementation, simplest, this.budget);
    const returned = `${implementation.kit.bind.name}() returns `;
    const first = played.breaches.find((breach) => {
      const steps = upTo(replayScenario(played, breach.tape).steps, breach);
      const bound = steps.filter(({ words }) => words.startsWith(returned));
      const isRefused = breach.monitor === 'ERRNO' && bound.length === 1;
      return breach.tape.every((answer) => answer === 0) && (bound.length === 0 || isRefused);
    });
    return first ? `${first.words}: what has to be set up before is not known` : null;
  }

  private shownParts({ implementation: { kit }, unitAt }: UnderReview): AttachPart[] {
    return (['bind', 'unbind'] as const).flatMap((plays) => {
      const { item, path } = kit[plays];
      const at = unitAt(path);
      const spot =
        at && this.spotIn({ path, name: item.name, start: item.nameSpan.start, end: item.nameSpan.end });
      if (!spot?.unit.isReviewed || !this.locator.isShown(spot)) return [];
      const shown = spot.unit.c.items.find(
        (each): each is FunctionItem =>
          each.kind === 'function' && each.name === item.name && each.bodySpan !== null,
      );
      return shown ? [{ unit: spot.unit, item: shown, plays }] : [];
    });
  }

  private flowOf(played: PlayedScenario): AttachFlow {
    const { scenario, verdict, exploration, breaches } = played;
    const before = breaches.length > 0 ? this.brokenBefore(scenario) : null;
    return {
      story: scenario.story,
      verdict: {
        id: scenario.id,
        verdict: verdict.kind,
        explored: verdict.explored,
        runs: exploration.runs,
        why: verdict.why,
      },
      breaches: breaches.flatMap((breach) => this.factOf(played, breach, before) ?? []),
    };
  }

  /** Null where the input shows no line of what happened. */
  private factOf(
    played: PlayedScenario,
    breach: Breach,
    before: ReadonlySet<string> | null,
  ): FlowBreachFact | null {
    const run = replayScenario(played, breach.tape);
    const steps = upTo(run.steps, breach);
    const at = this.placeOf(breach, steps);
    if (!at) return null;
    return {
      scenario: played.scenario.id,
      monitor: breach.monitor,
      function: at.site.name,
      spot: at.spot,
      words: breach.words,
      related: breach.related.flatMap(({ site, words }) => {
        const spot = this.spotIn(site);
        return spot ? [{ spot, message: words }] : [];
      }),
      confidence: played.isByComparison ? 'possible' : breach.confidence,
      assumptions: breach.assumptions.map(({ words }) => words),
      isIntroduced: before && !before.has(keyOf(breach)),
      ...(played.scenario.isUnlikely ? { severity: 'info' as const } : {}),
      functions: new Set(steps.map(({ site }) => site.name)),
      trace: () => this.traceOf(played, run, breach),
    };
  }

  /** What broke in a scenario before the patch; null where that is not known. */
  private brokenBefore(scenario: Scenario): ReadonlySet<string> | null {
    this.old ??= { review: this.reviewOfBefore() };
    const { review } = this.old;
    if (review === undefined) return null;
    // What was no flow before cannot have been broken.
    if (review === null || !scenariosFor(review.implementation, review.time).includes(scenario))
      return new Set();
    return new Set(playScenario(review.implementation, scenario, this.budget).breaches.map(keyOf));
  }

  /** The same files as they were; null where they did not bind, undefined where nobody knows. */
  private reviewOfBefore(): UnderReview | null | undefined {
    const { before } = this.surroundings;
    const applied = this.program.units.filter(
      ({ isReviewed, image }) => isReviewed && image.basis === 'applied',
    );
    if (!before || applied.length === 0) return undefined;
    const paths = new Set(applied.map(({ image }) => image.path));
    const units = [...paths].flatMap((path): Unit[] => {
      const text = before.read(path);
      return text === null ? [] : [unitOf(wholeFileImage(path, text), 0, true)];
    });
    return implementationUnderReview(units, { tree: before, before: null });
  }

  private traceOf(played: PlayedScenario, run: ReturnType<typeof replayScenario>, breach: Breach): Trace {
    const trace = counterexampleTrace(played, run, breach);
    return {
      ...trace,
      steps: trace.steps.map((step) => {
        const unit = this.review?.unitAt(step.file);
        if (!unit || step.line === null) return step;
        const { line } = unit.image.lines[step.line - 1] ?? { line: null };
        return { ...step, file: unit.image.path, line };
      }),
    };
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
    const joined = this.review?.unitAt(site.path) ?? this.program.unitsAt(site.path)[0] ?? null;
    if (!joined) return null;
    if (this.program.units.includes(joined)) return { unit: joined, span: site };
    const place = this.indexOf(joined).placeAt(site.start);
    const line = joined.image.lines[place.line];
    if (!line || line.rawLine === null) return null;
    const patch = this.review!.patchAt(site.path, place.line);
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

/** The steps of a run up to a breach. */
function upTo(steps: readonly Step[], { site, words }: Breach): readonly Step[] {
  const end = steps.findIndex(
    (step) => step.isViolation && step.words === words && step.site.start === site.start,
  );
  return end < 0 ? steps : steps.slice(0, end + 1);
}

/** Equal for the same breach of two versions of the code. */
function keyOf({ monitor, words }: Breach): string {
  return `${monitor} ${words.replace(/\d+/g, '#')}`;
}
