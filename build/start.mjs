/** `npm start`: reviews the sample patch on the terminal, and says how to see the same in an editor. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const CLI = 'dist/cli.js';
const SAMPLE = 'samples/sva-domain-cache.patch';
const RUN = 'samples/workspace/drivers/iommu/pad-queue.c';
const SCENARIO = 'two-devices-two-iommus/strict';

if (isStale()) {
  const { status } = spawnSync(process.execPath, ['build/bundle.mjs'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
const { status } = spawnSync(process.execPath, [CLI, 'check', SAMPLE], { stdio: 'inherit' });
// 1 says that there are findings, which is what a sample is for.
if (status === 0 || status === 1) {
  console.log(`
The same in an editor:
  npm run editor                        VS Code with the extension, on this patch and some C
  node ${CLI} check FILE.patch        any patch mail, mbox or C file
  node ${CLI} --help                  everything else

Code that is run, step by step to where it fails:
  node ${CLI} simulate ${RUN}
  node ${CLI} simulate ${SAMPLE}

The last of these plays what binds and unbinds on a simulated IOMMU; one of its scenarios:
`);
  spawnSync(process.execPath, [CLI, 'simulate', '--scenario', SCENARIO, SAMPLE], { stdio: 'inherit' });
} else {
  process.exitCode = status ?? 1;
}

/** Whether there is no bundle or a source is newer than it. */
function isStale() {
  if (!existsSync(CLI)) return true;
  const built = statSync(CLI).mtimeMs;
  return ['server/src', 'server/simulated', 'client/src'].some((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).some(
      (entry) => entry.isFile() && statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs > built,
    ),
  );
}
