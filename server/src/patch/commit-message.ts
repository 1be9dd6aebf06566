/**
 * What a patch says of itself, taken apart: paragraphs, tags, and whether it
 * claims to mend something. The diff is left to others, and so is what stands
 * below the `---` line, which never gets into the history.
 */
import { headerValue } from './headers.js';
import type { PatchMessage, Subject } from './types.js';

/** A line of a mail that can be pointed at. */
export interface MailLine {
  /** Raw line of the input, from 1. */
  readonly rawLine: number;
  /** Index into the message's `body`; null for a header. */
  readonly bodyLine: number | null;
}

export interface Paragraph {
  /** Its lines, joined by blanks. */
  readonly text: string;
  /** Its first line. */
  readonly line: MailLine;
  /** Whether it is indented or quoted: output, code, a trace, somebody else's words. */
  readonly isVerbatim: boolean;
}

/** `Reported-by: A <a@example.org>`. */
export interface CommitTag {
  /** As written. */
  readonly name: string;
  /** With the lines that continue it. */
  readonly value: string;
  readonly line: MailLine;
}

/** `Fixes: 0123456789ab ("iommu: Do it")`. */
export interface FixedCommit {
  /** As abbreviated there. */
  readonly commit: string;
  /** Null when it is not quoted behind the id. */
  readonly title: string | null;
  readonly tag: CommitTag;
}

export interface CommitMessage {
  readonly subject: Subject | null;
  /** The subject's header, or the first line that there is. */
  readonly subjectLine: MailLine;
  /** Who wrote it: the `From:` of the body, else of the mail. */
  readonly author: string | null;
  /** Without the tags. */
  readonly paragraphs: readonly Paragraph[];
  /** In their order. */
  readonly tags: readonly CommitTag[];
  readonly fixes: readonly FixedCommit[];
  /** The tag that asks for a stable kernel to take it. */
  readonly stable: CommitTag | null;
  /** What says that it mends something: a `Fixes` tag, the verb of its title, or a sentence of its body. */
  readonly saysFix: 'tag' | 'title' | 'body' | null;
  /** The month in which it was mailed, as its `Date` has it: `2022-03`. */
  readonly month: string | null;
}

/** Tags that stand alone; whatever ends in `-by` is one as well. Documentation/process/submitting-patches.rst, 6.12. */
const TAGS = new Set([
  'fixes',
  'cc',
  'link',
  'closes',
  'buglink',
  'bugzilla',
  'references',
  'depends-on',
  'requires',
  'change-id',
  'message-id',
  'base-commit',
]);
const TAG = /^([A-Za-z][A-Za-z-]*):[ \t]+(\S.*)$/;
const FIXED = /^(?:commit\s+)?([0-9a-f]{7,40})\b(?:\s+\(["'](.*)["']\)?)?/i;
const STABLE = /\bstable@(?:vger\.)?kernel\.org\b/i;
const MENDS_TITLE = /^(?:(?:bug|re)?fix(?:es|ed|ing|up)?|correct|repair|plug)\b/i;
const MENDS = /\b(?:this|the) (?:patch|commit|change|series)(?: also)? (?:fixes|corrects|repairs)\b|^fix /i;

/** Never fails: what is not there is null or empty. */
export function commitMessageOf(message: PatchMessage): CommitMessage {
  const reader = new MessageReader(message);
  reader.read();
  const { paragraphs, tags } = reader;
  const fixes = tags.flatMap((tag) => fixedBy(tag));
  const { subject } = message;
  const saysFix =
    fixes.length > 0
      ? 'tag'
      : MENDS_TITLE.test(actionOf(subject?.title ?? ''))
        ? 'title'
        : paragraphs.some(({ text, isVerbatim }) => !isVerbatim && MENDS.test(text))
          ? 'body'
          : null;
  return {
    subject,
    subjectLine: subjectLineOf(message),
    author: reader.author ?? headerValue(message.headers, 'From'),
    paragraphs,
    tags,
    fixes,
    stable: tags.find(({ value }) => STABLE.test(value)) ?? null,
    saysFix,
    month: monthOf(headerValue(message.headers, 'Date')),
  };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Of `Tue, 1 Mar 2022 18:14:55 +0200`: RFC 5322, 3.3. */
function monthOf(date: string | null): string | null {
  const [, name = '', year = ''] = /\b\d{1,2} ([A-Z][a-z]{2}) (\d{4})\b/.exec(date ?? '') ?? [];
  const month = MONTHS.indexOf(name) + 1;
  return month === 0 ? null : `${year}-${String(month).padStart(2, '0')}`;
}

/** Title and text of a message, without its tags. */
export function messageText({ subject, paragraphs }: CommitMessage): string {
  return [subject?.title ?? '', ...paragraphs.map(({ text }) => text)].join('\n');
}

/** Its words in lower case, with what identifiers are made of: `iommu_map` and `iommu`, `map`. */
export function messageWords(message: CommitMessage): ReadonlySet<string> {
  const words = new Set<string>();
  for (const [word] of messageText(message).matchAll(/[A-Za-z_]\w*/g)) {
    const plain = word.toLowerCase();
    words.add(plain);
    for (const part of plain.split('_')) if (part.length > 2) words.add(part);
  }
  return words;
}

/** What a title says is done, without the areas in front: `iommu/sva: Fix it` does `Fix it`. */
export function actionOf(title: string): string {
  return title.replace(/^(?:[\w.,/*+{}() -]{1,60}?:\s+)+/, '');
}

function subjectLineOf({ headers, rawLines }: PatchMessage): MailLine {
  const header = headers.find(({ name }) => name.toLowerCase() === 'subject');
  return { rawLine: header?.rawLine ?? rawLines.first, bodyLine: null };
}

function fixedBy(tag: CommitTag): FixedCommit[] {
  const [, commit, title] = tag.name.toLowerCase() === 'fixes' ? (FIXED.exec(tag.value) ?? []) : [];
  return commit === undefined ? [] : [{ commit, title: title ?? null, tag }];
}

function isTag(name: string): boolean {
  return TAGS.has(name.toLowerCase()) || /-by$/i.test(name);
}

class MessageReader {
  readonly paragraphs: Paragraph[] = [];
  readonly tags: CommitTag[] = [];
  author: string | null = null;
  private lines: { text: string; line: MailLine }[] = [];

  constructor(private readonly message: PatchMessage) {}

  read(): void {
    const { body, commitMessageEnd, files } = this.message;
    // Of a bare diff all is body, and none of it a message.
    const end = files.length > 0 || this.message.headers.length > 0 ? commitMessageEnd : 0;
    for (let at = 0; at < end; at++) {
      const { text, rawLine } = body[at]!;
      this.take(text.trimEnd(), { rawLine, bodyLine: at });
    }
    this.endParagraph();
  }

  private take(text: string, line: MailLine): void {
    if (text === '') {
      this.endParagraph();
      return;
    }
    const [, name, value] = TAG.exec(text) ?? [];
    const isFirst = this.author === null && this.paragraphs.length + this.tags.length === 0;
    if (isFirst && name === 'From' && this.lines.length === 0) this.author = value!;
    else if (name !== undefined && isTag(name)) {
      this.endParagraph();
      this.tags.push({ name, value: value!, line });
    } else if (!this.continuesTag(text, line)) this.lines.push({ text, line });
  }

  /** A title that an editor has folded, or a remark in brackets below a tag. */
  private continuesTag(text: string, { bodyLine }: MailLine): boolean {
    const last = this.tags.at(-1);
    const isNext = this.lines.length === 0 && last !== undefined && last.line.bodyLine === bodyLine! - 1;
    if (!isNext) return false;
    if (/^\[.*\]$/.test(text)) return true;
    if (!/^\s+\S/.test(text)) return false;
    this.tags[this.tags.length - 1] = { ...last, value: `${last.value} ${text.trim()}` };
    return true;
  }

  private endParagraph(): void {
    const [first] = this.lines;
    if (first) {
      this.paragraphs.push({
        text: this.lines.map(({ text }) => text.trim()).join(' '),
        line: first.line,
        isVerbatim: this.lines.every(({ text }) => /^(?:\s|>|\|)/.test(text)),
      });
    }
    this.lines = [];
  }
}
