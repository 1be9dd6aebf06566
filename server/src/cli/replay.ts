/** The command line that repeats a run, ready to be pasted into a shell. */
import type { Finding } from '../findings/index.js';
import type { CheckCommand, SimulateCommand } from './arguments.js';
import type { Gathered } from './gather.js';

type Around = Pick<CheckCommand | SimulateCommand, 'tree' | 'as'>;

/** The options that say where the code stands are repeated: with another tree it is another run. */
export function replayCommand(name: string, tape: string, input: string, { tree, as }: Around): string {
  const words = [
    ...['simulate', ...(tree === null ? [] : ['--tree', tree]), ...(as === null ? [] : ['--as', as])],
    ...['--function', name, '--tape', tape, ...(/^-./.test(input) ? ['--'] : []), input],
  ];
  return `iommu-review ${words.map(shellWord).join(' ')}`;
}

/** Null for a finding that is read off the code. */
export function replayOfFinding(
  { trace, function: name, source }: Finding,
  command: CheckCommand,
  gathered: readonly Gathered[],
): string | null {
  if (!trace || name === null) return null;
  const from = gathered.find(({ input }) => input?.parts.some(({ path }) => path === source.path));
  // C files that no tree holds together are read together.
  const isWhole = from?.input?.kind === 'directory' && from.tree === null;
  return replayCommand(name, trace.tape, isWhole ? from.path : source.path, command);
}

/** A word as a shell takes it. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) && !word.startsWith('~') ? word : `'${word.replace(/'/g, `'\\''`)}'`;
}
