/**
 * STALE of lists where little is known: an element that was freed while the
 * list of a variable still leads to it. Other pointers to what was freed may be
 * meant to be forgotten; who walks a list follows them all. What is no variable
 * may be freed by the caller next, with its list: of those nothing is said.
 */
import { LAST_CALL } from '../../kernel/index.js';
import { type Cell, type MemoryObject, Pointer, placeWords, resolve } from '../../model/index.js';
import { nameOf } from '../access.js';
import { bearingOnPath } from '../cuts.js';
import type { Machine } from '../machine.js';

/** Bytes from a node's way forwards to its way back. */
const PREV = 8;

/** Reports elements that were freed and not taken off their list. */
export function checkListed(machine: Machine): void {
  if (!machine.heap.objects.some(isFreed)) return;
  for (const owner of machine.heap.objects) {
    if (owner.lifetime !== 'static') continue;
    for (const cell of owner.cells.values()) {
      const node = nodeBehind(owner, cell);
      if (node && isFreed(node.object) && !mayBeOff(machine, node.object))
        report(machine, owner, cell, node.object);
    }
  }
}

function isFreed({ state, lifetime, freedAt }: MemoryObject): boolean {
  return state === 'freed' && lifetime !== 'stack' && freedAt !== null;
}

/** The node that a cell leads to, if it leads back: only links of a list do. */
function nodeBehind(owner: MemoryObject, { key, value }: Cell): Pointer | null {
  const node = value === null ? null : resolve(value);
  if (!(node instanceof Pointer) || node.object === owner) return null;
  const back = node.object.at(node.key + PREV, 8);
  const previous = back && back !== 'mixed' && back.value !== null ? resolve(back.value) : null;
  return previous instanceof Pointer && previous.object === owner && previous.key === key ? node : null;
}

/** Of a struct that is not at hand nobody knows where its nodes lie: what the walk came by and what was deleted may be one. */
function mayBeOff(machine: Machine, element: MemoryObject): boolean {
  return element.size < 0 && machine.takenOffUnknown.has(element);
}

function report(machine: Machine, owner: MemoryObject, { member }: Cell, element: MemoryObject): void {
  const list = placeWords({ object: owner, member });
  const isLast = LAST_CALL.test(machine.frame.procedure.name);
  machine.report('STALE', `${nameOf(element)} is freed while it is on the list \`${list}\``, [], {
    site: element.freedAt!,
    assumes: isLast ? [`${list} is walked again`] : [],
    bears: bearingOnPath,
  });
}
