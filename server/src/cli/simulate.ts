/** `simulate`: runs the functions of an input, prints what came of it, and tells by the exit status whether a rule broke. */
import { TOOL } from '../findings/index.js';
import {
  type FlowContext,
  flowJson,
  flowMarkdown,
  flowSvg,
  flowText,
  type Refusal,
  type Simulated,
  type SimulateOptions,
} from '../review/index.js';
import type { SimulateCommand } from './arguments.js';
import { complaintOf } from './complaint.js';
import { type Gathered, gather } from './gather.js';
import { type Dependencies, FINE, type Io, OBJECTED, UNUSABLE } from './io.js';
import { type Project, projectOf } from './project.js';
import { playCommand, replayCommand } from './replay.js';
import { reportOf } from './review-all.js';
import { noScenario, severalScenarios, tapeComplaint, thereAre } from './scenario-names.js';
import { wantsColour } from './style.js';
import { nearest, UsageError } from './usage-error.js';

export async function simulate(
  command: SimulateCommand,
  io: Io,
  dependencies: Dependencies,
): Promise<number> {
  const [gathered] = await gather(command, io);
  const { config } = await projectOf(command, io, await dependencies.rules());
  const simulated = simulatedIn(gathered!, command, await dependencies.simulator(), config);
  const { input, reports, attached, drivers } = simulated;
  if (input.status !== 'failed') refuse(simulated, command);
  await print(simulated, command, io);
  if (input.status === 'failed') {
    io.complain(`${TOOL.name}: ${complaintOf(input)}`);
    return UNUSABLE;
  }
  const broken = [...reports, ...attached.flatMap(({ scenarios }) => scenarios), ...drivers];
  const isCertain = broken.some(({ breaches }) =>
    breaches.some(({ confidence }) => confidence === 'certain'),
  );
  return isCertain ? OBJECTED : FINE;
}

function simulatedIn(
  gathered: Gathered,
  { functions, scenario, tape }: SimulateCommand,
  run: Awaited<ReturnType<Dependencies['simulator']>>,
  project: Project['config'],
): Simulated {
  const { input, tree } = gathered;
  if (!input)
    return {
      ...{ input: reportOf(gathered, undefined), reports: [], attached: [], drivers: [] },
      ...{ names: [], refusal: null },
    };
  const options: SimulateOptions = {
    ...{ tree, functions },
    ...(project ? { project } : {}),
    ...(scenario === null ? {} : { scenario }),
    ...(tape === null ? {} : { tape }),
  };
  const simulated = run(input, options);
  return { ...simulated, input: reportOf(gathered, simulated.input) };
}

/** Throws `UsageError` when a function or a run that was asked for is not there. */
function refuse({ reports, drivers, names, refusal }: Simulated, command: SimulateCommand): void {
  if (refusal) throw refused(refusal, command);
  const absent = command.functions.find(
    (name) =>
      !reports.some(({ flow }) => flow.function === name) &&
      !drivers.some((each) => each.function === name) &&
      !names.includes(name),
  );
  if (absent !== undefined) throw noFunction(absent, names, command);
}

function refused(refusal: Refusal, command: SimulateCommand): UsageError {
  const {
    tape,
    scenario,
    functions: [name = ''],
    inputs: [input = ''],
  } = command;
  const what = scenario === null ? `--function ${name}` : `--scenario ${scenario}`;
  const fresh = `'iommu-review simulate ${what} ${input}' gives the tapes of this code.`;
  switch (refusal.kind) {
    case 'malformed':
    case 'other-code':
    case 'impossible':
      return tapeComplaint(tape ?? '', refusal, fresh);
    case 'absent':
      return noFunction(name, refusal.names, command);
    case 'no-parts':
      return new UsageError(`${input}: ${refusal.why}`, NO_PARTS);
    case 'no-scenario':
      return noScenario(input, scenario ?? '', refusal.names);
    case 'unfit':
      return new UsageError(
        `${input}: scenario '${scenario}' cannot be played on it: ${refusal.why}`,
        thereAre(refusal.names),
      );
    case 'several':
      return severalScenarios('--tape is a run of', scenario ?? '', refusal.ids);
    case 'in-part':
      return new UsageError(
        `${input}: ${name}() cannot be run: ${refusal.why}`,
        'With --tree DIR whole functions are seen.',
      );
    case 'ambiguous':
      return new UsageError(
        `${input}: ${refusal.files.length} files have a function ${name}(): ${refusal.files.join(', ')}`,
        'Give the one that is meant as INPUT.',
      );
  }
}

const NO_PARTS = "Without --scenario, 'iommu-review simulate INPUT' runs each function of INPUT alone.";

function noFunction(name: string, names: readonly string[], { inputs }: SimulateCommand): UsageError {
  const meant = nearest(name, names);
  return new UsageError(
    `${inputs[0]}: no function '${name}' in it`,
    meant ? `Did you mean '${meant}'?` : undefined,
  );
}

async function print(simulated: Simulated, command: SimulateCommand, io: Io): Promise<void> {
  const [input = ''] = command.inputs;
  const context: FlowContext = {
    replayOf: (run, tape) => replayCommand(run, tape, input, command),
    playOf: (scenario) => playCommand(scenario, input, command),
    isNarrowed: command.scenario !== null,
    isOfFunctions: command.functions.length > 0,
  };
  switch (command.format) {
    case 'json':
      return io.write(flowJson(simulated));
    case 'markdown':
      return io.write(flowMarkdown(simulated, context));
    case 'svg': {
      const picture = flowSvg(simulated);
      if (picture !== null) await io.write(picture);
      else if (simulated.input.status !== 'failed')
        io.complain(`${TOOL.name}: nothing to draw: no rule broke`);
      return;
    }
    case 'text':
      return io.write(flowText(simulated, { ...context, width: io.columns, colour: wantsColour(io) }));
  }
}
