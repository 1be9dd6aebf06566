/** What the names in one function mean: its parameters and locals, and the types of its expressions. */
import type { CType, Expression, Field } from '../syntax/index.js';
import { KNOWN_MEMBERS, KNOWN_RETURNS, SAME_AS_ARGUMENT, TYPED_BY_ARGUMENT } from './kernel-types.table.js';
import type { Program, Unit } from './program.js';
import type { Reading } from './reading.js';
import type { Surroundings } from './surroundings.js';

/** A type as far as rules care: base name and number of stars. */
export interface ShortType {
  readonly base: string;
  readonly pointers: number;
}

export const UNKNOWN_TYPE: ShortType = { base: '', pointers: 0 };

export class Scope {
  private readonly locals: ReadonlyMap<string, CType>;

  /** `unitIndex`: which of the units the function stands in. */
  constructor(
    private readonly surroundings: Surroundings,
    private readonly unitIndex: number,
    reading: Reading,
  ) {
    this.locals = reading.locals;
  }

  private get program(): Program {
    return this.surroundings.program;
  }

  private get unit(): Unit {
    return this.program.units[this.unitIndex]!;
  }

  isLocal(name: string): boolean {
    return this.locals.has(name);
  }

  /** Parameters and locals. */
  get names(): readonly string[] {
    return [...this.locals.keys()];
  }

  typeOfName(name: string): ShortType {
    const local = this.locals.get(name);
    if (local) return local.isArray ? { base: local.base, pointers: local.pointers + 1 } : local;
    if (name === 'current') return { base: 'struct task_struct', pointers: 1 };
    return this.program.variableNamed(name, this.unit)?.item.type ?? UNKNOWN_TYPE;
  }

  /** The type of an expression, or `UNKNOWN_TYPE`. */
  typeOf(expression: Expression): ShortType {
    switch (expression.kind) {
      case 'name':
        return this.typeOfName(expression.name);
      case 'member':
        return this.typeOfMember(expression.object, expression.name);
      case 'call':
        return this.typeOfCall(expression.callee, expression.args);
      case 'cast':
        return expression.type;
      case 'unary': {
        const { base, pointers } = this.typeOf(expression.operand);
        if (expression.operator === '&') return { base, pointers: pointers + 1 };
        return expression.operator === '*'
          ? { base, pointers: Math.max(0, pointers - 1) }
          : { base: 'int', pointers: 0 };
      }
      case 'index': {
        const { base, pointers } = this.typeOf(expression.object);
        return { base, pointers: Math.max(0, pointers - 1) };
      }
      case 'conditional':
        return this.typeOf(expression.alternative);
      case 'assign':
        return this.typeOf(expression.target);
      default:
        return UNKNOWN_TYPE;
    }
  }

  /** The members of `struct …` that the code at hand shows. */
  fieldsOf(struct: string): readonly Field[] {
    return this.program.structNamed(struct, this.unit)?.fields.map(({ item }) => item) ?? [];
  }

  /** Whether some file at hand defines a variable of this name that can be meant. */
  isVariable(name: string): boolean {
    return this.program.variableNamed(name, this.unit) !== null;
  }

  /** The type of member `name` of `struct …`, from the code at hand or from what is known of the kernel. */
  typeOfField(struct: string, name: string): ShortType {
    const field = this.program.structNamed(struct, this.unit)?.fields.find((each) => each.item.name === name);
    if (field) return field.item.type;
    const known = KNOWN_MEMBERS.get(struct)?.[name];
    return known ? { base: known[0], pointers: known[1] } : UNKNOWN_TYPE;
  }

  private typeOfMember(object: Expression, name: string): ShortType {
    return this.typeOfField(this.typeOf(object).base, name);
  }

  private typeOfCall(callee: Expression, args: readonly Expression[]): ShortType {
    if (callee.kind === 'member') return this.typeOfMember(callee.object, callee.name);
    if (callee.kind !== 'name') return UNKNOWN_TYPE;
    const typeAt = TYPED_BY_ARGUMENT.get(callee.name);
    const typed = typeAt === undefined ? undefined : args[typeAt];
    if (typed?.kind === 'name') return { base: typed.name, pointers: 1 };
    if (SAME_AS_ARGUMENT.has(callee.name) && args[0]) return this.typeOf(args[0]);
    const known = KNOWN_RETURNS.get(callee.name);
    if (known) return { base: known[0], pointers: known[1] };
    const definition = this.program.definitionOf(callee.name, this.unit);
    return (
      definition?.item.returns ?? this.program.functionsNamed(callee.name)[0]?.item.returns ?? UNKNOWN_TYPE
    );
  }
}

/** Whether a type is a pointer to `struct name`. */
export function pointsTo(type: ShortType, struct: string): boolean {
  return type.pointers === 1 && type.base === struct;
}
