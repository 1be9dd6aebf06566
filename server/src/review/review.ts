/** Reviews inputs: tells what each is, runs the analysis, and puts what was found in the order in which people read it. */
import {
  type Analysis,
  analyse,
  type Context,
  type FunctionRuns,
  lowerAll,
  Program,
  type Surroundings,
} from '../analysis/index.js';
import { type Finding, type Flow, inReadingOrder } from '../findings/index.js';
import { looksLikePatch, type PatchInput, readPatches } from '../patch/index.js';
import { NO_PROJECT } from '../project/index.js';
import { decodeText } from './decode-text.js';
import type { InputPart, InputReport, Review, ReviewInput, ReviewOptions, ReviewStats } from './types.js';
import { type Batch, cBatch, type ParsedBefore, patchBatches } from './units.js';

/** One input as far as it was read, before any rule ran. */
export interface Reading {
  readonly kind: InputReport['kind'];
  readonly batches: readonly Batch[];
  readonly patches: readonly PatchInput[];
  readonly problems: readonly string[];
  /** Why nothing could be read; empty otherwise. */
  readonly failure: string;
}

/** How much of a text tells what it is. */
const HEAD = 64 * 1024;

/** Reviews all inputs; never throws on bad input. */
export function review(inputs: readonly ReviewInput[], options: ReviewOptions): Review {
  const reports: InputReport[] = [];
  const findings: Finding[] = [];
  const flows: Flow[] = [];
  const stats = { files: 0, functions: 0, lowered: 0, runs: 0 };
  let allowed = 0;
  let batches = 0;
  for (const input of inputs) {
    options.enter?.('parse');
    const reading = options.shared?.readings.get(input) ?? readInput(input, options);
    for (const batch of reading.batches) {
      if (options.isCancelled?.())
        return {
          inputs: reports,
          findings: inReadingOrder(findings),
          flows,
          stats,
          allowed,
          cancelled: true,
        };
      options.enter?.('rules');
      const functionRuns = options.shared?.runs[batches++];
      const analysis = analyseBatch(batch, reading.kind, options, { functionRuns });
      findings.push(...analysis.findings);
      flows.push(...analysis.flows);
      allowed += analysis.allowed;
      stats.runs += analysis.runs;
      options.enter?.('parse');
      count(batch, stats);
    }
    reports.push(reportOf(input.path, reading));
  }
  return { inputs: reports, findings: inReadingOrder(findings), flows, stats, allowed, cancelled: false };
}

/** Reads one input into batches. */
export function readInput(
  input: ReviewInput,
  options: ReviewOptions,
  before: ParsedBefore = new Map(),
): Reading {
  const batches: Batch[] = [];
  const patches: PatchInput[] = [];
  const problems: string[] = [];
  const c: { part: InputPart; text: string }[] = [];
  for (const part of input.parts) {
    if (isPatch(part)) {
      const { patch, leftOut } = readMessages(part, options.messageLimit);
      patches.push(patch);
      if (leftOut) problems.push(leftOut);
      // To find nothing in it must not look like having found nothing wrong with it.
      if (patch.messages.every(({ files }) => files.length === 0))
        problems.push(`${part.path}:1: no diff in it`);
      for (const problem of [...patch.problems, ...patch.messages.flatMap((message) => message.problems)]) {
        problems.push(`${part.path}:${problem.line}: ${problem.message}`);
      }
      for (const batch of patchBatches(part, patch, options, before)) {
        batches.push(batch);
        problems.push(...batch.problems);
      }
    } else c.push({ part, text: decodeText(part.content) });
  }
  if (c.length > 0) batches.push(cBatch(c, options, before));
  const messages = patches.flatMap((patch) => patch.messages);
  const failure =
    input.parts.length === 0 ? 'nothing to review in it' : emptiness(input.parts, c.length, messages.length);
  return {
    kind: input.kind ?? (c.length > 0 ? 'c' : messages.length > 1 ? 'series' : 'patch'),
    batches,
    patches,
    problems,
    failure,
  };
}

/** The messages of a part in series order, read one by one and no more than `limit` of them. */
function readMessages(part: InputPart, limit?: number): { patch: PatchInput; leftOut: string } {
  const { messageCount, ...patch } = readPatches(part.content, limit);
  const read = patch.messages.length;
  const leftOut =
    read < messageCount
      ? `${part.path}:1: a mailbox of ${messageCount} messages; the first ${read} are reviewed`
      : '';
  return { patch, leftOut };
}

function emptiness(parts: readonly InputPart[], c: number, messages: number): string {
  if (c > 0 || messages > 0) return '';
  return parts.every((part) => part.content.length === 0) ? 'it is empty' : 'no patch found in it';
}

/** Whether a part is read as a patch; by its content, unless its name says that it is C. */
export function isPatch(part: InputPart): boolean {
  if (/\.[ch]$/.test(part.treePath ?? part.path)) return false;
  if (/\.(?:patch|diff|mbox|mbx|eml|cover)$/.test(part.path)) return true;
  const head =
    typeof part.content === 'string'
      ? part.content.slice(0, HEAD)
      : decodeText(part.content.subarray(0, HEAD));
  return looksLikePatch(head);
}

/** Runs the rules over one batch; of `before`, the same batch before an edit, is kept what still holds. */
export function analyseBatch(
  batch: Batch,
  kind: InputReport['kind'],
  options: ReviewOptions,
  {
    before,
    functionRuns,
  }: { readonly before?: Analysis; readonly functionRuns?: FunctionRuns | undefined } = {},
): Analysis {
  const ofPatch = batch.units.some(({ image, isReviewed }) => isReviewed && image.basis !== 'whole-file');
  const scope = options.scope ?? (ofPatch && kind !== 'c' ? 'changed' : 'all');
  return analyse(new Program(batch.units, before?.program), batch.origins, {
    scope,
    severities: options.severities ?? new Map(),
    context: contextOf(batch, options),
    simulation: (options.simulates ?? true) ? surroundingsOf(batch) : null,
    ...(options.isCancelled ? { isCancelled: options.isCancelled } : {}),
    ...(options.enter ? { enter: options.enter } : {}),
    ...(functionRuns ? { functionRuns } : {}),
  });
}

/** The kernel as the batch leaves it, and for what changes it as it was. */
export function surroundingsOf({ tree, treeBefore, hunksBefore, joined }: Batch): Surroundings {
  return { tree, before: treeBefore(), hunksBefore, ...(joined ? { series: joined } : {}) };
}

/** What rules may ask of that, and the mails. */
export function contextOf(batch: Batch, options: ReviewOptions): Context {
  const { tree, before } = surroundingsOf(batch);
  return {
    around: { tree, before },
    before: batch.before,
    mails: batch.mails,
    project: options.project ?? NO_PROJECT,
  };
}

/** How an input went. */
export function reportOf(path: string, reading: Reading): InputReport {
  const { kind, failure } = reading;
  if (failure)
    return { path, kind, status: 'failed', problems: [`${path}: ${failure}`, ...reading.problems] };
  return {
    path,
    kind,
    status: reading.problems.length > 0 ? 'partial' : 'ok',
    problems: [...new Set(reading.problems)],
  };
}

function count(batch: Batch, stats: { -readonly [key in keyof ReviewStats]: number }): void {
  const { functions, whole } = lowerAll(batch.units);
  stats.files += batch.units.filter(({ isReviewed }) => isReviewed).length;
  stats.functions += functions;
  stats.lowered += whole;
}
