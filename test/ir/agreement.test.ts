/**
 * Agreement with a compiler: random programs, lowered and run by the plain
 * evaluator, must give what they give when a C compiler has compiled them.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
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
import { batches, batchText, compiled, HAS_CC } from './compiled-programs.js';
import { Machine, type Program } from './evaluate.js';

const PROGRAMS = Number(process.env.IR_PROGRAMS ?? 500);
const SEED = Number(process.env.IR_SEED ?? Date.now() & 0x7fffffff);

const natives = new Map([
  [
    'memset',
    (machine: Machine, [at, value, size]: readonly bigint[]) => {
      for (let byte = 0n; byte < size!; byte++) machine.write(at! + byte, 1, value!);
      return at!;
    },
  ],
]);

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
  for (const programs of batches(PROGRAMS)) {
    const { text, said } = compiled(folder, SEED, programs);
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
  const program = loaded(batchText(SEED, batches(PROGRAMS)[0]!.slice(0, 60)));
  for (const ir of [...program.functions.values(), ...program.initials]) {
    assert.deepEqual(parseIr(printIr(ir)), ir, ir.name);
  }
});
