/** SELFDEAD across files: who holds a lock calls a function of another file that takes it on every way. */
import { type Instruction, type IrFunction, Op } from '../../../ir/index.js';
import { PRIMITIVES } from '../../kernel/index.js';
import { type Held, Pointer, resolve, type Value } from '../../model/index.js';
import { memberOf } from '../addresses.js';
import type { Machine } from '../machine.js';
import { isOnEveryWay } from '../ways.js';

/**
 * The function is not entered: its body is only read for the locks that the task holds, where it is given the
 * object that has one. What it may do on some way is not told.
 */
export function checkLockedAgain(machine: Machine, name: string, args: readonly Value[]): void {
  const { held } = machine.task;
  const given = args.map(resolve);
  const own = held.filter(
    ({ object, mode }) =>
      mode === 'exclusive' && given.some((each) => each instanceof Pointer && each.object === object),
  );
  if (own.length === 0) return;
  const ir = machine.code.elsewhere(name, machine.frame.procedure.path)?.ir;
  const mine = ir && own.find((each) => isOnEveryWay(ir, locksOf(machine, ir, given, each)));
  if (!mine) return;
  machine.fatal('SELFDEAD', `calls ${name}(), which takes ${mine.words}, while it holds it`, [
    { site: mine.at, words: 'it was taken here' },
  ]);
}

/** The instructions that take the lock, told by what the parameters lead to. */
function locksOf(
  machine: Machine,
  ir: IrFunction,
  given: readonly Value[],
  { object, key }: Held,
): Set<number> {
  const set = new Set(ir.code.flatMap(({ op, a }) => (op === Op.SetLocal ? [a] : [])));
  const values = new Map<number, Value>();
  const taking = new Set<number>();
  for (const [at, each] of ir.code.entries()) {
    const value = derived(machine, each, values, (local) =>
      local < ir.parameters && !set.has(local) ? given[local] : undefined,
    );
    if (value !== undefined) values.set(each.dst, value);
    const effect = each.op === Op.Call ? PRIMITIVES.get(each.text)?.effect : undefined;
    if (effect?.do !== 'lock' || typeof effect.lock !== 'number') continue;
    const place = values.get(each.args[effect.lock] ?? -1);
    if (place instanceof Pointer && place.object === object && place.key === key) taking.add(at);
  }
  return taking;
}

function derived(
  machine: Machine,
  each: Instruction,
  values: ReadonlyMap<number, Value>,
  parameter: (local: number) => Value | undefined,
): Value | undefined {
  if (each.op === Op.GetLocal) return parameter(each.a);
  const base = values.get(each.a);
  if (each.op === Op.Move || each.op === Op.Convert) return base;
  return each.op === Op.FieldAddress && base instanceof Pointer ? memberOf(machine, base, each) : undefined;
}
