/** The program with the fake review behind it, for tests that need a real process. */
import { runInProcess } from '../../server/src/cli/index.js';
import { fakeReview, fakeRules } from './fake-review.js';

void runInProcess({
  reviewer: async () => fakeReview(),
  simulator: async () => (await import('../../server/src/review/index.js')).simulate,
  designs: async () => import('../../server/src/analysis/index.js'),
  rules: async () => fakeRules,
});
