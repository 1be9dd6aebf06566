/** Cells of the matrix in words, as text and Markdown share them. */
import { type CellScenario, counted, type DesignCell, type ScenarioVerdict } from '../../findings/index.js';

const RUNS = ['run', 'runs'] as const;

/** What a verdict looks like where there are no colours. */
export const SIGNS: Readonly<Record<DesignCell['verdict'], string>> = {
  held: '✓',
  violated: '✗',
  'not-modelled': '?',
};

/** A design as its heading shows it. */
export interface DesignHead {
  readonly id: string;
  readonly title: string;
  readonly story: string;
  readonly file: string;
}

/** What the formats need beside the cells. */
export interface CellContext {
  /** The command that repeats a run of a scenario. */
  replayOf(design: string, scenario: string, tape: string): string;
  /** The command that shows how a cell came to be. */
  showOf(design: string, scenario: string): string;
  /** Whether the runs that break a rule are shown, step by step. */
  readonly isDetailed: boolean;
}

/** `226 runs, completely`. */
export function exploredWords({ runs, explored }: Pick<ScenarioVerdict, 'runs' | 'explored'>): string {
  return `${counted(runs, RUNS)}, ${explored === 'completely' ? 'completely' : 'to a bound'}`;
}

/** `19 cells: 11 violated, 8 held; 6043 runs`. */
export function cellSummary(cells: readonly DesignCell[]): string {
  const parts = (['violated', 'held', 'not-modelled'] as const).flatMap((verdict) => {
    const number = cells.filter((cell) => cell.verdict === verdict).length;
    return number === 0 ? [] : [`${number} ${verdict.replace('-', ' ')}`];
  });
  const runs = cells.reduce((sum, cell) => sum + cell.runs, 0);
  return `${counted(cells.length, ['cell', 'cells'])}: ${parts.join(', ')}; ${counted(runs, RUNS)}`;
}

/** The scenario of a cell that is told step by step: the first that has a run to show. */
export function toldScenario({ scenarios }: DesignCell): CellScenario | null {
  return (
    scenarios.find(({ trace }) => trace !== null) ??
    scenarios.find(({ breaches }) => breaches.length > 0) ??
    null
  );
}

/** What is to be known of the places and the runs of a told scenario. */
export function remarksOf(
  { changedBy }: DesignCell,
  { breaches: [breach], shownBy }: CellScenario,
): string[] {
  return [
    ...(breach?.related.map(({ file, line, message }) => `${file}:${line}: ${message}`) ?? []),
    ...(shownBy === null ? [] : [`the run of ${shownBy} shows it`]),
    ...(changedBy === null ? [] : [`lines count in the design as changed by ${changedBy}`]),
  ];
}
