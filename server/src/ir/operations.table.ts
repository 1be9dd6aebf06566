/** What the operands of each operation are: the one table behind the printer and the reader. */
import { Op } from './instructions.js';

/**
 * A part of an instruction as it is printed: a register (`a`, `b`), a local
 * (`$a`), a jump target (`@b`), an iterator (`#a`), a plain number (`=c`), or a
 * field by its name.
 */
export type Part =
  | 'dst'
  | 'a'
  | 'b'
  | '?a'
  | '$a'
  | '@b'
  | '@c'
  | '#a'
  | '=c'
  | 'constant'
  | 'kind'
  | 'from'
  | 'text'
  | 'type'
  | 'order'
  | 'args'
  | 'cases'
  | 'slot'
  | 'bits'
  | 'walk';

export interface Operation {
  readonly name: string;
  readonly parts: readonly Part[];
}

const row = (name: string, parts: string): Operation => ({ name, parts: parts.split(' ') as Part[] });
const unary = (name: string): Operation => row(name, 'dst kind a');
const binary = (name: string): Operation => row(name, 'dst kind from a b');

export const OPERATIONS: Readonly<Record<Op, Operation>> = {
  [Op.Const]: row('const', 'dst kind constant'),
  [Op.LocalAddress]: row('local', 'dst kind $a'),
  // A local that is no array and no record is read and written as a whole, also when its address is taken elsewhere.
  // `type`: what the pointer points to.
  [Op.GetLocal]: row('get', 'dst kind $a type'),
  [Op.SetLocal]: row('set', 'kind $a b'),
  [Op.GlobalAddress]: row('global', 'dst kind text type'),
  [Op.FunctionAddress]: row('function', 'dst kind text'),
  [Op.String]: row('string', 'dst kind text'),
  [Op.Load]: row('load', 'dst kind a type order'),
  [Op.Store]: row('store', 'kind a b order'),
  [Op.LoadBits]: row('load-bits', 'dst kind from a bits'),
  [Op.StoreBits]: row('store-bits', 'from a b bits'),
  // c: bytes, -1 when the size is not known.
  [Op.Copy]: row('copy', 'a b type =c'),
  [Op.Zero]: row('zero', 'a type =c'),
  // c: offset in bytes; `type` the record, `text` the member (a path when members are anonymous).
  [Op.FieldAddress]: row('field', 'dst kind a type text =c'),
  // b: index of kind `from`; c: bytes of an element; `type` the element.
  [Op.ElementAddress]: row('element', 'dst kind from a b type =c'),
  // c: offset of the member `text` in `type`.
  [Op.ContainerOf]: row('container', 'dst kind a type text =c'),
  [Op.Negate]: unary('negate'),
  [Op.Complement]: unary('complement'),
  [Op.Not]: row('not', 'dst kind from a'),
  [Op.Add]: binary('add'),
  [Op.Subtract]: binary('subtract'),
  [Op.Multiply]: binary('multiply'),
  [Op.Divide]: binary('divide'),
  [Op.Remainder]: binary('remainder'),
  [Op.And]: binary('and'),
  [Op.Or]: binary('or'),
  [Op.Xor]: binary('xor'),
  [Op.ShiftLeft]: binary('shift-left'),
  [Op.ShiftRight]: binary('shift-right'),
  [Op.Equal]: binary('equal'),
  [Op.NotEqual]: binary('not-equal'),
  [Op.Less]: binary('less'),
  [Op.LessEqual]: binary('less-equal'),
  [Op.Greater]: binary('greater'),
  [Op.GreaterEqual]: binary('greater-equal'),
  [Op.PointerDifference]: row('difference', 'dst kind a b type =c'),
  [Op.Convert]: row('convert', 'dst kind from a type'),
  [Op.Move]: row('move', 'dst kind a'),
  // A record that is returned is written to local c; the result is then its address.
  // `slot`: the container and the member that a list primitive was told (`list_first_entry`).
  [Op.Call]: row('call', 'dst kind text args slot type =c'),
  [Op.CallIndirect]: row('call-indirect', 'dst kind a args slot type =c'),
  [Op.Branch]: row('branch', 'from a @b @c'),
  [Op.Jump]: row('jump', '@b'),
  [Op.Switch]: row('switch', 'from a cases @c'),
  [Op.Return]: row('return', 'kind ?a'),
  // A guard of class `text` over args; a: the local that stands for it.
  [Op.ScopeEnter]: row('scope-enter', '$a text args'),
  // `text`: the guard's class, or the name of `__free`; a: the guard or the variable.
  [Op.ScopeExit]: row('scope-exit', '$a text type'),
  [Op.IterateStart]: row('iterate', '#a text args type walk'),
  [Op.IterateNext]: row('next', 'dst kind #a'),
  [Op.Opaque]: row('opaque', 'dst kind text args'),
  // What comes here the input does not show.
  [Op.Unseen]: row('unseen', ''),
};
