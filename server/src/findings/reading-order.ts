/** The order in which people read findings. */
import { type Finding, SEVERITIES } from './finding.js';

/** By input as given, raw line, severity; identical ones once. */
export function inReadingOrder(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  const once = findings.filter((finding) => {
    const key = JSON.stringify([finding.rule, finding.source, finding.region, finding.message]);
    return !seen.has(key) && seen.add(key);
  });
  const paths = [...new Set(once.map(({ source }) => source.path))];
  return once.sort(
    (a, b) =>
      paths.indexOf(a.source.path) - paths.indexOf(b.source.path) ||
      a.source.line - b.source.line ||
      (a.source.decodedLine ?? 0) - (b.source.decodedLine ?? 0) ||
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      (a.region?.column ?? 0) - (b.region?.column ?? 0),
  );
}
