/** Casts of a pointer to one struct to a pointer to another that has nothing to do with it. */
import type { Body } from './body.js';
import type { StructCastFact } from './facts.js';
import type { Program, Unit } from './program.js';

const isStruct = (base: string): boolean => base.startsWith('struct ');

export function structCastsIn(body: Body, program: Program): StructCastFact[] {
  return body.reading.nodes.flatMap((node): StructCastFact[] => {
    if (node.kind !== 'cast' || node.type.pointers !== 1 || !isStruct(node.type.base)) return [];
    const { base, pointers } = body.scope.typeOf(node.operand);
    const to = node.type.base;
    if (pointers !== 1 || !isStruct(base) || base === to) return [];
    const { unit } = body.fn;
    if (areVariants(base, to)) return [];
    if (isPartOf(program, unit, base, to) || isPartOf(program, unit, to, base)) return [];
    return [{ spot: body.spot(node), from: base, to, operand: body.text(node.operand) }];
  });
}

/** `struct acpi_dmar_header` and `struct acpi_dmar_satc`: a header and what it may be the head of, whose definitions need not be at hand. */
function areVariants(a: string, b: string): boolean {
  const family = (struct: string): string => /^struct ([a-z0-9]+)/.exec(struct)?.[1] ?? '';
  return family(a) === family(b) || /_(?:header|hdr|head|base|common)$/.test(a);
}

/** Whether `part` is a member of `whole` by value, at whatever depth: such a cast goes between the two ends of one object. */
function isPartOf(program: Program, unit: Unit, part: string, whole: string, depth = 0): boolean {
  if (depth > 3) return false;
  const fields = program.structNamed(whole, unit)?.fields ?? [];
  return fields.some(
    ({ item: { type } }) =>
      type.pointers === 0 &&
      isStruct(type.base) &&
      (type.base === part || isPartOf(program, unit, part, type.base, depth + 1)),
  );
}
