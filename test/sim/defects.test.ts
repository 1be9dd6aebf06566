/**
 * Every seeded defect is found where it is marked, by nothing else, and its
 * smallest counterexample is the one that is stated in its file; of every twin
 * nothing is said. `UPDATE=1` states the counterexamples anew.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MONITORS } from '../../server/src/sim/engine/index.js';
import { benchNames, readDefect, runDefect, stateTapes, tapesOf } from './harness.js';
import { MAPPING_DEFECTS } from './loops/vfio-mapping-defects.js';
import { readWorldDefect, WORLD_DEFECT_NAMES } from './worlds/defects.js';
import { TOY_DRIVERS } from './worlds/toy-drivers.js';

const { defects, twins } = benchNames();
const isUpdating = process.env.UPDATE === '1';
const FEWEST_DEFECTS = 66;
const FEWEST_OF_EACH = 2;

for (const name of defects)
  test(`${name} is found`, () => {
    const defect = readDefect(name);
    const { found, verdict } = runDefect(defect);
    const marked = defect.expected.map(({ place }) => place);
    const certain = found.filter(({ breach }) => breach.confidence === 'certain');
    const sure = found.filter(({ breach }) => breach.confidence === defect.confidence);
    const said = found.map(({ place, breach }) => `${place}: ${breach.words}`);
    const missing = defect.expected.filter(({ place }) => !sure.some((each) => each.place === place));
    assert.ok(marked.length > 0, 'nothing is marked');
    assert.deepEqual(
      {
        missing: missing.map(({ place }) => place),
        unexpected: certain.filter(({ place }) => !marked.includes(place)).map(({ place }) => place),
      },
      { missing: [], unexpected: [] },
      `said is ${JSON.stringify(said, null, 2)}\nverdict ${JSON.stringify(verdict)}`,
    );
    for (const { place, message } of defect.expected) {
      const { breach, isPlainest, isReplayed } = sure.find((each) => each.place === place)!;
      assert.ok(breach.words.includes(message), `${place} says "${breach.words}", not "${message}"`);
      assert.ok(isReplayed, `${place} is not shown when its tape runs again`);
      assert.ok(isPlainest, `${place} has a tape that can be made plainer`);
    }
    const tapes = tapesOf(defect, sure);
    if (isUpdating) stateTapes(defect, tapes);
    else
      assert.equal(defect.header.get('tape'), tapes, 'the stated counterexample (UPDATE=1 states it anew)');
  });

for (const name of twins)
  test(`${name} is silent`, () => {
    const twin = readDefect(name);
    const { found, verdict } = runDefect(twin);
    assert.deepEqual(twin.expected, []);
    assert.deepEqual(
      found.map(({ place, breach }) => `${place} (${breach.confidence}): ${breach.words}`),
      [],
    );
    assert.equal(verdict.kind, 'held', verdict.why);
  });

test('every defect has a twin, every monitor its defects', (t) => {
  assert.deepEqual(
    twins,
    defects.map((name) => `${name}.ok`),
  );
  assert.ok(defects.length >= FEWEST_DEFECTS, `${defects.length} defects`);
  const counts = new Map(Object.keys(MONITORS).map((id) => [id, 0]));
  for (const name of defects) {
    const id = name.split('-')[0]!.toUpperCase();
    counts.set(id, (counts.get(id) ?? 0) + 1);
    assert.ok(
      readDefect(name).expected.some(({ monitor }) => monitor === id),
      `${name} marks no ${id}`,
    );
  }
  // What only scenarios show is shown by changes of the reference designs.
  for (const name of WORLD_DEFECT_NAMES) {
    const { monitor } = readWorldDefect(name);
    counts.set(monitor, (counts.get(monitor) ?? 0) + 1);
  }
  // What only a driver on two instances shows is shown by drivers of our own.
  for (const fault of Object.values(TOY_DRIVERS).flatMap(({ faults = [] }) => faults)) {
    const monitor = fault.split(' ')[0]!;
    counts.set(monitor, (counts.get(monitor) ?? 0) + 1);
  }
  // What only mappings show is shown by changes of code that a kernel tree has.
  for (const { monitor } of MAPPING_DEFECTS) counts.set(monitor, (counts.get(monitor) ?? 0) + 1);
  for (const [id, count] of counts) {
    t.diagnostic(`${id}: ${count}`);
    assert.ok(count >= FEWEST_OF_EACH, `${id} has ${count} defects`);
  }
});
