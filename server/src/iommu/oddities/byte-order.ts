/** Numbers that are kept in the byte order of a device or of a wire, and are counted with as if they were the CPU's. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import type { Program } from '../program.js';
import { isNull, isZero, nodesIn } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const BYTE_ORDER: OddityReader = { around: [{ words: null, read: unconverted }] };

/** include/uapi/linux/types.h, linux/virtio_types.h (6.12). */
const ORDERED = /^__(?:le|be|virtio)(?:16|32|64)$/;

/** Types whose values are in the byte order of the CPU. */
const NATIVE =
  /^(?:_*[us](?:8|16|32|64)|u?int(?:8|16|32|64)_t|(?:unsigned |signed )?(?:char|short|int|long|long long)|unsigned|s?size_t|dma_addr_t|phys_addr_t|resource_size_t|unsigned (?:long|short) int)$/;

/** Calls that make a number of another order. include/linux/byteorder/generic.h (6.12). */
const CONVERTS = /^(?:__)?(?:constant_)?cpu_to_((?:le|be|virtio)(?:16|32|64))p?$/;

/** Functions and macros whose numbers are the CPU's. include/linux/bits.h, bitfield.h, kernel.h, dma-mapping.h, asm-generic/io.h (6.12). */
const GIVES_NATIVE =
  /^(?:BIT|BIT_ULL|GENMASK|GENMASK_ULL|FIELD_GET|FIELD_PREP|lower_32_bits|upper_32_bits|virt_to_phys|__pa|page_to_phys|dma_map_single|dma_map_page|(?:read|ioread)(?:l|w|q|16|32|64)(?:_relaxed)?)$/;

/** What is known of the order of a value: its ordered type, that it is the CPU's, that it reads the same in any, or nothing. */
type Order = { readonly type: string } | 'cpu' | 'any' | null;

function unconverted(body: Body, bodies: Bodies): OddityFact[] {
  if (!mayHaveOrdered(body, bodies)) return [];
  const reader = new OrderReader(body, bodies);
  const told = new Set<string>();
  return body.reading.nodes.flatMap((node) => {
    const found = reader.faultAt(node);
    if (!found || told.has(body.values.plain(found.subject))) return [];
    told.add(body.values.plain(found.subject));
    return [
      oddity('byte-order', body.spot(found.subject), body.text(found.subject), {
        other: `${found.type} ${found.use}`,
      }),
    ];
  });
}

/** A cheap answer for the many functions that have to do with no such number. */
function mayHaveOrdered({ fn }: Body, { program }: Bodies): boolean {
  if (fn.words.match(ORDERED)) return true;
  if ([fn.item.returns, ...fn.item.parameters.map(({ type }) => type)].some(({ base }) => ORDERED.test(base)))
    return true;
  return fn.words.meet(program.surroundings.known(orderedNames, program));
}

/** Members and variables that have such a type. */
function orderedNames(program: Program): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { fields } of program.allStructs())
    for (const { item } of fields) if (ORDERED.test(item.type.base)) names.add(item.name);
  for (const { item } of program.allVariables()) if (ORDERED.test(item.type.base)) names.add(item.name);
  return names;
}

interface Fault {
  readonly subject: Expression;
  readonly type: string;
  /** What is done with it. */
  readonly use: 'counted' | 'compared' | 'given' | 'taken';
}

const ARITHMETIC = new Set(['+', '-', '*', '/', '%', '<<', '>>']);
const BITS = new Set(['&', '|', '^']);

class OrderReader {
  /** Locals of several blocks that share a name and not a type. */
  private readonly severalTypes: ReadonlySet<string>;

  constructor(
    private readonly body: Body,
    private readonly bodies: Bodies,
  ) {
    this.severalTypes = severalTypesIn(body);
  }

  /** What is wrong with one node, its parts not looked at. */
  faultAt(node: Body['reading']['nodes'][number]): Fault | null {
    switch (node.kind) {
      case 'binary':
        return this.ofBinary(node.operator, node.left, node.right);
      case 'update':
        return this.counted(node.operand);
      case 'index':
        return this.counted(node.index);
      case 'call':
        return this.ofCall(node);
      case 'assign':
        return this.ofAssignment(node.operator, node.target, node.value);
      case 'declaration':
        for (const { type, initial } of node.declarators) {
          const isPlain = initial && initial.kind !== 'initializers' && !type.isArray;
          const found = isPlain ? this.between(orderOfType(type), initial) : null;
          if (found) return found;
        }
        return null;
      case 'return':
        return node.value ? this.between(orderOfType(this.body.fn.item.returns), node.value) : null;
      case 'switch': {
        const order = this.orderOf(node.subject);
        const isNative = nodesIn(node.body).some(
          (each) => each.kind === 'case' && each.value && this.orderOf(each.value) === 'cpu',
        );
        return isOrdered(order) && isNative
          ? { subject: node.subject, type: order.type, use: 'compared' }
          : null;
      }
      default:
        return null;
    }
  }

  private ofBinary(operator: string, left: Expression, right: Expression): Fault | null {
    if (ARITHMETIC.has(operator)) return this.counted(left) ?? this.counted(right);
    if (['<', '>', '<=', '>='].includes(operator))
      return this.counted(left, 'compared') ?? this.counted(right, 'compared');
    if (!BITS.has(operator) && operator !== '==' && operator !== '!=') return null;
    const use = BITS.has(operator) ? 'counted' : 'compared';
    const orders = [this.orderOf(left), this.orderOf(right)] as const;
    for (const [subject, own, other] of [
      [left, orders[0], orders[1]],
      [right, orders[1], orders[0]],
    ] as const)
      if (isOrdered(own) && isForeign(own, other)) {
        // Where one side was converted on purpose, the other one is what was forgotten.
        const beside = subject === left ? right : left;
        return CONVERTS.test(calledName(subject) ?? '') && other === 'cpu'
          ? { subject: beside, type: own.type, use: 'given' }
          : { subject, type: own.type, use };
      }
    return null;
  }

  private ofAssignment(operator: string, target: Expression, value: Expression): Fault | null {
    const own = this.orderOf(target);
    if (operator === '=') return this.between(own, value);
    if (!BITS.has(operator.slice(0, -1))) return this.counted(target) ?? this.counted(value);
    return this.ofBinary(operator.slice(0, -1), target, value);
  }

  /** Fields are cut out of numbers of the CPU alone; and a function may say what its parameters are. */
  private ofCall(node: Extract<Expression, { kind: 'call' }>): Fault | null {
    const name = calledName(node);
    if (name === null) return null;
    if (/^(?:FIELD_GET|FIELD_PREP|cpu_to_(?:le|be)(?:16|32|64)|lower_32_bits|upper_32_bits)$/.test(name))
      return node.args.reduce<Fault | null>((found, arg) => found ?? this.counted(arg), null);
    const fn = this.bodies.calledFunction(name, this.body);
    if (!fn || fn.item.parameters.length !== node.args.length) return null;
    for (const [at, arg] of node.args.entries()) {
      const found = this.between(orderOfType(fn.item.parameters[at]!.type), arg);
      if (found) return found;
    }
    return null;
  }

  private counted(subject: Expression, use: Fault['use'] = 'counted'): Fault | null {
    const order = this.orderOf(subject);
    return isOrdered(order) ? { subject, type: order.type, use } : null;
  }

  /** A value that goes where one of another order belongs. */
  private between(into: Order, value: Expression): Fault | null {
    const from = this.orderOf(value);
    if (isOrdered(into) && isForeign(into, from)) return { subject: value, type: into.type, use: 'given' };
    return into === 'cpu' && isOrdered(from) ? { subject: value, type: from.type, use: 'taken' } : null;
  }

  private orderOf(node: Expression): Order {
    switch (node.kind) {
      case 'literal':
        return isZero(node) || /^0x[fF]+[uUlL]*$/.test(node.text) || /["']/.test(node.text) ? 'any' : 'cpu';
      case 'name':
        if (isNull(node) || isZero(node)) return 'any';
        if (this.severalTypes.has(node.name)) return null;
        return this.body.scope.isLocal(node.name) || this.body.scope.isVariable(node.name)
          ? orderOfType(this.body.scope.typeOf(node))
          : this.orderOfMacro(node.name);
      case 'member':
        return this.isArray(node.object, node.name) ? null : orderOfType(this.body.scope.typeOf(node));
      case 'index':
        return orderOfType(this.body.scope.typeOf(node));
      case 'unary':
        if (node.operator === '~') return this.orderOf(node.operand);
        return node.operator === '*' ? orderOfType(this.body.scope.typeOf(node)) : null;
      case 'cast':
        return isOrdered(orderOfType(node.type)) ? orderOfType(node.type) : null;
      case 'assign':
        return this.orderOf(node.target);
      case 'call':
        return this.orderOfCall(node);
      case 'conditional':
        return this.joined(node.consequence ?? node.condition, node.alternative);
      case 'binary':
        if (ARITHMETIC.has(node.operator)) return this.orderOf(node.left) === 'cpu' ? 'cpu' : null;
        return BITS.has(node.operator) ? this.joined(node.left, node.right) : null;
      default:
        return null;
    }
  }

  /** Whether a member is an array: by its name alone it is an address. */
  private isArray(object: Expression, name: string): boolean {
    const { base } = this.body.scope.typeOf(object);
    const struct = this.bodies.program.structNamed(base, this.body.fn.unit);
    return struct?.fields.some(({ item }) => item.name === name && item.type.isArray) ?? false;
  }

  /** Of what two values make together, where both are of one kind. */
  private joined(left: Expression, right: Expression): Order {
    const [one, other] = [this.orderOf(left), this.orderOf(right)];
    if (one === 'any') return other;
    if (other === 'any') return one;
    if (isOrdered(one) && isOrdered(other)) return one.type === other.type ? one : null;
    return one === 'cpu' && other === 'cpu' ? 'cpu' : null;
  }

  private orderOfCall(node: Extract<Expression, { kind: 'call' }>): Order {
    const name = calledName(node) ?? '';
    const made = CONVERTS.exec(name);
    if (made) return { type: `__${made[1]}` };
    const encoded = /^((?:le|be)(?:16|32|64))_encode_bits$/.exec(name);
    if (encoded) return { type: `__${encoded[1]}` };
    if (GIVES_NATIVE.test(name)) return 'cpu';
    if (/^(?:le|be|virtio)(?:16|32|64)_to_cpup?$/.test(name)) return 'cpu';
    return orderOfType(this.body.scope.typeOf(node));
  }

  /** A macro at hand that makes a plain number. */
  private orderOfMacro(name: string): Order {
    const macro = this.bodies.program.macroNamed(name, this.body.fn.unit);
    if (!macro || macro.item.parameters !== null) return null;
    const { start, end } = macro.item.bodySpan;
    const text = macro.unit.image.text
      .slice(start, end)
      .replace(/\/\*.*?\*\//gs, '')
      .trim();
    if (/^\(?(?:0x)?0+[uUlL]*\)?$/.test(text) || /^\(?~/.test(text)) return 'any';
    return /^\(?(?:(?:0x[\da-fA-F]+|\d+)[uUlL]*|BIT(?:_ULL)?\(\w+\)|GENMASK(?:_ULL)?\([\w, ]+\)|1[uUlL]* *<< *\w+)\)?$/.test(
      text,
    )
      ? 'cpu'
      : null;
  }
}

function severalTypesIn(body: Body): ReadonlySet<string> {
  const types = new Map<string, string>();
  const several = new Set<string>();
  for (const node of body.reading.nodes) {
    if (node.kind !== 'declaration') continue;
    for (const { name, type } of node.declarators) {
      const before = types.get(name);
      if (before !== undefined && before !== type.base) several.add(name);
      types.set(name, type.base);
    }
  }
  return several;
}

function isOrdered(order: Order): order is { readonly type: string } {
  return order !== null && typeof order === 'object';
}

/** Whether a value of `other` has no place beside one of an ordered type. */
function isForeign({ type }: { readonly type: string }, other: Order): boolean {
  return other === 'cpu' || (isOrdered(other) && other.type !== type);
}

function orderOfType({ base, pointers }: { readonly base: string; readonly pointers: number }): Order {
  if (pointers > 0) return null;
  if (ORDERED.test(base)) return { type: base };
  return NATIVE.test(base) ? 'cpu' : null;
}
