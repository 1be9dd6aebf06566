/** That scenarios kept from one version of a document to the next say what a review from scratch says. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { AttachProgress, Finding } from '../../server/src/findings/index.js';
import { openDocument, SimulatedVersions } from '../../server/src/review/index.js';

const PATH = 'drivers/iommu/toy.c';
const DESIGN = readFileSync(new URL('../../server/simulated/designs/rfc-v2.c', import.meta.url), 'utf8');

/** What is typed, in the place of what stands there: as many texts as there are versions. */
type Place = readonly [string, ...string[]];

const BODIES: Readonly<Record<string, Place>> = {
  // What no scenario comes by; a name that the world has as well is not put into capitals any more.
  aside: [
    '\tif (WARN_ON(!iommu_group_singleton',
    '\n\tif (WARN_ON(!iommu_group_singleton',
    '\tint d1 = 1;\n\n\tif (d1 && WARN_ON(!iommu_group_singleton',
  ],
  // Only page requests come by here.
  report: [
    '\tgroup->dev = dev;\n\tgroup->fault',
    '\t/* One at a time. */\n\tgroup->dev = dev;\n\tgroup->fault',
    '\tgroup->fault',
  ],
  // Only processes that exit.
  drop: ['\tioasid_free(mm->pasid);\n', '\tioasid_free(mm->pasid);\n\tioasid_free(mm->pasid);\n', '\t;\n'],
  // Whoever binds.
  get: [
    '\treturn refcount_inc_not_zero(&domain->sharing->users);',
    '\trefcount_inc(&domain->sharing->users);\n\n\treturn true;',
  ],
};
/** What lies between the bodies: nothing is kept. */
const AROUND: Place = ['\tstruct list_head bonds;\n};', '\tstruct list_head bonds;\n\tint unused;\n};'];

function textOf(version: Readonly<Record<string, number>>): string {
  let text = DESIGN;
  for (const [name, [first, ...others]] of Object.entries({ ...BODIES, around: AROUND })) {
    assert.equal(text.split(first).length, 2, `${name} stands in one place`);
    text = text.replace(first, () => [first, ...others][version[name] ?? 0]!);
  }
  return text;
}

interface Outcome {
  readonly findings: readonly Finding[];
  readonly attach: readonly (AttachProgress | null)[];
  /** How often it was asked, between two runs, whether to go on. */
  readonly asked: number;
}

function run(versions: SimulatedVersions, content: string): Outcome {
  let asked = 0;
  const isCancelled = () => ++asked < 0;
  let last: Omit<Outcome, 'asked'> = { findings: [], attach: [] };
  for (const stage of versions.run({ path: PATH, content, treePath: PATH }, { tree: null, isCancelled })) {
    assert.deepEqual(stage.failures, []);
    if (stage.isWorthShowing) last = { findings: stage.findings(), attach: stage.attach() };
  }
  return { ...last, asked };
}

test('after any edit, kept scenarios and those that are played anew say what a run from scratch says', () => {
  const versions = new SimulatedVersions();
  let saved = 0;
  const edits = [
    {},
    { report: 1 },
    { aside: 1 },
    { drop: 1 },
    { get: 1, report: 2, aside: 2 },
    { around: 1, aside: 0, report: 0 },
  ];
  const version: Record<string, number> = {};
  for (const [index, edit] of edits.entries()) {
    Object.assign(version, edit);
    const text = textOf(version);
    const now = run(versions, text);
    const scratch = run(new SimulatedVersions(), text);
    assert.ok(scratch.attach[0]!.scenarios.length > 20);
    assert.deepEqual(now.attach, scratch.attach, `edit ${index}`);
    assert.deepEqual(now.findings, scratch.findings, `edit ${index}`);
    if (now.asked < scratch.asked / 2) saved++;
  }
  assert.ok(saved >= 2, `${saved} edits cost less than half of what a review does`);
});

test('an edit that no scenario comes by plays none, and what is kept is what a review finds', () => {
  const versions = new SimulatedVersions();
  const first = run(versions, textOf({}));
  const aside = textOf({}).replace(
    '\t\treturn;\n\n\tmutex_lock(&group->mutex);\n\tif (WARN',
    '\t\treturn; /* none */\n\n\n\tmutex_lock(&group->mutex);\n\tif (WARN',
  );
  const now = run(versions, aside);
  assert.ok(now.asked < first.asked / 10, `${now.asked} of ${first.asked}`);
  const part = { path: PATH, content: aside, treePath: PATH };
  assert.deepEqual(now.findings, openDocument(part, { tree: null, simulates: true }).review.findings);
  assert.notDeepEqual(now.findings, first.findings, 'lines have moved');
});

test('scenarios that an edit cut short are not kept', () => {
  const versions = new SimulatedVersions();
  const part = { path: PATH, content: textOf({}), treePath: PATH };
  let isOver = false;
  for (const stage of versions.run(part, { tree: null, isCancelled: () => isOver }))
    isOver = stage.phase === 'scenarios' && stage.done === 5;
  const after = run(versions, textOf({ aside: 1 }));
  assert.deepEqual(after.attach, run(new SimulatedVersions(), textOf({ aside: 1 })).attach);
});
