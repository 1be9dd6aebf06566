/**
 * Macros of the kernel that are part of its language rather than of its code:
 * `container_of`, marked accesses, `min` and `max`, fields of registers, taking
 * a pointer out of `__free`. Each row lowers its call; null means "not here".
 */
import type { Expression } from '../syntax/index.js';
import type { Argument } from './environment.js';
import { Op } from './instructions.js';
import { argumentEither, argumentValue, direct, textOf } from './lower-calls.js';
import type { Either } from './lower-expressions.js';
import { choose, combine } from './lower-operators.js';
import type { Lowering, Place, Value } from './lowering.js';
import { isInteger, Scalar } from './scalars.js';
import { pointerTo, type Type, targetOf, UNKNOWN, VOID } from './types.js';

type Args = readonly Argument[];
type Lower = (to: Lowering, args: Args, node: Expression, name: string) => Either | null;

const NOTHING = (to: Lowering): Either => ({ value: to.value(-1, VOID) });

function typeOf(to: Lowering, argument: Argument | undefined): Type {
  return argument ? to.world.types.ofArgument(argument.expression, argument.env) : UNKNOWN;
}

/** `container_of(pointer, type, member)`. */
function containerOf(to: Lowering, args: Args, node: Expression): Either | null {
  const [pointer, type, member] = args;
  if (!pointer || !member) return null;
  const from = argumentValue(to, pointer);
  to.at(node);
  return { value: container(to, from, typeOf(to, type), textOf(member)) };
}

function container(to: Lowering, from: Value, record: Type, member: string): Value {
  const place = to.world.constants.place(record, member, to.env);
  const parts = {
    a: from.register,
    type: record.spelling,
    text: member.replace(/\s+/g, ''),
    c: place?.offset ?? -1,
  };
  return to.value(to.builder.define(Op.ContainerOf, Scalar.Pointer, parts), pointerTo(record));
}

/** `list_first_entry(head, type, member)` and its kin stay calls that know the container and the member. */
function entryOfType(to: Lowering, args: Args, node: Expression, name: string): Either | null {
  const [from, type, member] = args;
  return from && member ? entry(to, name, from, typeOf(to, type), member, node) : null;
}

/** `list_next_entry(pos, member)`. */
function entryOfCursor(to: Lowering, args: Args, node: Expression, name: string): Either | null {
  const [cursor, member] = args;
  if (!cursor || !member) return null;
  const type = cursor.env.root.typeOf(cursor.expression, cursor.env);
  return entry(to, name, cursor, targetOf(type), member, node);
}

function entry(
  to: Lowering,
  name: string,
  from: Argument,
  record: Type,
  member: Argument,
  node: Expression,
): Either {
  const { register } = argumentValue(to, from);
  to.at(node);
  const slot = { record: record.spelling, member: textOf(member), candidates: [] };
  const parts = { text: name, args: [register], slot, type: record.spelling };
  return { value: to.value(to.builder.define(Op.Call, Scalar.Pointer, parts), pointerTo(record)) };
}

/** A marked load of its first argument, a place. */
const marked =
  (order: string): Lower =>
  (to, [from], node) => {
    if (!from) return null;
    const either = argumentEither(to, from);
    to.at(node);
    return { value: 'place' in either ? to.load(either.place, order) : either.value };
  };

/** A marked load through its first argument, a pointer. */
const markedThrough =
  (order: string): Lower =>
  (to, [from], node) => {
    if (!from) return null;
    const place = pointedTo(to, from);
    to.at(node);
    return { value: to.load(place, order) };
  };

function pointedTo(to: Lowering, argument: Argument): Place {
  const { register, type } = argumentValue(to, argument);
  return to.memory(register, targetOf(type));
}

const markedStore =
  (order: string, isThrough: boolean): Lower =>
  (to, [into, from], node) => {
    if (!into || !from) return null;
    const value = argumentValue(to, from);
    const either = isThrough ? { place: pointedTo(to, into) } : argumentEither(to, into);
    if (!('place' in either)) return null;
    to.at(node);
    to.store(either.place, value, order);
    return { value: to.value(-1, VOID) };
  };

/** `min(a, b)`: each argument once, the comparison in the common type or in the one that is given. */
const extreme =
  (operator: string, isTyped: boolean): Lower =>
  (to, args, node) => {
    const [first, second] = isTyped ? args.slice(1) : args;
    if (!first || !second) return null;
    const constant = to.world.constants.call(isTyped ? 'min_t' : 'min', args, to.env);
    if (constant) return null;
    const type = isTyped ? typeOf(to, args[0]) : null;
    const [a, b] = [first, second].map((argument) => {
      const value = argumentValue(to, argument);
      return type ? to.convert(value, type) : value;
    }) as [Value, Value];
    to.at(node);
    return { value: pick(to, operator, a, b) };
  };

function pick(to: Lowering, operator: string, a: Value, b: Value): Value {
  const test = combine(to, operator, a, b);
  const [yes, no] = [to.builder.newLabel(), to.builder.newLabel()];
  to.builder.emit(Op.Branch, { a: test.register, from: test.type.scalar, b: yes, c: no });
  return choose(to, yes, no, [() => a, () => b]);
}

/** `clamp(value, low, high)`. */
const clamp =
  (isTyped: boolean): Lower =>
  (to, args, node) => {
    const values = (isTyped ? args.slice(1) : args).map((argument) => argumentValue(to, argument));
    const type = isTyped ? typeOf(to, args[0]) : null;
    const [value, low, high] = values.map((each) => (type ? to.convert(each, type) : each));
    if (!value || !low || !high) return null;
    to.at(node);
    return { value: pick(to, '<', pick(to, '>', value, low), high) };
  };

/** `FIELD_PREP(mask, value)` and `FIELD_GET(mask, register)` with a mask that is known. */
function registerField(to: Lowering, args: Args, node: Expression, name: string): Either | null {
  const [first, second] = args;
  const mask = first ? to.world.constants.evaluate(first.expression, first.env) : null;
  if (!second || !mask || mask.value <= 0n || !isInteger(mask.kind)) return null;
  if (to.world.constants.evaluate(second.expression, second.env)) return null;
  let shift = 0n;
  while (((mask.value >> shift) & 1n) === 0n) shift++;
  const value = argumentValue(to, second);
  to.at(node);
  const wide = to.convert(value, to.constantType(mask.kind));
  const by = to.constant(shift, Scalar.I32);
  const bits = to.constant(mask.value, mask.kind);
  return {
    value:
      name === 'FIELD_GET'
        ? combine(to, '>>', combine(to, '&', wide, bits), by)
        : combine(to, '&', combine(to, '<<', wide, by), bits),
  };
}

/** `no_free_ptr(p)`: the value goes on, `__free` finds nothing. */
function take(to: Lowering, [from]: Args, node: Expression): Either | null {
  const either = from ? argumentEither(to, from) : null;
  if (!either || !('place' in either)) return null;
  to.at(node);
  const value = to.load(either.place);
  to.store(either.place, to.constant(0n, Scalar.Pointer));
  return { value };
}

function returnTaken(to: Lowering, args: Args, node: Expression): Either | null {
  const taken = take(to, args, node);
  if (!taken || !('value' in taken)) return null;
  const { register } = to.convert(taken.value, to.returnType);
  to.leaveTo(null);
  to.builder.emit(Op.Return, { kind: to.returnType.scalar, a: register });
  return NOTHING(to);
}

/** `va_arg(list, type)`. */
function variadicArgument(to: Lowering, [list, type]: Args, node: Expression): Either | null {
  if (!list) return null;
  const value = direct(to, 'va_arg', null, node, [list]);
  return { value: to.value(value.register, typeOf(to, type)) };
}

/** `XA_STATE(xas, array, index)` declares a variable; what fills it stays a call. */
const declares =
  (tag: string): Lower =>
  (to, args, node, name) => {
    const [variable, ...rest] = args;
    if (!variable) return null;
    to.at(node);
    const place = to.newLocal(textOf(variable), to.world.types.named(tag, to.env));
    to.scope.names.set(textOf(variable), { local: place.local, type: place.type });
    const values = rest.map((argument) => argumentValue(to, argument).register);
    to.at(node);
    to.builder.emit(Op.Call, { text: name, args: [to.addressOf(place), ...values] });
    return NOTHING(to);
  };

/** `readl_poll_timeout(addr, val, cond, …)` assigns its `at`-th argument and decides itself when the condition holds. */
const polls =
  (at: number): Lower =>
  (to, args, node, name) => {
    const condition = at + 1;
    const values = args.map((argument, index) => {
      // The condition, and the operation of the general forms, are text of the macro and no values.
      const isText = index === condition || (index === 0 && /^readx?_poll/.test(name));
      if (isText) return to.constant(1n, Scalar.I32).register;
      if (index !== at) return argumentValue(to, argument).register;
      const either = argumentEither(to, argument);
      return 'place' in either ? to.addressOf(either.place) : either.value.register;
    });
    to.at(node);
    return {
      value: to.integer(to.builder.define(Op.Call, Scalar.I32, { text: name, args: values }), Scalar.I32),
    };
  };

/** `get_user(x, ptr)` assigns its first argument. include/asm-generic/uaccess.h. */
function fillsFirst(to: Lowering, args: Args, node: Expression, name: string): Either | null {
  const values = args.map((argument, index) => {
    if (index > 0) return argumentValue(to, argument).register;
    const either = argumentEither(to, argument);
    return 'place' in either ? to.addressOf(either.place) : either.value.register;
  });
  to.at(node);
  return {
    value: to.integer(to.builder.define(Op.Call, Scalar.I32, { text: name, args: values }), Scalar.I32),
  };
}

/** An offset or a configuration that is not known is asked of whoever runs the code. */
function asked(to: Lowering, args: Args, node: Expression, name: string): Either | null {
  if (to.world.constants.call(name, args, to.env)) return null;
  to.at(node);
  const isOffset = name.includes('offset');
  const record = isOffset ? typeOf(to, args[0]).spelling : '';
  const slot = isOffset ? { record, member: textOf(args[1]), candidates: [] } : null;
  const option = isOffset ? [] : [to.builder.define(Op.String, Scalar.Pointer, { text: textOf(args[0]) })];
  const kind = isOffset ? Scalar.U64 : Scalar.I32;
  return { value: to.integer(to.builder.define(Op.Call, kind, { text: name, args: option, slot }), kind) };
}

const rows = (names: string, lower: Lower): [string, Lower][] =>
  names.split(' ').map((name) => [name, lower]);

export const INTRINSICS: ReadonlyMap<string, Lower> = new Map([
  ...rows('container_of container_of_const list_entry rb_entry hlist_entry llist_entry', containerOf),
  ...rows('list_first_entry list_last_entry list_first_entry_or_null rb_entry_safe', entryOfType),
  ...rows('hlist_entry_safe list_entry_rcu list_first_or_null_rcu rb_first_entry', entryOfType),
  ...rows('list_next_entry list_prev_entry', entryOfCursor),
  ...rows('READ_ONCE rcu_access_pointer __READ_ONCE data_race', marked('once')),
  ...rows('rcu_dereference rcu_dereference_check rcu_dereference_protected', marked('rcu')),
  ...rows('rcu_dereference_raw srcu_dereference rcu_dereference_bh', marked('rcu')),
  ['smp_load_acquire', markedThrough('acquire')],
  ['WRITE_ONCE', markedStore('once', false)],
  ['smp_store_release', markedStore('release', true)],
  ...rows('rcu_assign_pointer RCU_INIT_POINTER', markedStore('release', false)),
  ...rows('min umin', extreme('<', false)),
  ...rows('max umax', extreme('>', false)),
  ['min_t', extreme('<', true)],
  ['max_t', extreme('>', true)],
  ...rows('clamp clamp_val', clamp(false)),
  ['clamp_t', clamp(true)],
  ...rows('FIELD_PREP FIELD_GET', registerField),
  ...rows('no_free_ptr retain_and_null_ptr', take),
  ['return_ptr', returnTaken],
  ...rows('XA_STATE XA_STATE_ORDER', declares('struct xa_state')),
  ...rows('MA_STATE', declares('struct ma_state')),
  ...rows('VMA_ITERATOR', declares('struct vma_iterator')),
  ...rows('DEFINE_WAIT DEFINE_WAIT_FUNC', declares('struct wait_queue_entry')),
  ...rows('DEFINE_DMA_UNMAP_ADDR DEFINE_DMA_UNMAP_LEN', NOTHING),
  ['va_arg', variadicArgument],
  ...rows('IS_ENABLED IS_BUILTIN IS_MODULE IS_REACHABLE offsetof offsetofend __builtin_offsetof', asked),
  ...rows('readl_poll_timeout readl_poll_timeout_atomic readl_relaxed_poll_timeout', polls(1)),
  ...rows('readl_relaxed_poll_timeout_atomic readq_poll_timeout readq_poll_timeout_atomic', polls(1)),
  ...rows(
    'readq_relaxed_poll_timeout readw_poll_timeout read_poll_timeout read_poll_timeout_atomic',
    polls(1),
  ),
  ...rows('readx_poll_timeout readx_poll_timeout_atomic regmap_read_poll_timeout', polls(2)),
  ...rows('get_user __get_user', fillsFirst),
  ...rows('BUILD_BUG_ON BUILD_BUG_ON_MSG BUILD_BUG static_assert compiletime_assert', NOTHING),
  ...rows('typecheck kasan_check_write instrument_write instrument_read barrier_data', NOTHING),
  // The member only tells how large an element is.
  ...rows('struct_size flex_array_size', (to, [, , count], node, name) =>
    count ? { value: to.integer(direct(to, name, null, node, [count]).register, Scalar.U64) } : null,
  ),
  // The member only tells where the callback's head lies.
  ...rows('kfree_rcu kvfree_rcu', (to, [object], node, name) =>
    object ? { value: direct(to, name, null, node, [object]) } : null,
  ),
  ['__builtin_expect', (to, [value]) => (value ? argumentEither(to, value) : null)],
  ['unrcu_pointer', (to, [value]) => (value ? argumentEither(to, value) : null)],
]);
