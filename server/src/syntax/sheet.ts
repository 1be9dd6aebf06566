/** What is written over a text: replacements of the same length, and marks that say what stood there. */
import type { Span } from '../base/index.js';
import type { Arm } from './configuration.js';

/** What was hidden from the grammar, and where. */
export interface Mark extends Span {
  readonly kind:
    | 'annotation'
    | 'loop'
    | 'declares'
    | 'type-argument'
    | 'range'
    | 'invocation'
    | 'dropped'
    | 'directive'
    | 'untaken';
  readonly name: string;
  /** Of what is `untaken`: the arm of the conditional, with its condition. */
  readonly arm?: Arm;
}

export interface Masked {
  /** Same length as the original, same line ends. */
  readonly text: string;
  /** In order of `start`. */
  readonly marks: readonly Mark[];
  /** The bodies of functions, as far as braces tell, in order, without those that have no end. */
  readonly bodies: readonly Span[];
}

export class Sheet {
  private readonly marks: Mark[] = [];
  private readonly edits: { at: number; text: string }[] = [];
  private readonly bodies: Span[] = [];

  constructor(private readonly text: string) {}

  mark(kind: Mark['kind'], name: string, start: number, end: number, arm?: Arm): void {
    this.marks.push({ kind, name, start, end, ...(arm && { arm }) });
  }

  body(start: number, end: number): void {
    this.bodies.push({ start, end });
  }

  /** Where edits overlap, the one that begins first holds, and of two that begin together the first made. */
  write(at: number, text: string): void {
    this.edits.push({ at, text });
  }

  blank(start: number, end: number): void {
    if (end > start) this.write(start, this.text.slice(start, end).replace(/[^\r\n]/g, ' '));
  }

  finish(): Masked {
    const marks = this.marks.sort((a, b) => a.start - b.start);
    return { text: this.apply(), marks, bodies: this.bodies };
  }

  private apply(): string {
    const { text } = this;
    if (this.edits.length === 0) return text;
    const parts: string[] = [];
    let done = 0;
    for (const { at, text: replacement } of this.edits.sort((a, b) => a.at - b.at)) {
      const from = Math.max(at, done);
      if (at + replacement.length <= from) continue;
      parts.push(text.slice(done, from), replacement.slice(from - at));
      done = at + replacement.length;
    }
    parts.push(text.slice(done));
    return parts.join('');
  }
}
