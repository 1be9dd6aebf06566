/**
 * `npm run bench`: how long things take, as multiples of something that was
 * measured in the same run, since seconds of one machine say nothing of
 * another's. Medians of alternating runs.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const RUNS = 15;
const SAMPLE = 'samples/sva-domain-cache.patch';
const FOUNDING = '../shared/corpus/founding/rfc-v2-03.mbox';
const UNPACK = '../shared/tools/kernel-tree.sh';

const check = (...args) => ['dist/cli.js', 'check', '--format', 'json', ...args];

console.log('cold `check`, as a multiple of an empty Node start:');
for (const patch of [SAMPLE, FOUNDING].filter((each) => existsSync(each))) {
  console.log(`  ${ratio(check(patch), ['-e', '0']).toFixed(2)}  ${patch}`);
}
if (existsSync(UNPACK)) {
  const tree = execFileSync(UNPACK, ['6.12'], { encoding: 'utf8' }).trim();
  const { stdout } = run(check('--tree', tree, join(tree, 'drivers/iommu')));
  const { stats } = JSON.parse(stdout);
  console.log(
    `all of drivers/iommu: ${stats.files} files, ${stats.functions} functions, ${stats.lowered} of them read whole`,
  );
  console.log(
    `  ${ratio(check('--tree', tree, join(tree, 'drivers/iommu')), ['-e', '0'], 5).toFixed(1)} empty Node starts`,
  );
  measure('front-end', tree);
  measure('held', tree);
  measure('machine', tree);
  measure('hover', tree);
}

/** Each in one process, from a bundle like the product's own. */
function measure(name, tree) {
  const bundle = `out/bench/${name}.cjs`;
  buildSync({
    entryPoints: [`test/bench/${name}.ts`],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    external: ['tree-sitter', 'tree-sitter-c'],
    logLevel: 'error',
  });
  spawnSync(process.execPath, [bundle, tree], { stdio: 'inherit' });
}

/** The median over runs of `a`, divided by that of `b` run in turn with it. */
function ratio(a, b, runs = RUNS) {
  run(a);
  run(b);
  const times = { a: [], b: [] };
  for (let i = 0; i < runs; i++) {
    times.a.push(run(a).milliseconds);
    times.b.push(run(b).milliseconds);
  }
  const [one, other] = [times.a, times.b].map((each) => each.sort((x, y) => x - y)[each.length >> 1]);
  return one / other;
}

function run(args) {
  const start = process.hrtime.bigint();
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  return { stdout, milliseconds: Number(process.hrtime.bigint() - start) / 1e6 };
}
