/**
 * What came of the reference designs, for people: a line for each cell of the
 * matrix, as soon as it is done, and then what broke, step by step.
 */
import { type CellScenario, type DesignCell, printable, traceLines } from '../../findings/index.js';
import {
  type CellContext,
  cellSummary,
  type DesignHead,
  exploredWords,
  remarksOf,
  SIGNS,
  toldScenario,
} from './cell-summary.js';
import { TextLines, type TextStyle } from './text-lines.js';

/** The heading of a design. */
export function designText({ id, title, story, file }: DesignHead, style: TextStyle): string {
  const lines = new TextLines(style);
  lines.inked('heading', `${id}: ${title}`);
  lines.closing(story);
  lines.closing(`The code is ${file}; --source prints it.`);
  lines.line('');
  return lines.text();
}

/** One cell: scenario, verdict, how far was looked, what broke; below, when and where. `rowWidth`: of the longest row. */
export function cellText(cell: DesignCell, rowWidth: number, style: TextStyle): string {
  const lines = new Writer(style);
  lines.cell(cell, rowWidth);
  return lines.text();
}

/** What stands below the cells of a design: the runs that broke a rule, and the sum. */
export function cellsEndText(cells: readonly DesignCell[], context: CellContext & TextStyle): string {
  const lines = new Writer(context);
  lines.line('');
  if (context.isDetailed) for (const cell of cells) lines.told(cell, context);
  lines.closing(cellSummary(cells));
  const broken = cells.find(({ verdict }) => verdict === 'violated');
  if (!context.isDetailed && broken)
    lines.line(`Step by step, for instance: ${context.showOf(broken.design, broken.row)}`);
  return lines.text();
}

const VERDICT = 'not modelled'.length;
const EXPLORED = '1000 runs, completely'.length;
const INDENT = 4;

class Writer extends TextLines {
  cell(cell: DesignCell, rowWidth: number): void {
    const { row, when, verdict, monitors, text } = cell;
    const words = verdict.replace('-', ' ').padEnd(VERDICT);
    const ink = verdict === 'violated' ? 'error' : verdict === 'held' ? 'place' : 'warning';
    const cells = [
      this.paint(ink, `${SIGNS[verdict]} ${words}`),
      row.padEnd(rowWidth),
      exploredWords(cell).padEnd(EXPLORED),
      monitors.join(', '),
    ];
    this.line(cells.join('  ').trimEnd());
    if (when !== null) this.below(`when: ${when}`);
    if (verdict !== 'held') this.below(text);
  }

  private below(text: string): void {
    const pad = ' '.repeat(INDENT);
    this.wrapped(pad, INDENT, printable(text), INDENT + 2);
  }

  /** How a cell came to be. */
  told(cell: DesignCell, context: CellContext): void {
    const scenario = toldScenario(cell);
    if (!scenario) return;
    const { id, story, trace } = scenario;
    this.inked('heading', `${id}${cell.when === null ? '' : `, ${cell.when}`}`);
    this.closing(story);
    this.breach(cell, scenario);
    for (const [index, line] of (trace ? traceLines(trace) : []).entries())
      this.line(`    ${trace!.steps[index]!.isViolation ? this.paint('error', line) : line}`);
    if (trace) this.unwrappedRemark('replay: ', context.replayOf(cell.design, id, trace.tape));
    this.line('');
  }

  private breach(cell: DesignCell, scenario: CellScenario): void {
    const [breach] = scenario.breaches;
    if (breach) {
      const place = breach.line === null ? breach.file : `${breach.file}:${breach.line}`;
      const title = `${breach.title} (${breach.monitor}, ${breach.severity}, ${breach.confidence})`;
      const lead = `  ${this.paint('place', place)}: ${this.paint(breach.severity, title)}: `;
      this.wrapped(lead, place.length + title.length + 6, printable(breach.message), 6);
    } else this.closing('No rule broke.');
    for (const remark of remarksOf(cell, scenario)) this.remark('', remark);
  }
}
