/** Functions that stay and use what only the boot has. */
import type { Bodies, Body } from '../body.js';
import type { KnownFunction, Program } from '../program.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const INIT_ONLY: OddityReader = { around: [{ words: null, read: initOnly }] };

/** `__init`, `__initdata`, and what the modules' own forms are called. */
const OF_BOOT = /^__init(?:data|const)?(?:_or_module)?$|^__ref(?:data)?$/;

function initOnly(body: Body, bodies: Bodies): OddityFact[] {
  const { unit, words } = body.fn;
  const gone = bodies.program.surroundings.known(variablesOfBoot, bodies.program).get(unit.image.path) ?? [];
  const used = gone.filter((name) => words.all.has(name) && !body.scope.isLocal(name));
  if (used.length === 0 || isOfBoot(body.fn, bodies, 3)) return [];
  return used.flatMap((name) => {
    const at = body.reading.nodes.find((node) => node.kind === 'name' && node.name === name);
    return at ? [oddity('init-only', body.spot(at), name)] : [];
  });
}

/** Whether it is thrown away after boot as well, or is static and called by nobody else. */
function isOfBoot(fn: KnownFunction, bodies: Bodies, depth: number): boolean {
  const { item } = fn;
  if (item.attributes.some(({ name }) => OF_BOOT.test(name))) return true;
  if (!item.isStatic || depth === 0) return false;
  const callers = bodies.program.callersOf(fn);
  // Hunks need not show who calls it: that it is of the boot would stand in its head.
  if (callers.length === 0 && fn.unit.image.basis === 'hunks') return false;
  return callers.every((each) => each.item !== item && isOfBoot(each, bodies, depth - 1));
}

/** The variables of each file that are marked so. */
function variablesOfBoot(program: Program): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { unit, item } of program.allVariables()) {
    if (!item.attributes.some(({ name }) => /^__init(?:data|const)$/.test(name))) continue;
    found.set(unit.image.path, [...(found.get(unit.image.path) ?? []), item.name]);
  }
  return found;
}
