/** What running functions said, for programs: one entry a function, and the same in the shape that a review has. */
import { type FlowBreach, type FlowReport, TOOL } from '../../findings/index.js';
import type { Simulated } from '../simulate.js';

/** The whole answer, ending in a newline. */
export function flowJson({ input, reports }: Simulated): string {
  const answer = {
    version: 1,
    tool: TOOL,
    inputs: [input],
    functions: reports.map(flat),
    flows: reports.map(({ flow }) => flow),
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

function flatBreach({ region, source, related, isIntroduced, ...breach }: FlowBreach) {
  const { monitor, title, severity, confidence, message, assumptions, trace } = breach;
  return {
    ...{ monitor, title, severity, confidence, message },
    file: region.file,
    line: region.line,
    column: region.column,
    source: source && { path: source.path, message: source.message, line: source.line },
    related: related.map((each) => ({
      file: each.region.file,
      line: each.region.line,
      message: each.message,
    })),
    assumptions,
    introduced: isIntroduced,
    trace,
  };
}
