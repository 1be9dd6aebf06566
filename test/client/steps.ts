/** Steps and runs for tests of what is drawn of them. */
import type { ChoicePoint, FlowRun, FlowStep } from '../../server/src/protocol/index.js';

export function step(lane: string, text: string, more: Partial<FlowStep> = {}): FlowStep {
  return {
    ...{ lane, place: 'a.c:1', line: 0, source: null, depth: 0, text },
    ...{ changes: [], locks: [], isViolation: false },
    ...more,
  };
}

export function choice(at: number, onStep: number, more: Partial<ChoicePoint> = {}): ChoicePoint {
  return {
    ...{ at, step: onStep, kind: 'schedule', code: 'mutex_lock(&lock)', place: 'a.c:1' },
    ...{ answers: ['first goes on', 'second runs here'], taken: 0 },
    ...more,
  };
}

export function run(more: Partial<FlowRun> = {}): FlowRun {
  return {
    ...{ scenario: 'bind-bind', story: 'Two threads bind.', verdict: 'held', explored: 'to-bound' },
    ...{ runs: 1, why: '1 run', breach: null, tape: '-~0000', steps: [], answers: [], choices: [] },
    ...{ variants: [], sources: [], ...more },
  };
}
