/**
 * The findings that a project has decided to live with, so that a bot speaks
 * only of new ones. Kept as fingerprints with a count: line numbers move.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { type Finding, fingerprint, TOOL } from '../findings/index.js';
import { asUnreadable } from './read-file.js';
import type { SourceLines } from './source-lines.js';
import { UsageError } from './usage-error.js';

/** How often each fingerprint may occur. */
export type Baseline = ReadonlyMap<string, number>;

interface Entry {
  readonly fingerprint: string;
  readonly count: number;
  /** What follows is for people who read the file. */
  readonly rule: string;
  readonly file: string | null;
  readonly function: string | null;
  readonly message: string;
}

/** Throws `UsageError`: a baseline that cannot be read must not pass for an empty one. */
export function readBaseline(path: string, shown: string): Baseline {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `--baseline ${shown}: ${asUnreadable(error).message}`,
      '--write-baseline makes one.',
    );
  }
  try {
    const { version, findings } = JSON.parse(text) as { version: unknown; findings: readonly Entry[] };
    if (version !== 1) throw new TypeError('another version');
    return new Map(findings.map((entry) => [String(entry.fingerprint), Number(entry.count)]));
  } catch {
    throw new UsageError(`--baseline ${shown}: not a baseline file`, '--write-baseline makes one.');
  }
}

/** The findings that `baseline` does not cover; of several alike, the first ones are the known ones. */
export function beyondBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
  lines: SourceLines,
): readonly Finding[] {
  if (baseline.size === 0) return findings;
  const left = new Map(baseline);
  return findings.filter((finding) => {
    const id = fingerprint(finding, lines.lineOf(finding.source));
    const count = left.get(id) ?? 0;
    if (count > 0) left.set(id, count - 1);
    return count <= 0;
  });
}

/** Sorted by place, so that a changed baseline reads well as a diff. Throws `UsageError`. */
export function writeBaseline(
  path: string,
  shown: string,
  findings: readonly Finding[],
  lines: SourceLines,
): void {
  const entries = new Map<string, Entry>();
  for (const finding of findings) {
    const id = fingerprint(finding, lines.lineOf(finding.source));
    entries.set(id, {
      fingerprint: id,
      count: (entries.get(id)?.count ?? 0) + 1,
      rule: finding.rule,
      file: finding.region?.file ?? null,
      function: finding.function,
      message: finding.message,
    });
  }
  const sorted = [...entries.values()].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  try {
    writeFileSync(path, `${JSON.stringify({ version: 1, tool: TOOL.name, findings: sorted }, null, 2)}\n`);
  } catch (error) {
    throw new UsageError(`--write-baseline ${shown}: ${asUnreadable(error).message}`);
  }
}

function sortKey({ file, function: name, rule, fingerprint: id }: Entry): string {
  return [file ?? '', name ?? '', rule, id].join('\u0000');
}
