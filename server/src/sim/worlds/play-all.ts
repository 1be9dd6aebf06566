/** Runs several scenarios on one implementation, and what only shows when they are held against each other. */
import type { Budget } from '../engine/index.js';
import type { Breach } from '../scenarios/index.js';
import { type Implementation, isPlayable, type PlayedScenario, playScenario } from './play-scenario.js';
import type { Scenario, Time } from './scenario.js';
import { SCENARIOS } from './scenarios.table.js';

/** The scenarios that mean something for an implementation of a time. */
export function scenariosFor({ kit }: Implementation, time: Time): Scenario[] {
  return SCENARIOS.filter(({ times, needs }) => times.includes(time) && isPlayable(needs, kit));
}

/** Each is yielded when it is done, so that whoever waits can stop. */
export function* playAll(
  implementation: Implementation,
  scenarios: readonly Scenario[],
  budget?: Budget,
): Generator<PlayedScenario> {
  const refused = new Map<string, Breach>();
  for (const scenario of scenarios) {
    const played = playScenario(implementation, scenario, budget);
    const [row = '', variant] = scenario.id.split('/');
    const incompatible = played.breaches.find(({ monitor }) => monitor === 'INC');
    if (variant === 'strict' && incompatible) refused.set(row, incompatible);
    const known = refused.get(row);
    yield known && scenario.world.driver !== 'strict' ? fitsByChance(played, known) : played;
  }
}

/**
 * INC where the driver takes every domain: that it fits is luck, when a driver
 * that looks finds that nobody asked.
 */
function fitsByChance(played: PlayedScenario, refused: Breach): PlayedScenario {
  if (played.breaches.length > 0) return played;
  const breach: Breach = {
    ...refused,
    confidence: 'possible',
    words: 'a domain of another instance fits by chance: nobody decided that it does',
  };
  return {
    ...played,
    breaches: [breach],
    verdict: { ...played.verdict, kind: 'violated' },
    isByComparison: true,
  };
}
