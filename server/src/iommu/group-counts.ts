/** Where the number of devices in a group is taken for isolation. */
import { contains } from '../base/index.js';
import { calledName, type Expression } from '../syntax/index.js';
import type { Body } from './body.js';
import type { GroupCountFact } from './facts.js';

/** drivers/iommu/iommu.c: counts the list of a group's devices. */
const COUNTS = new Set(['iommu_group_device_count']);
const COMPARES = new Set(['==', '!=', '>', '<=', '>=', '<']);

/** Comparisons of that number with one. */
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
  const fact = (node: Expression): GroupCountFact => ({
    spot: body.spot(node),
    isKept: kept.some((each) => contains(each, node)),
  });
  return body.reading.nodes.flatMap((node) => {
    if (node.kind === 'binary' && COMPARES.has(node.operator)) {
      const isOne = node.right.kind === 'literal' && node.right.text === '1';
      return isOne && isCount(node.left) ? [fact(node)] : [];
    }
    if (calledName(node) !== 'list_is_singular' || node.kind !== 'call') return [];
    const [list] = node.args;
    const place = list?.kind === 'unary' ? list.operand : list;
    const isGroup = place?.kind === 'member' && body.scope.typeOf(place.object).base === 'struct iommu_group';
    return isGroup ? [fact(node)] : [];
  });
}
