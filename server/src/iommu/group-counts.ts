/** Where the number of devices in a group is taken for isolation. */
import { contains } from '../base/index.js';
import { calledName, type Expression } from '../syntax/index.js';
import { Bodies, type Body } from './body.js';
import type { GroupCountFact } from './facts.js';
import type { Program, Spot } from './program.js';

/** drivers/iommu/iommu.c: counts the list of a group's devices. */
const COUNTS = new Set(['iommu_group_device_count']);
const COMPARES = new Set(['==', '!=', '>', '<=', '>=', '<']);

/** Comparisons of that number, or of another that the group has, with one. */
export function groupCountsIn(body: Body): GroupCountFact[] {
  const counted = new Set<string>();
  for (const node of body.reading.nodes) {
    if (node.kind === 'assign' && node.target.kind === 'name' && COUNTS.has(calledName(node.value) ?? ''))
      counted.add(node.target.name);
    if (node.kind === 'declaration')
      for (const { name, initial } of node.declarators)
        if (initial && COUNTS.has(calledName(initial) ?? '')) counted.add(name);
  }
  const isCount = (value: Expression): boolean =>
    COUNTS.has(calledName(value) ?? '') || (value.kind === 'name' && counted.has(value.name));
  const kept: Expression[] = [
    ...body.stores.filter(({ target }) => target.kind === 'member').map(({ value }) => value),
    ...body.flow.returns.map(({ value }) => value),
  ];
  const fact = (node: Expression, counts: GroupCountFact['counts'] = 'devices'): GroupCountFact => ({
    spot: body.spot(node),
    counts,
    isKept: kept.some((each) => contains(each, node)),
  });
  return body.reading.nodes.flatMap((node) => {
    if (node.kind === 'binary' && COMPARES.has(node.operator)) {
      const isOne = node.right.kind === 'literal' && node.right.text === '1';
      if (!isOne) return [];
      if (isCount(node.left)) return [fact(node)];
      return isOfGroup(node.left, body) ? [fact(node, 'claims')] : [];
    }
    if (calledName(node) !== 'list_is_singular' || node.kind !== 'call') return [];
    const [list] = node.args;
    const place = list?.kind === 'unary' ? list.operand : list;
    return place && isOfGroup(place, body) ? [fact(node)] : [];
  });
}

/** Where one of some functions, or what they call, asks whether its group has been claimed once; null when none does. */
export function claimTest(
  program: Program,
  names: ReadonlySet<string>,
): { readonly spot: Spot; readonly function: string } | null {
  const functions = program.units
    .filter(({ isReviewed }) => isReviewed)
    .flatMap((unit) => program.definitionsIn(unit));
  const reached = new Set(names);
  for (let size = -1; size < reached.size; ) {
    size = reached.size;
    for (const { item, words } of functions)
      if (reached.has(item.name)) for (const called of words.called) reached.add(called);
  }
  const bodies = new Bodies(program);
  for (const fn of functions.filter(({ item }) => reached.has(item.name))) {
    const found = groupCountsIn(bodies.of(fn)).find(({ counts }) => counts === 'claims');
    if (found) return { spot: found.spot, function: fn.item.name };
  }
  return null;
}

function isOfGroup(place: Expression, body: Body): boolean {
  return place.kind === 'member' && body.scope.typeOf(place.object).base === 'struct iommu_group';
}
