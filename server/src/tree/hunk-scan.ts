/**
 * Reads a piece of C token by token and keeps what is open: braces, brackets
 * and parentheses, each with what it opens, and the statement being read. A
 * hunk begins and ends anywhere, so it also keeps what was closed without
 * having been opened. What is to be done about either is in hunk-openings.ts
 * and hunk-closings.ts.
 */

/** What an opening bracket opens. */
export type Opens =
  | 'parameters'
  | 'condition'
  | 'for'
  | 'call'
  | 'group'
  | 'index'
  | 'function'
  | 'block'
  | 'do'
  | 'statements'
  | 'struct'
  | 'enum'
  | 'initializer';

interface Frame {
  readonly kind: Opens;
  /** The statement up to the bracket. */
  readonly outer: string[];
  semicolons: number;
}

/** A bracket that closes what was opened before the text. */
export interface Closer {
  readonly bracket: '}' | ')' | ']';
  /** Where it stands in the text. */
  readonly at: number;
  /** Whether it begins its line, as the brace that ends a function does. */
  readonly beginsLine: boolean;
  /** Statements that ended before it at its own level. */
  readonly semicolons: number;
  /** The token after it. */
  next: string;
}

const TOKEN =
  /\/\*[\s\S]*?(?:\*\/|(?![\s\S]))|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|^[ \t]*#(?:\\\n|"(?:\\.|[^"\\\n])*"|\/\*[\s\S]*?\*\/|[^\n])*|\w+|->|\+\+|--|\.\.\.|&&|\|\||<<=?|>>=?|[-+*/%&|^<>=!]=|\S/gm;

const CODE = new Set<Opens>(['function', 'block', 'do', 'statements']);
const PARENS = new Set<Opens>(['parameters', 'condition', 'for', 'call', 'group']);

/** `(struct foo *)`, `(u64)`, `(const dma_addr_t)`: what stands between the parentheses of a cast. */
const TYPE =
  /^(?:(?:const|volatile|unsigned|signed|struct|union|enum|long) )*(?:(?<=(?:struct|union|enum|unsigned|signed|long) )\w+|\w+_t|[us](?:8|16|32|64)|__[bl]e\d+|int|char|long|void|bool|\w+(?= \*))(?: \*| const)*$/;

/** Tokens of a type, and of a struct's head with its annotations. */
const LONGEST_TYPE = 8;

export class HunkScan {
  readonly stack: Frame[] = [];
  readonly closers: Closer[] = [];
  /** Tokens of the statement, argument or entry being read; brackets read whole are one token. */
  statement: string[] = [];
  /** The last token that is neither comment nor directive; '' at the start. */
  last = '';
  endsInComment = false;
  /** Whether the text ends in a line that the next one continues. */
  endsInDirective = false;
  /** Whether there is an `else` whose `if` stood before the text, other than behind a `}`. */
  hasOrphanElse = false;
  /** How deep in an arm of `#if` that the grammar is not shown; 0 outside of one. */
  skipped = 0;
  /** Whether the text begins between the `?` and the `:` of an expression. */
  hasOrphanColon = false;
  private hasIf = false;
  private hasLabel = false;
  private baseSemicolons = 0;
  /** For each `#if` that is open, whether only one arm is shown, and whether one was. */
  private readonly conditionals: { readonly showsOne: boolean; isDone: boolean }[] = [];

  /** `startsInCode`: whether the text begins inside of a function's body. */
  constructor(private readonly startsInCode: boolean) {}

  read(text: string, from = 0): this {
    TOKEN.lastIndex = from;
    for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
      const [token] = match;
      this.endsInComment = token.startsWith('/*') && !(token.endsWith('*/') && token.length > 3);
      const isDirective = /^[ \t]*#/.test(token);
      this.endsInDirective = isDirective && /\\\s*$/.test(token);
      if (isDirective) this.directive(token);
      else if (this.skipped === 0 && !/^\/[/*]/.test(token)) this.token(token, text, match.index);
    }
    return this;
  }

  get top(): Frame | undefined {
    return this.stack.at(-1);
  }

  /** Whether statements stand here, as against members, entries or items of a file. */
  get isInCode(): boolean {
    for (let at = this.stack.length - 1; at >= 0; at--) {
      const { kind } = this.stack[at]!;
      if (!PARENS.has(kind) && kind !== 'index') return CODE.has(kind);
    }
    return this.startsInCode;
  }

  /** Whether the innermost bracket is that of a `struct_group()`, in which members stand. */
  get holdsMembers(): boolean {
    return /^struct_group/.test(this.top?.outer.at(-1) ?? '');
  }

  private directive(token: string): void {
    const [, name = ''] = /#\s*(\w*)/.exec(token) ?? [];
    const top = this.conditionals.at(-1);
    if (this.skipped > 1) {
      if (name.startsWith('if')) this.skipped++;
      else if (name === 'endif') this.skipped--;
    } else if (name.startsWith('if')) this.conditional(token);
    else if (/^el/.test(name) && top) {
      this.skipped = top.showsOne && top.isDone ? 1 : 0;
      top.isDone = true;
    } else if (name === 'endif') {
      this.skipped = 0;
      this.conditionals.pop();
    }
  }

  /** Which arms are shown: the rules of syntax/conditionals.ts. */
  private conditional(token: string): void {
    if (this.skipped > 0) {
      this.skipped++;
      return;
    }
    const isDead = /^\s*#\s*if\s+0\s*(?:\/|$)/.test(token);
    const showsOne = this.isInCode || this.stack.some(({ kind }) => PARENS.has(kind));
    this.conditionals.push({ showsOne, isDone: !isDead });
    if (isDead) this.skipped = 1;
  }

  private token(token: string, text: string, at: number): void {
    const before = this.closers.at(-1);
    if (before?.next === '') before.next = token;
    if (token === '(' || token === '[' || token === '{') this.open(token);
    else if (token === ')' || token === ']' || token === '}') this.close(token, text, at);
    else if (token === ';') this.semicolon();
    else if (token === ':' && this.isLabel()) this.label();
    else if (token === ',') this.comma();
    else this.word(token);
    this.last = token;
  }

  private word(token: string): void {
    if (this.stack.length === 0 && !this.closers.some(({ bracket }) => bracket === '}')) {
      if (token === 'if') this.hasIf = true;
      else if (token === 'else' && !this.hasIf) this.hasOrphanElse = true;
    }
    this.statement.push(token);
  }

  private open(bracket: string): void {
    const kind = bracket === '[' ? 'index' : bracket === '(' ? this.parenthesis() : this.brace();
    this.stack.push({ kind, outer: this.statement, semicolons: 0 });
    this.statement = [];
  }

  private parenthesis(): Opens {
    const before = this.statement.at(-1) ?? '';
    if (before === 'for') return 'for';
    if (/^(?:if|while|switch)$|for_each/.test(before)) return 'condition';
    if (!/^\w|^[()[\]]/.test(before) || before === 'return') return 'group';
    return this.isInCode ? 'call' : 'parameters';
  }

  private brace(): Opens {
    const before = this.statement.at(-1) ?? '';
    const head = /\b(struct|union|enum)(?: \w+)*$/.exec(this.statement.slice(-LONGEST_TYPE).join(' '));
    if (head) return head[1] === 'enum' ? 'enum' : 'struct';
    if (before === '=' || before === '(cast)' || before === 'return') return 'initializer';
    if (this.top?.kind === 'group' && this.last === '(') return 'statements';
    if (before === 'do') return 'do';
    if (this.isInCode)
      return this.top && !CODE.has(this.top.kind) && before !== '()' ? 'initializer' : 'block';
    return this.stack.length === 0 ? 'function' : 'initializer';
  }

  private close(bracket: Closer['bracket'], text: string, at: number): void {
    const wanted = (kind: Opens): boolean =>
      bracket === ')'
        ? PARENS.has(kind)
        : bracket === ']'
          ? kind === 'index'
          : !PARENS.has(kind) && kind !== 'index';
    let depth = this.stack.length - 1;
    // A brace closes whatever parentheses were forgotten in it, but no parenthesis closes a brace.
    while (depth >= 0 && !wanted(this.stack[depth]!.kind)) {
      if (bracket !== '}' && !PARENS.has(this.stack[depth]!.kind)) return;
      depth--;
    }
    const frame = this.stack[depth];
    if (!frame) {
      // No label stands in parentheses.
      if (bracket === ')' && this.hasLabel && this.baseSemicolons === 0) this.hasOrphanColon = true;
      this.closers.push({
        bracket,
        at,
        beginsLine: at === 0 || text[at - 1] === '\n',
        semicolons: this.baseSemicolons,
        next: '',
      });
      this.baseSemicolons = 0;
      this.stack.length = 0;
      this.statement = bracket === '}' ? [] : ['x', '()'];
      return;
    }
    const isShort = this.statement.length <= LONGEST_TYPE;
    const isCast = frame.kind === 'group' && isShort && TYPE.test(this.statement.join(' '));
    this.stack.length = depth;
    if (frame.kind === 'function' || frame.kind === 'block') this.statement = [];
    else if (frame.kind === 'do') this.statement = ['do{}'];
    else {
      this.statement = frame.outer;
      this.statement.push(isCast ? '(cast)' : bracket === ')' ? '()' : bracket === ']' ? '[]' : '{}');
    }
  }

  private semicolon(): void {
    const { top } = this;
    if (top?.kind === 'for') top.semicolons++;
    else if (top && PARENS.has(top.kind) && this.isInCode) {
      // A parenthesis that was never closed must not swallow the rest of the function.
      while (this.top && PARENS.has(this.top.kind)) this.stack.pop();
    }
    if (this.stack.length === 0) this.baseSemicolons++;
    this.statement = this.statement[0] === 'do' ? ['do{}'] : [];
  }

  private isLabel(): boolean {
    if (this.top && !CODE.has(this.top.kind)) return false;
    return this.isInCode && !this.statement.includes('?');
  }

  private label(): void {
    const [first, second] = this.statement;
    const isFirst = this.stack.length === 0 && this.closers.length === 0 && this.baseSemicolons === 0;
    if (isFirst && second !== undefined && first !== 'case') this.hasOrphanColon = true;
    this.hasLabel = true;
    this.statement = [];
  }

  private comma(): void {
    const kind = this.top?.kind;
    if (kind === undefined || CODE.has(kind) || kind === 'struct') this.statement.push(',');
    else this.statement = [];
  }
}
