/**
 * Functions under review, run one by one on the simulated kernel: what broke,
 * where in the input it is shown, and the runs that prove it. Of a patch on a
 * tree the function is run as it was before, too: what broke there already is
 * not the patch's doing.
 */
import type { LineIndex } from '../base/index.js';
import { type Located, type Program, type Spot, TreeDeclarations, type Unit } from '../iommu/index.js';
import { type Declarations, DeclarationsOf } from '../ir/index.js';
import type { BreachFact } from '../rules/index.js';
import { LoweredCode } from '../sim/code/index.js';
import { type Budget, type Code, type Procedure, printTape, replay, type Step } from '../sim/engine/index.js';
import { ALONE_BUDGET, aloneSubject, type Breach, runAlone } from '../sim/scenarios/index.js';
import type { FunctionItem } from '../syntax/index.js';
import type { SourceTree } from '../tree/index.js';
import type { Locator } from './locate.js';
import { traceOf } from './traces.js';

/** The kernel around the units: as the patches leave it, and as it was. */
export interface Surroundings {
  readonly tree: SourceTree | null;
  /** Null where nothing changes it. */
  readonly before: SourceTree | null;
}

export interface Simulated {
  readonly breaches: readonly BreachFact[];
  readonly runs: number;
}

/** Runs every function that the input shows whole. */
export function simulate(
  program: Program,
  surroundings: Surroundings,
  locator: Locator,
  isCancelled: () => boolean,
): Simulated {
  const simulator = new Simulator(program, surroundings, locator);
  const breaches: BreachFact[] = [];
  for (const fn of runnable(program, locator)) {
    if (isCancelled()) break;
    breaches.push(...simulator.run(fn));
  }
  return { breaches, runs: simulator.runs };
}

/** The functions that the input shows whole. */
export function runnable(program: Program, locator: Locator): Located<FunctionItem>[] {
  return program.units
    .filter(({ isReviewed }) => isReviewed)
    .flatMap((unit) =>
      unit.c.items.flatMap((item): Located<FunctionItem>[] => {
        if (item.kind !== 'function' || item.bodySpan === null || item.missing.length > 0) return [];
        const isShown = locator.isShown({ unit, span: { start: item.start, end: item.end } });
        return isShown ? [{ unit, item }] : [];
      }),
    );
}

/** A breach, and the steps of the run that shows it. */
export interface Shown {
  readonly breach: Breach;
  readonly steps: () => readonly Step[];
}

/** How functions are run where not all is run at once. */
export interface Running {
  readonly budget: Budget;
  /** Stands between the runs and the code, to see what they look at. */
  readonly watch: (code: Code) => Code;
}

const AT_ONCE: Running = { budget: ALONE_BUDGET, watch: (code) => code };

export class Simulator {
  runs = 0;
  private readonly lowered: LoweredCode;
  private readonly code: Code;
  private readonly before: LoweredCode | null;
  private readonly indices = new Map<string, LineIndex | null>();

  constructor(
    private readonly program: Program,
    private readonly surroundings: Surroundings,
    private readonly locator: Locator,
    private readonly running: Running = AT_ONCE,
  ) {
    const { units } = program;
    const { tree, before } = surroundings;
    this.lowered = new LoweredCode(declarationsOf(units, tree), filesOf(units), {});
    this.code = running.watch(this.lowered);
    this.before = before && new LoweredCode(declarationsOf([], before), [], {});
  }

  run(fn: Located<FunctionItem>): BreachFact[] {
    return this.factsOf(fn, this.shownBy(fn));
  }

  procedureOf({ unit, item }: Located<FunctionItem>): Procedure {
    return this.lowered.procedureOf({ item, file: unit.c, path: unit.image.path });
  }

  /** What runs of the function show, wherever it may be said. */
  shownBy(fn: Located<FunctionItem>): Shown[] {
    const procedure = this.procedureOf(fn);
    const { breaches, exploration } = runAlone(this.code, procedure, this.running.budget);
    this.runs += exploration.runs;
    return breaches.map((breach) => ({
      breach,
      steps: () => replay(aloneSubject(this.code, procedure), breach.tape).steps,
    }));
  }

  factsOf(fn: Located<FunctionItem>, shown: readonly Shown[]): BreachFact[] {
    if (shown.length === 0) return [];
    const old = this.brokenBefore(fn);
    return shown
      .filter(({ breach }) => !old?.has(keyOf(breach)))
      .flatMap((each) => this.factOf(fn, each, old !== null) ?? []);
  }

  /** What the function did wrong before the patch; null when it was not there, or nothing tells. */
  private brokenBefore({ unit, item }: Located<FunctionItem>): ReadonlySet<string> | null {
    const { before } = this.surroundings;
    const file = unit.image.basis === 'applied' ? before?.file(unit.image.path) : null;
    const old = file?.items.find(
      (each): each is FunctionItem =>
        each.kind === 'function' && each.name === item.name && each.bodySpan !== null,
    );
    if (!file || !old || !this.before) return null;
    const procedure = this.before.procedureOf({ item: old, file, path: unit.image.path });
    const { breaches, exploration } = runAlone(this.before, procedure, this.running.budget);
    this.runs += exploration.runs;
    return new Set(breaches.map(keyOf));
  }

  private factOf(
    fn: Located<FunctionItem>,
    { breach, steps }: Shown,
    isCompared: boolean,
  ): BreachFact | null {
    const spot = this.spotOf(fn, breach);
    if (!spot) return null;
    const related = breach.related.flatMap(({ site, words }) => {
      const at = this.unitAt(site.path);
      return at ? [{ spot: { unit: at, span: site }, message: words }] : [];
    });
    const assumptions = breach.assumptions.map(({ site, words }) => this.worded(site, words));
    return {
      monitor: breach.monitor,
      function: fn.item.name,
      spot,
      words: breach.words,
      related,
      confidence: breach.confidence,
      assumptions,
      isIntroduced: isCompared ? true : null,
      trace: () =>
        traceOf('alone', printTape(breach.tape), steps(), (path) => this.textOf(path), this.indices),
    };
  }

  /** Where to say it: on a line that the patch adds if one has a part in it, else on one that the input shows. */
  private spotOf({ unit, item }: Located<FunctionItem>, breach: Breach): Spot | null {
    const sites = [breach.site, ...breach.related.map(({ site }) => site)];
    const decisions = breach.assumptions.flatMap(({ site }) => site ?? []);
    const spots = [...sites, ...decisions]
      .filter(({ path, start }) => path === unit.image.path && start >= item.start && start < item.end)
      .map((span): Spot => ({ unit, span }));
    return (
      spots.find((spot) => this.locator.isAdded(spot)) ??
      spots.find((spot) => this.locator.isShown(spot)) ??
      (this.locator.isShown({ unit, span: item.nameSpan }) ? { unit, span: item.nameSpan } : null)
    );
  }

  private unitAt(path: string): Unit | null {
    return this.program.unitsAt(path)[0] ?? null;
  }

  private textOf(path: string): string | null {
    return this.unitAt(path)?.image.text ?? this.surroundings.tree?.file(path)?.text ?? null;
  }

  private worded(site: Breach['site'] | null, words: string): string {
    const text = site && this.textOf(site.path)?.slice(site.start, site.end).replace(/\s+/g, ' ');
    if (!text || (words !== 'true' && words !== 'false')) return words;
    const shown = text.length > 80 ? `${text.slice(0, 79)}…` : text;
    return `\`${shown}\` is ${words}`;
  }
}

function declarationsOf(units: readonly Unit[], tree: SourceTree | null): Declarations {
  if (tree) return new TreeDeclarations(units, tree);
  return new DeclarationsOf(units.map(({ image, c }) => ({ path: image.path, file: c })));
}

function filesOf(units: readonly Unit[]) {
  return units.map(({ image, c }) => ({ path: image.path, file: c }));
}

/** Equal for the same breach of two versions of a function. */
function keyOf({ monitor, words }: Breach): string {
  return `${monitor} ${words.replace(/\d+/g, '#')}`;
}
