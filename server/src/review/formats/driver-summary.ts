/** Operations of drivers on two hardware instances in words, as text and Markdown share them. */
import { counted, type DriverReport, INSTANCE_WORDS, instanceWords } from '../../findings/index.js';

/** `sprd_iommu_attach_device() (attach_dev): accepted although foreign`. */
export function driverTitle(report: DriverReport): string {
  return `${report.function}() (${report.op}) on two hardware instances: ${instanceWords(report)}`;
}

/** What the verdict means and why, as a sentence without a full stop; null where the title says it. */
export function driverWhy({
  verdict,
  why,
  isSingleton,
}: Pick<DriverReport, 'verdict' | 'why' | 'isSingleton'>): string | null {
  if (verdict === 'not modelled') return null;
  const only = isSingleton ? '; a variable is its only instance' : '';
  return `it ${INSTANCE_WORDS[verdict]}: ${why}${only}`;
}

/** `48 operations of drivers: 31 shared, 9 checked; 3480 runs`. */
export function driverSummary(reports: readonly DriverReport[]): string {
  const counts = new Map<string, number>();
  for (const { verdict } of reports) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const parts = [...counts].map(([verdict, count]) => `${count} ${verdict}`);
  const runs = reports.reduce((sum, each) => sum + each.runs, 0);
  const operations = counted(reports.length, ['operation of a driver', 'operations of drivers']);
  return `${operations}: ${parts.join(', ')}; ${counted(runs, ['run', 'runs'])}`;
}
