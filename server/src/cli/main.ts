/** The program `iommu-review`: the commands with the real review behind them. */
import { runInProcess } from './process.js';

void runInProcess({
  reviewer: async () => (await import('../review/index.js')).review,
  simulator: async () => (await import('../review/index.js')).simulate,
  designs: async () => import('../analysis/index.js'),
  rules: async () => (await import('../analysis/index.js')).ruleCatalogue,
});
