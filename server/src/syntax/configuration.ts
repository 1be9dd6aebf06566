/**
 * How the kernel is configured, and what that says about an arm of `#if`: it
 * is compiled, it is not, or nobody can tell. Knows options and integers;
 * macros and versions are unknown. Which arms are shown: conditionals.ts.
 */

/** `CONFIG_X`, or another name that is only asked whether it is defined → whether it is on. What is not listed is unknown. */
export type Configuration = ReadonlyMap<string, boolean>;

/** One arm of a conditional, as its directive says it. */
export interface Arm {
  /** The directive without its `#`: `if`, `ifdef`, `ifndef`, `elif`, `elifdef`, `elifndef`, `else`. */
  readonly name: string;
  /** What follows the directive's name; '' for `else`. */
  readonly condition: string;
  /** The arm before, which must not be compiled for this one to be. */
  readonly before: Arm | null;
}

/** The configuration that is reviewed when none is given. */
export const DEFAULT_CONFIGURATION: Configuration = new Map([
  // Address spaces of processes are shared with devices on arm64 first; x86 adds its own way (ENQCMD) on top.
  ['CONFIG_X86', false],
  // Without it the code under review is stubs that return -ENODEV.
  ['CONFIG_IOMMU_SVA', true],
  // PASIDs and page requests are PCI's, and nearly all drivers that use them are built with it.
  ['CONFIG_PCI', true],
  // What is reviewed is the kernel, not what a program sees of its headers. MODULE is left open: the same file is both.
  ['__KERNEL__', true],
]);

/** Whether an arm's own condition holds, its predecessors aside; null when that cannot be told. */
export function holds({ name, condition }: Arm, configuration: Configuration): boolean | null {
  if (name === 'else') return true;
  if (name === 'if' || name === 'elif') return evaluateCondition(condition, configuration);
  const [word] = tokens(condition);
  const isDefined = word && IS_WORD.test(word) ? option(word, configuration).truth : null;
  return name.endsWith('ndef') ? not(isDefined) : isDefined;
}

/** The value of what follows `#if`; null when it cannot be told. */
export function evaluateCondition(condition: string, configuration: Configuration): boolean | null {
  return new Evaluation(tokens(condition), configuration).run();
}

/**
 * The configuration nearest to `configuration` that compiles `arm` where its
 * conditional is, or null when options alone do not decide it.
 */
export function configurationFor(arm: Arm, configuration: Configuration): Configuration | null {
  const arms: Arm[] = [];
  for (let each: Arm | null = arm; each; each = each.before) arms.push(each);
  const names = optionsOf(arms);
  if (names.length > MOST_OPTIONS) return null;
  let nearest: Configuration | null = null;
  let changes = Number.POSITIVE_INFINITY;
  for (let choice = 0; choice < 3 ** names.length; choice++) {
    const candidate = new Map(configuration);
    let changed = 0;
    names.forEach((name, index) => {
      const digit = Math.floor(choice / 3 ** index) % 3;
      if (digit === 0) return;
      changed++;
      candidate.set(name, digit === 1);
    });
    if (changed >= changes || !isTaken(arms, candidate)) continue;
    nearest = candidate;
    changes = changed;
  }
  return nearest;
}

/** Each option has three states, so this bounds the search to a thousand or so. */
const MOST_OPTIONS = 6;

/** Whether the first of `arms`, which are in reverse order, is the one that is shown. */
function isTaken([arm, ...before]: readonly Arm[], configuration: Configuration): boolean {
  return holds(arm!, configuration) !== false && before.every((each) => holds(each, configuration) === false);
}

function optionsOf(arms: readonly Arm[]): string[] {
  const names = new Set<string>();
  for (const { condition } of arms) {
    for (const word of tokens(condition)) if (IS_WORD.test(word) && !ASKS.has(word)) names.add(word);
    if (names.size > MOST_OPTIONS) break;
  }
  return [...names];
}

const IS_WORD = /^[A-Za-z_]/;

/** What asks for an option by name. `on` is built in, so an option that is known is never a module. */
const ASKS = new Map<string, (option: boolean | null) => boolean | null>([
  ['defined', (on) => on],
  ['IS_ENABLED', (on) => on],
  ['IS_BUILTIN', (on) => on],
  ['IS_REACHABLE', (on) => on],
  ['IS_MODULE', (on) => (on === null ? null : false)],
]);

/** No condition that a person wrote is longer; one that is, is unknown. */
const LONGEST = 4_000;
const DEEPEST = 100;

function tokens(condition: string): string[] {
  if (condition.length > LONGEST) return ['?'];
  const words = condition
    .replace(/\\\r?\n/g, ' ')
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ' ')
    .match(/[A-Za-z_]\w*|\d\w*|&&|\|\||[=!<>]=|<<|>>|\S/g);
  return words ?? [];
}

/** Truth and number are apart: of an option that is on it is not known which number it has. */
interface Value {
  readonly truth: boolean | null;
  readonly number: number | null;
}

const UNKNOWN: Value = { truth: null, number: null };
const ofTruth = (truth: boolean | null): Value => ({ truth, number: truth === null ? null : Number(truth) });
const ofNumber = (number: number): Value => ({ truth: number !== 0, number });
const not = (truth: boolean | null): boolean | null => (truth === null ? null : !truth);

function option(name: string, configuration: Configuration): Value {
  const known = configuration.get(name);
  if (known !== undefined) return known ? { truth: true, number: null } : ofNumber(0);
  const isModuleOfKnown = name.endsWith('_MODULE') && configuration.has(name.slice(0, -'_MODULE'.length));
  return isModuleOfKnown ? ofNumber(0) : UNKNOWN;
}

function both(left: Value, right: Value): Value {
  if (left.truth === false || right.truth === false) return ofTruth(false);
  return left.truth && right.truth ? ofTruth(true) : UNKNOWN;
}

function either(left: Value, right: Value): Value {
  if (left.truth || right.truth) return ofTruth(true);
  return left.truth === false && right.truth === false ? ofTruth(false) : UNKNOWN;
}

const COMPARE: Record<string, (a: number, b: number) => boolean> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

function compare(operator: string, left: Value, right: Value): Value {
  if (left.number === null || right.number === null) return UNKNOWN;
  return ofTruth(COMPARE[operator]!(left.number, right.number));
}

/** Reads one condition by descent, and evaluates on the way. */
class Evaluation {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly words: readonly string[],
    private readonly configuration: Configuration,
  ) {}

  run(): boolean | null {
    const { truth } = this.any();
    // What was not read, arithmetic for example, could turn the whole.
    return this.at === this.words.length ? truth : null;
  }

  private next(word: string): boolean {
    if (this.words[this.at] !== word) return false;
    this.at++;
    return true;
  }

  private any(): Value {
    let left = this.all();
    while (this.next('||')) left = either(left, this.all());
    return left;
  }

  private all(): Value {
    let left = this.equal();
    while (this.next('&&')) left = both(left, this.equal());
    return left;
  }

  private equal(): Value {
    let left = this.ordered();
    for (let word = this.words[this.at]; word === '==' || word === '!='; word = this.words[this.at]) {
      this.at++;
      left = compare(word, left, this.ordered());
    }
    return left;
  }

  private ordered(): Value {
    let left = this.unary();
    for (let word = this.words[this.at]; word && /^[<>]=?$/.test(word); word = this.words[this.at]) {
      this.at++;
      left = compare(word, left, this.unary());
    }
    return left;
  }

  private unary(): Value {
    let negations = 0;
    while (this.next('!')) negations++;
    const value = this.primary();
    if (negations === 0) return value;
    return ofTruth(negations % 2 === 0 ? value.truth : not(value.truth));
  }

  private primary(): Value {
    const word = this.words[this.at] ?? '';
    if (this.next('(')) return this.inner();
    if (/^\d/.test(word)) {
      this.at++;
      return integer(word);
    }
    if (!IS_WORD.test(word)) return UNKNOWN;
    this.at++;
    const ask = ASKS.get(word);
    if (ask) return this.asked(word, ask);
    if (this.words[this.at] !== '(') return option(word, this.configuration);
    this.skipArguments();
    return UNKNOWN;
  }

  private inner(): Value {
    // Unread words make the whole unknown.
    if (this.depth >= DEEPEST) return UNKNOWN;
    this.depth++;
    const value = this.any();
    this.depth--;
    return this.next(')') ? value : UNKNOWN;
  }

  /** `defined X`, `defined(X)`, `IS_ENABLED(X)`. */
  private asked(word: string, ask: (option: boolean | null) => boolean | null): Value {
    const from = this.at;
    const isInParentheses = this.next('(');
    const name = this.words[this.at] ?? '';
    if (IS_WORD.test(name) && (isInParentheses || word === 'defined')) {
      this.at++;
      if (!isInParentheses || this.next(')')) return ofTruth(ask(option(name, this.configuration).truth));
    }
    this.at = from;
    if (isInParentheses) this.skipArguments();
    return UNKNOWN;
  }

  private skipArguments(): void {
    let open = 0;
    do {
      const word = this.words[this.at++];
      if (word === '(') open++;
      else if (word === ')') open--;
    } while (open > 0 && this.at < this.words.length);
  }
}

function integer(word: string): Value {
  const [, hexadecimal, octal, decimal] = /^(?:0x([\da-f]+)|(0[0-7]*)|([1-9]\d*))(?:u|l)*$/i.exec(word) ?? [];
  if (hexadecimal) return ofNumber(Number.parseInt(hexadecimal, 16));
  if (octal) return ofNumber(Number.parseInt(octal, 8));
  return decimal ? ofNumber(Number(decimal)) : UNKNOWN;
}
