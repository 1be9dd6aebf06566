/**
 * Leaves beside the command line what V8 made of it while it reviewed a
 * sample: a start that finds it there compiles next to nothing. It is of this
 * engine alone, so it is made by every build and is in no package.
 *
 * Started with a path as its argument, this file is the process that does it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

const SAMPLE = 'samples/sva-domain-cache.patch';
const SELF = fileURLToPath(import.meta.url);

const compiledPath = (program) => program.replace(/\.js$/, '.compiled');

/** Before the program changes: no start may find the old code beside the new text. */
export function dropCompiledCode(program) {
  rmSync(compiledPath(program), { force: true });
}

/** Without it everything works, and starts more slowly. */
export function writeCompiledCode(program) {
  const { status } = spawnSync(process.execPath, [SELF, resolve(program)], { stdio: 'ignore' });
  if (status !== 0 || !existsSync(compiledPath(program)))
    console.error(`build: ${compiledPath(program)} could not be made: starts will take longer`);
}

/** Runs the program as server/src/cli/launch.ts does. */
function runAndCompile(program) {
  const script = new Script(Module.wrap(readFileSync(program, 'utf8')), { filename: program });
  process.argv = [process.execPath, program, 'check', SAMPLE];
  process.on('exit', () => {
    writeFileSync(compiledPath(program), script.createCachedData());
    process.exitCode = 0;
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(program), module, program, dirname(program));
}

if (process.argv[1] === SELF && process.argv[2]) runAndCompile(process.argv[2]);
