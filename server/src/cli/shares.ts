/**
 * The runs of a large input, divided among processes: each reads the same
 * input and runs its share of the functions, this one too, which then reviews
 * with what all of them found. The answer is the same as without.
 */
import { joinedRuns, type ReviewOptions, runReviewShare, type ShareRun } from '../review/index.js';
import type { CheckCommand } from './arguments.js';
import { type Gathered, gather } from './gather.js';
import type { Helpers, Io, RunsOfShare, ShareOrder } from './io.js';

type Wanted = Pick<CheckCommand, 'scope' | 'severities'> & Pick<ReviewOptions, 'enter'>;

/** Undefined where one process does all. */
export async function sharedRuns(
  gathered: readonly Gathered[],
  command: CheckCommand,
  wanted: Wanted,
  io: Pick<Io, 'cwd'>,
  helpers: Helpers | null,
): Promise<ShareRun | undefined> {
  const [first] = gathered;
  if (!helpers || !first) return undefined;
  const count = Math.min(helpers.most, Math.floor(bytesOf(gathered) / helpers.worth));
  // Standard input is read once; several trees are reviewed one after the other.
  const isDivided = count > 0 && gathered.every(({ path, tree }) => path !== '-' && tree === first.tree);
  if (!isDivided) return undefined;
  const of = count + 1;
  const helped = Array.from({ length: count }, (_, index) =>
    helpers.run({ command, cwd: io.cwd, share: { index: index + 1, of } }),
  );
  // From here on nothing else is done in this process.
  await new Promise((sent) => setImmediate(sent));
  try {
    const own = runReviewShare(inputsOf(gathered), optionsOf(first, wanted), { index: 0, of });
    return { readings: own.readings, runs: joinedRuns([own.runs, ...(await Promise.all(helped))]) };
  } catch {
    // What an input stumbles over is told by the review, input by input.
    return undefined;
  }
}

/** What a helper does. */
export async function runOrder({ command, cwd, share }: ShareOrder, io: Io): Promise<RunsOfShare> {
  const gathered = await gather(command, { ...io, cwd });
  const [first] = gathered;
  return first ? runReviewShare(inputsOf(gathered), optionsOf(first, command), share).runs : [];
}

const inputsOf = (gathered: readonly Gathered[]) => gathered.flatMap(({ input }) => input ?? []);

function optionsOf({ tree }: Gathered, { scope, severities, enter }: Wanted): ReviewOptions {
  return { tree, severities, ...(scope === null ? {} : { scope }), ...(enter ? { enter } : {}) };
}

function bytesOf(gathered: readonly Gathered[]): number {
  const parts = inputsOf(gathered).flatMap((input) => input.parts);
  const c = parts.filter(({ path }) => path.endsWith('.c'));
  return c.reduce((sum, { content }) => sum + content.length, 0);
}
