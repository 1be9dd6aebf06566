/**
 * What `iommu-review` starts with. V8 reads and compiles a program of this
 * size for longer than a short patch takes to review, so a build leaves beside
 * the program what the engine of this machine had made of it
 * (build/compiled-code.mjs). Another engine refuses that and compiles anew.
 */
import { readFileSync, statSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

const PROGRAM = join(__dirname, 'cli-program.js');
const COMPILED = join(__dirname, 'cli-program.compiled');

/** Null when there is none, or when it may be that of an older program: V8 itself compares only lengths. */
function compiledCode(): Buffer | null {
  try {
    return statSync(COMPILED).mtimeMs >= statSync(PROGRAM).mtimeMs ? readFileSync(COMPILED) : null;
  } catch {
    return null;
  }
}

type ModuleFunction = (
  exports: object,
  require: NodeJS.Require,
  module: object,
  filename: string,
  dirname: string,
) => void;

const cachedData = compiledCode();
const requireFrom = createRequire(PROGRAM);
if (cachedData) {
  const text = Module.wrap(readFileSync(PROGRAM, 'utf8'));
  const start: ModuleFunction = new Script(text, { filename: PROGRAM, cachedData }).runInThisContext();
  const module = { exports: {} };
  start(module.exports, requireFrom, module, PROGRAM, __dirname);
} else requireFrom(PROGRAM);
