/** The command line that repeats a run, ready to be pasted into a shell. */
import { ALONE, type Finding, TWO_INSTANCES } from '../findings/index.js';
import type { RunName } from '../review/index.js';
import type { CheckCommand, SimulateCommand } from './arguments.js';
import type { Gathered } from './gather.js';

type Around = Pick<CheckCommand | SimulateCommand, 'tree' | 'as' | 'project'>;

/** The options that say where the code stands are repeated: with another tree it is another run. */
export function replayCommand(run: RunName, tape: string, input: string, around: Around): string {
  return simulateCommand(run, ['--tape', tape], input, around);
}

/** The command that plays a scenario, all its runs. */
export function playCommand(scenario: string, input: string, around: Around): string {
  return simulateCommand({ scenario }, [], input, around);
}

function simulateCommand(run: RunName, more: readonly string[], input: string, around: Around): string {
  const { tree, as, project } = around;
  const name = [
    ...('scenario' in run ? ['--scenario', run.scenario] : []),
    ...('function' in run ? ['--function', run.function] : []),
  ];
  const words = [
    ...['simulate', ...(tree === null ? [] : ['--tree', tree]), ...(as === null ? [] : ['--as', as])],
    ...(project === null ? [] : ['--project', project]),
    ...[...name, ...more, ...(/^-./.test(input) ? ['--'] : []), input],
  ];
  return `iommu-review ${words.map(shellWord).join(' ')}`;
}

/** Null for a finding that is read off the code. */
export function replayOfFinding(
  { trace, function: name, source }: Finding,
  command: CheckCommand,
  gathered: readonly Gathered[],
): string | null {
  if (!trace) return null;
  const from = gathered.find(({ input }) => input?.parts.some(({ path }) => path === source.path));
  // A scenario calls all that was given together.
  const { scenario } = trace;
  const isOfDriver = scenario.startsWith(`${TWO_INSTANCES}/`);
  if (scenario !== ALONE && !isOfDriver)
    return replayCommand({ scenario }, trace.tape, from?.path ?? source.path, command);
  if (name === null) return null;
  if (isOfDriver) return replayCommand({ scenario, function: name }, trace.tape, source.path, command);
  // C files that no tree holds together are read together.
  const isWhole = from?.input?.kind === 'directory' && from.tree === null;
  return replayCommand({ function: name }, trace.tape, isWhole ? from.path : source.path, command);
}

/** A word as a shell takes it. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) && !word.startsWith('~') ? word : `'${word.replace(/'/g, `'\\''`)}'`;
}
