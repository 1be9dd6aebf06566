/** The ways through a function, as far as its instructions tell without a run. */
import { type Instruction, type IrFunction, Op } from '../../ir/index.js';

/** Whether no way leads from the head to a return around all of these instructions; false where there are none. */
export function isOnEveryWay({ code }: IrFunction, instructions: ReadonlySet<number>): boolean {
  if (instructions.size === 0) return false;
  const seen = new Set<number>();
  const open = [0];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const each = code[at];
    if (seen.has(at) || instructions.has(at)) continue;
    if (!each || each.op === Op.Return || each.op === Op.Opaque || each.op === Op.Unseen) return false;
    seen.add(at);
    open.push(...nextOf(each, at));
  }
  return true;
}

function nextOf(each: Instruction, at: number): readonly number[] {
  if (each.op === Op.Branch) return [each.b, each.c];
  if (each.op === Op.Jump) return [each.b];
  if (each.op === Op.Switch) return [each.c, ...(each.cases ?? []).map(({ target }) => target)];
  return [at + 1];
}
