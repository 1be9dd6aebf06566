/**
 * The run of a scenario as people want to read it: without what only makes the
 * world, a line for each call of a driver, and each place in the file as it is
 * shipped. The machine records all of it.
 */
import { contains } from '../base/index.js';
import type { Trace } from '../findings/index.js';
import type { Change, Step } from '../sim/engine/index.js';
import type { Site } from '../sim/model/index.js';
import type { Breach } from '../sim/scenarios/index.js';
import { type ShownPlace, type StagedScenario, shownNames, shownPlace } from '../sim/worlds/index.js';
import { type Recorded, traceStep, withNumbers } from './traces.js';

interface PlacedStep extends Step {
  readonly place: ShownPlace;
  /** Which of the recorded steps it is. */
  readonly at: number;
}

/** A trace, and where in it the recorded steps are told. */
export interface ToldTrace {
  readonly trace: Trace;
  /** The number in the trace, from 1, of what tells a recorded step; null for what comes before the story. */
  readonly numberOf: (recorded: number) => number | null;
}

/** Whether objects of one name are told apart, for who follows each of them. */
export type Names = 'as they are' | 'numbered';

export function scenarioTrace(
  staged: StagedScenario,
  recorded: Recorded,
  breaches: readonly Breach[],
): Trace {
  return toldTrace(staged, recorded, breaches).trace;
}

export function toldTrace(
  staged: StagedScenario,
  { id, steps: recordedSteps }: Recorded,
  breaches: readonly Breach[],
  names: Names = 'as they are',
): ToldTrace {
  const steps = names === 'numbered' ? recordedSteps.map(withNumbers) : recordedSteps;
  const placed = steps.map((step, at): PlacedStep => ({ ...step, at, place: shownPlace(staged, step.site) }));
  const telling = breaches.flatMap(({ site, related }) => [site, ...related.map((each) => each.site)]);
  const { told, toldAt } = folded(placed.filter(isOfTheStory(staged)), telling);
  const shown = shownNames(staged);
  const numberOf = (recorded: number): number | null => {
    const at = recorded < steps.length ? toldAt.get(recorded) : told.length;
    return at === undefined || told.length === 0 ? null : Math.min(at + 1, told.length);
  };
  const trace: Trace = {
    scenario: staged.scenario.id,
    tape: id,
    steps: told.map((step, index) => {
      const words = shown(step.words);
      const changes = step.changes.map((change) => ({ ...change, words: shown(change.words) }));
      return traceStep({ ...step, words, changes }, index + 1, step.place.file, step.place.line);
    }),
  };
  return { trace, numberOf };
}

/** The same of a run that was found because of one breach: it ends there. */
export function counterexampleTrace(staged: StagedScenario, recorded: Recorded, breach: Breach): Trace {
  return scenarioTrace(staged, { ...recorded, steps: upTo(recorded.steps, breach) }, [breach]);
}

/** The steps of a run up to a breach; all of them where none shows it. */
export function upTo(steps: readonly Step[], { site, words }: Breach): readonly Step[] {
  const end = steps.findIndex(
    (step) =>
      step.isViolation &&
      step.words === words &&
      step.site.path === site.path &&
      step.site.start === site.start,
  );
  return end < 0 ? steps : steps.slice(0, end + 1);
}

/**
 * Where in the design it broke: where a driver or the kernel noticed, the
 * place that called it.
 */
export function placeInDesign(
  staged: StagedScenario,
  { site, words }: Breach,
  steps: readonly Step[],
): { readonly function: string; readonly place: ShownPlace } {
  const own = { function: site.name, place: shownPlace(staged, site) };
  if (own.place.owner === 'design') return own;
  const at = steps.findIndex((step) => step.isViolation && step.words === words);
  if (at < 0) return own;
  const { task, depth } = steps[at]!;
  const caller = steps
    .slice(0, at)
    .findLast(
      (step) => step.task === task && step.depth < depth && shownPlace(staged, step.site).owner === 'design',
    );
  return caller ? { function: caller.site.name, place: shownPlace(staged, caller.site) } : own;
}

/** Tells, step by step, whether one is more than the making of the world. */
function isOfTheStory({ making }: StagedScenario): (step: PlacedStep) => boolean {
  let isToldYet = false;
  return ({ place, site, isViolation }) => {
    isToldYet ||= place.owner === 'scenario' && !contains(making, site);
    return isToldYet || isViolation;
  };
}

/** A call whose inside may be folded into it. */
interface Opener {
  readonly at: number;
  readonly depth: number;
  readonly name: string;
}

/** What is told, and for each recorded step the index of what tells it. */
interface Folded {
  readonly told: readonly PlacedStep[];
  readonly toldAt: ReadonlyMap<number, number>;
}

/** The steps with those of the world put together, a line for each call of it. */
function folded(steps: readonly PlacedStep[], telling: readonly Site[]): Folded {
  const told: PlacedStep[] = [];
  const toldAt = new Map<number, number>();
  const openersOf = new Map<string, Opener[]>();
  const lastOf = new Map<string, number>();
  const put = (step: PlacedStep): void => {
    const name = /^calls (\w+)\(\)$/.exec(step.words)?.[1];
    const openers = openersOf.get(step.task) ?? [];
    if (name !== undefined) openers.push({ at: told.length, depth: step.depth, name });
    openersOf.set(step.task, openers);
    lastOf.set(step.task, told.length);
    told.push({ ...step, changes: distinct(step.changes) });
  };
  for (const step of steps) {
    toldAt.set(step.at, told.length);
    if (isIdle(step)) continue;
    const openers = openersOf.get(step.task) ?? [];
    while ((openers.at(-1)?.depth ?? -1) > step.depth) openers.pop();
    const opener = openers.at(-1);
    if (opener?.depth === step.depth) {
      openers.pop();
      // Nothing worth a line was in between: what came of the call says it all.
      if (step.words.startsWith(`${opener.name}() returns `) && lastOf.get(step.task) === opener.at) {
        told[opener.at] = joined({ ...told[opener.at]!, words: step.words }, step.changes);
        toldAt.set(step.at, opener.at);
        continue;
      }
    }
    const around = openers.at(-1);
    if (step.place.owner === 'world' && around && !isTelling(step, telling)) {
      told[around.at] = joined(
        told[around.at]!,
        step.changes.filter((change) => matters(change, step)),
      );
      toldAt.set(step.at, around.at);
    } else put(step);
  }
  return { told, toldAt };
}

function joined(step: PlacedStep, changes: readonly Change[]): PlacedStep {
  return { ...step, changes: distinct([...step.changes, ...changes]) };
}

function distinct(changes: readonly Change[]): Change[] {
  return changes.filter(
    ({ kind, words }, at) => changes.findIndex((each) => each.kind === kind && each.words === words) === at,
  );
}

/** A variable that is there from now on: nothing happens. */
function isIdle({ words, changes, isViolation }: PlacedStep): boolean {
  return /^\w+$/.test(words) && changes.length === 0 && !isViolation;
}

/** Whether a step of the world has a part in what broke. */
function isTelling({ site, words, isViolation }: PlacedStep, telling: readonly Site[]): boolean {
  return (
    isViolation ||
    words.endsWith(' fails') ||
    telling.some(({ path, start, end }) => path === site.path && start === site.start && end === site.end)
  );
}

/** Of what the world does to its own objects: what is made and freed, who is counted, what hardware is told. */
function matters({ kind }: Change, { words, place }: PlacedStep): boolean {
  if (kind !== 'modified' || place.code.startsWith('simulated_')) return true;
  return /^(?:mmgrab|mmget|kref_|refcount_|atomic_)\w*\(/.test(words);
}
