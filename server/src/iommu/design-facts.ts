/** Puts together what this room knows of a program: the one entry for rules and hovers. */
import { conditionalGets } from './conditional-gets.js';
import type { DesignFacts, FunctionFact } from './facts.js';
import { bodyFacts, type Surroundings } from './function-facts.js';
import { functionRole, functionsInSlot, slotsOf } from './function-roles.js';
import { LOCK_TYPES } from './kernel-api.table.js';
import type { Program, Spot } from './program.js';
import { isReferenced } from './references.js';
import { domainStructs, structFacts } from './struct-roles.js';

/** All facts of the program; functions of units that are not reviewed are left out. */
export function designFacts(program: Program): DesignFacts {
  const domains = domainStructs(program);
  const around: Surroundings = {
    program,
    domains,
    gets: conditionalGets(program),
    notifierAllocators: functionsInSlot(program, 'struct mmu_notifier_ops', 'alloc_notifier'),
  };
  const slots = slotsOf(program);
  const functions = program.units
    .filter((unit) => unit.isReviewed)
    .flatMap((unit) =>
      unit.c.items.flatMap((item) => (item.kind === 'function' && item.bodySpan ? [{ unit, item }] : [])),
    )
    .map(({ unit, item }): FunctionFact => {
      const fn = { unit, item };
      const facts = bodyFacts(fn, around);
      const spot = (start: number, end: number): Spot => ({ unit, span: { start, end } });
      const mark = item.attributes.find(({ name }) => /^__(?:maybe|always)_unused$/.test(name));
      return {
        name: item.name,
        nameSpot: { unit, span: item.nameSpan },
        headSpot: spot(item.start, headEnd(unit.image.text, item.start, item.bodySpan!.start)),
        spot: spot(item.start, item.end),
        ...functionRole(fn, facts, slots, domains),
        isStatic: item.isStatic,
        isInline: item.isInline,
        unusedMark: mark ? spot(mark.start, mark.end) : null,
        isReferenced: !item.isStatic || isReferenced(fn, program),
        ...facts,
      };
    });
  return { structs: structFacts(program), functions, fileLocks: fileLocks(program) };
}

function headEnd(text: string, start: number, body: number): number {
  return start + text.slice(start, body).trimEnd().length;
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
