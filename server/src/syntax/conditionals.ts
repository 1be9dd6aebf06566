/**
 * Which arms of `#if` the grammar is shown. Of code it sees one, since two
 * would make a flow that nobody compiles. Of items, fields and entries it sees
 * all, so that each is known, as long as every arm is whole: of two halves of
 * a function's head, or two braces that one brace closes, it sees the first.
 * What stands under `#if 0` is no code at all.
 */
import { skipBlank } from './lexing.js';
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
  /** Where the arm being read begins. */
  armFrom: number;
}

export class Conditionals {
  private readonly open: Conditional[] = [];

  constructor(
    private readonly text: string,
    private readonly sheet: Sheet,
  ) {}

  /** Takes the directive `#name condition` at `start` to `end`; returns where reading goes on. */
  directive(name: string, condition: string, start: number, end: number, around: Surroundings): number {
    if (name.startsWith('if')) return this.begin(name, condition, end, around);
    const top = this.open.at(-1);
    if (!top) return end;
    if (!top.isShown) this.drop(top.armFrom, start);
    else if (around.depth !== top.depth || !around.endsItem) top.showsAll = false;
    if (name === 'endif') {
      this.open.pop();
      return end;
    }
    top.isShown = top.showsAll || !top.isDone;
    top.isDone ||= top.isShown;
    top.armFrom = end;
    return top.isShown ? end : endOfArm(this.text, end);
  }

  /** Hides an arm that is not shown and has no end. */
  finish(): void {
    for (const { isShown, armFrom } of this.open) if (!isShown) this.drop(armFrom, this.text.length);
  }

  private begin(name: string, condition: string, end: number, around: Surroundings): number {
    const isDead = isDeadArm(name, condition);
    const { depth, isCode, endsItem } = around;
    this.open.push({
      isShown: !isDead,
      isDone: !isDead,
      depth,
      showsAll: !isCode && endsItem,
      armFrom: end,
    });
    return isDead ? endOfArm(this.text, end) : end;
  }

  private drop(start: number, end: number): void {
    this.sheet.mark('untaken', '', start, end);
    this.sheet.blank(start, end);
  }
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
