/**
 * C with expectations in it: carets under the code that a finding marks, then
 * its rule and a part of its message. Columns are as an editor shows them,
 * with tabs of eight; stacked markers speak of the nearest code line above.
 */
import assert from 'node:assert/strict';
import type { Finding } from '../../server/src/findings/index.js';
import { readProject } from '../../server/src/project/index.js';
import { review } from '../../server/src/review/index.js';
import { findingsInPatch, HEADER_LINES } from './patches.js';

/** In the middle of a comment a star stands for the slashes. */
const MARKER = /^\+?\s*(?:\/\/|\*)?\s*(\^+)\s+([\w-]+)(?::\s*(.*))?$/;

/** `line:from-to rule`, with visual columns from 0. */
interface Expected {
  readonly place: string;
  readonly message: string;
}

function expectedIn(code: string): Expected[] {
  const expected: Expected[] = [];
  let codeLine = 0;
  code.split('\n').forEach((line, index) => {
    const [, carets, rule, message = ''] = MARKER.exec(line) ?? [];
    if (!carets || !rule) {
      codeLine = index + 1;
      return;
    }
    const from = visualColumn(line, line.indexOf('^'));
    expected.push({ place: `${codeLine}:${from}-${from + carets.length} ${rule}`, message });
  });
  return expected;
}

function visualColumn(line: string, offset: number): number {
  let column = 0;
  for (const char of line.slice(0, offset)) column = char === '\t' ? (column >> 3) * 8 + 8 : column + 1;
  return column;
}

/**
 * Reviews a C file of the given text as if it stood in drivers/iommu, or where its first line says
 * (`//- include/uapi/linux/toy.h`). `project`: what .iommu-review.json says.
 */
export function findingsIn(code: string, project?: string): readonly Finding[] {
  const treePath = /^\s*\/\/- (\S+)/.exec(code)?.[1] ?? 'drivers/iommu/example.c';
  const part = { path: treePath.slice(treePath.lastIndexOf('/') + 1), treePath, content: code };
  const told = project === undefined ? null : readProject(project, []);
  assert.deepEqual(told?.problems ?? [], []);
  const options = { tree: null, ...(told ? { project: told.config } : {}) };
  return review([{ path: part.path, parts: [part] }], options).findings;
}

/** What is found in an example of a rule, and the lines that its places count in. */
function examined({ code, form, subject, project, beside }: Example): {
  found: readonly Finding[];
  lines: readonly string[];
} {
  if (!form) return { found: findingsIn(code, project), lines: code.split('\n') };
  // A mark is no line of a diff: the counts of its hunk would be wrong.
  const plain = code.split('\n').filter((line) => !MARKER.test(line));
  const path = form === 'header' ? 'include/linux/example.h' : 'drivers/iommu/example.c';
  return {
    found: findingsInPatch(plain.join('\n'), {
      path,
      ...(subject === undefined ? {} : { subject }),
      ...(beside === undefined ? {} : { beside }),
    }),
    lines: plain,
  };
}

/** All findings in an example, whatever its form. */
export function findingsInExample(example: Example): readonly Finding[] {
  return examined(example).found;
}

/** Checks that exactly the marked findings of `rule` are made in an example of a patch. */
function checkPatch(example: Example, rule: string): void {
  const { found, lines } = examined(example);
  const [first = 0] = lines.flatMap((line, at) => (line === '' ? [] : [at]));
  const ofRule = found.filter((finding) => finding.rule === rule);
  const places = ofRule.map(
    ({ source }) => lines[source.line - HEADER_LINES - 1 + first]?.slice(1).trim() ?? '',
  );
  let line = '';
  const expected: { text: string; message: string }[] = [];
  for (const each of example.code.split('\n')) {
    const [, carets, , message = ''] = MARKER.exec(each) ?? [];
    if (carets) expected.push({ text: line.slice(1).trim(), message });
    else line = each;
  }
  assert.deepEqual(
    places,
    expected.map(({ text }) => text),
  );
  expected.forEach(({ message }, at) => {
    assert.ok(ofRule[at]!.message.includes(message), `says "${ofRule[at]!.message}", not "${message}"`);
  });
}

export interface Example {
  readonly code: string;
  readonly form?: 'patch' | 'header';
  readonly subject?: string;
  readonly beside?: { readonly path: string; readonly code: string };
  /** What .iommu-review.json says. */
  readonly project?: string;
}

/** Checks that an example says exactly what it marks, for one rule. */
export function checkExample(example: Example, rule: string): void {
  if (example.form) checkPatch(example, rule);
  else check(example.code, rule, example.project);
}

/** Checks that exactly the marked findings of `rule` are made; other rules may speak too when `rule` is given. */
export function check(code: string, rule?: string, project?: string): void {
  const lines = code.split('\n');
  const found = findingsIn(code, project).filter((finding) => rule === undefined || finding.rule === rule);
  const places = found.map(({ region, rule: id }) => {
    const from = visualColumn(lines[region!.line - 1]!, region!.column - 1);
    const to = visualColumn(lines[region!.endLine - 1]!, region!.endColumn - 1);
    return `${region!.line}:${from}-${to} ${id}`;
  });
  const expected = expectedIn(code);
  const missing = expected.filter(({ place }) => !places.includes(place)).map(({ place }) => place);
  const unexpected = places.filter((place) => !expected.some((each) => each.place === place));
  assert.deepEqual({ missing, unexpected }, { missing: [], unexpected: [] });
  for (const { place, message } of expected) {
    const finding = found[places.indexOf(place)]!;
    assert.ok(finding.message.includes(message), `${place} says "${finding.message}", not "${message}"`);
  }
}
