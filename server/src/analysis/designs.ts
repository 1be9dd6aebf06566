/**
 * The reference designs, run: the matrix of designs and scenarios as data, with
 * every place in the file that it stands in. Each cell is run when asked for.
 */
import {
  type CellBreach,
  type CellScenario,
  counted,
  type DesignCell,
  type Trace,
} from '../findings/index.js';
import { MONITORS, readTapeId, type TapeId } from '../sim/engine/index.js';
import type { Breach } from '../sim/scenarios/index.js';
import {
  CELLS,
  type CellRow,
  cellOf,
  cellOfPlayed,
  DESIGNS,
  type Design,
  designNamed,
  FOLDER,
  implementationOfCell,
  isVaried,
  type PlayedScenario,
  playScenario,
  replayScenario,
  SCENARIOS,
  type Scenario,
  type StagedScenario,
  scenarioNamed,
  shownNames,
  shownPlace,
  stageScenario,
  TEXTS,
} from '../sim/worlds/index.js';
import { contradictionIn, misfitOf, verdictOfRun } from './replayed-run.js';
import { counterexampleTrace, placeInDesign, scenarioTrace } from './scenario-traces.js';

export interface ReferenceDesign {
  readonly id: string;
  readonly title: string;
  readonly story: string;
  /** As places in it are shown. */
  readonly file: string;
}

export const referenceDesigns: readonly ReferenceDesign[] = DESIGNS.map(({ id, title, story, file }) => ({
  ...{ id, title, story },
  file: FOLDER + file,
}));

/** The C of a design. */
export function designCode(design: string): string {
  return TEXTS[known(design).file]!;
}

/** A cell to run. */
export interface CellRun {
  readonly design: string;
  readonly row: string;
  readonly when: string | null;
  run(): DesignCell;
}

/** The cells of a design, or those that a row or a scenario id names, narrowed to it; none when nothing does. */
export function cellRuns(design: string, scenario: string | null): CellRun[] {
  const entry = known(design);
  return rowsOf(design, scenario).map((row) => ({
    ...{ design, row: row.row, when: row.when },
    run: () => {
      const varied = variedScenario(scenario);
      if (varied) return designCell(entry, row, [playScenario(implementationOfCell(entry, row), varied)]);
      const cell = cellOf(entry, row);
      const played = cell.played.filter(({ scenario: { id } }) => isMeant(row, id, scenario));
      return designCell(entry, row, played);
    },
  }));
}

/** All that `cellRuns` takes: rows and ids of scenarios. */
export function scenarioNames(design: string): string[] {
  const rows = rowsOf(design, null);
  return [...new Set([...rows.map(({ row }) => row), ...rows.flatMap(({ plays }) => plays)])];
}

/** Ids of the scenarios that a row or an id means for a design. */
export function scenarioIds(design: string, scenario: string): string[] {
  const rows = rowsOf(design, scenario);
  const varied = variedScenario(scenario);
  if (varied) return rows.length > 0 ? [varied.id] : [];
  return [...new Set(rows.flatMap((row) => row.plays.filter((id) => isMeant(row, id, scenario))))];
}

/** The C of a scenario, as it is written for a design, by preference for the design as it is. */
export function scenarioCode(design: string, id: string): string {
  const rows = rowsOf(design, id);
  const row = rows.find(({ file }) => file === undefined) ?? rows[0]!;
  return stageOf(known(design), row, id).text;
}

/** A run repeated, or why it cannot be: `malformed` is no tape at all, `other-code` one of other code. */
export type CellReplay =
  | { readonly kind: 'replayed'; readonly cells: readonly DesignCell[] }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'other-code' | 'impossible'; readonly why: string };

/** Repeats one run of a scenario. A design has several forms in some rows: of each that the tape fits there is a cell. */
export function replayCell(design: string, id: string, tape: string): CellReplay {
  const tapeId = readTapeId(tape);
  if (!tapeId) return { kind: 'malformed' };
  const entry = known(design);
  const forms = rowsOf(design, id).map((row) => replayedForm(entry, row, id, tapeId));
  const fitting = forms.filter(({ misfit }) => misfit === null);
  if (fitting.length === 0) return { kind: 'other-code', why: forms[0]!.misfit! };
  const possible = fitting.filter(({ run }) => contradictionIn(run) === null);
  if (possible.length === 0) return { kind: 'impossible', why: contradictionIn(fitting[0]!.run)! };
  return { kind: 'replayed', cells: possible.map((form) => replayedCell(entry, form)) };
}

function replayedForm(design: Design, row: CellRow, id: string, tape: TapeId) {
  const staged = stageOf(design, row, id);
  const run = replayScenario(staged, tape.tape);
  return { row, staged, run, misfit: misfitOf(`${design.id} in ${id}`, run, tape) };
}

type Form = ReturnType<typeof replayedForm>;

/** A cell of one run: it says nothing of the others. */
function replayedCell(design: Design, { row, staged, run }: Form): DesignCell {
  const { breaches } = run;
  const { kind, explored, why } = verdictOfRun(run);
  const scenario: CellScenario = {
    id: staged.scenario.id,
    story: staged.scenario.story,
    ...{ verdict: kind, explored, runs: 1, why },
    breaches: breaches.map((breach) => breachOf(staged, breach, run)),
    shownBy: null,
    trace: scenarioTrace(staged, run, breaches),
  };
  return {
    ...{ design: design.id, row: row.row, when: row.when, changedBy: changedBy(row) },
    verdict: kind,
    monitors: [...new Set(breaches.map(({ monitor }) => monitor))],
    explored,
    tape: run.id,
    text: kind === 'held' ? 'nothing broke in this run' : textOf(kind, [scenario]),
    runs: 1,
    scenarios: [scenario],
  };
}

function designCell(design: Design, row: CellRow, meant: readonly PlayedScenario[]): DesignCell {
  const { when, verdict, explored, monitors } = cellOfPlayed(design, row, meant);
  const scenarios = meant.map(scenarioOf);
  const first = scenarios.find(({ breaches }) => breaches.length > 0);
  return {
    ...{ design: design.id, row: row.row, when, changedBy: changedBy(row), verdict, monitors, explored },
    tape: first?.breaches[0]?.tape ?? null,
    text: textOf(verdict, scenarios),
    runs: scenarios.reduce((sum, { runs }) => sum + runs, 0),
    scenarios,
  };
}

function scenarioOf(played: PlayedScenario): CellScenario {
  const { scenario, verdict, exploration, breaches, shownBy } = played;
  const replays = shownBy ? [] : breaches.map(({ tape }) => replayScenario(played, tape));
  const [first] = replays;
  const trace: Trace | null = first ? counterexampleTrace(played, first, breaches[0]!) : null;
  return {
    id: scenario.id,
    story: scenario.story,
    verdict: verdict.kind,
    explored: verdict.explored,
    runs: exploration.runs,
    why: verdict.why,
    breaches: breaches.map((breach, at) => breachOf(played, breach, replays[at] ?? null)),
    shownBy: shownBy?.scenario.id ?? null,
    trace,
  };
}

function breachOf(
  staged: StagedScenario,
  breach: Breach,
  run: ReturnType<typeof replayScenario> | null,
): CellBreach {
  const { monitor, words, confidence, related, site } = breach;
  const { title, severity } = MONITORS[monitor];
  const shown = shownNames(staged);
  const { function: name, place } = placeInDesign(staged, breach, run?.steps ?? []);
  const own = shownPlace(staged, site);
  const noticed = own.file === place.file && own.line === place.line ? [] : [{ site, words: 'noticed here' }];
  return {
    ...{ monitor, title, severity, confidence, message: shown(words), function: name },
    file: place.file,
    line: place.line,
    related: [...noticed, ...related].flatMap((each) => {
      const at = shownPlace(staged, each.site);
      return at.line === null ? [] : [{ file: at.file, line: at.line, message: shown(each.words) }];
    }),
    tape: run?.id ?? null,
  };
}

const SCENARIO_WORDS = ['scenario', 'scenarios'] as const;
const RUN_WORDS = ['run', 'runs'] as const;

/** What came out and where, in a sentence. */
function textOf(verdict: DesignCell['verdict'], scenarios: readonly CellScenario[]): string {
  const runs = counted(
    scenarios.reduce((sum, each) => sum + each.runs, 0),
    RUN_WORDS,
  );
  const first = scenarios.find(({ breaches }) => breaches.length > 0);
  const breach = first?.breaches[0];
  if (breach) {
    const place = breach.line === null ? breach.file : `${breach.file}:${breach.line}`;
    return `${breach.function}() at ${place}: ${breach.message}`;
  }
  const open = scenarios.find((each) => each.verdict === 'not-modelled');
  if (verdict === 'not-modelled') return `not modelled, because ${open?.why ?? 'nothing was run'}`;
  const bound = scenarios.find(({ explored }) => explored === 'to-bound');
  const many = scenarios.length > 1 ? ` of ${counted(scenarios.length, SCENARIO_WORDS)}` : '';
  return bound
    ? `nothing broke: explored in ${runs}${many} to a bound, ${bound.why}`
    : `nothing broke: explored completely in ${runs}${many}`;
}

function known(design: string): Design {
  const found = designNamed(design);
  if (!found) throw new Error(`no design ${design}`);
  return found;
}

function changedBy({ variant }: CellRow): string | null {
  return variant === undefined ? null : FOLDER + variant;
}

/** Those of a design that a row or a scenario id names; all for null. */
function rowsOf(design: string, scenario: string | null): readonly CellRow[] {
  const rows = CELLS[design] ?? [];
  if (scenario === null) return rows;
  if (!isVaried(scenario))
    return rows.filter(({ row, plays }) => row === scenario || plays.includes(scenario));
  const named = scenarioNamed(scenario);
  return named.kind === 'scenario' ? rows.filter(({ plays }) => plays.includes(named.base.id)) : [];
}

/** The scenario in which that is varied which its name says; null when it says nothing of the kind. */
function variedScenario(name: string | null): Scenario | null {
  const named = name !== null && isVaried(name) ? scenarioNamed(name) : null;
  return named?.kind === 'scenario' ? named.scenario : null;
}

/** Whether a scenario of a row is one that was asked for. */
function isMeant({ row }: CellRow, id: string, asked: string | null): boolean {
  return asked === null || asked === row || asked === id;
}

function stageOf(design: Design, row: CellRow, id: string): StagedScenario {
  const scenario = variedScenario(id) ?? SCENARIOS.find((each) => each.id === id)!;
  return stageScenario(implementationOfCell(design, row), scenario);
}
