/**
 * The matrix of designs and scenarios, cell by cell: what each cell came to is
 * pinned in matrix.txt (`UPDATE=1` writes it anew, to be read in the diff), its
 * counterexample is run again, and all of it is held against the matrix that
 * the model prescribes, where that is at hand.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { printTape } from '../../../server/src/sim/engine/index.js';
import {
  CELLS,
  type Cell,
  cellOf,
  DESIGNS,
  replayScenario,
  SCENARIOS,
} from '../../../server/src/sim/worlds/index.js';

const PINNED = fileURLToPath(new URL('matrix.txt', import.meta.url));
const PRESCRIBED = fileURLToPath(new URL('../../../../shared/design/matrix.json', import.meta.url));
const pinned = existsSync(PINNED) ? readFileSync(PINNED, 'utf8').split('\n') : [];
const lines: string[] = [];

interface Prescribed {
  readonly design: string;
  readonly row: string;
  readonly when: string | null;
  readonly verdict: string;
  readonly monitors: readonly string[];
}

const prescribed: readonly Prescribed[] | null = existsSync(PRESCRIBED)
  ? JSON.parse(readFileSync(PRESCRIBED, 'utf8')).cells
  : null;

/** One line: which cell, what it came to, which monitors broke, and the tapes that show it. */
function lineOf({ design, row, when, verdict, explored, monitors, played }: Cell): string {
  const tapes = played.flatMap(({ breaches, shownBy }) =>
    shownBy ? [] : breaches.slice(0, 1).map(({ monitor, tape }) => `${monitor}@${printTape(tape)}`),
  );
  const name = when === null ? row : `${row}, ${when}`;
  return [design, name, verdict, explored, monitors.join(' ') || '-', tapes.join(' ') || '-'].join(' | ');
}

for (const design of DESIGNS)
  for (const row of CELLS[design.id]!)
    test(`${design.id}: ${row.row}${row.when === null ? '' : `, ${row.when}`}`, (t) => {
      const cell = cellOf(design, row);
      const line = lineOf(cell);
      lines.push(line);
      if (process.env.UPDATE !== '1') assert.ok(pinned.includes(line), `now: ${line}`);
      for (const played of cell.played) {
        if (played.shownBy) continue;
        for (const { monitor, site, tape } of played.breaches.slice(0, 1)) {
          const { breaches } = replayScenario(played, tape);
          assert.ok(
            breaches.some((each) => each.monitor === monitor && each.site.start === site.start),
            `${played.scenario.id}: ${monitor} is shown again by ${printTape(tape)}`,
          );
        }
      }
      if (!prescribed) {
        t.diagnostic('not held against the prescribed matrix: ../shared/design/matrix.json is not here');
        return;
      }
      const wanted = prescribed.find(
        (each) => each.design === design.id && each.row === row.row && each.when === row.when,
      );
      if (!wanted || wanted.verdict === 'unspecified') {
        t.diagnostic('not prescribed: only what is pinned');
        return;
      }
      assert.equal(cell.verdict, wanted.verdict);
      const isRight =
        wanted.monitors.length === 0 ||
        wanted.monitors.some((each) => cell.monitors.some((got) => got === each));
      assert.ok(isRight, `${cell.monitors.join(', ')}, not any of ${wanted.monitors.join(', ')}`);
    });

test('no cell of the prescribed matrix is left out, and no scenario is unknown', () => {
  const rows = Object.entries(CELLS).flatMap(([design, cells]) => cells.map((cell) => ({ design, ...cell })));
  for (const { design, row, when } of prescribed ?? [])
    assert.ok(
      rows.some((each) => each.design === design && each.row === row && each.when === when),
      `${design}: ${row}, ${when}`,
    );
  const played = new Set(rows.flatMap(({ plays }) => plays));
  for (const { row, plays } of rows)
    for (const id of plays)
      assert.ok(
        SCENARIOS.some((each) => each.id === id),
        `${row} plays ${id}`,
      );
  assert.ok(played.size >= 20);
});

after(() => {
  if (process.env.UPDATE === '1') writeFileSync(PINNED, `${lines.join('\n')}\n`);
});
