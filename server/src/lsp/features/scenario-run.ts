/** One run of a scenario, as the simulating process repeats it: with lines of the document, or as a picture. */
import { placeOf, type RunAnswer, type ScenarioRun, traceSvg } from '../../findings/index.js';
import type { FlowRun, ScenarioPicture, ScenarioRunAnswer, ScenarioRunParams } from '../../protocol/index.js';
import type { Reviewed } from '../reviewed.js';
import type { Reviews } from '../reviews.js';

type Asked = Pick<Reviews, 'runOf'>;

/** Answers the request for a run; null when nothing is known of the document as it stands. */
export async function scenarioRun(
  params: ScenarioRunParams,
  reviewed: Reviewed,
  reviews: Asked,
): Promise<ScenarioRunAnswer | null> {
  const answer = await answerTo(params, reviewed, reviews);
  if (answer?.kind !== 'run') return answer;
  const isOfDocument = params.run.design === null;
  return { kind: 'run', run: flowRun(answer.run, isOfDocument ? reviewed : null, params.batch) };
}

/** Answers the request for a picture of it. */
export async function scenarioPicture(
  params: ScenarioRunParams,
  reviewed: Reviewed,
  reviews: Asked,
): Promise<ScenarioPicture | null> {
  const answer = await answerTo(params, reviewed, reviews);
  if (answer?.kind !== 'run') return null;
  const { breach, story, trace } = answer.run;
  return { svg: traceSvg(trace, breach?.message ?? story) };
}

/** A run of the document's own code; null when there is no such run. */
export async function runChosen(
  params: ScenarioRunParams,
  reviewed: Reviewed,
  reviews: Asked,
): Promise<ScenarioRun | null> {
  const answer = params.run.design === null ? await answerTo(params, reviewed, reviews) : null;
  return answer?.kind === 'run' ? answer.run : null;
}

function answerTo(
  { batch, run }: ScenarioRunParams,
  { uri, version }: Reviewed,
  reviews: Asked,
): Promise<RunAnswer | null> {
  return reviews.runOf({ uri, version, batch, run });
}

/** `reviewed`: the document that shows lines of it; null when none does. */
function flowRun(run: ScenarioRun, reviewed: Reviewed | null, batch: number): FlowRun {
  const { scenario, operation, story, verdict, breach, trace, answers, choices, variants, sources } = run;
  return {
    ...(operation && { operation }),
    ...{ scenario, story, answers, choices, variants, sources, tape: trace.tape },
    ...{ verdict: verdict.verdict, explored: verdict.explored, runs: verdict.runs, why: verdict.why },
    breach: breach && {
      ...{ title: breach.title, message: breach.message, isCertain: breach.confidence === 'certain' },
    },
    steps: trace.steps.map((step) => {
      const { file, line: inFile } = step;
      const line = inFile === null || !reviewed ? null : reviewed.document.lineShowing(batch, file, inFile);
      const isSource = line === null && inFile !== null && sources.some((each) => each.file === file);
      return {
        ...{ lane: step.lane, depth: step.depth, text: step.text, changes: step.changes },
        ...{ locks: step.locks, isViolation: step.isViolation, place: placeOf(step), line },
        source: isSource ? { file, line: inFile - 1 } : null,
      };
    }),
  };
}
