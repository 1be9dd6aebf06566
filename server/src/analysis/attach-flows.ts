/**
 * The code under review in the scenarios of the simulated IOMMU: devices are
 * bound, unbound and ask for pages, processes come and go, memory runs out.
 * What broke is placed in the input, with the run that shows it.
 */
import { LineIndex } from '../base/index.js';
import type { AttachRole, AttachScenario, ScenarioVerdict, Trace } from '../findings/index.js';
import type { Located, Program, Spot, Unit } from '../iommu/index.js';
import type { BreachFact } from '../rules/index.js';
import { type Budget, MONITORS, type Step } from '../sim/engine/index.js';
import type { Site } from '../sim/model/index.js';
import type { Breach } from '../sim/scenarios/index.js';
import { type PlayedScenario, playAll, replayScenario, scenariosFor } from '../sim/worlds/index.js';
import type { FunctionItem } from '../syntax/index.js';
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
export function attachScenario({ verdict, story, breaches: [first] }: AttachFlow): AttachScenario {
  const breach = first && {
    title: MONITORS[first.monitor].title,
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

  constructor(
    private readonly program: Program,
    surroundings: Surroundings,
    private readonly locator: Locator,
    private readonly budget: Budget = FLOW_BUDGET,
  ) {
    const review = implementationUnderReview(program.units, surroundings);
    this.parts = review ? this.shownParts(review) : [];
    this.review = this.parts.length > 0 ? review : null;
  }

  get total(): number {
    return this.review ? scenariosFor(this.review.implementation, this.review.time).length : 0;
  }

  /** Each scenario, run when it is asked for. */
  *play(): Generator<AttachFlow> {
    if (!this.review) return;
    const { implementation, time } = this.review;
    for (const played of playAll(implementation, scenariosFor(implementation, time), this.budget))
      yield this.flowOf(played);
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
    return {
      story: scenario.story,
      verdict: {
        id: scenario.id,
        verdict: verdict.kind,
        explored: verdict.explored,
        runs: exploration.runs,
        why: verdict.why,
      },
      breaches: breaches.flatMap((breach) => this.factOf(played, breach) ?? []),
    };
  }

  /** Null where the input shows no line of what happened. */
  private factOf(played: PlayedScenario, breach: Breach): FlowBreachFact | null {
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
      isIntroduced: null,
      functions: new Set(steps.map(({ site }) => site.name)),
      trace: () => this.traceOf(played, run, breach),
    };
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
