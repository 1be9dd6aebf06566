/** Variables outside of functions: made when first named, as after boot or as anything may have left them. */
import { type Instruction, Scalar } from '../../ir/index.js';
import { DECLARING, PRIMITIVES } from '../kernel/index.js';
import { type MemoryObject, Pointer, resolve, Unknown, type Value, WHOLE } from '../model/index.js';
import { HIGHEST } from './access.js';
import type { GlobalVariable } from './code.js';
import { perform } from './effects/perform.js';
import type { Machine } from './machine.js';
import type { Frame } from './task.js';

/** The address of a variable. */
export function globalAddress(machine: Machine, frame: Frame, { text: name, type }: Instruction): Value {
  const variable = machine.code.global(name, frame.procedure.path);
  const key = `${variable?.path ?? ''}:${name}`;
  const known = machine.globals.get(key);
  const object = known ?? make(machine, name, key, variable, type);
  return new Pointer(object, WHOLE, 0, '');
}

const CONSTANT = /^[A-Z][A-Z0-9_]*$/;

/** A name in capitals that no declaration explains is a constant: an int, not negative, the same in any width. */
export function boundConstant(name: string, value: Value): void {
  const known = resolve(value);
  if (!CONSTANT.test(name) || !(known instanceof Unknown) || known.sort !== 'integer') return;
  if (known.low < 0n) known.low = 0n;
  const most = HIGHEST[Scalar.I32]!;
  if (known.high > most) known.high = most;
}

function make(
  machine: Machine,
  name: string,
  key: string,
  variable: GlobalVariable | null,
  type: string,
): MemoryObject {
  // What a scenario declares is its own to fill.
  const isOwn = variable !== null && variable.path !== '' && machine.code.isWorld(variable.path);
  const isAsBooted = machine.options.world === 'concrete' || isOwn || (variable?.isConst ?? false);
  const object = machine.heap.make(0, {
    type: variable?.type || type,
    lifetime: 'static',
    size: variable?.size ?? -1,
    fill: variable?.isDefined && isAsBooted ? 'zero' : 'unknown',
    madeAt: null,
    words: name,
  });
  object.isShared = true;
  // A name that no declaration explains is often a constant of a header that is not at hand.
  if (!variable) machine.undeclared.add(object);
  machine.globals.set(key, object);
  if (variable?.type.endsWith('*') && machine.code.isWorld(variable.path)) machine.handles.add(object);
  if (variable?.isDefined && isAsBooted) initialise(machine, object, variable);
  return object;
}

function initialise(machine: Machine, object: MemoryObject, variable: GlobalVariable): void {
  if (variable.initial) machine.runNow(variable.initial);
  const primitive = PRIMITIVES.get(DECLARING[variable.macro] ?? '');
  if (!primitive || machine.task.frames.length === 0) return;
  const each = machine.frame.procedure.ir.code[machine.frame.at - 1]!;
  perform(machine, { primitive, args: [new Pointer(object, WHOLE, 0, '')], each, isIgnored: true });
}
