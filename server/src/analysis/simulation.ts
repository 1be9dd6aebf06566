/**
 * Functions under review, run one by one on the simulated kernel: what broke,
 * where in the input it is shown, and the runs that prove it. Of a patch on a
 * tree the function is run as it was before, too: what broke there already is
 * not the patch's doing.
 */
import { ALONE } from '../findings/index.js';
import type { Located, Program, Unit } from '../iommu/index.js';
import { type Declarations, Op } from '../ir/index.js';
import type { BreachFact } from '../rules/index.js';
import { LoweredCode } from '../sim/code/index.js';
import type { Budget, Code, MonitorId, Procedure, Tape } from '../sim/engine/index.js';
import {
  ALONE_BUDGET,
  type Alone,
  type Breach,
  type Replayed,
  replayAlone,
  runAlone,
  type Verdict,
} from '../sim/scenarios/index.js';
import type { FunctionItem } from '../syntax/index.js';
import type { JoinedFile, SourceTree } from '../tree/index.js';
import { declarationsOf } from './declared-functions.js';
import type { Locator } from './locate.js';
import type { RunShown } from './moved-sites.js';
import { verdictOfRun } from './replayed-run.js';
import { RunPlaces } from './run-places.js';
import { type Before, isIntroduced, RunsBefore } from './runs-before.js';
import { type Recorded, traceOf } from './traces.js';
import { callerThatUndoes } from './undone-by-caller.js';

/** The kernel around the units: as the patches leave it, and as it was. */
export interface Surroundings {
  readonly tree: SourceTree | null;
  /** Null where nothing changes it. */
  readonly before: SourceTree | null;
  /** What hunks that stand alone show of their file as it was. */
  readonly hunksBefore?: (unit: Unit) => Unit | null;
  /** What the patches of a series show together, where no tree shows all; made when it is asked for. */
  readonly series?: () => readonly JoinedFile[];
}

/** A function under review and what running it said. */
export interface SimulatedFunction {
  readonly fn: Located<FunctionItem>;
  readonly verdict: Verdict;
  /** Runs of the function as it is; as it was before are more. */
  readonly runs: number;
  readonly breaches: readonly BreachFact[];
}

/** What running a function showed, before it is placed in the input: plain data, which another process may have found out. */
export interface FunctionRun {
  readonly verdict: Verdict;
  readonly runs: number;
  readonly shown: readonly RunShown[];
}

/** One run, by its tape. */
export interface ReplayedFunction extends SimulatedFunction {
  readonly run: Replayed;
}

/** A breach, and the record of the run that shows it. */
interface Shown {
  readonly breach: Breach;
  readonly record: () => Recorded;
}

/** How functions are run where not all is run at once. */
export interface Running {
  readonly budget: Budget;
  /** Stands between the runs and the code, to see what they look at. */
  readonly watch: (code: Code) => Code;
}

const AT_ONCE: Running = { budget: ALONE_BUDGET, watch: (code) => code };

/** The code to run, and to lower what it calls. */
interface Lowered {
  readonly lowered: LoweredCode;
  readonly code: Code;
}

/** Runs functions of one program; what is lowered for one serves the others. */
export class Simulator {
  /** All that were made so far. */
  runs = 0;
  private readonly declarations: Declarations;
  private readonly before: RunsBefore;
  private shared: Lowered | null = null;
  private readonly ofVersion = new Map<Unit, Lowered>();

  constructor(
    private readonly program: Program,
    private readonly surroundings: Surroundings,
    private readonly locator: Locator,
    private readonly running: Running = AT_ONCE,
  ) {
    this.declarations = declarationsOf(program.units, surroundings.tree);
    this.before = new RunsBefore(program, surroundings, (code, procedure) => this.ran(code, procedure));
  }

  /** The function definitions that the input shows a line of, in its order. */
  functions(): Located<FunctionItem>[] {
    return this.program.units
      .filter(({ isReviewed }) => isReviewed)
      .flatMap((unit) => unit.c.items.flatMap((item) => (item.kind === 'function' ? [{ unit, item }] : [])))
      .filter(
        ({ unit, item: { bodySpan, start, end } }) =>
          bodySpan !== null && this.locator.isShown({ unit, span: { start, end } }),
      );
  }

  run(fn: Located<FunctionItem>): SimulatedFunction {
    if (!isRunnable(fn)) return { fn, verdict: notSeen(fn), runs: 0, breaches: [] };
    const { alone, shown } = this.alone(fn);
    const { exploration, verdict } = alone;
    const { runs } = exploration;
    return { fn, verdict: verdictFor(fn, verdict), runs, breaches: this.factsOf(fn, shown) };
  }

  /** The same, of what was run elsewhere. */
  told(fn: Located<FunctionItem>, { verdict, runs, shown }: FunctionRun): SimulatedFunction {
    this.runs += runs;
    const recorded = shown.map((each) => ({ breach: each.breach, record: () => each.recorded }));
    return { fn, verdict, runs, breaches: this.factsOf(fn, recorded) };
  }

  /** For `told`: null for a function that cannot be run by what the input shows of it. */
  runFor(fn: Located<FunctionItem>): FunctionRun | null {
    if (!isRunnable(fn)) return null;
    const { alone, shown } = this.alone(fn);
    const { exploration, verdict } = alone;
    return {
      verdict: verdictFor(fn, verdict),
      runs: exploration.runs,
      shown: shown.map(({ breach, record }) => {
        const { id, steps } = record();
        return { breach, recorded: { id, steps } };
      }),
    };
  }

  /** Repeats one run of a function that is shown whole. */
  replay(fn: Located<FunctionItem>, tape: Tape): ReplayedFunction {
    const { code } = this.codeOf(fn.unit);
    const run = replayAlone(code, this.procedureOf(fn), tape, this.alone(fn).alone);
    const shown = run.breaches.map((breach) => ({ breach, record: () => run }));
    return { fn, run, breaches: this.factsOf(fn, shown), runs: 1, verdict: verdictOfRun(run) };
  }

  trace(fn: Located<FunctionItem>, run: Recorded): ReturnType<BreachFact['trace']> {
    const places = this.places(fn);
    return traceOf(ALONE, run, (path, offset) => places.lineAt(path, offset));
  }

  procedureOf({ unit, item }: Located<FunctionItem>): Procedure {
    return this.codeOf(unit).lowered.procedureOf({ item, file: unit.c, path: unit.image.path });
  }

  /** What runs of a function that is shown whole show, wherever it may be said. */
  shownBy(fn: Located<FunctionItem>): Shown[] {
    return this.alone(fn).shown;
  }

  /** The same in places of the input, held against what the function did before. */
  factsOf(fn: Located<FunctionItem>, shown: readonly Shown[]): BreachFact[] {
    const old = shown.length > 0 ? this.before.broken(fn) : null;
    return shown.map((each) => this.factOf(fn, each, old));
  }

  /** What a name means is asked in the version of the file that the function is in: a series has several. */
  private codeOf(unit: Unit): Lowered {
    const files = this.program.units.map(({ image, c }) => ({ path: image.path, file: c }));
    const lower = (more: typeof files): Lowered => {
      const lowered = new LoweredCode(this.declarations, [...files, ...more], {});
      return { lowered, code: this.running.watch(lowered) };
    };
    if (this.program.unitsAt(unit.image.path).length < 2) {
      this.shared ??= lower([]);
      return this.shared;
    }
    const code = this.ofVersion.get(unit) ?? lower([{ path: unit.image.path, file: unit.c }]);
    this.ofVersion.set(unit, code);
    return code;
  }

  private alone(fn: Located<FunctionItem>): { alone: Alone; shown: Shown[] } {
    const { code } = this.codeOf(fn.unit);
    const procedure = this.procedureOf(fn);
    const alone = this.ran(code, procedure);
    const unknown = fn.item.missing.length > 0 ? undeclared(code, procedure) : NONE;
    const guessed = new Set(procedure.ir.guessed);
    const known = alone.breaches
      .filter((each) => isOfNoObject(each) || !isOfUnknown(each, unknown))
      .map((each): Breach => (isOfUnknown(each, guessed) ? { ...each, confidence: 'possible' } : each));
    const shown = known.map((breach) => ({
      breach,
      record: () => replayAlone(code, procedure, breach.tape, alone),
    }));
    return { alone, shown };
  }

  private ran(code: Code, procedure: Procedure): Alone {
    const alone = runAlone(code, procedure, this.running.budget);
    this.runs += alone.exploration.runs;
    return alone;
  }

  private factOf(fn: Located<FunctionItem>, { breach, record }: Shown, old: Before | null): BreachFact {
    const places = this.places(fn);
    const { leftOnBy } = breach;
    const assumptions = new Set(breach.assumptions.map((each) => places.worded(each)));
    // What is left behind where a warning says that this cannot be is not what anybody has to see to.
    const isPastWarning =
      LEAVES_BEHIND.has(breach.monitor) && [...assumptions].some((words) => WARNED.test(words));
    const undoer = leftOnBy === undefined ? null : callerThatUndoes(this.program, fn, leftOnBy);
    return {
      monitor: breach.monitor,
      function: fn.item.name,
      spot: places.spotOf(breach, () => record().steps),
      words: breach.words,
      related: breach.related.flatMap(({ site, words }) => {
        const at = places.at(site);
        return at ? [{ spot: at, message: words }] : [];
      }),
      confidence: undoer !== null || isPastWarning ? 'possible' : breach.confidence,
      ...(undoer === null ? {} : { severity: 'hint' }),
      assumptions: [
        ...assumptions,
        ...(undoer === null ? [] : [`${undoer}() does not turn it off when this fails`]),
      ],
      isIntroduced: old && isIntroduced(breach, old),
      trace: () => this.trace(fn, record()),
    };
  }

  private places(fn: Located<FunctionItem>): RunPlaces {
    return new RunPlaces(fn, this.program, this.surroundings.tree, this.locator);
  }
}

/**
 * Whether the input shows enough of a function to run it. Of one that it shows in part, ways that leave where it is
 * shown are run to their end, and the others until it ceases to be (ir/lowering.ts:unseen): what breaks on them breaks,
 * whatever stands around.
 */
export function isRunnable({ item }: Located<FunctionItem>): boolean {
  return !item.missing.includes('name');
}

/**
 * Variables whose values a function uses and that are declared nowhere at hand: of a part that begins later some are not.
 * What has a name in capitals is a number of a header that is not at hand, and no variable.
 */
function undeclared(code: Code, { ir, path }: Procedure): ReadonlySet<string> {
  const unknown = new Map(
    ir.code.flatMap(({ op, text, dst }) =>
      op === Op.GlobalAddress && !CAPITALS.test(text) && code.global(text, path) === null
        ? [[dst, text] as const]
        : [],
    ),
  );
  const used = ir.code.flatMap(({ op, a }) =>
    op === Op.Load || op === Op.Store ? (unknown.get(a) ?? []) : [],
  );
  return new Set(used);
}

const NONE: ReadonlySet<string> = new Set();
const CAPITALS = /^[A-Z_][A-Z0-9_]*$/;

/** Whether a breach is one of objects of which a variable of unknown type says what they are. */
function isOfUnknown({ words, related }: Breach, variables: ReadonlySet<string>): boolean {
  const all = [words, ...related.map((each) => each.words)].join(' ');
  return (all.match(/\w+/g) ?? []).some((each) => variables.has(each));
}

/** Monitors of what nobody gives back. */
const LEAVES_BEHIND: ReadonlySet<MonitorId> = new Set(['LEAK', 'REFLEAK']);

/** The choice that lets a WARN_ON() come true. */
const WARNED = /^`WARN\w*\(.*` is true$/s;

/** Breaches that do not depend on what is where in an object. */
const OF_NO_OBJECT: ReadonlySet<MonitorId> = new Set([
  'LOCKBAL',
  'UNHELD',
  'SELFDEAD',
  'ATOMSLEEP',
  'RIGN',
  'LATECHECK',
]);

function isOfNoObject({ monitor }: Breach): boolean {
  return OF_NO_OBJECT.has(monitor);
}

/** That nothing broke in a part says nothing of the whole. */
function verdictFor(fn: Located<FunctionItem>, verdict: Verdict): Verdict {
  return fn.item.missing.length > 0 && verdict.kind !== 'violated' ? notSeen(fn) : verdict;
}

function notSeen({ item }: Located<FunctionItem>): Verdict {
  const why = `the input does not show its ${item.missing.join(', ')}`;
  return { kind: 'not-modelled', explored: 'to-bound', why };
}
