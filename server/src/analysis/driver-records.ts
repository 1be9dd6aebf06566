/** An operation of a driver in its world, and runs of it as they are recorded and told: where each step and each question stands. */
import { LineIndex } from '../base/index.js';
import { type ChoicePoint, type RunSource, type Trace, TWO_INSTANCES } from '../findings/index.js';
import type { NamedFile } from '../ir/index.js';
import { type Replay, replay, type Step } from '../sim/engine/index.js';
import type { Site } from '../sim/model/index.js';
import {
  type DomainSource,
  DRIVER_WORLD_FILE,
  type DriverRun,
  type DriverShape,
  type ProgrammeName,
  type StagedDriver,
  stageDriver,
} from '../sim/worlds/index.js';
import type { SourceTree } from '../tree/index.js';
import { openQuestions, shortened } from './run-questions.js';
import { traceOf } from './traces.js';
import { WorldDeclarations } from './world-declarations.js';

/** Which run of which programme. */
export type RunOfProgramme = Pick<DriverRun, 'programme' | 'tape'>;

/** A run, step by step. */
export interface RecordedRun extends Replay {
  readonly programme: ProgrammeName;
}

/** `steps`: of one run; left out, as many as most of them take. */
export function stageIn(
  tree: SourceTree,
  shape: DriverShape,
  domain: DomainSource,
  steps: number | undefined,
): StagedDriver {
  const { path, beside } = shape;
  const { paging, pasid, remove, enforce, release, releaseDomain, probe, notifier } = beside;
  const called = [paging, pasid, remove, enforce, release, releaseDomain?.attach, probe, notifier];
  const paths = new Set([path, ...called.flatMap((each) => (each ? [each.path] : []))]);
  const files = [...paths].flatMap((each) => {
    const file = tree.file(each);
    return file ? [{ path: each, file }] : [];
  });
  const declared = (world: readonly NamedFile[]) => new WorldDeclarations([], tree, world, path);
  return stageDriver(shape, domain, files, declared, steps);
}

/** Null where the programme is none of the operation. */
export function recordOf(staged: StagedDriver, { programme, tape }: RunOfProgramme): RecordedRun | null {
  const subject = staged.subject(programme);
  return subject && { ...replay(subject, tape), programme };
}

/** How the world is made can be read in its C: the story begins after that. */
function startOfStory({ steps }: RecordedRun): number {
  return Math.max(
    0,
    steps.findIndex(({ words }) => words === 'calls make_domain()'),
  );
}

export function driverTrace(tree: SourceTree, staged: StagedDriver, run: RecordedRun): Trace {
  const textOf = (path: string): string | null => textIn(tree, staged, path);
  const lineOf = lineReader(textOf);
  const steps = run.steps.slice(startOfStory(run)).map((step) => withCode(step, textOf));
  return traceOf(`${TWO_INSTANCES}/${run.programme}`, { id: run.id, steps }, lineOf);
}

/** A write to a register changes nothing that is told of: the code says what it is. */
function withCode(step: Step, textOf: (path: string) => string | null): Step {
  const { words, changes, site } = step;
  if (words !== '' || changes.length > 0) return step;
  const code = textOf(site.path)?.slice(site.start, site.end) ?? '';
  return { ...step, words: shortened(code) };
}

/** What a run left open, in the steps of its trace. */
export function driverQuestions(tree: SourceTree, staged: StagedDriver, run: RecordedRun): ChoicePoint[] {
  const textOf = (path: string): string | null => textIn(tree, staged, path);
  const lineOf = lineReader(textOf);
  const start = startOfStory(run);
  const last = run.steps.length - start;
  return openQuestions(run, {
    numberOf: (recorded) => (recorded < start ? null : Math.min(recorded - start + 1, last)),
    placeOf: (site: Site) => {
      const code = textOf(site.path)?.slice(site.start, site.end) ?? '';
      return { file: site.path, line: lineOf(site.path, site.start), code };
    },
  });
}

/** The C of the world, where steps of a trace stand in it: nobody could open it otherwise. */
export function driverSources({ text }: StagedDriver, { steps }: Trace): RunSource[] {
  return steps.some(({ file }) => file === DRIVER_WORLD_FILE) ? [{ file: DRIVER_WORLD_FILE, text }] : [];
}

function textIn(tree: SourceTree, staged: StagedDriver, path: string): string | null {
  return path === DRIVER_WORLD_FILE ? staged.text : tree.read(path);
}

/** The line at an offset of a file; null where there is no such file. */
export function lineReader(
  textOf: (path: string) => string | null,
): (path: string, offset: number) => number | null {
  const indices = new Map<string, LineIndex>();
  return (path, offset) => {
    const text = textOf(path);
    if (text === null) return null;
    const index = indices.get(path) ?? new LineIndex(text);
    indices.set(path, index);
    return index.lineAt(offset) + 1;
  };
}
