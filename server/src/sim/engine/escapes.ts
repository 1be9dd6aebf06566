/** Objects that code at hand does not follow any more: whoever has them now may keep or free them. */
import { type MemoryObject, Pointer, resolve, type Value } from '../model/index.js';

/**
 * Code that is not looked into was given the object, and what hangs from it: of one that such code had before,
 * what was hung on it since. `to`: the function, where it got the object as an argument.
 */
export function letEscape(value: Value, to: string | null = null): void {
  const known = resolve(value);
  const isTold = known instanceof Pointer && (!known.object.hasEscaped || known.object.handedTo !== null);
  escapeOnce(value, new Set());
  if (isTold) known.object.handedTo = to;
}

function escapeOnce(value: Value, seen: Set<MemoryObject>): void {
  const known = resolve(value);
  if (!(known instanceof Pointer) || seen.has(known.object)) return;
  seen.add(known.object);
  known.object.hasEscaped = true;
  known.object.handedTo = null;
  known.object.isShared ||= known.object.lifetime !== 'stack';
  for (const cell of known.object.cells.values()) if (cell.value !== null) escapeOnce(cell.value, seen);
}

/** The object may be reached from somewhere that is not followed: an address in a number, a pointer that was overwritten. */
export function loseTrack(value: Value): void {
  const known = resolve(value);
  if (!(known instanceof Pointer)) return;
  known.object.hasEscaped = true;
  known.object.handedTo = null;
}
