/** One run of a programme of a driver's operation at a time, for who walks through it and asks what another answer would have led to. */
import {
  driverStory,
  type OperationName,
  type RunAnswer,
  type RunQuestion,
  type ScenarioRun,
} from '../findings/index.js';
import { MONITORS, readTapeId, type TapeId } from '../sim/engine/index.js';
import { type ProgrammeName, programmeNamed, runDriver } from '../sim/worlds/index.js';
import { type DriverFlows, type DriverOperation, markedAt } from './driver-flows.js';
import { type OperationPlay, operationPlay, REVIEWED_PROGRAMMES } from './driver-instances.js';
import { type Came, isFaultOf } from './driver-judging.js';
import { driverQuestions, driverSources, driverTrace, recordOf } from './driver-records.js';
import { programmeId, programmeIn } from './driver-reports.js';
import { contradictionIn, misfitOf } from './replayed-run.js';
import { withNumbers } from './traces.js';

export class DriverRuns {
  private readonly plays = new Map<DriverOperation, OperationPlay | null>();
  private isCancelled = (): boolean => false;

  constructor(private readonly flows: DriverFlows) {}

  /** Never throws on what is asked. `isCancelled`: nobody waits any longer for more runs. */
  answer(name: OperationName, { scenario, tape }: RunQuestion, isCancelled: () => boolean): RunAnswer {
    this.isCancelled = isCancelled;
    const operation = this.flows.operations.find(
      ({ shape }) => shape.function === name.function && shape.path === name.file,
    );
    if (!operation) return none(`there is no operation ${name.function}() in ${name.file}`);
    const programme = programmeIn(scenario);
    if (!programme) return none('there is no such programme');
    const play = this.playOf(operation);
    if (!play) return none('no domain of its own could be made for it');
    const id = tape === null ? null : readTapeId(tape);
    if (tape !== null && !id) return none('that is no tape');
    const answer = id ? repeated(operation, play, programme, id) : first(operation, play, programme);
    // What was cut short is not to be taken for what all runs say.
    if (isCancelled()) this.plays.delete(operation);
    return answer;
  }

  private playOf(operation: DriverOperation): OperationPlay | null {
    const known = this.plays.get(operation);
    if (known !== undefined) return known;
    const budget = { ...REVIEWED_PROGRAMMES.budget, isCancelled: () => this.isCancelled() };
    const play = operationPlay(this.flows.tree!, operation.shape, { ...REVIEWED_PROGRAMMES, budget });
    this.plays.set(operation, play);
    return play;
  }
}

const none = (why: string): RunAnswer => ({ kind: 'none', why });

/** What all runs of a programme say, with the one that shows it. */
function first(operation: DriverOperation, play: OperationPlay, programme: ProgrammeName): RunAnswer {
  const runs = play.runs(programme);
  const came = play.cameOf(programme, runs);
  const run = play.showing(programme, came.fault ? [came.fault] : []);
  const answer = repeated(operation, play, programme, { tape: run?.tape ?? [], fingerprint: null });
  if (answer.kind === 'none') return answer;
  return { kind: 'run', run: { ...answer.run, ...verdictOf(operation, programme, came, runs.length) } };
}

function repeated(
  operation: DriverOperation,
  play: OperationPlay,
  programme: ProgrammeName,
  id: TapeId,
): RunAnswer {
  const { tree, staged } = play;
  const { shape } = operation;
  const recorded = recordOf(staged, { programme, tape: id.tape });
  if (!recorded) return none('the programme cannot be played with it');
  const why = misfitOf(`${shape.function}()`, recorded, id) ?? contradictionIn(recorded);
  const run = runDriver(staged, programme, id.tape);
  if (why !== null || !run) return none(why ?? 'there is no such run');
  const came = play.cameOf(programme, [run]);
  const marked = came.fault ? markedAt(recorded, shape, came.fault) : recorded;
  const trace = driverTrace(tree, staged, { ...marked, steps: marked.steps.map(withNumbers) });
  return {
    kind: 'run',
    run: {
      ...verdictOf(operation, programme, came, 1),
      scenario: programmeId(programme),
      operation: { function: shape.function, file: shape.path },
      story: driverStory(programmeNamed(programme)),
      trace,
      answers: recorded.choices.map(({ taken }) => taken),
      choices: driverQuestions(tree, staged, recorded),
      variants: [],
      sources: driverSources(staged, trace),
    },
  };
}

function verdictOf(
  { shape }: DriverOperation,
  programme: ProgrammeName,
  { verdict, what, fault }: Came,
  runs: number,
): Pick<ScenarioRun, 'verdict' | 'breach'> {
  const breach = fault && isFaultOf(shape, fault) ? fault : null;
  return {
    verdict: { id: programmeId(programme), verdict, explored: 'to-bound', runs, why: what },
    breach: breach && {
      title: MONITORS[breach.monitor].title,
      confidence: breach.confidence,
      message: `${shape.function}(): ${breach.words}`,
    },
  };
}
