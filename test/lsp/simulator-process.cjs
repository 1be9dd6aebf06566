/** The simulating process from its sources. */
require('tsx/cjs');
require('../../server/src/lsp/simulator-process.ts');
