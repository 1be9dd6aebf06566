/** Files that a run makes: what is handed to them, and that their release function frees it with the last reference. */
import { type IrFunction, Op } from '../../../ir/index.js';
import { PRIMITIVES } from '../../kernel/index.js';
import { FunctionValue, type MemoryObject, Pointer, resolve } from '../../model/index.js';
import type { Machine } from '../machine.js';
import { isOnEveryWay } from '../ways.js';
import { argument, type EffectOf, type PrimitiveCall } from './perform.js';

/** Notes what a new file has for its release function, where that frees it. fs/file_table.c:__fput (6.12) calls it. */
export function noteOpened(
  machine: Machine,
  { opens }: EffectOf<'hold' | 'release' | 'find'>,
  call: PrimitiveCall,
  file: MemoryObject,
): void {
  const data = opens && resolve(argument(call, opens.data));
  const table = opens && resolve(argument(call, opens.table));
  if (!(data instanceof Pointer) || data.key !== 0 || !(table instanceof Pointer)) return;
  const cell = [...table.object.cells.values()].find(({ member }) => member === 'release');
  const release = cell?.value ? resolve(cell.value) : null;
  if (!(release instanceof FunctionValue)) return;
  const procedure = machine.code.procedure(release.name, release.from);
  if (procedure && freesItsData(procedure.ir)) machine.ledger.opened.set(file, data.object);
}

/**
 * A reference of such a file is put. Nobody else has one that no descriptor was given: what
 * it has goes with it. That happens on the way back to user space (task work), so that what is read until then is there.
 */
export function noteClosed(machine: Machine, file: MemoryObject): void {
  const { ledger, outerSite } = machine;
  const data = ledger.opened.get(file);
  if (!data || ledger.acquisitions.some(({ place }) => place.object === file)) return;
  if (ledger.calls.some(({ name }) => name === 'fd_install')) return;
  ledger.closed.set(data, outerSite);
}

/** Whether a release function frees `file->private_data`, its second argument's, on every way. */
function freesItsData(ir: IrFunction): boolean {
  const { code } = ir;
  const setOften = new Set(
    code.flatMap(({ op, a }, at) =>
      op === Op.SetLocal && code.some((each, other) => other < at && each.op === op && each.a === a)
        ? [a]
        : [],
    ),
  );
  const members = new Set<number>();
  const data = new Set<number>();
  const locals = new Set<number>();
  const frees = new Set<number>();
  for (const [at, { op, a, b, dst, text, args }] of code.entries()) {
    if (op === Op.FieldAddress && text === 'private_data') members.add(dst);
    else if (op === Op.Load && members.has(a)) data.add(dst);
    else if ((op === Op.Move || op === Op.Convert) && data.has(a)) data.add(dst);
    else if (op === Op.SetLocal && data.has(b) && !setOften.has(a)) locals.add(a);
    else if (op === Op.GetLocal && locals.has(a)) data.add(dst);
    const effect = op === Op.Call ? PRIMITIVES.get(text)?.effect : undefined;
    if (effect?.do === 'free' && !effect.isArray && data.has(args[effect.what] ?? -1)) frees.add(at);
  }
  return isOnEveryWay(ir, frees);
}
