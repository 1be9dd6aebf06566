/** `check`: reads the inputs, has them reviewed, prints what was found and tells by the exit status how bad it is. */
import { resolve } from 'node:path';
import { idsOf, isAtLeast, type RuleDoc, TOOL } from '../findings/index.js';
import {
  type Against,
  githubReport,
  jsonReport,
  type LeftOut,
  type Milliseconds,
  type Review,
  type ReviewOptions,
  sarifReport,
  textReport,
} from '../review/index.js';
import { heldAgainst } from './against.js';
import type { CheckCommand } from './arguments.js';
import { type Baseline, beyondBaseline, readBaseline, writeBaseline } from './baseline.js';
import { complaintOf } from './complaint.js';
import { unknownRule } from './explain.js';
import { type Gathered, gather } from './gather.js';
import { type Dependencies, FINE, type Io, OBJECTED, UNUSABLE } from './io.js';
import { projectOf } from './project.js';
import { replayOfFinding } from './replay.js';
import { reviewAll } from './review-all.js';
import { sharedRuns } from './shares.js';
import { SourceLines } from './source-lines.js';
import { Stopwatch, tenths } from './stopwatch.js';
import { wantsColour } from './style.js';

export async function check(command: CheckCommand, io: Io, dependencies: Dependencies): Promise<number> {
  const started = io.now();
  const project = await projectOf(command, io, await dependencies.rules());
  const { rules, config } = project;
  for (const id of command.severities.keys())
    if (!rules.some((rule) => idsOf(rule).includes(id))) throw unknownRule(id, rules);
  const baseline: Baseline =
    command.baseline === null ? new Map() : readBaseline(resolve(io.cwd, command.baseline), command.baseline);

  const stopwatch = new Stopwatch(() => io.now());
  const wanted: Wanted = { enter: stopwatch.enter, ...(config ? { project: config } : {}) };
  const { gathered, review } = await reviewed(command, wanted, io, dependencies);
  const earlier =
    command.against.length === 0
      ? null
      : await reviewed({ ...command, inputs: command.against }, wanted, io, dependencies);
  stopwatch.stop();
  const lines = new SourceLines(
    [...gathered, ...(earlier?.gathered ?? [])].flatMap(({ input }) => input ?? []),
  );
  if (command.writeBaseline !== null)
    writeBaseline(resolve(io.cwd, command.writeBaseline), command.writeBaseline, review.findings, lines);

  const isShown = ({ severity }: Review['findings'][number]) => isAtLeast(severity, command.minSeverity);
  const fresh = beyondBaseline(review.findings, baseline, lines);
  const shown = fresh.filter(isShown);
  const against =
    earlier &&
    heldAgainst(
      { ...earlier.review, findings: beyondBaseline(earlier.review.findings, baseline, lines) },
      { ...review, findings: fresh },
      isShown,
      lines,
    );
  const leftOut = {
    tooMild: fresh.length - shown.length,
    inBaseline: review.findings.length - fresh.length,
  };
  const milliseconds = { ...stopwatch.milliseconds, total: tenths(io.now() - started) };
  const context = { command, gathered, io, rules, lines, leftOut, milliseconds, against };
  await io.write(report({ ...review, findings: shown }, context));

  const inputs = [...review.inputs, ...(earlier?.review.inputs ?? [])];
  const failed = inputs.filter(({ status }) => status === 'failed');
  for (const input of failed) io.complain(`${TOOL.name}: ${complaintOf(input)}`);
  if (failed.length > 0) return UNUSABLE;
  return fresh.some(({ severity }) => isAtLeast(severity, 'warning')) ? OBJECTED : FINE;
}

type Wanted = Pick<ReviewOptions, 'enter' | 'project'>;

/** The inputs of a command as they were read, and what is said of them. */
async function reviewed(
  command: CheckCommand,
  wanted: Wanted,
  io: Io,
  dependencies: Dependencies,
): Promise<{ readonly gathered: readonly Gathered[]; readonly review: Review }> {
  const gathered = await gather(command, io);
  const reviewer = await dependencies.reviewer();
  const { scope, severities } = command;
  const options = { scope, severities, ...wanted };
  const shared = await sharedRuns(gathered, command, options, io, dependencies.helpers);
  return { gathered, review: reviewAll(gathered, { ...options, ...(shared && { shared }) }, reviewer) };
}

interface ReportContext {
  readonly command: CheckCommand;
  readonly gathered: readonly Gathered[];
  readonly io: Io;
  readonly rules: readonly RuleDoc[];
  readonly lines: SourceLines;
  readonly leftOut: LeftOut;
  /** The total is from reading the first input to here. */
  readonly milliseconds: Milliseconds;
  readonly against: Against | null;
}

function report(review: Review, context: ReportContext): string {
  const { command, gathered, io, rules, lines, leftOut, milliseconds, against } = context;
  switch (command.format) {
    case 'json':
      return jsonReport(review, milliseconds, against);
    case 'sarif':
      return sarifReport(review, { rules, lineOf: (source) => lines.lineOf(source), against });
    case 'github':
      return githubReport(review, against);
    case 'text':
      return textReport(review, {
        width: io.columns,
        colour: wantsColour(io),
        leftOut,
        lineOf: (source) => lines.lineOf(source),
        titleOf: (source) => lines.titleOf(source),
        replayOf: (finding) => replayOfFinding(finding, command, gathered),
        against,
      });
  }
}
