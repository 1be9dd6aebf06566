/** What running functions said, for programs: one entry a function, and the same in the shape that a review has. */
import {
  type AttachReport,
  type DriverReport,
  type FlowBreach,
  type FlowReport,
  type ScenarioBreach,
  type ScenarioReport,
  TOOL,
} from '../../findings/index.js';
import type { Simulated } from '../simulate.js';

/** The whole answer, ending in a newline. */
export function flowJson({ input, reports, attached, drivers }: Simulated): string {
  const alone = reports.map(({ flow }) => flow);
  const answer = {
    version: 1,
    tool: TOOL,
    inputs: [input],
    functions: reports.map(flat),
    flows: alone.length > 0 ? alone : attached.flatMap(({ flows }) => flows),
    scenarios: attached.flatMap(({ functions, scenarios }) =>
      scenarios.map((each) => flatScenario(each, functions)),
    ),
    drivers: drivers.map(flatDriver),
    notModelled: attached.flatMap(notModelled),
  };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

function flat({ flow, scenario, region, breaches, replayed }: FlowReport) {
  const { verdict, explored, why, runs } = scenario;
  return {
    function: flow.function,
    file: flow.file,
    line: region?.line ?? null,
    verdict,
    explored,
    why,
    runs,
    breaches: breaches.map(flatBreach),
    replay: replayed,
  };
}

function flatScenario(
  { scenario, story, breaches, shownBy, replayed }: ScenarioReport,
  functions: readonly string[],
) {
  const { id, verdict, explored, why, runs } = scenario;
  return {
    ...{ id, story, functions, verdict, explored, why, runs },
    breaches: breaches.map(flatScenarioBreach),
    shownBy,
    replay: replayed,
  };
}

/** An operation of a driver; `programmes` are those that it was played in. */
function flatDriver({ rows, breaches, trace, replayed, region: _region, source, ...driver }: DriverReport) {
  return {
    ...driver,
    source: source && { path: source.path, message: source.message, line: source.line },
    programmes: rows,
    breaches: breaches.map(flatScenarioBreach),
    trace,
    replay: replayed,
  };
}

/** Code that scenarios would call, and why they cannot. */
function notModelled({ functions, why }: AttachReport) {
  return why === null ? [] : [{ functions, why }];
}

function flatScenarioBreach(breach: ScenarioBreach) {
  const { file, line, region, function: name } = breach;
  return {
    ...flatClaim(breach),
    ...{ function: name, file, line, column: region?.column ?? null },
  };
}

function flatBreach(breach: FlowBreach) {
  const { file, line, column } = breach.region;
  return { ...flatClaim(breach), ...{ file, line, column }, introduced: breach.isIntroduced };
}

function flatClaim({
  source,
  related,
  ...breach
}: Omit<FlowBreach, 'region' | 'isIntroduced'> | ScenarioBreach) {
  const { monitor, title, severity, confidence, message, assumptions, trace } = breach;
  return {
    ...{ monitor, title, severity, confidence, message },
    source: source && { path: source.path, message: source.message, line: source.line },
    related: related.map((each) => ({
      file: each.region.file,
      line: each.region.line,
      message: each.message,
    })),
    assumptions,
    trace,
  };
}
