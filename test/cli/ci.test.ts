/** The workflow that README shows, as far as it can be run here: its commands, in a small repository, by a shell. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { MARK, type Repository, repositoryWith } from '../git/repository.js';
import { sarifSchema } from './sarif-schema.js';

const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const PATH = 'drivers/iommu/toy.c';
const domain = (ops: string) => `int toy_probe(struct device *dev)\n{\n\treturn ${ops}->probe(dev);\n}\n`;

/** What follows `run: ` in the first block of that kind behind the mark. */
function commands(): string[] {
  const readme = readFileSync('README.md', 'utf8');
  const from = readme.indexOf('<!-- ci: tried by test/cli/ci.test.ts -->');
  const block = readme.slice(from, readme.indexOf('\n```\n', from));
  return [...block.matchAll(/run: (.*cli\.js check .*)$/gm)].map(([, command = '']) => command);
}

/** A checkout as the workflow makes it, with a commit on top of the base branch that says `ops`, and the program at its place. */
function checkout(ops: string): Repository {
  const repository = repositoryWith({ [PATH]: domain('old(dev)') });
  const { root, git, commit } = repository;
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  commit('iommu/toy: Ask the operations', {
    [PATH]: `${domain('old(dev)')}\n${domain(ops).replace('toy_probe', 'toy_ask')}`,
  });
  const dist = join(root, '.tools/iommu-review/dist');
  mkdirSync(dist, { recursive: true });
  // The program from its sources: no build is needed to test it.
  const command = ['--import', LOADER, resolve('server/src/cli/main.ts')];
  const cli = join(dist, 'cli.js');
  writeFileSync(
    cli,
    `const { spawnSync } = require('node:child_process');
process.exitCode = spawnSync(process.execPath, ${JSON.stringify(command)}.concat(process.argv.slice(2)), { stdio: 'inherit' }).status;
`,
  );
  chmodSync(cli, 0o755);
  return repository;
}

/** As the runner does: by a shell that stops at the first failure. */
function run(command: string, { root }: Repository) {
  const env = { ...process.env, GITHUB_BASE_REF: 'main' };
  return spawnSync('bash', ['-e', '-o', 'pipefail', '-c', command], { cwd: root, env, encoding: 'utf8' });
}

test('a pull request with a fault gets its annotation on the line, and a log that validates; its job fails', () => {
  const repository = checkout('dev->bus->iommu_ops');
  const [annotate, log, ...more] = commands();
  assert.ok(annotate && log && more.length === 0, 'README has the two commands');
  const { stdout, status, stderr } = run(annotate, repository);
  assert.equal(status, 1, stderr);
  const [, file, line] = /^::warning file=([^,]+),line=(\d+),.*title=bus-iommu-ops::/m.exec(stdout) ?? [];
  assert.equal(file, PATH);
  const text = readFileSync(join(repository.root, PATH), 'utf8').split('\n')[Number(line) - 1];
  assert.match(text ?? '', /dev->bus->iommu_ops/);
  assert.equal(run(log, repository).status, 0, 'what it found is for the page to tell');
  const written: unknown = JSON.parse(readFileSync(join(repository.root, 'review.sarif'), 'utf8'));
  const validate = sarifSchema();
  assert.ok(validate(written), JSON.stringify(validate.errors));
  assert.ok(JSON.stringify(written).includes('bus-iommu-ops'));
});

test('a pull request without one passes, whatever the tree had before', () => {
  const repository = checkout('dev_iommu_ops(dev)');
  const [annotate = ''] = commands();
  const { stdout, status } = run(annotate, repository);
  assert.doesNotMatch(stdout, /^::(?:warning|error)/m);
  assert.equal(status, 0);
  assert.ok(existsSync(join(repository.root, MARK)));
});

test('a range that cannot be read fails both steps', () => {
  const repository = checkout('dev_iommu_ops(dev)');
  repository.git('update-ref', '-d', 'refs/remotes/origin/main');
  for (const command of commands()) assert.notEqual(run(command, repository).status, 0, command);
});
