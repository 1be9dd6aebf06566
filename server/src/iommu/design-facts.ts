/** Puts together what this room knows of a program: the one entry for rules and hovers. */
import { Bodies } from './body.js';
import { ConditionalGets } from './conditional-gets.js';
import type { DesignFacts } from './facts.js';
import { FunctionFacts, type Readers } from './function-facts.js';
import { functionsInSlot, slotsOf } from './function-roles.js';
import { KeptMms } from './kept-mm.js';
import { LOCK_TYPES } from './kernel-api.table.js';
import { Lookups } from './lookups.js';
import type { Program, Spot } from './program.js';
import { References } from './references.js';
import { structFacts } from './struct-roles.js';
import { tableFacts } from './tables.js';

/** All facts of the program, each worked out when it is asked for; functions of units that are not reviewed are left out. */
export function designFacts(program: Program): DesignFacts {
  const bodies = new Bodies(program);
  const readers = readersOf(bodies);
  return {
    structs: structFacts(bodies),
    functions: program.units
      .filter((unit) => unit.isReviewed)
      .flatMap((unit) => program.definitionsIn(unit))
      .map((fn) => new FunctionFacts(fn, readers)),
    tables: tableFacts(program),
    fileLocks: fileLocks(program),
  };
}

function readersOf(bodies: Bodies): Readers {
  const { program } = bodies;
  const { surroundings } = program;
  return {
    bodies,
    lookups: new Lookups(bodies),
    gets: new ConditionalGets(bodies),
    keptMms: new KeptMms(bodies, surroundings.known(notifierAllocators, program)),
    probes: surroundings.known(probesOf, program),
    slots: surroundings.known(slotsOf, program),
    references: new References(program),
  };
}

/** mmu_notifier_get() calls what is in this slot, and holds the mm. mm/mmu_notifier.c, 6.12. */
function notifierAllocators(program: Program): ReadonlySet<string> {
  return functionsInSlot(program, /^struct mmu_notifier_ops$/, 'alloc_notifier');
}

function probesOf(program: Program): ReadonlySet<string> {
  return functionsInSlot(program, /^struct \w*_driver$/, 'probe');
}

function fileLocks(program: Program): Map<string, { name: string; spot: Spot }[]> {
  const locks = new Map<string, { name: string; spot: Spot }[]>();
  for (const { unit, item } of program.allVariables()) {
    if (item.type.pointers > 0 || !LOCK_TYPES.has(item.type.base)) continue;
    const list = locks.get(unit.image.path) ?? [];
    if (!list.some(({ name }) => name === item.name))
      list.push({ name: item.name, spot: { unit, span: item.nameSpan } });
    locks.set(unit.image.path, list);
  }
  return locks;
}
