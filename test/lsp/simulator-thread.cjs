/** The simulating thread from its sources: what runs TypeScript in a test has no hold on the threads that it starts. */
require('tsx/cjs');
require('../../server/src/lsp/simulator-thread.ts');
