/** Which objects somebody can still reach: from variables, frames, objects that were there before, and what escaped. */
import { type MemoryObject, Pointer, resolve, type Value } from '../../model/index.js';
import { nameOf, quote } from '../access.js';
import { storedIn } from '../effects/storage.js';
import type { Machine } from '../machine.js';

/** Everything that can be reached from some values; not by way of what is `gone`. */
export function reachableFrom(
  machine: Machine,
  roots: Iterable<Value>,
  without: Pointer | null = null,
  gone: ReadonlySet<MemoryObject> = NONE,
): Set<MemoryObject> {
  const seen = new Set<MemoryObject>();
  const pending: Value[] = [...roots];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    const known = resolve(value);
    if (!(known instanceof Pointer) || seen.has(known.object) || gone.has(known.object)) continue;
    const { object } = known;
    seen.add(object);
    for (const cell of object.cells.values()) if (cell.value !== null) pending.push(cell.value);
    const isLeftOut = without !== null && without.object === object;
    if (!isLeftOut) pending.push(...storedIn(machine, object));
  }
  return seen;
}

const NONE: ReadonlySet<MemoryObject> = new Set();

/** Variables, and objects that were there before the code ran. */
export function outside(machine: Machine): Value[] {
  return machine.heap.objects.flatMap((object) =>
    object.state === 'live' &&
    (object.lifetime === 'static' || object.lifetime === 'given' || object.hasEscaped)
      ? [machine.pointerTo(object)]
      : [],
  );
}

/** What the frames of all tasks hold. */
export function held(machine: Machine): Value[] {
  return machine.tasks.flatMap(({ frames }) =>
    frames.flatMap(({ registers, locals, boxes }) => [
      ...registers.filter((value) => value !== undefined),
      ...locals.filter((value) => value !== undefined),
      ...boxes.flatMap((box) => (box ? [machine.pointerTo(box)] : [])),
    ]),
  );
}

/**
 * Whether an object can be reached when one container does not count. What a
 * scenario was handed, only it knows: no lookup finds that.
 */
export function isReachableWithout(machine: Machine, object: MemoryObject, container: Pointer): boolean {
  if (isKeptByCaller(machine, object)) return true;
  const roots = [...outside(machine), ...held(machine)].filter((value) => {
    const known = resolve(value);
    return !(known instanceof Pointer) || (known.object !== object && !machine.handles.has(known.object));
  });
  return reachableFrom(machine, roots, container).has(object);
}

/** Whether a function under review that has called this one has looked before: it knows what is overwritten. */
function isKeptByCaller({ task, code }: Machine, object: MemoryObject): boolean {
  const isIt = (value: Value | null | undefined): boolean => {
    const known = value ? resolve(value) : null;
    return known instanceof Pointer && known.object === object;
  };
  return task.frames
    .slice(0, -1)
    .some(
      ({ procedure, locals, boxes }) =>
        !code.isWorld(procedure.path) &&
        (locals.some(isIt) ||
          boxes.some((box) => box && [...box.cells.values()].some((cell) => isIt(cell.value)))),
    );
}

/** DUP: nothing refers any more to an object that a store has hidden. */
export function checkHidden(machine: Machine, object: MemoryObject): void {
  if (reachableFrom(machine, [...outside(machine), ...held(machine)]).has(object)) return;
  const made = object.madeAt ? [{ site: object.madeAt, words: 'it was made here' }] : [];
  machine.report(
    'DUP',
    `\`${quote(machine)}\` overwrites ${nameOf(object)}, and nothing else refers to it`,
    made,
  );
}
