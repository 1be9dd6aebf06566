/** ATOMSLEEP: what may sleep is not called where nothing may. */
import { resolve } from '../../model/index.js';
import type { PrimitiveCall } from '../effects/perform.js';
import type { Machine } from '../machine.js';

/** Bit of a gfp mask that lets the allocator sleep. include/linux/gfp_types.h: ___GFP_DIRECT_RECLAIM, 6.12. */
const DIRECT_RECLAIM = 0x400n;

export function checkMaySleep(machine: Machine, { primitive, args }: PrimitiveCall): void {
  const { atomic } = machine.task;
  if (atomic.length === 0 || primitive.context === 'any') return;
  // Under its lock an xarray drops it while it looks for memory.
  if (primitive.effect.do === 'xarray' && primitive.effect.isLocked) return;
  if (typeof primitive.context === 'object') {
    const gfp = resolve(args[primitive.context.gfp] ?? 0n);
    if (typeof gfp !== 'bigint' || (gfp & DIRECT_RECLAIM) === 0n) return;
  }
  const key = `slept ${machine.site.start}`;
  if (machine.ghosts.has(key)) return;
  machine.ghosts.set(key, true);
  machine.report('ATOMSLEEP', `${primitive.name}() may sleep, and here nothing may`, [
    { site: atomic.at(-1)!, words: 'since this' },
  ]);
}
