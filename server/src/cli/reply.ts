/** `reply`: the review of patch mails as the mails that answer them. */
import { resolve } from 'node:path';
import { type Finding, isAtLeast, printable, TOOL, traceLines } from '../findings/index.js';
import { type PatchInput, type PatchMessage, readPatches } from '../patch/index.js';
import {
  addressIn,
  type Comment,
  composeReply,
  joinedMails,
  locate,
  type Sender,
  type Wanted,
} from '../reply/index.js';
import type { ReplyCommand } from './arguments.js';
import { complaintOf } from './complaint.js';
import { type Gathered, gather } from './gather.js';
import { type GivenComment, readComments } from './given-comments.js';
import { type Dependencies, FINE, type Io, OBJECTED, UNUSABLE } from './io.js';
import { reportOf, reviewAll } from './review-all.js';
import { UsageError } from './usage-error.js';

/** One text with patches in it. */
interface Part {
  readonly path: string;
  readonly patch: PatchInput;
}

export async function reply(command: ReplyCommand, io: Io, dependencies: Dependencies): Promise<number> {
  const sender = command.from === null ? null : senderOf(command.from);
  const given =
    command.comments === null ? null : readComments(resolve(io.cwd, command.comments), command.comments);
  const gathered = await gather(command, io);
  const parts = gathered.flatMap(({ input }) =>
    (input?.parts ?? []).map(({ path, content }): Part => ({ path, patch: readPatches(content) })),
  );
  const unusable = given
    ? gathered.map((one) => reportOf(one, undefined)).filter((_, index) => !gathered[index]!.input)
    : [];
  const said = new Map<PatchMessage, Comment[]>();
  let isComplete = true;
  const complain = (line: string): void => {
    isComplete = false;
    io.complain(`${TOOL.name}: ${line}`);
  };
  const say = (message: PatchMessage, comment: Comment): void => {
    const before = said.get(message);
    if (before) before.push(comment);
    else said.set(message, [comment]);
  };
  if (given) for (const comment of given) sayGiven(comment, parts, say, complain);
  else unusable.push(...(await sayFindings(command, gathered, parts, dependencies, say)));
  for (const input of unusable) complain(complaintOf(input));

  const mails: string[] = [];
  for (const { path, patch } of parts)
    for (const message of patch.messages) {
      const comments = said.get(message);
      if (!comments) continue;
      const { text, remarks } = composeReply(message, comments, sender);
      mails.push(text);
      for (const remark of remarks)
        io.complain(`${TOOL.name}: ${printable(path)}:${message.rawLines.first}: ${remark}`);
    }
  if (mails.length > 0) await io.write(joinedMails(mails));
  if (!isComplete) return UNUSABLE;
  return mails.length > 0 ? OBJECTED : FINE;
}

/** Throws `UsageError`. */
function senderOf(from: string): Sender {
  const sender = addressIn(from);
  if (!sender)
    throw new UsageError(
      `--from wants one address, not '${printable(from)}'`,
      "As in 'Name <name@example.org>'.",
    );
  return sender;
}

type Say = (message: PatchMessage, comment: Comment) => void;

function sayGiven(
  { text, at, name }: GivenComment,
  parts: readonly Part[],
  say: Say,
  complain: (line: string) => void,
): void {
  const messages = parts.flatMap(({ patch }) => patch.messages);
  if (at === null) {
    if (messages[0]) say(messages[0], { bodyLine: null, text });
    else complain(`${name}: there is no mail to answer`);
    return;
  }
  for (const { patch } of parts) {
    const found = locate(patch, at);
    if (!found) continue;
    say(found.message, { bodyLine: found.bodyLine, text });
    return;
  }
  complain(`${name}: ${placeWords(at)} is in no hunk of the patch`);
}

function placeWords({ file, line, rawLine }: Wanted): string {
  return file === undefined ? `line ${rawLine}` : `${printable(file)}:${line}`;
}

/** Says what a review finds; gives the inputs that could not be read. */
async function sayFindings(
  { minSeverity }: ReplyCommand,
  gathered: readonly Gathered[],
  parts: readonly Part[],
  dependencies: Dependencies,
  say: Say,
) {
  const reviewer = await dependencies.reviewer();
  const { findings, inputs } = reviewAll(gathered, { scope: null, severities: new Map() }, reviewer);
  for (const finding of findings) {
    if (!isAtLeast(finding.severity, minSeverity)) continue;
    const part = parts.find(({ path }) => path === finding.source.path);
    const found = part && locate(part.patch, placeOf(finding));
    if (found) say(found.message, { bodyLine: found.bodyLine, text: textOf(finding) });
  }
  return inputs.filter(({ status }) => status === 'failed');
}

function placeOf({ region, source }: Finding): Wanted {
  return { rawLine: source.line, ...(region ? { file: region.file, line: region.line } : {}) };
}

/** What a mail says of a finding: the objection, what it takes for granted, and the run that shows it. */
function textOf({ message, assumptions, trace }: Finding): string {
  const taken = assumptions.map((assumption) => `This assumes: ${assumption}`);
  const run = trace ? ['', 'Step by step:', '', ...traceLines(trace).map((line) => `  ${line}`)] : [];
  return [message, ...(taken.length > 0 ? ['', ...taken] : []), ...run].join('\n');
}
