/** From the words of the command line to a command that can be run, or an error that says what is wrong with them. */
import { parseArgs } from 'node:util';
import { SEVERITIES, type Severity } from '../findings/index.js';
import { nearest, UsageError } from './usage-error.js';

export const FORMATS = ['text', 'json', 'sarif', 'github'] as const;
export type Format = (typeof FORMATS)[number];

const SCOPES = ['changed', 'all'] as const;
type Scope = (typeof SCOPES)[number];

export interface CheckCommand {
  readonly name: 'check';
  readonly inputs: readonly string[];
  readonly tree: string | null;
  /** Where in the tree a lone C file stands. */
  readonly as: string | null;
  readonly format: Format;
  /** Null: `changed` for patches, `all` for C. */
  readonly scope: Scope | null;
  readonly minSeverity: Severity;
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  /** A project file; null for the one that is found. */
  readonly project: string | null;
  readonly baseline: string | null;
  readonly writeBaseline: string | null;
  /** The inputs of an earlier version, which the findings are compared with; empty for none. */
  readonly against: readonly string[];
}

export const DRAWINGS = ['text', 'json', 'markdown', 'svg'] as const;

export interface SimulateCommand {
  readonly name: 'simulate';
  /** One. */
  readonly inputs: readonly string[];
  readonly tree: string | null;
  readonly as: string | null;
  readonly project: string | null;
  /** Exact names; empty for all. */
  readonly functions: readonly string[];
  /** A row of the matrix or the id of a scenario, which then is all that is run; null for functions alone and all scenarios. */
  readonly scenario: string | null;
  /** The run to repeat, of the one function or scenario named. */
  readonly tape: string | null;
  readonly format: (typeof DRAWINGS)[number];
}

/** `simulate` of what comes with the tool. */
export interface DesignCommand {
  readonly name: 'design';
  /** Of the reference designs, or `all`. */
  readonly design: string;
  /** A row of the matrix or the id of a scenario; null for all. */
  readonly scenario: string | null;
  /** The run to repeat, of one scenario. */
  readonly tape: string | null;
  /** Whether the C is printed and nothing run. */
  readonly isSource: boolean;
  readonly format: (typeof DRAWINGS)[number];
}

export interface RulesCommand {
  readonly name: 'rules';
  readonly format: 'text' | 'json';
}

export interface ExplainCommand {
  readonly name: 'explain';
  readonly rule: string;
  readonly format: 'text' | 'json';
}

/** Writes the review of patches as mails. */
export interface ReplyCommand {
  readonly name: 'reply';
  readonly inputs: readonly string[];
  readonly tree: string | null;
  readonly as: null;
  /** `Name <mail>` of whoever answers; null leaves that to the program that sends. */
  readonly from: string | null;
  /** What to say in place of the findings. */
  readonly comments: string | null;
  readonly minSeverity: Severity;
}

export const COMMANDS = ['check', 'simulate', 'reply', 'rules', 'explain'] as const;
export type CommandName = (typeof COMMANDS)[number];

export interface HelpCommand {
  readonly name: 'help';
  /** Null: all commands in short. */
  readonly topic: CommandName | null;
}

export type Command =
  | CheckCommand
  | SimulateCommand
  | DesignCommand
  | ReplyCommand
  | RulesCommand
  | ExplainCommand
  | HelpCommand
  | { readonly name: 'version' };

const HELP = { help: { type: 'boolean', short: 'h' } } as const;

/** Throws `UsageError`. */
export function parseCommandLine(argv: readonly string[]): Command {
  const [first, ...rest] = argv;
  switch (first) {
    case undefined:
      throw new UsageError('no command given');
    case '--help':
    case '-h':
      return { name: 'help', topic: COMMANDS.find((command) => command === rest[0]) ?? null };
    case '--version':
    case '-V':
      return { name: 'version' };
    case 'check':
      return parseCheck(rest);
    case 'simulate':
      return parseSimulate(rest);
    case 'reply':
      return parseReply(rest);
    case 'rules':
      return parseRules(rest);
    case 'explain':
      return parseExplain(rest);
    default:
      throw unknownCommand(first);
  }
}

function unknownCommand(word: string): UsageError {
  if (word.startsWith('-')) return new UsageError(`unknown option '${word}'`);
  const meant = nearest(word, COMMANDS);
  if (meant) return new UsageError(`unknown command '${word}'`, `Did you mean 'iommu-review ${meant}'?`);
  return new UsageError(`unknown command '${word}'`, `To review a file: 'iommu-review check ${word}'.`);
}

function parseCheck(args: string[]): CheckCommand | HelpCommand {
  const { values, positionals } = parsed('check', () =>
    parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...HELP,
        tree: { type: 'string' },
        as: { type: 'string' },
        format: { type: 'string' },
        scope: { type: 'string' },
        'min-severity': { type: 'string' },
        severity: { type: 'string', multiple: true },
        project: { type: 'string' },
        baseline: { type: 'string' },
        'write-baseline': { type: 'string' },
        against: { type: 'string', multiple: true },
      },
    }),
  );
  if (values.help) return { name: 'help', topic: 'check' };
  if (positionals.length === 0)
    throw new UsageError(
      'check needs an INPUT',
      "Try 'iommu-review check --help'; '-' reads standard input.",
    );
  const { against = [] } = values;
  if ([...positionals, ...against].filter((input) => input === '-').length > 1)
    throw new UsageError("standard input ('-') can be read only once");
  if (values.as !== undefined && positionals.length > 1)
    throw new UsageError('--as says where one C file stands, so it goes with one INPUT');
  return {
    name: 'check',
    inputs: positionals,
    tree: values.tree ?? null,
    as: values.as ?? null,
    format: oneOf('--format', values.format ?? 'text', FORMATS),
    scope: values.scope === undefined ? null : oneOf('--scope', values.scope, SCOPES),
    minSeverity: oneOf('--min-severity', values['min-severity'] ?? 'hint', SEVERITIES),
    severities: new Map((values.severity ?? []).map(severityOfRule)),
    project: values.project ?? null,
    baseline: values.baseline ?? null,
    writeBaseline: values['write-baseline'] ?? null,
    against,
  };
}

function parseSimulate(args: string[]): SimulateCommand | DesignCommand | HelpCommand {
  const { values, positionals } = parsed('simulate', () =>
    parseArgs({
      args: withTapeJoined(args),
      allowPositionals: true,
      options: {
        ...HELP,
        tree: { type: 'string' },
        as: { type: 'string' },
        project: { type: 'string' },
        function: { type: 'string', multiple: true },
        tape: { type: 'string' },
        format: { type: 'string' },
        design: { type: 'string' },
        scenario: { type: 'string' },
        source: { type: 'boolean' },
      },
    }),
  );
  if (values.help) return { name: 'help', topic: 'simulate' };
  if (values.design !== undefined) return designCommand(values.design, values, positionals);
  if (values.source !== undefined)
    throw new UsageError(
      '--source goes with --design NAME',
      "Without --design, 'iommu-review simulate INPUT' runs the code of INPUT.",
    );
  const [input, ...more] = positionals;
  if (input === undefined || more.length > 0)
    throw new UsageError(
      'simulate needs one INPUT',
      "Try 'iommu-review simulate --help'; '-' reads standard input.",
    );
  const { function: functions = [], scenario = null } = values;
  // A driver's operation is a function, and played on two instances in a scenario.
  if (scenario !== null && functions.length > 0 && !/^two-instances\b/.test(scenario))
    throw new UsageError(
      '--function runs functions alone, and --scenario what binds and unbinds: give one of the two',
    );
  if (values.tape !== undefined && scenario === null && functions.length !== 1)
    throw new UsageError(
      '--tape is a run of one function or scenario, so it goes with one --function NAME or --scenario ID',
    );
  return {
    name: 'simulate',
    inputs: [input],
    tree: values.tree ?? null,
    as: values.as ?? null,
    project: values.project ?? null,
    functions,
    scenario,
    tape: values.tape ?? null,
    format: oneOf('--format', values.format ?? 'text', DRAWINGS),
  };
}

/** The options of `simulate` that a design may have beside it, and those that it may not. */
interface DesignOptions {
  readonly scenario?: string | undefined;
  readonly source?: boolean | undefined;
  readonly tape?: string | undefined;
  readonly format?: string | undefined;
  readonly tree?: string | undefined;
  readonly as?: string | undefined;
  readonly project?: string | undefined;
  readonly function?: readonly string[] | undefined;
}

function designCommand(design: string, values: DesignOptions, positionals: readonly string[]): DesignCommand {
  const ofInput = (['tree', 'as', 'project', 'function'] as const).find(
    (option) => values[option] !== undefined,
  );
  if (positionals[0] !== undefined || ofInput !== undefined)
    throw new UsageError(
      `--design runs code that comes with this tool, so it takes no ${ofInput ? `--${ofInput}` : 'INPUT'}`,
      "Try 'iommu-review simulate --help'.",
    );
  const { scenario, tape, source = false, format } = values;
  if (tape !== undefined && (scenario === undefined || design === 'all'))
    throw new UsageError('--tape is a run of one scenario of one design, so it goes with --scenario ID');
  if (source && (tape !== undefined || format !== undefined))
    throw new UsageError('--source prints C and runs nothing, so it goes with neither --tape nor --format');
  return {
    name: 'design',
    design,
    scenario: scenario ?? null,
    tape: tape ?? null,
    isSource: source,
    format: oneOf('--format', format ?? 'text', DRAWINGS),
  };
}

/** A tape may begin with a dash, which Node's parser takes only behind `=`. */
function withTapeJoined(args: readonly string[]): string[] {
  const at = args.indexOf('--tape');
  const [, value, ...rest] = args.slice(at);
  return at < 0 || value === undefined ? [...args] : [...args.slice(0, at), `--tape=${value}`, ...rest];
}

function parseReply(args: string[]): ReplyCommand | HelpCommand {
  const { values, positionals } = parsed('reply', () =>
    parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...HELP,
        tree: { type: 'string' },
        from: { type: 'string' },
        comments: { type: 'string' },
        'min-severity': { type: 'string' },
      },
    }),
  );
  if (values.help) return { name: 'help', topic: 'reply' };
  if (positionals.length === 0)
    throw new UsageError(
      'reply needs a patch mail',
      "Try 'iommu-review reply --help'; '-' reads standard input.",
    );
  return {
    name: 'reply',
    inputs: positionals,
    tree: values.tree ?? null,
    as: null,
    from: values.from ?? null,
    comments: values.comments ?? null,
    minSeverity: oneOf('--min-severity', values['min-severity'] ?? 'info', SEVERITIES),
  };
}

function parseRules(args: string[]): RulesCommand | HelpCommand {
  const { values, positionals } = parsed('rules', () =>
    parseArgs({ args, allowPositionals: true, options: { ...HELP, format: { type: 'string' } } }),
  );
  if (values.help) return { name: 'help', topic: 'rules' };
  if (positionals[0] !== undefined)
    throw new UsageError('rules takes no argument', `Try 'iommu-review explain ${positionals[0]}'.`);
  return { name: 'rules', format: oneOf('--format', values.format ?? 'text', ['text', 'json'] as const) };
}

function parseExplain(args: string[]): ExplainCommand | HelpCommand {
  const { values, positionals } = parsed('explain', () =>
    parseArgs({ args, allowPositionals: true, options: { ...HELP, format: { type: 'string' } } }),
  );
  if (values.help) return { name: 'help', topic: 'explain' };
  const [rule, ...more] = positionals;
  if (rule === undefined || more.length > 0)
    throw new UsageError('explain needs one RULE', "'iommu-review rules' lists them.");
  return {
    name: 'explain',
    rule,
    format: oneOf('--format', values.format ?? 'text', ['text', 'json'] as const),
  };
}

/** Runs Node's own parser and says its complaints the way this tool does. */
function parsed<T>(command: CommandName, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [sentence = ''] = error.message.split(/\.(?: |$)|\n/);
    throw new UsageError(
      sentence.charAt(0).toLowerCase() + sentence.slice(1),
      `Try 'iommu-review ${command} --help'.`,
    );
  }
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined)
    throw new UsageError(`${option} must be one of ${allowed.join(', ')}, not '${value}'`);
  return found;
}

function severityOfRule(text: string): [rule: string, severity: Severity | 'off'] {
  const [rule = '', severity, ...more] = text.split('=');
  if (rule === '' || severity === undefined || more.length > 0)
    throw new UsageError(`--severity wants RULE=SEVERITY, not '${text}'`);
  return [rule, oneOf(`--severity ${rule}`, severity, [...SEVERITIES, 'off'] as const)];
}
