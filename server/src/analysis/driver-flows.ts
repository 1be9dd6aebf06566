/**
 * The operations of drivers under review by which they attach domains, played
 * for devices behind two instances. What they do not keep of their contract is
 * placed in the input, with the run that shows it; what the patch did not bring
 * in is not its doing.
 */
import { type ScenarioVerdict, TWO_INSTANCES } from '../findings/index.js';
import type { Located, Program, Spot, Unit } from '../iommu/index.js';
import type { Step } from '../sim/engine/index.js';
import type { Site } from '../sim/model/index.js';
import { DRIVER_WORLD_FILE, type DriverShape } from '../sim/worlds/index.js';
import type { FunctionItem } from '../syntax/index.js';
import type { SourceTree } from '../tree/index.js';
import type { FlowBreachFact } from './attach-flows.js';
import { definitionIn } from './definition-in.js';
import { type InstanceReport, type Playing, playOperation, REVIEWED_PROGRAMMES } from './driver-instances.js';
import { type DriverFault, isFaultOf } from './driver-judging.js';
import { keyOf, reachedFrom } from './driver-reach.js';
import type { RecordedRun } from './driver-records.js';
import { driverShapes } from './driver-shapes.js';
import type { Locator } from './locate.js';
import { isWhole, loneTree } from './lone-tree.js';
import type { Surroundings } from './simulation.js';

/** An operation that the input shows something of. */
export interface DriverOperation extends Located<FunctionItem> {
  readonly shape: DriverShape;
}

/** An operation that was played. */
export interface DriverFlow {
  readonly operation: DriverOperation;
  readonly report: InstanceReport;
  /** Contracts that it does not keep, as rules see them. */
  readonly breaches: readonly FlowBreachFact[];
}

export class DriverFlows {
  readonly operations: readonly DriverOperation[];
  /** What they are played in; null where there is nothing to play. */
  readonly tree: SourceTree | null;

  constructor(
    private readonly program: Program,
    private readonly surroundings: Surroundings,
    private readonly locator: Locator,
    private readonly playing: Playing = REVIEWED_PROGRAMMES,
  ) {
    this.tree = surroundings.tree ?? loneTree(program.units);
    this.operations = this.tree ? this.operationsIn(this.tree) : [];
  }

  /** Each operation, played when it is asked for. */
  *play(isWanted: (operation: DriverOperation) => boolean = () => true): Generator<DriverFlow> {
    for (const operation of this.operations) if (isWanted(operation)) yield this.flowOf(operation);
  }

  /** One operation. */
  flowOf(operation: DriverOperation): DriverFlow {
    const report = playOperation(this.tree!, operation.shape, this.playing);
    return { operation, report, breaches: this.breachesOf(operation, report) };
  }

  // ---- what is under review

  private operationsIn(tree: SourceTree): DriverOperation[] {
    return this.lastUnits().flatMap((unit) => {
      const { path, text } = unit.image;
      if (!/\biommu_domain_ops\b/.test(text) || !isSame(tree.read(path), text)) return [];
      return driverShapes(tree, path).flatMap((shape) => {
        const item = definitionIn(unit.c, shape.function);
        return item && this.isUnderReview(tree, unit, shape) ? [{ unit, item, shape }] : [];
      });
    });
  }

  /** Of a series, the last patch to a file shows it as all of them leave it. */
  private lastUnits(): Unit[] {
    const last = new Map<string, Unit>();
    for (const unit of this.program.units)
      if (unit.isReviewed && isWhole(unit.image)) last.set(unit.image.path, unit);
    return [...last.values()];
  }

  /** A file that is reviewed as it stands has all its operations under review, a patch those that come by what it changes. */
  private isUnderReview(tree: SourceTree, unit: Unit, shape: DriverShape): boolean {
    if (unit.image.basis === 'whole-file') return true;
    const { path } = unit.image;
    const reached = reachedFrom(tree, path, shape.function);
    return unit.c.items.some((item) => {
      const isPart =
        item.kind === 'function'
          ? reached.has(keyOf(path, item.name))
          : item.kind === 'variable' || item.kind === 'struct';
      return isPart && this.isTouched({ unit, span: item });
    });
  }

  private isTouched(spot: Spot): boolean {
    const units = this.program.units.filter(({ image }) => image.path === spot.unit.image.path);
    // Of a series, earlier patches touch it where they stand.
    if (units.length > 1) return units.some(({ isReviewed }) => isReviewed);
    return this.locator.hasLine(spot, ({ isAdded, followsRemoval }) => isAdded || followsRemoval);
  }

  // ---- what broke

  private breachesOf(operation: DriverOperation, report: InstanceReport): FlowBreachFact[] {
    const faults = report.faults.filter((each) => isFaultOf(operation.shape, each));
    if (faults.length === 0) return [];
    const before = this.brokenBefore(operation);
    return faults.flatMap((each): FlowBreachFact[] => {
      const run = report.record(each.run);
      const cut = run && cutAt(run, operation.shape, each);
      const spot = cut && this.spotOf(operation, each, cut.steps);
      if (!spot) return [];
      const { monitor, words, confidence } = each;
      return [
        {
          ...{ monitor, words, confidence, spot },
          function: operation.item.name,
          scenario: `${TWO_INSTANCES}/${each.programme}`,
          functions: new Set([operation.item.name]),
          related: [],
          assumptions: [],
          isIntroduced: before && !before.has(faultKey(each)),
          ...(monitor === 'EINVLOG' ? { severity: 'info' as const } : {}),
          trace: () => report.traceOf(cut),
        },
      ];
    });
  }

  /** What the operation did wrong before the patch; null where nothing tells. */
  private brokenBefore({ shape, unit }: DriverOperation): ReadonlySet<string> | null {
    const { before } = this.surroundings;
    if (!before || unit.image.basis !== 'applied') return null;
    const old = driverShapes(before, shape.path).find(
      (each) => each.function === shape.function && each.op === shape.op,
    );
    return new Set(old ? playOperation(before, old, this.playing).faults.map(faultKey) : []);
  }

  /** Where it broke, else the last place before that the input shows; lines that a patch adds come first. */
  private spotOf(
    operation: DriverOperation,
    { site, call }: DriverFault,
    steps: readonly Step[],
  ): Spot | null {
    const { unit, item, shape } = operation;
    const own = steps
      .slice(startOf(steps, shape, call))
      .filter((each) => isWithin(each.site, shape.path, item));
    const name: Site = { path: shape.path, name: item.name, ...item.nameSpan };
    const best = site === 'name' ? name : (site ?? own.at(-1)?.site ?? name);
    const all = [
      best,
      ...own.map((each) => each.site).reverse(),
      name,
      ...steps.map((each) => each.site).reverse(),
    ];
    const spots = all
      .flatMap((each) => this.spotIn(each, unit) ?? [])
      .filter((spot) => this.locator.isShown(spot));
    const [first] = spots;
    if (!first || first.span.start === best.start) return first ?? null;
    return spots.find((spot) => this.locator.isAdded(spot)) ?? first;
  }

  private spotIn({ path, start, end }: Site, last: Unit): Spot | null {
    const unit = path === last.image.path ? last : this.lastUnits().find(({ image }) => image.path === path);
    return unit ? { unit, span: { start, end } } : null;
  }
}

/** The tree of a lone file has an include more at its end. */
const isSame = (inTree: string | null, text: string): boolean => inTree?.startsWith(text) ?? false;

/** Equal for the same fault of two versions of a driver. */
const faultKey = ({ monitor, programme, words }: DriverFault): string =>
  `${monitor} ${programme} ${words.replace(/\d+/g, '#')}`;

function isWithin(site: Site, path: string, { start, end }: FunctionItem): boolean {
  return site.path === path && site.start >= start && site.start < end;
}

const returnOf = ({ words, site }: Step, shape: DriverShape): boolean =>
  site.path === DRIVER_WORLD_FILE && words.startsWith(`${shape.function}() returns`);

/** The run up to where the operation comes back from the call that it is about: what follows shows nothing more. */
function cutAt(run: RecordedRun, shape: DriverShape, fault: DriverFault): RecordedRun {
  const marked = markedAt(run, shape, fault);
  const end = marked.steps.findIndex((step, at) => step !== run.steps[at]);
  return end < 0 ? run : { ...marked, steps: marked.steps.slice(0, end + 1) };
}

/** The run with the step marked at which the operation comes back from the call that it is about. */
export function markedAt(run: RecordedRun, shape: DriverShape, { call }: DriverFault): RecordedRun {
  const returns = run.steps.flatMap((step, at) => (returnOf(step, shape) ? [at] : []));
  const end = returns[call];
  return { ...run, steps: run.steps.map((step, at) => (at === end ? { ...step, isViolation: true } : step)) };
}

/** Where a call begins. */
function startOf(steps: readonly Step[], shape: DriverShape, call: number): number {
  const calls = steps.flatMap(({ words, site }, at) =>
    site.path === DRIVER_WORLD_FILE && words === `calls ${shape.function}()` ? [at] : [],
  );
  return calls[call] ?? 0;
}

/** What rules see of operations that were played; the same of several is told once. */
export function breachesOfDrivers(flows: readonly DriverFlow[]): FlowBreachFact[] {
  const all = flows.flatMap(({ breaches }) => breaches);
  const keyOf = ({ monitor, spot, function: name }: FlowBreachFact): string =>
    `${monitor} ${name} ${spot.unit.image.path}:${spot.span.start}`;
  return all.filter((each, at) => all.findIndex((other) => keyOf(other) === keyOf(each)) === at);
}

/** What the play says of a function, as scenarios do. */
export function driverVerdicts(item: FunctionItem, flows: readonly DriverFlow[]): ScenarioVerdict[] {
  return flows
    .filter(({ operation }) => operation.item === item)
    .map(({ report, breaches }): ScenarioVerdict => {
      const verdict =
        breaches.length > 0 ? 'violated' : report.verdict === 'not modelled' ? 'not-modelled' : 'held';
      return {
        ...{ id: TWO_INSTANCES, verdict, explored: 'to-bound', runs: report.runs },
        why: verdict === 'not-modelled' ? report.why : `${report.runs} runs`,
      };
    });
}
