/** Puts together what this room knows of a program: the one entry for rules and hovers. */
import type { FunctionItem } from '../syntax/index.js';
import { Bodies } from './body.js';
import { ConditionalGets } from './conditional-gets.js';
import type { DesignFacts, FunctionFact } from './facts.js';
import { bodyFacts, type Readers } from './function-facts.js';
import { functionRole, functionsInSlot, slotsOf } from './function-roles.js';
import { KeptMms } from './kept-mm.js';
import { LOCK_TYPES } from './kernel-api.table.js';
import type { SlotRow } from './kernel-ops.table.js';
import { Lookups } from './lookups.js';
import type { Located, Program, Spot } from './program.js';
import { References } from './references.js';
import { domainStructs, structFacts } from './struct-roles.js';

/** All facts of the program; functions of units that are not reviewed are left out. */
export function designFacts(program: Program): DesignFacts {
  const bodies = new Bodies(program, domainStructs(program));
  const reader = new FunctionReader(bodies);
  const functions = program.units
    .filter((unit) => unit.isReviewed)
    .flatMap((unit) =>
      unit.c.items.flatMap((item) =>
        item.kind === 'function' && item.bodySpan ? [reader.read({ unit, item }, item.bodySpan.start)] : [],
      ),
    );
  return { structs: structFacts(bodies), functions, fileLocks: fileLocks(program) };
}

class FunctionReader {
  private readonly readers: Readers;
  private readonly slots: ReadonlyMap<string, SlotRow>;
  private readonly references: References;

  constructor(private readonly bodies: Bodies) {
    const { program } = bodies;
    // mmu_notifier_get() calls what is in this slot, and holds the mm. mm/mmu_notifier.c, 6.12.
    const allocators = functionsInSlot(program, /^struct mmu_notifier_ops$/, 'alloc_notifier');
    this.readers = {
      bodies,
      lookups: new Lookups(bodies),
      gets: new ConditionalGets(bodies),
      keptMms: new KeptMms(bodies, allocators),
      probes: functionsInSlot(program, /^struct \w*_driver$/, 'probe'),
    };
    this.slots = slotsOf(program);
    this.references = new References(program);
  }

  read(fn: Located<FunctionItem>, bodyStart: number): FunctionFact {
    const { unit, item } = fn;
    const body = this.bodies.of(fn);
    const facts = bodyFacts(body, this.readers);
    const head = unit.image.text.slice(item.start, bodyStart).trimEnd();
    const spot = (start: number, end: number): Spot => ({ unit, span: { start, end } });
    const mark = item.attributes.find(({ name }) => /^__(?:maybe|always)_unused$/.test(name));
    const role = functionRole(body, facts, this.slots, this.bodies);
    return {
      name: item.name,
      nameSpot: { unit, span: item.nameSpan },
      headSpot: spot(item.start, item.start + head.length),
      spot: spot(item.start, item.end),
      ...role,
      isStatic: item.isStatic,
      isInline: item.isInline || item.attributes.some(({ name }) => name === '__always_inline'),
      unusedMark: mark ? spot(mark.start, mark.end) : null,
      isReferenced: !item.isStatic || this.references.has(fn),
      isCallback: role.contract === '' && this.references.hasAddressTaken(fn),
      ...facts,
    };
  }
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
