/** `check`: reads the inputs, has them reviewed, prints what was found and tells by the exit status how bad it is. */
import { resolve } from 'node:path';
import { isAtLeast, type RuleDoc, TOOL } from '../findings/index.js';
import {
  githubReport,
  jsonReport,
  type LeftOut,
  type Milliseconds,
  type Review,
  sarifReport,
  textReport,
} from '../review/index.js';
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
    if (!rules.some((rule) => rule.id === id)) throw unknownRule(id, rules);
  const baseline: Baseline =
    command.baseline === null ? new Map() : readBaseline(resolve(io.cwd, command.baseline), command.baseline);

  const gathered = await gather(command, io);
  const reviewer = await dependencies.reviewer();
  const stopwatch = new Stopwatch(() => io.now());
  const { scope, severities } = command;
  const wanted = { scope, severities, enter: stopwatch.enter, ...(config ? { project: config } : {}) };
  const shared = await sharedRuns(gathered, command, wanted, io, dependencies.helpers);
  const review = reviewAll(gathered, { ...wanted, ...(shared && { shared }) }, reviewer);
  stopwatch.stop();
  const lines = new SourceLines(gathered.flatMap(({ input }) => input ?? []));
  if (command.writeBaseline !== null)
    writeBaseline(resolve(io.cwd, command.writeBaseline), command.writeBaseline, review.findings, lines);

  const fresh = beyondBaseline(review.findings, baseline, lines);
  const shown = fresh.filter(({ severity }) => isAtLeast(severity, command.minSeverity));
  const leftOut = {
    tooMild: fresh.length - shown.length,
    inBaseline: review.findings.length - fresh.length,
  };
  const milliseconds = { ...stopwatch.milliseconds, total: tenths(io.now() - started) };
  await io.write(
    report({ ...review, findings: shown }, { command, gathered, io, rules, lines, leftOut, milliseconds }),
  );

  const failed = review.inputs.filter(({ status }) => status === 'failed');
  for (const input of failed) io.complain(`${TOOL.name}: ${complaintOf(input)}`);
  if (failed.length > 0) return UNUSABLE;
  return fresh.some(({ severity }) => isAtLeast(severity, 'warning')) ? OBJECTED : FINE;
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
}

function report(review: Review, context: ReportContext): string {
  const { command, gathered, io, rules, lines, leftOut, milliseconds } = context;
  switch (command.format) {
    case 'json':
      return jsonReport(review, milliseconds);
    case 'sarif':
      return sarifReport(review, { rules, lineOf: (source) => lines.lineOf(source) });
    case 'github':
      return githubReport(review);
    case 'text':
      return textReport(review, {
        width: io.columns,
        colour: wantsColour(io),
        leftOut,
        lineOf: (source) => lines.lineOf(source),
        titleOf: (source) => lines.titleOf(source),
        replayOf: (finding) => replayOfFinding(finding, command, gathered),
      });
  }
}
