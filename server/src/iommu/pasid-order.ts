/** PASIDs that a function gives back before what uses them is taken down. */
import { calledName, type Expression } from '../syntax/index.js';
import type { Body } from './body.js';
import type { EarlyFreeFact } from './facts.js';

/** Functions that give a PASID back, and which argument it is. include/linux/ioasid.h (until 6.1), iommu.h. */
const FREES: ReadonlyMap<string, number> = new Map([
  ['ioasid_free', 0],
  ['ioasid_put', 0],
  ['iommu_free_global_pasid', 0],
]);
const TAKES_DOWN =
  /(?:^|_)(?:unbind|detach|remove|flush|drain|teardown|tear_down|clear|invalidate|disable)(?:_|$)/;

export function pasidsFreedEarlyIn(body: Body): EarlyFreeFact[] {
  const calls = body.flow.steps.flatMap(({ node, under }) => (node.kind === 'call' ? [{ node, under }] : []));
  return calls.flatMap(({ node, under }): EarlyFreeFact[] => {
    const name = calledName(node);
    const pasid = node.args[FREES.get(name ?? '') ?? -1];
    if (name === null || !pasid) return [];
    const text = body.values.plain(pasid);
    const later = calls.find(
      (each) =>
        each.node.start > node.end &&
        // In the same branch as the first, or in one that both come to.
        each.under.every((condition) => under.includes(condition)) &&
        TAKES_DOWN.test(nameOf(each.node)) &&
        each.node.args.some((arg) => body.values.plain(arg) === text),
    );
    const leaves = body.flow.returns.some(
      ({ start }) => start > node.end && later && start < later.node.start,
    );
    if (!later || leaves) return [];
    return [
      { spot: body.spot(node), call: name, later: body.spot(later.node), laterCall: nameOf(later.node) },
    ];
  });
}

function nameOf(call: Extract<Expression, { kind: 'call' }>): string {
  return call.callee.kind === 'member' ? call.callee.name : (calledName(call) ?? '');
}
