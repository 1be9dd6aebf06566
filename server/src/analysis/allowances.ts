/**
 * Comments by which code says that an objection to it is known and why it
 * stands: `iommu-review: allow RULE -- reason`. One covers the line it is on,
 * or, on a line of its own, the code below: a line, or the whole function or
 * struct that begins there.
 */
import { LineIndex, type Span } from '../base/index.js';
import type { Program, Spot, Unit } from '../iommu/index.js';
import type { AllowanceFact } from '../rules/index.js';
import { commentsIn } from '../syntax/index.js';

const MARK = 'iommu-review:';
const ALLOW = /^iommu-review:\s*allow\s+([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?:--?|\u2014|$)\s*(.*)$/;

/** One rule that one comment allows. */
interface Allowance {
  readonly rule: string;
  readonly reason: string;
  readonly spot: Spot;
  /** What it covers, in offsets of its unit. */
  readonly covers: Span;
  isUsed: boolean;
}

export class Allowances {
  private readonly byUnit = new Map<Unit, readonly Allowance[]>();
  private readonly unread: Spot[] = [];
  private allowed = 0;

  /** `ids`: what the ids that a comment may name are today. */
  constructor(
    program: Program,
    private readonly ids: ReadonlyMap<string, string>,
  ) {
    for (const unit of program.units)
      if (unit.isReviewed && unit.image.text.includes(MARK)) this.byUnit.set(unit, this.read(unit));
  }

  get isEmpty(): boolean {
    return this.byUnit.size === 0;
  }

  /** How many objections were allowed. */
  get count(): number {
    return this.allowed;
  }

  /** Whether a comment allows the rule there; from then on that comment has its use. */
  allows(rule: string, { unit, span }: Spot): boolean {
    const covering = (this.byUnit.get(unit) ?? []).filter(
      (each) => each.rule === rule && each.covers.start <= span.start && span.start < each.covers.end,
    );
    for (const each of covering) each.isUsed = true;
    if (covering.length > 0) this.allowed++;
    return covering.length > 0;
  }

  /** Rules of comments that have allowed nothing so far. */
  unusedRules(): ReadonlySet<string> {
    return new Set(this.all().flatMap(({ rule, isUsed }) => (isUsed ? [] : [rule])));
  }

  /** What is wrong with the comments; `judgesUse`: every rule has spoken. */
  problems(known: ReadonlySet<string>, judgesUse: (rule: string) => boolean): readonly AllowanceFact[] {
    const unread = this.unread.map((spot): AllowanceFact => ({ spot, rule: null, problem: 'unreadable' }));
    return [
      ...unread,
      ...this.all().flatMap(({ rule, reason, spot, isUsed }): AllowanceFact[] => {
        if (!known.has(rule)) return [{ spot, rule, problem: 'unknown-rule' }];
        if (reason === '') return [{ spot, rule, problem: 'no-reason' }];
        return !isUsed && judgesUse(rule) ? [{ spot, rule, problem: 'unused' }] : [];
      }),
    ];
  }

  private all(): Allowance[] {
    return [...this.byUnit.values()].flat();
  }

  private read(unit: Unit): Allowance[] {
    const { text } = unit.image;
    const index = new LineIndex(text);
    const comments = commentsIn(text);
    return comments.flatMap((comment) => {
      const shown = text.slice(comment.start, comment.end);
      if (!shown.includes(MARK)) return [];
      return linesOf(shown).flatMap(({ words, at }): Allowance[] => {
        if (!words.startsWith(MARK)) return [];
        const start = comment.start + at;
        const spot: Spot = { unit, span: { start, end: start + words.length } };
        const [, rules, reason = ''] = ALLOW.exec(words) ?? [];
        if (rules === undefined) {
          this.unread.push(spot);
          return [];
        }
        const covers = coveredBy(comment, unit, index, comments);
        return rules
          .split(',')
          .map((rule) => this.ids.get(rule.trim()) ?? rule.trim())
          .map((rule) => ({ rule, reason: reason.trim(), spot, covers, isUsed: false }));
      });
    });
  }
}

/** The lines of a comment without what makes them one, and where each begins. */
function linesOf(comment: string): { words: string; at: number }[] {
  const lines: { words: string; at: number }[] = [];
  let from = 0;
  for (const line of comment.split('\n')) {
    const head = /^\s*(?:\/\*+|\/\/+|\*(?!\/))?\s*/.exec(line)?.[0].length ?? 0;
    lines.push({
      words: line
        .slice(head)
        .replace(/\s*\*+\/\s*$/, '')
        .trimEnd(),
      at: from + head,
    });
    from += line.length + 1;
  }
  return lines;
}

function coveredBy(comment: Span, unit: Unit, index: LineIndex, comments: readonly Span[]): Span {
  const { text } = unit.image;
  const first = index.lineAt(comment.start);
  const last = index.lineAt(comment.end - 1);
  const before = text.slice(index.startOf(first), comment.start);
  const after = text.slice(comment.end, index.startOf(last) + index.textOf(last).length);
  if (/\S/.test(before) || /\S/.test(after))
    return { start: index.startOf(first), end: index.startOf(last) + index.textOf(last).length + 1 };
  const start = nextCode(text, comment.end, comments);
  const line = index.lineAt(start);
  const end = index.startOf(line) + index.textOf(line).length + 1;
  const item = unit.c.items.find((each) => index.lineAt(each.start) === line && each.end > start);
  return { start, end: Math.max(end, item?.end ?? 0) };
}

/** Where code goes on after `from`. */
function nextCode(text: string, from: number, comments: readonly Span[]): number {
  let at = from;
  for (;;) {
    while (at < text.length && /\s/.test(text[at]!)) at++;
    const comment = comments.find(({ start }) => start === at);
    if (!comment) return at;
    at = comment.end;
  }
}
