/**
 * Agreement with a compiler: the random programs of the front end, run on the
 * simulated kernel where nothing is unknown, must give what they give when a C
 * compiler has compiled them.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DeclarationsOf } from '../../server/src/ir/index.js';
import { LoweredCode } from '../../server/src/sim/code/index.js';
import { Machine, type RunOptions, show } from '../../server/src/sim/engine/index.js';
import { CONCRETE } from '../../server/src/sim/scenarios/index.js';
import { CFile } from '../../server/src/syntax/index.js';
import { batches, compiled, HAS_CC } from '../ir/compiled-programs.js';

const PROGRAMS = Number(process.env.SIM_PROGRAMS ?? 150);
const SEED = Number(process.env.SIM_SEED ?? Date.now() & 0x7fffffff);
const PATH = 'batch.c';
const OPTIONS: RunOptions = { ...CONCRETE, faults: false, depth: 40, steps: 2_000_000 };

function loaded(text: string): LoweredCode {
  const file = new CFile(text);
  assert.deepEqual(file.errors, []);
  const files = [{ path: PATH, file }];
  return new LoweredCode(new DeclarationsOf(files), files, {});
}

/** What a program gives, or why it gives nothing. */
function outcome(code: LoweredCode, name: string): string {
  const procedure = code.procedure(name, PATH);
  if (!procedure) return 'not found';
  try {
    const machine = new Machine(code, OPTIONS, []);
    machine.newTask(name, 'thread', [{ procedure, args: [] }]);
    const ending = machine.run();
    const complaints = machine.violations.map(({ monitor, words }) => `${monitor}: ${words}`);
    if (ending.kind !== 'finished') return [ending.kind, ...complaints].join(', ');
    if (machine.choices.length > 0) return `asks ${machine.choices[0]!.meanings.join(' or ')}`;
    const [result] = machine.results;
    return typeof result?.value === 'bigint'
      ? BigInt.asUintN(64, result.value).toString()
      : show(result?.value ?? 0n);
  } catch (error) {
    return (error as Error).stack ?? String(error);
  }
}

test('random programs give what a compiler makes of them', {
  skip: HAS_CC ? false : 'no cc is installed',
}, (t) => {
  t.diagnostic(`SIM_SEED=${SEED}`);
  const folder = mkdtempSync(join(tmpdir(), 'sim-agreement-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const mismatches: string[] = [];
  let compared = 0;
  for (const programs of batches(PROGRAMS)) {
    const { text, said } = compiled(folder, SEED, programs);
    const code = loaded(text);
    for (const [number, expected] of said) {
      const got = outcome(code, `program_${number}`);
      if (got !== expected) mismatches.push(`program_${number}: cc ${expected}, machine ${got}`);
      compared++;
    }
  }
  t.diagnostic(`${compared} programs, ${mismatches.length} mismatches`);
  assert.deepEqual(mismatches.slice(0, 10), [], `SIM_SEED=${SEED}`);
});
