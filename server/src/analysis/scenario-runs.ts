/**
 * One run of a scenario at a time, for who walks through it and asks what
 * another answer would have led to: on the code under review, on the
 * reference designs beside it, and on operations of drivers.
 */
import type { RunAnswer, RunQuestion, ScenarioRun } from '../findings/index.js';
import type { Program, Unit } from '../iommu/index.js';
import { MONITORS, readTapeId } from '../sim/engine/index.js';
import { offeredVariants, type Scenario, scenarioNamed } from '../sim/worlds/index.js';
import { type AttachFlow, AttachFlows, FLOW_BUDGET } from './attach-flows.js';
import { designRun } from './design-runs.js';
import type { DriverFlows } from './driver-flows.js';
import { DriverRuns } from './driver-runs.js';
import { Locator, type Origin } from './locate.js';
import type { Surroundings } from './simulation.js';

export class ScenarioRuns {
  private known: AttachFlows | null = null;
  private isCancelled = (): boolean => false;
  private readonly drivers: DriverRuns;

  constructor(
    private readonly program: Program,
    private readonly origins: ReadonlyMap<Unit, Origin>,
    private readonly surroundings: Surroundings,
    drivers: DriverFlows,
  ) {
    this.drivers = new DriverRuns(drivers);
  }

  /** Never throws on what is asked. `isCancelled`: nobody waits any longer for more runs. */
  answer(question: RunQuestion, isCancelled: () => boolean): RunAnswer {
    if (question.design !== null) return designRun(question.design, question, isCancelled);
    if (question.operation) return this.drivers.answer(question.operation, question, isCancelled);
    this.isCancelled = isCancelled;
    const answer = this.underReview(question);
    // What was cut short is not to be taken for what all runs say.
    if (isCancelled()) this.known = null;
    return answer;
  }

  private get flows(): AttachFlows {
    const { program, origins, surroundings } = this;
    const budget = { ...FLOW_BUDGET, isCancelled: () => this.isCancelled() };
    this.known ??= new AttachFlows(program, surroundings, new Locator(origins), { budget });
    return this.known;
  }

  private underReview(question: RunQuestion): RunAnswer {
    const { flows } = this;
    if (flows.obstacle !== null) return none(flows.obstacle);
    const [scenario] = flows.asked(question.scenario);
    if (!scenario) return none(this.whyNotThere(question.scenario));
    if (question.tape !== null) return this.repeated(scenario, question.tape, question);
    const [flow] = flows.play(scenario.id);
    return flow ? this.first(scenario, flow) : none('it was not run');
  }

  private whyNotThere(name: string): string {
    const named = scenarioNamed(name);
    if (named.kind === 'unfit') return named.why;
    return (named.kind === 'scenario' && this.flows.whyUnfit(named.base)) || 'there is no such scenario';
  }

  /** What all its runs say, with the first that breaks a rule, or else the plainest. */
  private first(scenario: Scenario, flow: AttachFlow): RunAnswer {
    const [breach = null] = [...flow.breaches, ...flow.unshown];
    const shown = breach?.trace() ?? null;
    const [of = scenario] = flow.shownBy === null ? [] : this.flows.asked(flow.shownBy);
    const answer = this.repeated(of, shown?.tape ?? '-', { isBeforeFailures: false });
    if (answer.kind === 'none') return answer;
    const { story, verdict } = flow;
    return {
      kind: 'run',
      run: { ...answer.run, story, verdict, ...(breach ? { breach: breachOf(breach) } : {}) },
    };
  }

  private repeated(
    scenario: Scenario,
    tape: string,
    { isBeforeFailures }: Pick<RunQuestion, 'isBeforeFailures'>,
  ): RunAnswer {
    const id = readTapeId(tape);
    if (!id) return none('that is no tape');
    const answer = this.flows.replay(
      scenario,
      id,
      isBeforeFailures ? 'without failures' : 'this',
      'numbered',
    );
    if (answer.kind !== 'replayed') return none(answer.why);
    const { flow, trace, asked, sources } = answer;
    const [breach] = [...flow.breaches, ...flow.unshown];
    return {
      kind: 'run',
      run: runOf(scenario, { ...flow, breach: breach ? breachOf(breach) : null, trace, sources, ...asked }),
    };
  }
}

const none = (why: string): RunAnswer => ({ kind: 'none', why });

type Ran = Omit<ScenarioRun, 'scenario' | 'story' | 'variants'>;

/** As it is told of, with what may be varied in it. */
function runOf(
  { id, story }: Scenario,
  { verdict, breach, trace, answers, choices, sources }: Ran,
): ScenarioRun {
  return {
    ...{ scenario: id, story, verdict, breach, trace, answers, choices, sources },
    variants: offeredVariants(id),
  };
}

type Told = Pick<AttachFlow['breaches'][number], 'monitor' | 'confidence' | 'function' | 'words'>;

function breachOf({ monitor, confidence, function: name, words }: Told): NonNullable<ScenarioRun['breach']> {
  return { title: MONITORS[monitor].title, confidence, message: `${name}(): ${words}` };
}
