/**
 * The simulation of a program function by function, for who cannot wait for
 * all of it: what an edit touched comes first, and what it did not touch is
 * taken from before. Who steps may stop at any step.
 */
import type { AttachProgress, AttachScenario, DriverProgress, Finding } from '../findings/index.js';
import type { Located, Program, Unit } from '../iommu/index.js';
import type { BreachFact } from '../rules/index.js';
import { ALONE_BUDGET } from '../sim/scenarios/index.js';
import type { FunctionItem } from '../syntax/index.js';
import { type AnalysisOptions, breachesOfFlows, withFlows } from './analyse.js';
import { type AttachFlow, AttachFlows, attachScenario, FLOW_BUDGET } from './attach-flows.js';
import { type CodeFacts, NO_CONTEXT, NO_FACTS, readCode } from './code-facts.js';
import { breachesOfDrivers, type DriverFlow, DriverFlows, type DriverOperation } from './driver-flows.js';
import { REVIEWED_PROGRAMMES } from './driver-instances.js';
import { driverProgress } from './driver-reports.js';
import { Judge } from './judge.js';
import type { KeptRuns } from './kept-runs.js';
import { Locator, type Origin } from './locate.js';
import type { RunShown } from './moved-sites.js';
import { ScenarioRuns } from './scenario-runs.js';
import { isRunnable, Simulator, type Surroundings } from './simulation.js';
import { mayProve, toldOfCallees } from './strengthen.js';
import { WatchedCode } from './watched-code.js';

export interface StepwiseOptions extends Pick<AnalysisOptions, 'scope' | 'severities' | 'context'> {
  readonly simulation: Surroundings;
  readonly isCancelled: () => boolean;
}

/** How far it is. */
export interface Stage {
  /** Functions are run first, each alone; then scenarios, where the code binds and unbinds, and operations of drivers. */
  readonly phase: 'functions' | 'scenarios';
  readonly done: number;
  readonly total: number;
  /** What an edit touched has been run, and what it left alone has been taken over: a good time to show it. */
  readonly isWorthShowing: boolean;
}

export interface RunFailure {
  /** The function that was run; of a scenario, the one that binds. */
  readonly function: string;
  readonly error: unknown;
}

export class StepwiseSimulation {
  readonly failures: RunFailure[] = [];
  private readonly simulator: Simulator;
  private readonly locator: Locator;
  private readonly functions: readonly Located<FunctionItem>[];
  private readonly facts = new Map<FunctionItem, readonly BreachFact[]>();
  private readonly attach: AttachFlows;
  private readonly played: AttachFlow[] = [];
  private readonly told: AttachScenario[] = [];
  private isPlayed = false;
  private obstacle: string | null = null;
  private asked: ScenarioRuns | null = null;
  private readonly drivers: DriverFlows;
  private readonly driven: DriverFlow[] = [];
  private readonly toldOfDrivers: DriverProgress[] = [];
  private code: WatchedCode | null = null;
  private read: CodeFacts | null = null;
  /** Whether any of so many breaches may prove what is read off the code. */
  private proving = { of: 0, isAny: false };
  private known: { readonly of: string; readonly findings: readonly Finding[] } | null = null;

  /** `kept`: that of the one unit under review, with what was taken over; null when nothing is kept. */
  constructor(
    private readonly program: Program,
    private readonly origins: ReadonlyMap<Unit, Origin>,
    private readonly options: StepwiseOptions,
    private readonly kept: KeptRuns | null = null,
    private readonly touched: ReadonlySet<string> = new Set(),
  ) {
    this.locator = new Locator(origins, options.context?.mails);
    const { simulation, isCancelled } = options;
    this.simulator = new Simulator(program, simulation, this.locator, {
      budget: { ...ALONE_BUDGET, isCancelled },
      watch: (code) => {
        this.code = new WatchedCode(code);
        return this.code;
      },
    });
    this.functions = this.simulator.functions().filter(isRunnable);
    this.attach = new AttachFlows(program, simulation, this.locator, {
      budget: { ...FLOW_BUDGET, isCancelled },
      kept,
    });
    const budget = { ...REVIEWED_PROGRAMMES.budget, isCancelled };
    this.drivers = new DriverFlows(program, simulation, this.locator, { ...REVIEWED_PROGRAMMES, budget });
  }

  get total(): number {
    return this.functions.length;
  }

  /** Every function, then every scenario, one at a time; ends early when it is cancelled. */
  *stages(): Generator<Stage, void> {
    yield* this.alone();
    if (!this.options.isCancelled()) yield* this.scenarios();
    if (!this.options.isCancelled()) yield* this.operations();
  }

  private *alone(): Generator<Stage, void> {
    const { total } = this;
    const phase = 'functions';
    const left: Located<FunctionItem>[] = [];
    for (const fn of this.functions) if (!this.takeOver(fn)) left.push(fn);
    const first = left.filter((fn) => this.isTouched(fn));
    const then = left.filter((fn) => !first.includes(fn));
    let done = total - left.length;
    if (first.length === 0 && done > 0) yield { phase, done, total, isWorthShowing: true };
    for (const [index, fn] of [...first, ...then].entries()) {
      this.run(fn);
      if (this.options.isCancelled()) return;
      yield { phase, done: ++done, total, isWorthShowing: index + 1 === first.length || done === total };
    }
  }

  private *scenarios(): Generator<Stage, void> {
    const { total } = this.attach;
    const phase = 'scenarios';
    if (total === 0) return;
    const flows = this.attach.play();
    for (let done = 1; !this.isPlayed; done++) {
      const flow = this.nextOf(flows);
      // One that was cut short by an edit says too little.
      if (this.options.isCancelled()) return;
      this.isPlayed = flow === null || done === total;
      if (flow) {
        this.played.push(flow);
        this.told.push(attachScenario(flow));
      }
      yield { phase, done, total, isWorthShowing: this.isPlayed };
    }
  }

  /** Operations of drivers, those first whose own text an edit touched. */
  private *operations(): Generator<Stage, void> {
    const all = this.drivers.operations;
    const isFirst = ({ item }: DriverOperation): boolean => this.touched.has(item.name);
    const order = [...all.filter(isFirst), ...all.filter((each) => !isFirst(each))];
    const counts = { phase: 'scenarios', total: this.attach.total + all.length } as const;
    for (const [at, operation] of order.entries()) {
      try {
        const flow = this.drivers.flowOf(operation);
        // What was cut short by an edit says too little.
        if (this.options.isCancelled()) return;
        this.driven.push(flow);
        this.toldOfDrivers.push(driverProgress(flow));
      } catch (error) {
        this.failures.push({ function: operation.item.name, error });
      }
      yield { ...counts, done: this.attach.total + at + 1, isWorthShowing: true };
    }
  }

  /** Null when there is none left, or it failed. */
  private nextOf(flows: Iterator<AttachFlow>): AttachFlow | null {
    try {
      const next = flows.next();
      this.obstacle = this.attach.obstacle;
      return next.done ? null : next.value;
    } catch (error) {
      this.failures.push({ function: this.attach.parts[0]?.item.name ?? '', error });
      return null;
    }
  }

  /** What runs of functions have shown so far, in the order of the code. */
  findings(): Finding[] {
    const judge = this.judge();
    const breaches = [...this.breaches(), ...breachesOfDrivers(this.driven)];
    const findings = toldOfCallees(judge.findings(NO_FACTS, breaches));
    if (!this.isOver || judge.hasNoAllowances) return findings;
    // Which comments have a use shows when all is known; what else is wrong with them was said before.
    judge.findings(this.codeRead(), []);
    const comments = judge.ofAllowances(this.codeRead(), breaches, true);
    return [...findings, ...comments.filter(({ tags }) => tags.includes('unnecessary'))];
  }

  /** Whether what was run has something to say of what is read off the code: scenarios, the play of a driver, a run that may prove it. */
  get bearsOnCode(): boolean {
    if (this.played.length > 0 || this.driven.length > 0) return true;
    const breaches = this.breaches();
    if (breaches.length !== this.proving.of)
      this.proving = {
        of: breaches.length,
        isAny: this.judge().findings(NO_FACTS, breaches).some(mayProve),
      };
    return this.proving.isAny;
  }

  /** All that is found, read off the code or run, in the order of the rules: what a review says. */
  allFindings(): readonly Finding[] {
    const of = `${this.facts.size} ${this.played.length} ${this.driven.length} ${this.isOver}`;
    if (this.known?.of === of) return this.known.findings;
    const judge = this.judge();
    const breaches = this.breaches();
    const ofDrivers = breachesOfDrivers(this.driven);
    const ofFlows = [...breachesOfFlows(this.played), ...ofDrivers];
    const findings = [
      ...withFlows(judge.findings(this.codeRead(), breaches), ofFlows, this.locator, judge),
      ...judge.ofAllowances(this.codeRead(), [...breaches, ...ofDrivers], this.isOver),
    ];
    this.known = { of, findings };
    return findings;
  }

  private judge(): Judge {
    return new Judge(this.program, this.locator, this.options);
  }

  private codeRead(): CodeFacts {
    this.read ??= readCode(this.program, this.options.context ?? NO_CONTEXT);
    return this.read;
  }

  /** Whether all that can be run was run. */
  private get isOver(): boolean {
    const { isCancelled } = this.options;
    return this.facts.size === this.total && (this.isPlayed || this.attach.total === 0) && !isCancelled();
  }

  /** How far the scenarios are; null where the code has no part in any. */
  report(): AttachProgress | null {
    const { total, parts } = this.attach;
    if (parts.length === 0) return null;
    const isUnplayable = total === 0;
    const obstacle = isUnplayable ? this.attach.obstacle : this.obstacle;
    return { scenarios: [...this.told], total, obstacle, isOver: isUnplayable || this.isPlayed };
  }

  /** Runs of the scenarios and of programmes of drivers, one at a time; null where the code has no part in any. */
  runs(): ScenarioRuns | null {
    if (this.attach.parts.length === 0 && this.drivers.operations.length === 0) return null;
    this.asked ??= new ScenarioRuns(this.program, this.origins, this.options.simulation, this.drivers);
    return this.asked;
  }

  /** What came of the operations of drivers so far. */
  driverReports(): DriverProgress[] {
    return [...this.toldOfDrivers];
  }

  private breaches(): BreachFact[] {
    return this.functions.flatMap(({ item }) => this.facts.get(item) ?? []);
  }

  private isTouched(fn: Located<FunctionItem>): boolean {
    if (fn.unit.image.basis === 'whole-file') return this.touched.has(fn.item.name);
    return this.locator.isAdded({ unit: fn.unit, span: { start: fn.item.start, end: fn.item.end } });
  }

  private indexOf({ item }: Located<FunctionItem>): number {
    return this.kept?.bodies.all.findIndex((body) => body.item === item) ?? -1;
  }

  private takeOver(fn: Located<FunctionItem>): boolean {
    const shown = this.kept?.of(this.indexOf(fn)) ?? null;
    if (!shown) return false;
    this.note(fn, shown);
    return true;
  }

  private run(fn: Located<FunctionItem>): void {
    const { kept, simulator } = this;
    const { path } = fn.unit.image;
    try {
      const procedure = simulator.procedureOf(fn);
      const shown = simulator.shownBy(fn).map(({ breach, record }) => ({ breach, recorded: record() }));
      const lookedAt = this.code?.takeLookedAt(path, [procedure]) ?? new Set();
      // A run that was cut short by an edit shows too little.
      if (this.options.isCancelled()) return;
      kept?.keep(this.indexOf(fn), lookedAt, shown);
      this.note(fn, shown);
    } catch (error) {
      this.failures.push({ function: fn.item.name, error });
    }
  }
  private note(fn: Located<FunctionItem>, shown: readonly RunShown[]): void {
    const recorded = shown.map(({ breach, recorded }) => ({ breach, record: () => recorded }));
    this.facts.set(fn.item, this.simulator.factsOf(fn, recorded));
  }
}
