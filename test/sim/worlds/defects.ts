/**
 * Small changes of a reference design that break one monitor of the IOMMU
 * each, as patches. The first lines of each say what is wrong, and in which
 * scenario it shows; the design as it is is its twin.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Counterexample,
  MONITORS,
  type MonitorId,
  printTape,
  readTape,
  shrink,
} from '../../../server/src/sim/engine/index.js';
import {
  designNamed,
  implementationOf,
  type PlayedScenario,
  playScenario,
  replayScenario,
  SCENARIOS,
} from '../../../server/src/sim/worlds/index.js';

const FOLDER = fileURLToPath(new URL('defects', import.meta.url));

export interface WorldDefect {
  /** The file without its ending: the monitor, then what is wrong. */
  readonly name: string;
  /** What is wrong, and what it shows in; then the diff. */
  readonly text: string;
  readonly design: string;
  readonly scenario: string;
  readonly monitor: MonitorId;
  /** The smallest counterexample, as it is stated. */
  readonly tape: string;
}

export const WORLD_DEFECT_NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.patch'))
  .map((name) => basename(name, '.patch'))
  .sort();

export function readWorldDefect(name: string): WorldDefect {
  const text = readFileSync(pathOf(name), 'utf8');
  const [head = ''] = text.split('\n--- ');
  const value = (key: string): string => new RegExp(`^${key}: (.*)$`, 'm').exec(head)?.[1] ?? '';
  const monitor = value('monitor');
  if (!isMonitor(monitor)) throw new Error(`${name}: no monitor ${monitor}`);
  return {
    name,
    text,
    design: value('design'),
    scenario: value('scenario'),
    monitor,
    tape: value('tape'),
  };
}

function isMonitor(name: string): name is MonitorId {
  return Object.hasOwn(MONITORS, name);
}

function pathOf(name: string): string {
  return join(FOLDER, `${name}.patch`);
}

/** Runs the scenario of a defect on the design, changed or as it is. */
export function playDefect({ design, scenario, text }: WorldDefect, isChanged: boolean): PlayedScenario {
  const known = designNamed(design);
  const played = SCENARIOS.find(({ id }) => id === scenario);
  if (!known || !played) throw new Error(`no design ${design}, or no scenario ${scenario}`);
  return playScenario(implementationOf(known, known.file, isChanged ? [text] : []), played);
}

/** The plainest tape that shows the monitor, cheapest first; '?' when none does. */
export function smallestTape({ monitor }: WorldDefect, { subject, exploration }: PlayedScenario): string {
  const [first] = exploration.counterexamples.filter((each) => each.monitor === monitor).sort(byLength);
  return first ? printTape(shrink(subject, first)) : '?';
}

function byLength(one: Counterexample, other: Counterexample): number {
  return one.tape.length - other.tape.length;
}

/** Which monitors break on a tape. */
export function monitorsOn(played: PlayedScenario, tape: string): MonitorId[] {
  return replayScenario(played, readTape(tape) ?? []).breaches.map(({ monitor }) => monitor);
}

/** Writes the tape into the first lines. */
export function stateTape({ name, text, tape }: WorldDefect, found: string): void {
  writeFileSync(pathOf(name), text.replace(`\ntape: ${tape}\n`, `\ntape: ${found}\n`));
}
