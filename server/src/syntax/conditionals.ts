/**
 * Which arms of `#if` the grammar is shown. Of code it sees one, since two
 * would make a flow that nobody compiles: the first that the configuration
 * does not rule out. Of items, fields and entries it sees all, so that each is
 * known, as long as every arm is whole: of two halves of a function's head, or
 * two braces that one brace closes, it sees one. What stands under `#if 0` is
 * no code at all. What a condition means: configuration.ts.
 */
import { type Arm, type Configuration, holds } from './configuration.js';
import { skipBlank, skipDirective, skipLiteral } from './lexing.js';
import type { Sheet } from './sheet.js';

/** Where the masker stands when it meets a directive. */
export interface Surroundings {
  /** Whether this is a function's body or inside of parentheses. */
  readonly isCode: boolean;
  /** How many braces are open. */
  readonly depth: number;
  /** Whether an item, field or entry could begin here. */
  readonly endsItem: boolean;
}

interface Conditional {
  /** Whether the arm being read is shown. */
  isShown: boolean;
  /** Whether some arm was shown already. */
  isDone: boolean;
  readonly depth: number;
  showsAll: boolean;
  /** The arm being read. */
  arm: Arm;
  /** Where the arm being read begins. */
  armFrom: number;
}

/** As deep as every compiler can nest conditionals. */
const DEEPEST = 63;

export class Conditionals {
  private readonly open: Conditional[] = [];

  constructor(
    private readonly text: string,
    private readonly sheet: Sheet,
    private readonly configuration: Configuration,
  ) {}

  /** Takes the directive `#name condition` at `start` to `end`; returns where reading goes on. */
  directive(name: string, condition: string, start: number, end: number, around: Surroundings): number {
    if (name.startsWith('if')) return this.begin(name, condition, end, around);
    const top = this.open.at(-1);
    if (!top) return end;
    if (!top.isShown) this.drop(top, start);
    else if (around.depth !== top.depth || !around.endsItem) top.showsAll = false;
    if (name === 'endif') {
      this.open.pop();
      return end;
    }
    top.arm = { name, condition: condition.trim(), before: top.arm };
    top.isShown = top.showsAll || (!top.isDone && holds(top.arm, this.configuration) !== false);
    top.isDone ||= top.isShown;
    top.armFrom = end;
    return top.isShown ? end : endOfArm(this.text, end);
  }

  /** Hides an arm that is not shown and has no end. */
  finish(): void {
    for (const each of this.open) if (!each.isShown) this.drop(each, this.text.length);
  }

  private begin(name: string, condition: string, end: number, around: Surroundings): number {
    const { depth, isCode, endsItem } = around;
    const arm: Arm = { name, condition: condition.trim(), before: null };
    const isDead = isDeadArm(name, condition);
    const isRuledOut = isDead || holds(arm, this.configuration) === false;
    const showsAll = !isCode && endsItem && (!isRuledOut || isDead || !this.isHalf(end));
    const isShown = !isDead && (showsAll || !isRuledOut);
    this.open.push({ isShown, isDone: isShown, depth, showsAll, arm, armFrom: end });
    return isShown ? end : endOfArm(this.text, end);
  }

  /** Whether the arm that begins at `from` is no whole item, and another one stands for it: only one of them can be seen. */
  private isHalf(from: number): boolean {
    // Deeper than compilers go, looking ahead each time would cost the square of the text.
    if (this.open.length >= DEEPEST) return false;
    const to = endOfArm(this.text, from);
    return /^#[ \t]*el/.test(this.text.slice(to, to + 20)) && !isWhole(this.text, from, to);
  }

  private drop({ arm, armFrom }: Conditional, end: number): void {
    this.sheet.mark('untaken', '', armFrom, end, arm);
    this.sheet.blank(armFrom, end);
  }
}

/** Whether the text between two offsets closes what it opens and ends where an item, a field or an entry may. */
function isWhole(text: string, from: number, to: number): boolean {
  let depth = 0;
  let last = ';';
  for (let at = skipBlank(text, from); at < to; at = skipBlank(text, at)) {
    const char = text[at]!;
    // Outside of macros nothing else begins with it.
    const isDirective = char === '#';
    if (char === '{' || char === '(') depth++;
    else if (char === '}' || char === ')') depth--;
    if (depth < 0) return false;
    // A directive ends what stands before it and says nothing itself.
    if (!isDirective) last = char;
    at = isDirective ? skipDirective(text, at) : Math.max(at + 1, skipLiteral(text, at));
  }
  return depth === 0 && /[;,}]/.test(last);
}

/** Whether nothing of an arm can ever be compiled: `#if 0`. */
export function isDeadArm(name: string, condition: string): boolean {
  return name === 'if' && /^\s*0\s*(?:\/|$)/.test(condition);
}

/** Start of the directive that ends the arm which begins at `from`, nested conditionals skipped. */
export function endOfArm(text: string, from: number): number {
  let nesting = 0;
  for (let line = from; line < text.length; ) {
    const first = skipBlank(text, line);
    if (text[first] === '#') {
      const [, name = ''] = /^#[ \t]*(\w*)/.exec(text.slice(first, first + 20)) ?? [];
      if (nesting === 0 && /^(?:elif|elifdef|elifndef|else|endif)$/.test(name)) return first;
      if (name.startsWith('if')) nesting++;
      else if (name === 'endif') nesting--;
    }
    const next = text.indexOf('\n', first);
    line = next < 0 ? text.length : next + 1;
  }
  return text.length;
}
