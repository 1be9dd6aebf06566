/**
 * The simulated C is C: a compiler takes every design, variant, repair and defect with
 * the world and the drivers around it. What the machine plays is declared in cc.h.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  broken,
  DEFECT_NAMES,
  DESIGN_NAMES,
  design,
  REPAIR_NAMES,
  repaired,
  type Source,
  VARIANT_NAMES,
  variant,
} from './sources.js';

const HEADER = fileURLToPath(new URL('cc.h', import.meta.url));
/** What is declared is not always called: the world has helpers for every design. */
const FLAGS = [
  '-fsyntax-only',
  '-std=gnu11',
  '-Wall',
  '-Werror',
  '-Wno-unused-function',
  '-Wno-unused-variable',
];

const skip = spawnSync('cc', ['--version']).status === 0 ? false : 'cc is not there: the C is not compiled';

function compiles(source: Source): void {
  const { status, stderr } = spawnSync('cc', [...FLAGS, '-include', HEADER, '-x', 'c', '-'], {
    input: unitOf(source),
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
}

/** One translation unit. Lines keep their files' names and numbers; kernel.h comes with cc.h. */
function unitOf({ files }: Source): string {
  return [...files]
    .map(([path, text]) => `#line 1 "${path}"\n${text.replace(/^#include ".*"$/gm, '')}`)
    .join('\n');
}

const SOURCES = [
  ...DESIGN_NAMES.map((name) => ({ what: 'design', name, source: () => design(name) })),
  ...VARIANT_NAMES.map((name) => ({ what: 'variant', name, source: () => variant(name) })),
  ...REPAIR_NAMES.map((name) => ({ what: 'repair', name, source: () => repaired(name) })),
  ...DEFECT_NAMES.map((name) => ({ what: 'defect', name, source: () => broken(name) })),
];

for (const { what, name, source } of SOURCES)
  test(`${what} ${name} compiles`, { skip }, () => compiles(source()));

test('the compiler would notice', { skip }, () => {
  const { name, files } = design('rfc-v2');
  const [[path, text] = ['', '']] = files;
  const broken = text.replace('mutex_unlock(', 'mutex_release(');
  assert.throws(() => compiles({ name, files: new Map([...files, [path, broken]]) }), /mutex_release/);
});
