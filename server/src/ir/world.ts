/** Everything that lowering knows beside the function at hand, made once per set of declarations and shared. */

import type { Expression, FunctionItem, Initializer, VariableItem } from '../syntax/index.js';
import { Constants } from './constants.js';
import type { Declarations, Found } from './declarations.js';
import type { Argument, Env } from './environment.js';
import { readString } from './literals.js';
import { type Macro, Macros } from './macros.js';
import { Snippets } from './snippets.js';
import { TypeTable } from './type-table.js';
import { type FunctionType, functionOf, type Type } from './types.js';

/** What may be said about how the kernel is configured. Pass the same object each time: what is learnt is kept beside it. */
export interface Options {
  /** `CONFIG_X` → whether it is on; what is not listed is a question to the one who runs the code. */
  readonly configuration?: ReadonlyMap<string, boolean>;
}

const SNIPPETS = new Snippets();

export class World {
  readonly snippets = SNIPPETS;
  readonly macros: Macros;
  readonly types: TypeTable;
  readonly constants: Constants;
  private readonly signatures = new WeakMap<FunctionItem, FunctionType>();
  private readonly variables = new WeakMap<VariableItem, Type>();

  constructor(
    readonly declarations: Declarations,
    options: Options,
    typeOf: (world: World, expression: Expression, env: Env) => Type,
  ) {
    const { snippets } = this;
    this.macros = new Macros(declarations, snippets);
    this.types = new TypeTable(
      declarations,
      snippets,
      this.macros,
      () => this.constants,
      (expression, env) => typeOf(this, expression, env),
    );
    this.constants = new Constants(declarations, snippets, this.macros, this.types, (option) => {
      return options.configuration?.get(option) ?? null;
    });
  }

  /** The type of a function that was found. */
  signature({ item, file, path }: Found<FunctionItem>): FunctionType {
    const known = this.signatures.get(item);
    if (known) return known;
    const env = this.types.envOf(file, path);
    const returns = this.types.resolve({ ...item.returns, derivations: returnDerivations(item) }, env);
    const parameters = item.parameters.map((each) => this.types.parameter(each.type, env));
    const own = item.returns.derivations.at(-1);
    const type = functionOf(returns, parameters, own?.kind === 'function' && own.isVariadic);
    this.signatures.set(item, type);
    return type;
  }

  /** The type of a variable outside of functions; an array may take its length from the initialiser. */
  variableType({ item, file, path }: Found<VariableItem>): Type {
    const known = this.variables.get(item);
    if (known) return known;
    const env = this.types.envOf(file, path);
    const text = file.text.slice(item.start, item.end);
    const type = this.types.declared(item.type, text, env, this.initializedLength(item.initial, env));
    this.variables.set(item, type);
    return type;
  }

  /** The length that an initialiser gives to `[]`; -1 when it does not tell. */
  initializedLength(initial: Expression | null, env: Env): number {
    if (initial?.kind === 'literal') return stringSize(initial);
    if (initial?.kind !== 'initializers') return -1;
    const [only] = initial.entries;
    // `char text[] = { "abc" }` is the string, too; of structs it would be one entry, which is no string.
    if (initial.entries.length === 1 && only && stringSize(only.value) >= 0) return stringSize(only.value);
    return this.entriesLength(initial.entries, env);
  }

  private entriesLength(entries: readonly Initializer[], env: Env): number {
    let next = 0;
    let length = 0;
    for (const entry of entries) {
      const [first] = entry.designators;
      const made = first ? null : this.madeEntries(entry, env);
      const at = first?.kind === 'index' ? this.constants.evaluate(first.last ?? first.first, env) : null;
      if (first?.kind === 'index' && !at) return -1;
      if (made) {
        next = this.entriesLength(made.entries, made.env);
        if (next < 0) return -1;
        length = Math.max(length, next);
        continue;
      }
      if (at) next = Number(at.value);
      length = Math.max(length, ++next);
    }
    return length;
  }

  /** `IOCTL_OP(CMD, function)` among the entries of a list: a macro whose body is entries with designators. */
  madeEntries(
    { value }: Initializer,
    env: Env,
  ): { readonly entries: readonly Initializer[]; readonly env: Env; readonly macro: Macro } | null {
    const callee = value.kind === 'call' ? value.callee : value;
    const macro = callee.kind === 'name' ? this.macros.find(callee.name, env) : null;
    if (!macro || !/^[\s\\]*(?:\.|\[)/.test(macro.body)) return null;
    const args = value.kind === 'call' ? value.args.map((expression): Argument => ({ expression, env })) : [];
    const opened = this.macros.open({ ...macro, body: `{ ${macro.body} }` }, args, env);
    const { snippet } = opened;
    const list = snippet.kind === 'expression' ? snippet.expression : null;
    return list?.kind === 'initializers' ? { entries: list.entries, env: opened.env, macro } : null;
  }
}

function stringSize(value: Expression): number {
  const text = value.kind === 'literal' ? readString(value.text) : null;
  return text === null ? -1 : text.length + 1;
}

/** What a function returns: all but its own derivation, the last one. */
export function returnDerivations(item: FunctionItem): FunctionItem['returns']['derivations'] {
  const at = item.returns.derivations.findLastIndex((each) => each.kind === 'function');
  return at < 0 ? item.returns.derivations : item.returns.derivations.slice(0, at);
}
