/**
 * Tables of small programs for one rule: the ways people write a fault, and
 * the good code nearest to each. A line that must be flagged ends in `//!`.
 * Good code must be quiet in the eyes of every rule.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Finding } from '../../server/src/findings/index.js';
import { findingsIn } from './annotated.js';
import { findingsInPatch, mailOf } from './patches.js';

/** Programs by what they show. */
export type Programs = Readonly<Record<string, string>>;

export interface Twins {
  readonly bad: Programs;
  readonly good: Programs;
  /** The same as the body of a diff of a file that was there: each line begins with `+`, `-` or a blank. */
  readonly patches?: Programs;
}

const MARK = /\s*\/\/!\s*$/;

/** Declares the tests of one rule. */
export function twins(rule: string, { bad, good, patches = {} }: Twins): void {
  describe(`${rule}, as people write it`, () => {
    for (const [title, code] of Object.entries(bad)) {
      test(`objects: ${title}`, () => {
        assert.ok(marked(code).length > 0, 'a bad program marks what is bad');
        assert.deepEqual(linesOf(withoutMarks(code), findingsIn(withoutMarks(code)), rule), marked(code));
      });
    }
    for (const [title, code] of Object.entries(good)) {
      test(`allows: ${title}`, () => {
        const loud = findingsIn(code).filter(
          ({ severity }) => severity === 'warning' || severity === 'error',
        );
        assert.deepEqual(
          loud.map(({ rule: id, region }) => `${id} ${region?.line}`),
          [],
        );
      });
    }
    for (const [title, body] of Object.entries(patches)) {
      test(`in a patch: ${title}`, () => {
        const text = withoutMarks(body);
        const found = findingsInPatch(text).map((finding) => ({ ...finding, region: null }));
        assert.deepEqual(
          linesOf(mailOf(text), found, rule),
          marked(body.replaceAll('\n+', '\n').replace(/^\+/, '')),
        );
      });
    }
  });
}

function withoutMarks(code: string): string {
  return code
    .split('\n')
    .map((line) => line.replace(MARK, ''))
    .join('\n');
}

/** The text of the lines that are marked, without their indentation. */
function marked(code: string): string[] {
  return code
    .split('\n')
    .filter((line) => MARK.test(line))
    .map((line) => line.replace(MARK, '').trim());
}

function linesOf(text: string, findings: readonly Finding[], rule: string): string[] {
  const lines = text.split('\n');
  return findings
    .filter((finding) => finding.rule === rule)
    .map(({ source }) => lines[source.line - 1]!.replace(/^\+/, '').trim());
}
