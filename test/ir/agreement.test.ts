/**
 * Agreement with a compiler: random programs, lowered and run by the plain
 * evaluator, must give what they give when a C compiler has compiled them.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  DeclarationsOf,
  type IrFunction,
  lower,
  lowerInitial,
  opaqueReasons,
  parseIr,
  printIr,
  worldOf,
} from '../../server/src/ir/index.js';
import { CFile } from '../../server/src/syntax/index.js';
import { Machine, type Program } from './evaluate.js';
import { PRELUDE, Random, randomProgram } from './random-programs.js';

const PROGRAMS = Number(process.env.IR_PROGRAMS ?? 2100);
const BATCH = 100;
const SEED = Number(process.env.IR_SEED ?? Date.now() & 0x7fffffff);
const HAS_CC = spawnSync('cc', ['--version']).status === 0;

const natives = new Map([
  [
    'memset',
    (machine: Machine, [at, value, size]: readonly bigint[]) => {
      for (let byte = 0n; byte < size!; byte++) machine.write(at! + byte, 1, value!);
      return at!;
    },
  ],
]);

/** The numbers of a batch's programs. */
function numbers(first: number): number[] {
  return Array.from({ length: Math.min(BATCH, PROGRAMS - first) }, (_, index) => first + index);
}

function batchText(programs: readonly number[]): string {
  const texts = programs.map((number) => randomProgram(new Random(SEED + number * 7919), number));
  return PRELUDE + texts.join('\n');
}

interface Compiled {
  readonly text: string;
  /** What each program printed. */
  readonly said: ReadonlyMap<number, string>;
}

/** Compiles and runs a batch. Programs on which the compiler itself breaks (gcc 12 does, rarely) are left out. */
function compiled(folder: string, programs: readonly number[]): Compiled {
  const text = batchText(programs);
  const calls = programs.map((number) => `\tprintf("%llu\\n", program_${number}());`);
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
      programs.filter((number) => number !== Number(broken[1])),
    );
  assert.equal(built.status, 0, built.stderr.slice(0, 2000));
  const run = spawnSync(program, { encoding: 'utf8' });
  assert.equal(run.status, 0, `the compiled batch ended with ${run.signal ?? run.status}`);
  const lines = run.stdout.trim().split('\n');
  return { text, said: new Map(programs.map((number, index) => [number, lines[index]!])) };
}

/** Everything in a file, ready to run; also holds that each print reads back. */
function loaded(text: string): Program {
  const file = new CFile(text);
  assert.deepEqual(file.errors, []);
  const declarations = new DeclarationsOf([file]);
  const functions = new Map<string, IrFunction>();
  const globals = new Map<string, number>();
  const initials: IrFunction[] = [];
  for (const item of file.items) {
    if (item.kind === 'function' && item.bodySpan) {
      const ir = lower(file, item, declarations);
      assert.deepEqual(opaqueReasons(ir), [], item.name);
      functions.set(item.name, ir);
    } else if (item.kind === 'variable') {
      initials.push(lowerInitial(file, item, declarations));
      globals.set(item.name, worldOf(declarations).variableType({ item, file, path: '' }).size);
    }
  }
  return { functions, globals, initials, natives };
}

test('random programs give what a compiler makes of them', {
  skip: HAS_CC ? false : 'no cc is installed',
}, (t) => {
  t.diagnostic(`IR_SEED=${SEED}`);
  const folder = mkdtempSync(join(tmpdir(), 'ir-agreement-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const mismatches: string[] = [];
  let compared = 0;
  for (let first = 0; first < PROGRAMS; first += BATCH) {
    const { text, said } = compiled(folder, numbers(first));
    const machine = new Machine(loaded(text));
    for (const [number, expected] of said) {
      const got = outcome(machine, `program_${number}`);
      if (got !== expected) mismatches.push(`program_${number}: cc ${expected}, evaluator ${got}`);
      compared++;
    }
  }
  t.diagnostic(
    `seed ${SEED}: ${compared} programs, ${mismatches.length} mismatches, ${PROGRAMS - compared} broke the compiler`,
  );
  assert.deepEqual(mismatches.slice(0, 10), [], `IR_SEED=${SEED}`);
});

function outcome(machine: Machine, name: string): string {
  try {
    return BigInt.asUintN(64, machine.start(name)).toString();
  } catch (error) {
    return String(error);
  }
}

test('what is printed reads back equal, for random programs', () => {
  const program = loaded(batchText(numbers(0).slice(0, 60)));
  for (const ir of [...program.functions.values(), ...program.initials]) {
    assert.deepEqual(parseIr(printIr(ir)), ir, ir.name);
  }
});
