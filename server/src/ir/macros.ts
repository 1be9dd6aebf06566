/** Which macro a name means, and its body in the environment of a use. */
import type { MacroItem } from '../syntax/index.js';
import type { Declarations, Found } from './declarations.js';
import { type Argument, type Env, isExpanding, replaceWords, sourceOf } from './environment.js';
import { ERROR_NUMBERS, KERNEL_MACROS, NEVER_EXPAND } from './kernel-macros.table.js';
import type { Snippet, Snippets } from './snippets.js';

/** A macro's definition. */
export interface Macro {
  readonly name: string;
  /** Null for an object-like macro; a variadic one's last parameter stands for the rest. */
  readonly parameters: readonly string[] | null;
  readonly isVariadic: boolean;
  readonly body: string;
  readonly path: string;
  /** Of the whole definition, in the text of `path`. */
  readonly start: number;
  readonly end: number;
}

/** Finds macros and opens their bodies. */
export class Macros {
  private readonly read = new WeakMap<MacroItem, Macro>();

  constructor(
    private readonly declarations: Declarations,
    private readonly snippets: Snippets,
  ) {}

  /** The macro that a name means there, or null when it is none or must stay what it is. */
  find(name: string, env: Env): Macro | null {
    if (isExpanding(env, name)) return null;
    const found = this.visible(name, env);
    if (found?.file === env.root.file) return this.of(found.item, found.file.text, found.path);
    if (NEVER_EXPAND.has(name)) return null;
    const known = KERNEL.get(name);
    if (known) return known;
    return found ? this.of(found.item, found.file.text, found.path) : null;
  }

  /** Beside `extern int x;` stands `#define x 0`, for kernels that are configured without it. */
  private visible(name: string, env: Env): Found<MacroItem> | null {
    const found = this.declarations.macro(name, env.root.file);
    const isStub = found?.item.parameters === null && this.declarations.variable(name, env.root.file);
    return isStub ? null : found;
  }

  private of(item: MacroItem, text: string, path: string): Macro {
    let macro = this.read.get(item);
    if (!macro) {
      const names = item.parameters === null ? null : parameterNames(text, item);
      const [parameters, isVariadic] = names ?? [null, false];
      const body = text.slice(item.bodySpan.start, item.bodySpan.end);
      macro = { name: item.name, parameters, isVariadic, body, path, start: item.start, end: item.end };
      this.read.set(item, macro);
    }
    return macro;
  }

  /** The body, ready to be lowered in `env`. */
  open(macro: Macro, args: readonly Argument[], env: Env): { snippet: Snippet; env: Env } {
    const isTextual = /#/.test(macro.body) || (macro.isVariadic && args.length !== macro.parameters?.length);
    const params = macro.parameters && !isTextual ? bind(macro.parameters, args) : null;
    const snippet = this.snippets.body(isTextual ? substituted(macro, args) : macro.body);
    const file = 'file' in snippet ? snippet.file : env.file;
    return {
      snippet,
      env: {
        root: env.root,
        text: 'file' in snippet ? file.text : '',
        file,
        params,
        macro: macro.name,
        outer: env,
        site: env.site,
        expansion: env.expansion,
        depth: env.depth + 1,
      },
    };
  }
}

function bind(parameters: readonly string[], args: readonly Argument[]): Map<string, Argument> {
  const bound = new Map<string, Argument>();
  parameters.forEach((name, index) => {
    const argument = args[index];
    if (argument) bound.set(name, argument);
  });
  return bound;
}

/** The body as text, for `#`, `##` and lists of arguments, which have no meaning but as text. */
function substituted(macro: Macro, args: readonly Argument[]): string {
  const parameters = macro.parameters ?? [];
  const texts = args.map(({ expression, env }) => sourceOf(expression, env));
  const textOf = (name: string): string | null => {
    const index = parameters.indexOf(name);
    if (index < 0) return null;
    const isRest = macro.isVariadic && index === parameters.length - 1;
    return isRest ? texts.slice(index).join(', ') : (texts[index] ?? '');
  };
  const rest = macro.isVariadic ? parameters.length - 1 : texts.length;
  const body = macro.body
    .replace(/\\\r?\n/g, ' ')
    .replace(/__VA_OPT__\s*\(([^()]*)\)/g, texts.length > rest ? '$1' : '')
    .replace(/,\s*##\s*(\w+)/g, (_, name: string) => (textOf(name) === '' ? '' : `, ${name}`))
    .replace(/(?<!#)#\s*([A-Za-z_]\w*)/g, (whole, name: string) => {
      const text = textOf(name);
      return text === null ? whole : JSON.stringify(text.replace(/\s+/g, ' '));
    });
  return replaceWords(body, textOf).replace(/\s*##\s*/g, '');
}

function parameterNames(text: string, item: MacroItem): [string[], boolean] {
  const close = text.indexOf(')', item.nameSpan.end);
  const list = text.slice(item.nameSpan.end + 1, close).replace(/\\\r?\n/g, ' ');
  const names = list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const isVariadic = names.at(-1)?.endsWith('...') ?? false;
  return [names.map((name) => (name === '...' ? '__VA_ARGS__' : name.replace(/\s*\.\.\.$/, ''))), isVariadic];
}

const KERNEL: ReadonlyMap<string, Macro> = new Map(
  [...KERNEL_MACROS, ...[...ERROR_NUMBERS].map(([name, value]) => [name, String(value)] as const)].map(
    ([head, body]) => {
      const [name = '', list] = head.split(/[()]/);
      const parameters = list === undefined ? null : list.split(', ');
      return [name, { name, parameters, isVariadic: false, body, path: '', start: 0, end: 0 }];
    },
  ),
);
