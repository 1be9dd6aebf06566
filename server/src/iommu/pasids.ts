/** Where the PASID of an mm is read, and where PASIDs are stored. */
import { calledName, type Expression } from '../syntax/index.js';
import type { Bodies, Body } from './body.js';
import { fieldKind } from './field-kinds.js';
import { PASID_OF_MM } from './kernel-api.table.js';
import { namesIn } from './names.js';
import type { Spot } from './program.js';
import { pointsTo } from './scope.js';
import { leavesOf } from './values.js';

/** Where a value was read out of an mm: in itself, or in the assignment to the variable that it is. */
export function pasidReadIn(value: Expression, body: Body, bodies: Bodies): Spot | null {
  if (readsPasid(value, body, bodies)) return body.spot(value);
  if (value.kind !== 'name') return null;
  let found: Spot | null = null;
  for (const node of body.reading.nodes) {
    if (node.kind === 'declaration') {
      const reads = node.declarators.some(
        ({ name, initial }) => name === value.name && initial && readsPasid(initial, body, bodies),
      );
      if (reads) found ??= body.spot(node);
    } else if (node.kind === 'assign' && node.target.kind === 'name' && node.target.name === value.name) {
      if (readsPasid(node.value, body, bodies)) found ??= body.spot(node);
    }
  }
  return found;
}

/** `mm->pasid`, `mm->iommu_mm->pasid`, or a function that returns one. */
function readsPasid(value: Expression, body: Body, bodies: Bodies, depth = 0): boolean {
  return leavesOf(value).some((leaf) => {
    if (leaf.kind === 'member')
      return fieldKind(body.scope.typeOf(leaf), leaf.name) === 'pasid' && isReachedFromMm(leaf.object, body);
    const name = calledName(leaf);
    if (name === null || leaf.kind !== 'call') return false;
    const at = PASID_OF_MM.get(name);
    if (at !== undefined) return leaf.args[at] !== undefined;
    if (leaf.args.length !== 1 || !pointsTo(body.scope.typeOf(leaf.args[0]!), 'struct mm_struct'))
      return false;
    const callee = depth < 2 ? bodies.called(name, body) : null;
    return (
      callee?.flow.returns.some(({ value: back }) => readsPasid(back, callee, bodies, depth + 1)) ?? false
    );
  });
}

function isReachedFromMm(object: Expression, body: Body): boolean {
  if (pointsTo(body.scope.typeOf(object), 'struct mm_struct')) return true;
  return leavesOf(object).some((leaf) => leaf.kind === 'member' && isReachedFromMm(leaf.object, body));
}

/** Stores of a PASID into a member. */
export function keptPasids(body: Body, bodies: Bodies): { struct: string; field: string; spot: Spot }[] {
  return body.stores.flatMap(({ node, target, value }) => {
    if (target.kind !== 'member') return [];
    const isPasid =
      readsPasid(value, body, bodies) || fieldKind(body.scope.typeOf(target), target.name) === 'pasid';
    if (!isPasid || namesIn(value).every((name) => /^[A-Z_]+$/.test(name))) return [];
    const struct = body.scope.typeOf(target.object).base;
    return [{ struct, field: target.name, spot: body.spot(node) }];
  });
}
