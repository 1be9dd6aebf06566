/** How verdicts are told. */
import type { FlowRun, FlowScenario } from '../../server/src/protocol/index.js';

export const SIGNS = { violated: '✗', held: '✓', 'not-modelled': '?' } as const;

/** `✗ violated: double free: put() frees it twice (12 runs, completely explored)`. */
export function verdictWords({
  verdict,
  runs,
  explored,
  why,
  breach,
  operation,
}: Pick<FlowScenario, 'verdict' | 'runs' | 'explored' | 'why' | 'breach' | 'operation'> | FlowRun): string {
  const what = breach
    ? `${breach.title}${breach.isCertain ? '' : ' (possible)'}: ${breach.message}`
    : verdict === 'held' && !operation
      ? 'nothing breaks'
      : why;
  const looked = `${runs} ${runs === 1 ? 'run' : 'runs'}, ${explored === 'completely' ? 'completely explored' : 'explored to a bound'}`;
  return `${SIGNS[verdict]} ${verdict.replace('-', ' ')}: ${what} (${looked})`;
}

/** Of one run, which says nothing of others. */
export function runWords({ verdict, breach, why, operation }: FlowRun): string {
  if (breach) return `✗ ${breach.title}${breach.isCertain ? '' : ' (possible)'}: ${breach.message}`;
  // Of a programme of a driver it is told what came of it.
  if (operation && verdict !== 'not-modelled') return `${SIGNS[verdict]} ${why}`;
  return verdict === 'not-modelled' ? `? not modelled, because ${why}` : '✓ nothing breaks in it';
}
