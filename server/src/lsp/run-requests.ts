/** Requests of the simulator panel, of pages of runs, and what hints follow. */
import {
  type AttachFlow,
  AttachFlowRequest,
  type AttachTraceParams,
  AttachTraceRequest,
  type ScenarioPicture,
  ScenarioPictureRequest,
  type ScenarioRunAnswer,
  type ScenarioRunParams,
  ScenarioRunRequest,
  TraceChosenNotification,
} from '../protocol/index.js';
import { attachFlow, attachTrace } from './features/attach.js';
import { runChosen, scenarioPicture, scenarioRun } from './features/scenario-run.js';
import type { Session } from './session.js';

/** What is asked of the runs that scenarios of a document have. */
export function answerRuns({ connection, hints, reviews, guard }: Session): void {
  connection.onRequest(
    AttachTraceRequest,
    guard.request('attach trace', null, async (params: AttachTraceParams, token) => {
      const reviewed = await reviews.current(params.uri, token);
      return reviewed && attachTrace(params, reviewed);
    }),
  );
  connection.onRequest<AttachFlow | null, void>(
    AttachFlowRequest,
    guard.request('attach flow', null, async (params: AttachTraceParams, token) => {
      const reviewed = await reviews.current(params.uri, token);
      return reviewed && attachFlow(params, reviewed);
    }),
  );
  connection.onNotification(
    TraceChosenNotification,
    guard.notification('trace chosen', async (params: ScenarioRunParams) => {
      const reviewed = await reviews.current(params.uri);
      const run = reviewed && (await runChosen(params, reviewed, reviews));
      if (run) hints.chosen(params, reviewed.version, run);
    }),
  );
  connection.onRequest<ScenarioRunAnswer | null, void>(
    ScenarioRunRequest,
    guard.request('scenario run', null, async (params: ScenarioRunParams, token) => {
      const reviewed = await reviews.current(params.uri, token);
      return reviewed && scenarioRun(params, reviewed, reviews);
    }),
  );
  connection.onRequest<ScenarioPicture | null, void>(
    ScenarioPictureRequest,
    guard.request('scenario picture', null, async (params: ScenarioRunParams, token) => {
      const reviewed = await reviews.current(params.uri, token);
      return reviewed && scenarioPicture(params, reviewed, reviews);
    }),
  );
}
