/** The matrix: every design with every scenario, run, cell by cell. */
import { type PatchFile, readPatches } from '../../patch/index.js';
import { CFile } from '../../syntax/index.js';
import { applyHunks } from '../../tree/index.js';
import type { Budget, MonitorId } from '../engine/index.js';
import { PROGRAMME_BUDGET } from '../scenarios/index.js';
import { DESIGNS, type Design } from './designs.table.js';
import { kitOf } from './kit.js';
import { CELLS, type CellRow } from './matrix.table.js';
import { playAll } from './play-all.js';
import { FOLDER, type Implementation, type PlayedScenario, playScenario } from './play-scenario.js';
import { SCENARIOS } from './scenarios.table.js';
import { TEXTS } from './texts.generated.js';

export interface Cell {
  readonly design: string;
  readonly row: string;
  readonly when: string | null;
  readonly verdict: 'held' | 'violated' | 'not-modelled';
  /** Whether all runs were tried. */
  readonly explored: 'completely' | 'to-bound';
  /** Those that broke, each once. */
  readonly monitors: readonly MonitorId[];
  readonly played: readonly PlayedScenario[];
}

/** The cells of a design, in the order of the table; each is run when it is asked for. */
export function* cellsOf(design: Design): Generator<Cell> {
  for (const row of CELLS[design.id] ?? []) yield cellOf(design, row);
}

/** `repairs`: changes of the design, as patches, that are made before it is run. */
export function cellOf(
  design: Design,
  row: CellRow,
  repairs: readonly string[] = [],
  budget: Budget = PROGRAMME_BUDGET,
): Cell {
  const scenarios = SCENARIOS.filter(({ id }) => row.plays.includes(id));
  const implementation = implementationOfCell(design, row, repairs);
  const played = playAll(scenarios, (scenario) => playScenario(implementation, scenario, budget));
  return cellOfPlayed(design, row, [...played]);
}

/** What a cell says when these scenarios of it count. */
export function cellOfPlayed(design: Design, row: CellRow, played: readonly PlayedScenario[]): Cell {
  const monitors = [...new Set(played.flatMap(({ breaches }) => breaches.map(({ monitor }) => monitor)))];
  const kinds = played.map(({ verdict }) => verdict.kind);
  return {
    design: design.id,
    row: row.row,
    when: row.when,
    verdict:
      monitors.length > 0 ? 'violated' : kinds.every((kind) => kind === 'held') ? 'held' : 'not-modelled',
    explored: played.every(({ verdict }) => verdict.explored === 'completely') ? 'completely' : 'to-bound',
    monitors,
    played,
  };
}

/** A design in the form that is run for a cell. */
export function implementationOfCell(
  design: Design,
  { file, variant }: CellRow,
  repairs: readonly string[] = [],
): Implementation {
  const patches = [...(variant ? [TEXTS[variant]!] : []), ...repairs];
  return implementationOf(design, file ?? design.file, patches);
}

/** A design as code to run, changed by patches. Throws when one does not apply: they are ours. */
export function implementationOf(
  { operations, id }: Design,
  file: string,
  patches: readonly string[] = [],
): Implementation {
  const texts = new Map([[file, TEXTS[file]!]]);
  for (const patch of patches) {
    const changes = readPatches(patch).messages.flatMap(({ files }) => files);
    for (const change of changes) {
      // What is changed is the form of the design that is run, whatever the patch calls it, or what its drivers do.
      const name = worldNameOf(change.newPath);
      const path = TEXTS[name] === undefined ? file : name;
      texts.set(path, changed(texts.get(path) ?? TEXTS[path]!, path, change));
    }
  }
  const files = [{ path: FOLDER + file, file: new CFile(texts.get(file)!) }];
  texts.delete(file);
  const kit = kitOf(files);
  if (!kit) throw new Error(`${id}: no function binds`);
  return { files, kit, operations, changedTexts: texts };
}

/** Of `server/simulated/driver.c`, the name that the texts of the world go by; designs lie deeper. */
function worldNameOf(path: string | null): string {
  return path?.replace(/^server\/simulated\//, '') ?? '';
}

function changed(text: string, path: string, change: PatchFile): string {
  const applied = applyHunks(change, path, text);
  if (!applied.ok) throw new Error(`${path}: ${applied.why}`);
  return applied.text;
}

export function designNamed(id: string): Design | null {
  return DESIGNS.find((each) => each.id === id) ?? null;
}
