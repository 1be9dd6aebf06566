/**
 * What each driver of a kernel tree does about a domain of another instance:
 * a table, a line for each operation, then how many of each verdict there are.
 * `npx tsx test/bench/drivers.ts TREE [WORD] [--why|--trace|--world]`; WORD
 * picks files by a part of their path.
 */

import { driversOf, type InstanceReport } from '../../server/src/analysis/index.js';
import { traceLines } from '../../server/src/findings/index.js';
import { SourceTree } from '../../server/src/tree/index.js';
import { readerOf } from '../sim/mutants/source.js';

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const wants = (option: string): boolean => process.argv.includes(`--${option}`);
const [root = '.', word = ''] = words;

function print(report: InstanceReport): void {
  const { path, line, op, function: name, verdict, errno, why, half, isSingleton } = report;
  const place = `${path.replace('drivers/iommu/', '')}:${line}`;
  console.log(
    `${verdict.padEnd(26)} ${(errno ?? '').padEnd(8)} ${op.padEnd(14)} ${name.padEnd(34)} ${place}`,
  );
  if (wants('why') || verdict === 'not modelled')
    console.log(`    ${why}${isSingleton ? ' (one instance)' : ''}`);
  if (half) console.log(`    half attached: ${half.why}`);
  if (wants('world')) console.log(report.world ?? '');
  const trace = wants('trace') ? report.trace() : null;
  if (trace) console.log(traceLines(trace).join('\n'));
  if (half && wants('trace')) console.log(traceLines(half.trace()).join('\n'));
}

const counts = new Map<string, number>();
for (const report of driversOf(new SourceTree(readerOf(root)), (path) => path.includes(word))) {
  print(report);
  counts.set(report.verdict, (counts.get(report.verdict) ?? 0) + 1);
}
console.log([...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', '));
