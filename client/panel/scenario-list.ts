/** The scenarios that can be picked, and programmes of drivers beside them. Pure, so that it can be tested without a page. */
import type { FlowScenario, RunQuestion } from '../../server/src/protocol/index.js';
import { SIGNS } from './words.js';

/** Some that belong together, in the order in which they are offered. */
export interface ScenarioGroup {
  readonly label: string;
  readonly options: readonly { readonly key: string; readonly label: string }[];
}

/** By which one is known: several operations are played with the same programme. */
export function keyOf({ id, operation }: FlowScenario): string {
  return operation ? `${id} ${operation.function} ${operation.file}` : id;
}

/** Scenarios by what came of them; of drivers, those of each operation. */
export function groupsOf(scenarios: readonly FlowScenario[]): ScenarioGroup[] {
  const order = ['violated', 'not-modelled', 'held'] as const;
  const sorted = order.flatMap((verdict) => scenarios.filter((each) => each.verdict === verdict));
  const ofScenarios = order.flatMap((verdict) => {
    const those = sorted.filter((each) => each.verdict === verdict && !each.operation);
    return groupOf(`${verdict.replace('-', ' ')} (${those.length})`, those);
  });
  const operations = new Map(
    scenarios.flatMap(({ operation }) =>
      operation ? [[`${operation.function} ${operation.file}`, operation] as const] : [],
    ),
  );
  const isAmbiguous = (name: string): boolean =>
    [...operations.values()].filter((each) => each.function === name).length > 1;
  const ofDrivers = [...operations.values()].flatMap(({ function: name, file }) =>
    groupOf(
      `${name}()${isAmbiguous(name) ? ` in ${file.slice(file.lastIndexOf('/') + 1)}` : ''} on two instances`,
      sorted.filter(({ operation }) => operation?.function === name && operation.file === file),
    ),
  );
  return [...ofScenarios, ...ofDrivers];
}

function groupOf(label: string, those: readonly FlowScenario[]): ScenarioGroup[] {
  const options = those.map((each) => {
    // The group says on what they are played.
    const name = each.operation ? each.id.slice(each.id.indexOf('/') + 1) : each.id;
    return { key: keyOf(each), label: `${SIGNS[each.verdict]} ${name}` };
  });
  return options.length > 0 ? [{ label, options }] : [];
}

/** What is shown of itself: the first that breaks a rule, of an operation if one is meant. */
export function telling(scenarios: readonly FlowScenario[], of: string | null = null): FlowScenario | null {
  const those = of === null ? scenarios : scenarios.filter(({ operation }) => operation?.function === of);
  const broken = those.filter(({ verdict }) => verdict === 'violated');
  return (
    broken.find(({ breach }) => breach !== null) ?? (of === null ? those[0] : (broken[0] ?? those[0])) ?? null
  );
}

/** The first run of a scenario: that which breaks a rule, or else the plainest. */
export function firstOf({ id, operation, tape, breach }: FlowScenario): RunQuestion {
  return {
    design: null,
    ...(operation && { operation }),
    scenario: breach?.scenario ?? id,
    tape: breach?.tape ?? tape ?? '-',
    isBeforeFailures: false,
  };
}
