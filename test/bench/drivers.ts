/**
 * What each driver of a kernel tree does about a domain of another instance:
 * a table, a line for each operation, then how many of each verdict there are.
 * `npx tsx test/bench/drivers.ts TREE [WORD] [--why|--rows|--trace|--world]`; WORD
 * picks files by a part of their path.
 */

import { readFileSync } from 'node:fs';
import { driversOf, type InstanceReport } from '../../server/src/analysis/driver-instances.js';
import { traceLines } from '../../server/src/findings/index.js';
import { SourceTree } from '../../server/src/tree/index.js';
import { readerOf } from '../sim/mutants/source.js';

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const wants = (option: string): boolean => process.argv.includes(`--${option}`);
const [root = '.', word = ''] = words;

function print(report: InstanceReport): void {
  const { path, line, op, function: name, verdict, errno, why, rows, faults, isSingleton } = report;
  const place = `${path.replace('drivers/iommu/', '')}:${line}`;
  console.log(
    `${verdict.padEnd(26)} ${(errno ?? '').padEnd(8)} ${op.padEnd(14)} ${name.padEnd(34)} ${place}`,
  );
  if (wants('why') || verdict === 'not modelled')
    console.log(`    ${why}${isSingleton ? ' (one instance)' : ''}`);
  for (const row of wants('rows') ? rows : rows.filter((each) => each.verdict === 'violated'))
    console.log(`    ${row.programme.padEnd(20)} ${row.verdict.padEnd(13)} ${row.what} (${row.runs} runs)`);
  for (const { monitor, words } of faults) console.log(`    ${monitor}: ${words}`);
  if (wants('world')) console.log(report.world ?? '');
  const trace = wants('trace') ? report.trace() : null;
  if (trace) console.log(traceLines(trace).join('\n'));
  for (const { run } of wants('trace') ? faults : []) {
    const recorded = report.record(run);
    if (recorded) console.log(traceLines(report.traceOf(recorded)).join('\n'));
  }
}

/** What people found on reading, a JSON object a line: test/bench/drivers.ts TREE --against=FILE. */
interface Read {
  readonly file: string;
  readonly function: string;
  readonly checks_same_iommu_instance: 'yes' | 'no' | 'partial';
  readonly errno_incompatible: string;
  readonly note: string;
}

const against = process.argv.find((word) => word.startsWith('--against='))?.slice('--against='.length);
const read: readonly Read[] = against
  ? readFileSync(against, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  : [];

/** Whether a run says the same as who read the code; null when it says nothing. */
function agrees({ verdict, errno }: InstanceReport, row: Read): boolean | null {
  if (verdict === 'not modelled') return null;
  const refuses = verdict === 'checked' || verdict === 'wrong errno';
  if (row.checks_same_iommu_instance === 'yes') return refuses && row.errno_incompatible === `-${errno}`;
  if (row.checks_same_iommu_instance === 'no') return !refuses;
  return row.errno_incompatible === `-${errno}` || !refuses;
}

function compare(report: InstanceReport): void {
  const row = read.find((each) => each.file === report.path && each.function === report.function);
  const verdict = row ? agrees(report, row) : null;
  if (row && verdict !== null) tally.set(verdict, (tally.get(verdict) ?? 0) + 1);
  if (row && verdict === false)
    console.log(
      `    read otherwise: ${row.checks_same_iommu_instance} ${row.errno_incompatible} (${row.note})`,
    );
}

const tally = new Map<boolean, number>();
const counts = new Map<string, number>();
for (const report of driversOf(new SourceTree(readerOf(root)), (path) => path.includes(word))) {
  print(report);
  compare(report);
  counts.set(report.verdict, (counts.get(report.verdict) ?? 0) + 1);
}
console.log([...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', '));
if (against)
  console.log(
    `as read: ${tally.get(true) ?? 0}, otherwise: ${tally.get(false) ?? 0}, of ${read.length} rows`,
  );
