/**
 * What the names in one function mean: its parameters and locals, and the
 * types of its expressions. It keeps what it was told of the code around the
 * function, so that after an edit elsewhere it can be asked whether all of
 * that still holds.
 */
import type { CType, Expression } from '../syntax/index.js';
import { KNOWN_MEMBERS, KNOWN_RETURNS, SAME_AS_ARGUMENT, TYPED_BY_ARGUMENT } from './kernel-types.table.js';
import type { Program, Unit } from './program.js';
import { type Reading, readingOf } from './reading.js';

/** A type as far as rules care: base name and number of stars. */
export interface ShortType {
  readonly base: string;
  readonly pointers: number;
}

const UNKNOWN_TYPE: ShortType = { base: '', pointers: 0 };

/** A question about the code around a function; the answer says nothing of where it stands. */
interface Question {
  readonly ask: (around: Around) => ShortType | boolean;
  readonly answer: ShortType | boolean;
}

/** A program, seen from one of its units. */
export interface Around {
  readonly program: Program;
  readonly unit: Unit;
}

export class Scope {
  private readonly locals: ReadonlyMap<string, CType>;
  private readonly asked = new Map<string, Question>();

  /** `around`: tells the version of the program that is asked now. */
  constructor(
    private readonly around: () => Around,
    private readonly reading: Reading,
  ) {
    this.locals = reading.locals;
  }

  /** Whether all that was told still holds. */
  stillHolds(): boolean {
    const around = this.around();
    for (const { ask, answer } of this.asked.values()) if (!isSameAnswer(ask(around), answer)) return false;
    return true;
  }

  private told<T extends ShortType | boolean>(question: string, ask: (around: Around) => T): T {
    const known = this.asked.get(question);
    if (known) return known.answer as T;
    const answer = ask(this.around());
    this.asked.set(question, { ask, answer });
    return answer;
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
    const { item } = this.reading;
    if (!item.missing.includes('start'))
      return this.told(`variable ${name}`, (around) => typeOfVariable(around, name));
    return this.told(
      `variable ${name} of ${item.name}`,
      (around) => typeInOtherPart(around, item.name, name) ?? typeOfVariable(around, name),
    );
  }

  /** Whether some file at hand has a variable of this name that can be meant. */
  isVariable(name: string): boolean {
    return this.told(
      `is variable ${name}`,
      ({ program, unit }) => program.variableNamed(name, unit) !== null,
    );
  }

  /** Whether `struct …` embeds a device or points to one. */
  hasDevice(struct: string): boolean {
    return this.told(`has device ${struct}`, (around) =>
      fieldsOf(around, struct).some(
        ({ item }) => item.type.base === 'struct device' && item.type.pointers <= 1,
      ),
    );
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

  /** The type of member `name` of `struct …`, from the code at hand or from what is known of the kernel. */
  private typeOfMember(object: Expression, name: string): ShortType {
    const { base } = this.typeOf(object);
    return this.told(`member ${base} ${name}`, (around) => typeOfField(around, base, name));
  }

  private typeOfCall(callee: Expression, args: readonly Expression[]): ShortType {
    if (callee.kind === 'member') return this.typeOfMember(callee.object, callee.name);
    if (callee.kind !== 'name') return UNKNOWN_TYPE;
    const { name } = callee;
    const typeAt = TYPED_BY_ARGUMENT.get(name);
    const typed = typeAt === undefined ? undefined : args[typeAt];
    if (typed?.kind === 'name') return { base: typed.name, pointers: 1 };
    if (SAME_AS_ARGUMENT.has(name) && args[0]) return this.typeOf(args[0]);
    const known = KNOWN_RETURNS.get(name);
    if (known) return { base: known[0], pointers: known[1] };
    return this.told(`call ${name}`, (around) => typeReturned(around, name));
  }
}

/** The type of a local or parameter that another part of the function declares, where hunks show it in parts; unknown where two of them differ. */
function typeInOtherPart({ unit: { c } }: Around, of: string, name: string): ShortType | null {
  const types = c.items.flatMap((item): ShortType[] => {
    if (item.kind !== 'function' || item.name !== of || item.missing.length === 0) return [];
    const original = c.originalOf(item);
    const local = original && readingOf(original).locals.get(name);
    return local ? [{ base: local.base, pointers: local.pointers + (local.isArray ? 1 : 0) }] : [];
  });
  const [first, ...others] = types;
  if (!first) return null;
  return others.every((each) => isSameAnswer(each, first)) ? first : UNKNOWN_TYPE;
}

function typeOfVariable({ program, unit }: Around, name: string): ShortType {
  return short(program.variableNamed(name, unit)?.item.type);
}

function fieldsOf({ program, unit }: Around, struct: string) {
  return program.structNamed(struct, unit)?.fields ?? [];
}

function typeOfField(around: Around, struct: string, name: string): ShortType {
  const field = fieldsOf(around, struct).find(({ item }) => item.name === name);
  if (field) return short(field.item.type);
  const known = KNOWN_MEMBERS.get(struct)?.[name];
  return known ? { base: known[0], pointers: known[1] } : UNKNOWN_TYPE;
}

function typeReturned({ program, unit }: Around, name: string): ShortType {
  const found = program.definitionOf(name, unit) ?? program.functionsNamed(name)[0];
  return short(found?.item.returns);
}

/** Without what only the item that declares it needs. */
function short(type: ShortType | undefined): ShortType {
  return type ? { base: type.base, pointers: type.pointers } : UNKNOWN_TYPE;
}

function isSameAnswer(a: ShortType | boolean, b: ShortType | boolean): boolean {
  if (typeof a === 'boolean' || typeof b === 'boolean') return a === b;
  return a.base === b.base && a.pointers === b.pointers;
}

/** Whether a type is a pointer to `struct name`. */
export function pointsTo(type: ShortType, struct: string): boolean {
  return type.pointers === 1 && type.base === struct;
}
