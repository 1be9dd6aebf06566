/** Random programs as a C compiler runs them: what each prints, batch by batch. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRELUDE, Random, randomProgram } from './random-programs.js';

/** Whether this machine can say what programs print. */
export const HAS_CC = spawnSync('cc', ['--version']).status === 0;

const BATCH = 100;

/** The numbers of programs, a batch at a time. */
export function batches(programs: number): number[][] {
  const list: number[][] = [];
  for (let first = 0; first < programs; first += BATCH)
    list.push(Array.from({ length: Math.min(BATCH, programs - first) }, (_, index) => first + index));
  return list;
}

/** The C text of some programs; a seed and a number determine a program. */
export function batchText(seed: number, programs: readonly number[]): string {
  const texts = programs.map((number) => randomProgram(new Random(seed + number * 7919), number));
  return PRELUDE + texts.join('\n');
}

export interface Compiled {
  readonly text: string;
  /** What each program printed. */
  readonly said: ReadonlyMap<number, string>;
}

/**
 * Compiles and runs a batch. Programs that the compiler gets wrong are left out, rarely any: those on which it breaks
 * itself (gcc 12 does), and those for which it makes code that traps although no operation in them does: it folds
 * `a - INT_MIN / x` into a division by `-x`.
 */
export function compiled(folder: string, seed: number, programs: readonly number[]): Compiled {
  const text = batchText(seed, programs);
  const calls = programs.map((number) => `\tprintf("%llu\\n", program_${number}());\n\tfflush(stdout);`);
  const includes = '#include <stdio.h>\n#include <string.h>\n';
  const source = join(folder, 'batch.c');
  writeFileSync(source, `${includes}${text}\nint main(void)\n{\n${calls.join('\n')}\n\treturn 0;\n}\n`);
  const program = join(folder, 'batch');
  const flags = ['-O0', '-w', '-std=gnu11', '-fwrapv', '-fno-strict-aliasing', source, '-o', program];
  const built = spawnSync('cc', flags, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  const broken = /In function '[a-z_]+(\d+)':\n[^\n]*internal compiler error/.exec(built.stderr);
  if (broken)
    return compiled(
      folder,
      seed,
      programs.filter((number) => number !== Number(broken[1])),
    );
  assert.equal(built.status, 0, built.stderr.slice(0, 2000));
  const run = spawnSync(program, { encoding: 'utf8' });
  const lines = run.stdout.trim().split('\n').filter(Boolean);
  if (run.signal === 'SIGFPE')
    return compiled(
      folder,
      seed,
      programs.filter((_, index) => index !== lines.length),
    );
  assert.equal(run.status, 0, `the compiled batch ended with ${run.signal ?? run.status}`);
  return { text, said: new Map(programs.map((number, index) => [number, lines[index]!])) };
}
