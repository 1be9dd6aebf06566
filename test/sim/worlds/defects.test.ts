/**
 * What each monitor of the IOMMU is for: a small change of a reference design
 * breaks it in the scenario that the change states, on the tape that it
 * states, and the design as it is holds there. `UPDATE=1` states tapes anew.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  monitorsOn,
  playDefect,
  readWorldDefect,
  smallestTape,
  stateTape,
  WORLD_DEFECT_NAMES,
} from './defects.js';

const isUpdating = process.env.UPDATE === '1';

for (const name of WORLD_DEFECT_NAMES)
  test(`${name} is found, and the design as it is holds`, () => {
    const defect = readWorldDefect(name);
    assert.equal(name.split('-')[0], defect.monitor.toLowerCase());
    const played = playDefect(defect, true);
    const shown = played.breaches.filter(({ monitor }) => monitor === defect.monitor);
    assert.ok(shown.length > 0, `${defect.monitor} is not among ${JSON.stringify(played.breaches)}`);
    assert.ok(shown.every(({ confidence }) => confidence === 'certain'));
    const tape = smallestTape(defect, played);
    assert.ok(monitorsOn(played, tape).includes(defect.monitor), 'its tape does not show it again');
    if (isUpdating) stateTape(defect, tape);
    else assert.equal(defect.tape, tape, 'the stated counterexample (UPDATE=1 states it anew)');

    const twin = playDefect(defect, false);
    assert.deepEqual(
      twin.breaches.map(({ monitor, words }) => `${monitor}: ${words}`),
      [],
    );
    assert.equal(twin.verdict.kind, 'held', twin.verdict.why);
  });
