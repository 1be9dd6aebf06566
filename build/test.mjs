/**
 * The whole law: build, types, lint, unit tests, tests in a real editor. Stops
 * at the first that fails, with its exit code. One line for each stage; what a
 * stage says is shown when it fails. The last line counts the tests.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { forgetTotals, readTotals } from './node-tests.mjs';

const bin = (name, ...args) => [process.execPath, [join('node_modules', ...name), ...args]];

const STAGES = [
  { name: 'build', command: [process.execPath, ['build/bundle.mjs']] },
  { name: 'types', command: bin(['typescript', 'bin', 'tsc'], '-b', '--pretty', 'false') },
  { name: 'lint', command: bin(['@biomejs', 'biome', 'bin', 'biome'], 'check', '--error-on-warnings', '.') },
  { name: 'unit', command: [process.execPath, ['build/unit-tests.mjs']], counts: true },
  { name: 'e2e', command: [process.execPath, ['build/e2e.mjs']], counts: true },
];

let passed = 0;
let failed = 0;
for (const { name } of STAGES) forgetTotals(name);
for (const { name, command, counts } of STAGES) {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr, error } = spawnSync(...command, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, FORCE_COLOR: '0' },
  });
  const seconds = (Number(process.hrtime.bigint() - start) / 1e9).toFixed(1);
  const totals = counts ? readTotals(name) : null;
  passed += totals?.passed ?? 0;
  failed += totals?.failed ?? 0;
  const remark = /^e2e: .*$/m.exec(stdout ?? '')?.[0];
  if (remark) console.log(remark);
  console.log(
    `${name}: ${status === 0 ? 'ok' : 'FAILED'} in ${seconds} s${totals ? `, ${totals.passed} tests` : ''}`,
  );
  if (status === 0) continue;
  console.log(`${stdout ?? ''}${stderr ?? ''}${error ? error.message : ''}`);
  // A stage that fails without a failing test is itself what failed.
  if (!totals?.failed) failed++;
  process.exitCode = status || 1;
  break;
}
console.log(`${passed} passed, ${failed} failed`);
