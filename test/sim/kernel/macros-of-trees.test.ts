/**
 * What the simulated kernel knows by name is often a macro of the headers:
 * where a tree is at hand, its body must not take the place of the row.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { KERNEL_MACROS, NEVER_EXPAND } from '../../../server/src/ir/kernel-macros.table.js';
import { PRIMITIVES } from '../../../server/src/sim/kernel/index.js';

const SCRIPT = '../shared/tools/kernel-tree.sh';
const skip = existsSync(SCRIPT) ? false : `there are no kernel trees here: ${SCRIPT}`;

/** What is lost when they are expanded to what only an architecture defines. */
const EFFECTS: ReadonlySet<string> = new Set([
  'lock',
  'try-lock',
  'unlock',
  'lock-init',
  'preempt',
  'alloc',
  'poll',
]);

/** Expanded to another of them. */
const TO_ANOTHER: ReadonlySet<string> = new Set(['KMEM_CACHE']);

for (const version of ['6.1', '6.12'])
  test(`locks, sections and allocations of ${version} stay what they are`, { skip }, () => {
    const root = execFileSync(SCRIPT, [version], { encoding: 'utf8' }).trim();
    const folder = join(root, 'include/linux');
    const headers = readdirSync(folder).filter((name) => name.endsWith('.h'));
    const known = new Set([...KERNEL_MACROS.keys()].map((head) => /^\w+/.exec(head)![0]));
    const expanded = headers.flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/^#\s*define\s+(\w+)\(/gm)]
        .map(([, macro]) => macro!)
        .filter((macro) => !NEVER_EXPAND.has(macro) && !known.has(macro) && !TO_ANOTHER.has(macro))
        .filter((macro) => EFFECTS.has(PRIMITIVES.get(macro)?.effect.do ?? '')),
    );
    assert.deepEqual([...new Set(expanded)], []);
  });
