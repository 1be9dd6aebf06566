/** Runs several scenarios on one implementation, and what only shows when they are held against each other. */
import type { Breach } from '../scenarios/index.js';
import { givesDomain } from './kit.js';
import type { Outcome } from './outcome.js';
import { type Implementation, isPlayable } from './play-scenario.js';
import type { Scenario, Time } from './scenario.js';
import { SCENARIOS } from './scenarios.table.js';

/** The scenarios that mean something for an implementation of a time. */
export function scenariosFor({ kit }: Implementation, time: Time): Scenario[] {
  return SCENARIOS.filter(
    ({ times, needs, notForReview }) =>
      notForReview === null && times.includes(time) && isPlayable(needs, kit),
  );
}

/** Why a scenario means nothing for an implementation of a time; null when it does. */
export function whyUnfit(
  { times, needs, notForReview }: Scenario,
  { kit }: Implementation,
  time: Time,
): string | null {
  if (!times.includes(time)) return 'it is about the core of another time';
  if (notForReview !== null) return notForReview;
  if (isPlayable(needs, kit)) return null;
  if (needs === 'attaching by PASID' && !givesDomain(kit.bind))
    return 'nothing in the input gives the PASID of a device a domain that its caller has';
  if (needs === 'a fork' && !givesDomain(kit.bind))
    return 'nothing in the input resets what the mm of a child has from its parent';
  return needs === 'attaching' || givesDomain(kit.bind)
    ? `${kit.bind.name}() gives a domain and leaves attaching it to its caller`
    : 'nothing in the input takes page requests';
}

/** The row of the matrix that a scenario belongs to. */
export const rowOf = ({ id }: Scenario): string => id.split('/')[0]!;

/** Whether a scenario is what a name asks for: its own, or that of its row. */
export const isOfRow = (scenario: Scenario, name: string): boolean =>
  scenario.id === name || rowOf(scenario) === name;

/** Each is yielded when it is done, so that whoever waits can stop. `play`: runs one of them by itself, on the same implementation. */
export function* playAll<P extends Outcome<P>>(
  scenarios: readonly Scenario[],
  play: (scenario: Scenario) => P,
): Generator<P> {
  const refused = new Map<string, P>();
  for (const scenario of scenarios) {
    const played = play(scenario);
    const row = rowOf(scenario);
    const known = refused.get(row);
    if (!known && incompatible(played)) refused.set(row, played);
    yield known && scenario.world.driver !== 'strict' ? fitsByChance(played, known) : played;
  }
}

const incompatible = <P>({ breaches }: Outcome<P>): Breach | undefined =>
  breaches.find(({ monitor }) => monitor === 'INC');

/**
 * INC where the driver takes every domain: that it fits is luck, when a driver
 * that looks finds that nobody asked.
 */
function fitsByChance<P extends Outcome<P>>(played: P, refused: P): P {
  if (played.breaches.length > 0) return played;
  const breach: Breach = {
    ...incompatible(refused)!,
    confidence: 'possible',
    words: 'a domain of another instance fits by chance: nobody decided that it does',
  };
  return {
    ...played,
    breaches: [breach],
    verdict: { ...played.verdict, kind: 'violated' },
    shownBy: refused,
  };
}
