/**
 * Right functions of drivers/iommu are broken mechanically, one place at a
 * time, and run alone: how many of the breaks are seen. `MUTANTS=all` runs
 * every mutant and lists every survivor, `MUTANTS=50` at most fifty of each
 * operator; `MUTANT_SEED` chooses others.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { OPERATORS } from './mutants/operators.js';
import { killLines, percent, shareOf, survivorLines } from './mutants/report.js';
import { mutantsOf } from './mutants/run.js';
import { sourcesOf } from './mutants/source.js';

const UNPACK = '../shared/tools/kernel-tree.sh';
const SEED = Number(process.env.MUTANT_SEED ?? 612);
const wanted = process.env.MUTANTS ?? '';
const MOST = wanted === 'all' ? Number.POSITIVE_INFINITY : Number(wanted || 27);
const SHOWN = wanted === '' ? 25 : Number.POSITIVE_INFINITY;
const FEWEST = 300;
/** Percent of the mutants with a certain finding, and with any: what was measured (74, 81) less five. */
const FEWEST_CERTAIN = 69;
const FEWEST_SEEN = 76;

const skip = existsSync(UNPACK) ? false : `${UNPACK} is not there: no kernel tree to mutate`;

test('mutants of drivers/iommu are seen', { skip }, (t) => {
  const root = execFileSync(UNPACK, ['6.12'], { encoding: 'utf8' }).trim();
  const mutants = mutantsOf(sourcesOf(root), OPERATORS, { seed: SEED, most: MOST });
  const lines = [...killLines(mutants, OPERATORS), ...survivorLines(mutants, SHOWN)];
  for (const line of lines) t.diagnostic(line);
  const { all, certain, any } = shareOf(mutants);
  assert.ok(all >= FEWEST, `${all} mutants`);
  assert.ok(percent(certain, all) >= FEWEST_CERTAIN, `${certain} of ${all} are certain`);
  assert.ok(percent(any, all) >= FEWEST_SEEN, `${any} of ${all} are seen`);
});
