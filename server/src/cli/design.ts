/** `simulate --design`: runs the reference designs and prints what came of them, or one run of them, or their C. */
import { type DesignCell, TOOL } from '../findings/index.js';
import {
  type CellContext,
  cellSvg,
  cellsEndText,
  cellsJson,
  cellsMarkdown,
  cellText,
  designText,
} from '../review/index.js';
import type { DesignCommand } from './arguments.js';
import { type Dependencies, type Designs, FINE, type Io } from './io.js';
import { shellWord } from './replay.js';
import { noScenario, severalScenarios, tapeComplaint } from './scenario-names.js';
import { wantsColour } from './style.js';
import { nearest, UsageError } from './usage-error.js';

type Design = Designs['referenceDesigns'][number];
type CellRun = ReturnType<Designs['cellRuns']>[number];

/** A design with those of its cells that were asked for. */
interface Chosen {
  readonly design: Design;
  readonly runs: readonly CellRun[];
}

/** No exit status tells verdicts: a reference design is nobody's patch. */
export async function runDesign(command: DesignCommand, io: Io, dependencies: Dependencies): Promise<number> {
  const designs = await dependencies.designs();
  const chosen = chosenOf(command, designs);
  if (command.isSource) await io.write(sourceOf(command, designs));
  else if (command.tape !== null) await print([replayed(command, chosen[0]!, designs)], command, io);
  else await print(chosen, command, io);
  return FINE;
}

/** Throws `UsageError` when there is nothing of that name. */
function chosenOf({ design, scenario }: DesignCommand, designs: Designs): Chosen[] {
  const { referenceDesigns, cellRuns, scenarioNames } = designs;
  const named = design === 'all' ? referenceDesigns : referenceDesigns.filter(({ id }) => id === design);
  if (named.length === 0) throw noDesign(design, designs);
  const chosen = named
    .map((each): Chosen => ({ design: each, runs: cellRuns(each.id, scenario) }))
    .filter(({ runs }) => runs.length > 0);
  if (chosen.length > 0) return chosen;
  const names = [...new Set(named.flatMap(({ id }) => scenarioNames(id)))];
  throw noScenario(`--design ${design}`, scenario ?? '', names);
}

function noDesign(name: string, { referenceDesigns }: Designs): UsageError {
  const ids = referenceDesigns.map(({ id }) => id);
  const meant = nearest(name, [...ids, 'all']);
  return new UsageError(
    `no design '${name}'`,
    meant ? `Did you mean '${meant}'?` : `There are ${ids.join(', ')}, and all.`,
  );
}

/** The C of a design, or of one of its scenarios. */
function sourceOf(command: DesignCommand, designs: Designs): string {
  const { design } = command;
  if (design === 'all') throw new UsageError('--source prints one file, so it goes with one --design NAME');
  if (command.scenario === null) return designs.designCode(design);
  return designs.scenarioCode(design, oneScenario(command, '--source prints', designs));
}

/** The id of the only scenario that is meant. */
function oneScenario({ design, scenario }: DesignCommand, what: string, designs: Designs): string {
  const ids = designs.scenarioIds(design, scenario!);
  if (ids.length === 1) return ids[0]!;
  throw severalScenarios(what, scenario!, ids);
}

/** Throws `UsageError` when the tape is none of the scenario. */
function replayed(command: DesignCommand, { design }: Chosen, designs: Designs): Chosen {
  const tape = command.tape!;
  const id = oneScenario(command, '--tape is a run of', designs);
  const answer = designs.replayCell(design.id, id, tape);
  const fresh = `'iommu-review simulate --design ${design.id} --scenario ${id}' gives the tapes of this version.`;
  if (answer.kind !== 'replayed') throw tapeComplaint(tape, answer, fresh);
  return { design, runs: answer.cells.map((cell) => ({ ...cell, run: () => cell })) };
}

async function print(chosen: readonly Chosen[], command: DesignCommand, io: Io): Promise<void> {
  switch (command.format) {
    case 'text':
      for (const [at, each] of chosen.entries()) {
        if (at > 0) await io.write('\n');
        await printText(each, command, io);
      }
      return;
    case 'json':
      return io.write(cellsJson(chosen.flatMap(({ runs }) => [...done(runs, io)])));
    case 'markdown':
      for (const [at, { design, runs }] of chosen.entries()) {
        const text = cellsMarkdown(design, [...done(runs, io)], contextOf(command));
        await io.write(at > 0 ? `\n${text}` : text);
      }
      return;
    case 'svg':
      return printPicture(chosen, io);
  }
}

/** Each cell is printed when it is done: some take their time. */
async function printText({ design, runs }: Chosen, command: DesignCommand, io: Io): Promise<void> {
  const style = { width: io.columns, colour: wantsColour(io) };
  const rowWidth = Math.max(...runs.map(({ row }) => row.length));
  const cells: DesignCell[] = [];
  await io.write(designText(design, style));
  for (const cell of done(runs, io)) {
    cells.push(cell);
    await io.write(cellText(cell, rowWidth, style));
  }
  await io.write(cellsEndText(cells, { ...contextOf(command), ...style }));
}

async function printPicture(chosen: readonly Chosen[], io: Io): Promise<void> {
  for (const { runs } of chosen) {
    for (const cell of done(runs, io)) {
      const picture = cellSvg([cell]);
      if (picture !== null) return io.write(picture);
    }
  }
  io.complain(`${TOOL.name}: nothing to draw: no rule broke`);
}

function* done(runs: readonly CellRun[], io: Io): Generator<DesignCell> {
  for (const { design, row, when, run } of runs) {
    io.progress(`running ${design}: ${row}${when === null ? '' : `, ${when}`}`);
    const cell = run();
    io.progress(null);
    yield cell;
  }
}

function contextOf({ scenario }: DesignCommand): CellContext {
  const words = (...more: readonly string[]): string =>
    ['iommu-review', 'simulate', '--design', ...more].map(shellWord).join(' ');
  return {
    replayOf: (design, id, tape) => words(design, '--scenario', id, '--tape', tape),
    showOf: (design, row) => words(design, '--scenario', row),
    isDetailed: scenario !== null,
  };
}
