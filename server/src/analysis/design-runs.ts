/** One run of a scenario on a reference design, with its verdict and the questions that it left open. */
import type { RunAnswer, RunQuestion, ScenarioRun } from '../findings/index.js';
import { MONITORS, readTapeId, type Tape } from '../sim/engine/index.js';
import { type Breach, PROGRAMME_BUDGET } from '../sim/scenarios/index.js';
import {
  CELLS,
  type CellRow,
  cellOf,
  type Design,
  designNamed,
  implementationOfCell,
  isVaried,
  offeredVariants,
  type PlayedScenario,
  playScenario,
  replayScenario,
  type Scenario,
  type StagedScenario,
  scenarioNamed,
  shownNames,
  stageScenario,
} from '../sim/worlds/index.js';
import { FLOW_BUDGET } from './attach-flows.js';
import { contradictionIn, misfitOf, verdictOfRun } from './replayed-run.js';
import { questionsOf, sourcesOf } from './run-questions.js';
import { placeInDesign, toldTrace } from './scenario-traces.js';

/** By design and scenario: what all runs say of a design, which is shipped and never changes. */
const explored = new Map<string, PlayedScenario>();

/** Never throws on what is asked. `isCancelled`: nobody waits any longer for more runs. */
export function designRun(
  id: string,
  { scenario: name, tape, isBeforeFailures }: RunQuestion,
  isCancelled: () => boolean,
): RunAnswer {
  const design = designNamed(id);
  const named = scenarioNamed(name);
  if (!design) return none('there is no such design');
  if (named.kind !== 'scenario')
    return none(named.kind === 'unfit' ? named.why : 'there is no such scenario');
  const row = rowOf(design, named.base.id);
  if (!row)
    return none(
      'the design is not asked this: it lacks the part that the scenario is about, or is of another time',
    );
  if (tape !== null) {
    const staged = stageOf(design, row, named.scenario);
    return repeated(staged, named.scenario, tape, isBeforeFailures);
  }
  const played = exploredOf(design, row, named.scenario, isCancelled);
  const proof = played.shownBy ?? played;
  const [breach] = played.breaches;
  const answer = repeated(proof, proof.scenario, breach?.tape ?? [], false);
  if (answer.kind === 'none') return answer;
  const { kind, explored: how, why } = played.verdict;
  const verdict = { id: named.scenario.id, verdict: kind, explored: how, runs: played.exploration.runs, why };
  return { kind: 'run', run: { ...answer.run, story: named.scenario.story, verdict } };
}

const none = (why: string): RunAnswer => ({ kind: 'none', why });

/** The row that asks the design this, by preference in the form that it is shipped in. */
function rowOf({ id }: Design, scenario: string): CellRow | null {
  const rows = (CELLS[id] ?? []).filter(({ plays }) => plays.includes(scenario));
  return rows.find(({ file, variant }) => file === undefined && variant === undefined) ?? rows[0] ?? null;
}

const stages = new Map<string, StagedScenario>();

function stageOf(design: Design, row: CellRow, scenario: Scenario): StagedScenario {
  const key = `${design.id} ${scenario.id}`;
  const staged = stages.get(key) ?? stageScenario(implementationOfCell(design, row), scenario);
  stages.set(key, staged);
  return staged;
}

/** As the matrix has it: scenarios of a row are held against each other. One with something varied stands alone. */
function exploredOf(
  design: Design,
  row: CellRow,
  scenario: Scenario,
  isCancelled: () => boolean,
): PlayedScenario {
  const keyOf = (id: string): string => `${design.id} ${id}`;
  const known = explored.get(keyOf(scenario.id));
  if (known) return known;
  const played = isVaried(scenario.id)
    ? [playScenario(implementationOfCell(design, row), scenario, { ...FLOW_BUDGET, isCancelled })]
    : cellOf(design, row, [], { ...PROGRAMME_BUDGET, isCancelled }).played;
  // What was cut short is explored anew when it is asked for again.
  if (!isCancelled()) for (const each of played) explored.set(keyOf(each.scenario.id), each);
  return played.find((each) => each.scenario.id === scenario.id)!;
}

function repeated(
  staged: StagedScenario,
  scenario: Scenario,
  wanted: string | Tape,
  isBeforeFailures: boolean,
): RunAnswer {
  const id = typeof wanted === 'string' ? readTapeId(wanted) : { tape: wanted, fingerprint: null };
  if (!id) return none('that is no tape');
  const run = replayScenario(staged, id.tape, isBeforeFailures ? 'without failures' : 'this');
  const why = (isBeforeFailures ? null : misfitOf(scenario.id, run, id)) ?? contradictionIn(run);
  if (why !== null) return none(why);
  const told = toldTrace(staged, run, run.breaches, 'numbered');
  const { kind, explored: how, why: bound } = verdictOfRun(run);
  const [breach] = run.breaches;
  return {
    kind: 'run',
    run: {
      ...{ scenario: scenario.id, story: scenario.story, trace: told.trace },
      verdict: { id: scenario.id, verdict: kind, explored: how, runs: 1, why: bound },
      breach: breach ? breachOf(staged, breach, run.steps) : null,
      ...questionsOf(staged, run, told),
      variants: offeredVariants(scenario.id),
      sources: sourcesOf(staged, told.trace),
    },
  };
}

function breachOf(
  staged: StagedScenario,
  breach: Breach,
  steps: Parameters<typeof placeInDesign>[2],
): NonNullable<ScenarioRun['breach']> {
  const { monitor, confidence, words } = breach;
  const { function: name } = placeInDesign(staged, breach, steps);
  return { title: MONITORS[monitor].title, confidence, message: `${name}(): ${shownNames(staged)(words)}` };
}
