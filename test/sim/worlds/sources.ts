/**
 * The simulated C as tests use it: designs, their variants, and the repairs of
 * this folder, each applied to what it is named after.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPatches } from '../../../server/src/patch/index.js';
import { DESIGNS } from '../../../server/src/sim/worlds/index.js';
import { applyHunks } from '../../../server/src/tree/index.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SIMULATED = 'server/simulated';
const REPAIRS = 'test/sim/worlds/repairs';
const DEFECTS = 'test/sim/worlds/defects';

/** An implementation with the world around it: texts by path from the root of the project. */
export interface Source {
  readonly name: string;
  /** The design, world.c, driver.c, the page requests and the operations, in the order in which they build on each other. */
  readonly files: ReadonlyMap<string, string>;
}

export const DESIGN_NAMES = namesIn(`${SIMULATED}/designs`, '.c');
export const VARIANT_NAMES = namesIn(`${SIMULATED}/variants`, '.patch');
export const REPAIR_NAMES = namesIn(REPAIRS, '.patch');
export const DEFECT_NAMES = namesIn(DEFECTS, '.patch');

export function design(name: string): Source {
  const operations = DESIGNS.find(({ id }) => name.startsWith(id))?.operations;
  assert.ok(operations, `${name} is none of the designs, nor a part of one`);
  const paths = [`designs/${name}.c`, 'world.c', 'driver.c', 'page-requests.c', operations].map(
    (path) => `${SIMULATED}/${path}`,
  );
  return { name, files: new Map(paths.map((path) => [path, read(path)])) };
}

export function variant(name: string): Source {
  return patched(design(longestPrefix(name, DESIGN_NAMES)), name, `${SIMULATED}/variants/${name}.patch`);
}

/** What a repair makes of the design, or the variant of one, that its name begins with. */
export function repaired(name: string): Source {
  const base = longestPrefix(name, [...DESIGN_NAMES, ...VARIANT_NAMES]);
  return patched(
    VARIANT_NAMES.includes(base) ? variant(base) : design(base),
    name,
    `${REPAIRS}/${name}.patch`,
  );
}

/** What a defect makes of the design that it states. */
export function broken(name: string): Source {
  const path = `${DEFECTS}/${name}.patch`;
  const base = /^design: (.*)$/m.exec(read(path))?.[1] ?? '';
  return patched(design(base), name, path);
}

/** Every hunk must fit where it says: no offset, no fuzz. */
function patched(base: Source, name: string, patch: string): Source {
  const files = new Map(base.files);
  const touched = readPatches(readFileSync(join(ROOT, patch))).messages.flatMap((message) => message.files);
  assert.ok(touched.length > 0, `${patch}: no diff in it`);
  for (const file of touched) {
    const path = file.newPath ?? '';
    const text = files.get(path);
    assert.ok(text !== undefined, `${patch}: ${path} is no file of ${base.name}`);
    const result = applyHunks(file, path, text);
    assert.ok(result.ok, `${patch}: ${result.ok ? '' : result.why}`);
    assert.deepEqual(result.image.problems, [], patch);
    files.set(path, result.text);
  }
  return { name, files };
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function namesIn(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => basename(name, ending))
    .sort();
}

function longestPrefix(name: string, bases: readonly string[]): string {
  const fitting = bases.filter((base) => name.startsWith(`${base}-`)).sort((a, b) => b.length - a.length);
  assert.ok(fitting[0], `${name} begins with the name of no design or variant`);
  return fitting[0];
}
