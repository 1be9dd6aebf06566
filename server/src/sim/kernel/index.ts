/**
 * The primitives of the kernel: functions and macros whose bodies are not run,
 * because a row says what they do. What has no row and no body at hand is code
 * that is not looked into.
 */
import { never } from '../../base/index.js';
import { ARITHMETIC } from './arithmetic.table.js';
import { ATOMICS } from './atomics.table.js';
import { DEVICES, POWER } from './devices.table.js';
import { ERRORS } from './errors.table.js';
import { IO } from './io.table.js';
import { IN_TREE, IOMMU, PAIRED } from './iommu.table.js';
import { LISTS } from './lists.table.js';
import { LOCKS } from './locks.table.js';
import { MEMORY } from './memory.table.js';
import { MESSAGES } from './messages.table.js';
import type { Primitive } from './primitive.js';
import { REFERENCES } from './references.table.js';
import { SIMULATED } from './simulated.table.js';
import { WORK } from './work.table.js';
import { XARRAYS } from './xarrays.table.js';

export type * from './effects.js';
export { ERROR_MESSAGES } from './messages.table.js';
export { BUS_DEVICES, DECLARING, DRIVER_TABLES, LAST_CALL, POINTED } from './names.table.js';
export type { Failure, Options, Primitive, Returns, Row } from './primitive.js';
export { ERRNO, errnoName, STATES } from './rows.js';
export { FREES, GUARDS, type Guard } from './scopes.table.js';
export { FREED_WHEN_FAILED, NEVER_NULL_SLOTS, SLEEPING_CORE, SLEEPING_SLOTS } from './slots.table.js';

/** By name, one row each. */
function table(families: readonly (readonly Primitive[])[]): ReadonlyMap<string, Primitive> {
  const byName = new Map<string, Primitive>();
  for (const primitive of families.flat()) {
    if (byName.has(primitive.name)) never(`two rows say what ${primitive.name}() does`);
    byName.set(primitive.name, primitive);
  }
  return byName;
}

/** These win over a body that is at hand. */
export const PRIMITIVES = table([
  MEMORY,
  LOCKS,
  REFERENCES,
  LISTS,
  XARRAYS,
  ERRORS,
  ATOMICS,
  WORK,
  DEVICES,
  IO,
  MESSAGES,
  ARITHMETIC,
  IOMMU,
  SIMULATED,
]);

export { POWER };

/** Whether a primitive gives memory, so that its failure is that there is none. */
export function allocates(name: string): boolean {
  return PRIMITIVES.get(name)?.effect.do === 'alloc';
}

/** Whether a primitive hands out numbers, of which there may be none left. */
export function handsOutNumbers(name: string): boolean {
  const row = PRIMITIVES.get(name);
  const isSearch = row?.effect.do === 'bits' && row.effect.what === 'find-zero';
  return isSearch || row?.failure?.exhausted !== undefined;
}

/** Whether a primitive wakes a device up, which may fail. */
export function wakesDevices(name: string): boolean {
  const row = PRIMITIVES.get(name);
  return row?.effect.do === 'hold' && row.effect.kind === POWER && row.failure !== null;
}

/** Functions of the subsystem itself: a body that is at hand, which may be under review, wins over these. */
export const FALLBACKS = table([IN_TREE]);

/** Of a function that is run alone these win over a body that is at hand. */
export const PAIRS = table([PAIRED]);

const ALL = [PRIMITIVES, FALLBACKS, PAIRS];

/** The primitives that end what one begins: of `clk_prepare_enable`, `clk_disable_unprepare` and its like. */
export function undoersOf(name: string): ReadonlySet<string> {
  const begun = ALL.map((rows) => rows.get(name)?.effect).find((effect) => effect?.do === 'hold');
  if (begun?.do !== 'hold') return new Set();
  const ends = ALL.flatMap((rows) => [...rows]).filter(
    ([, { effect }]) => effect.do === 'release' && effect.kind === begun.kind,
  );
  return new Set(ends.map(([each]) => each));
}
