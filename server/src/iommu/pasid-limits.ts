/** Numbers that stand for how many PASIDs there are. */
import { type AnyNode, calledName, type Expression } from '../syntax/index.js';
import type { Body } from './body.js';
import type { LateLimitFact, PasidLimitFact } from './facts.js';

const PASID = /pasid|ssid/i;
const TWENTY_BITS = /^(?:0x0*f{5}|0x0*100000|1048576|1048575)[ul]*$/i;
/** Allocators of numbers, and which argument is the limit. include/linux/ioasid.h (until 6.1), idr.h. */
const LIMITED: ReadonlyMap<string, number> = new Map([
  ['ioasid_alloc', 2],
  ['ida_alloc_max', 1],
  ['ida_alloc_range', 2],
  ['idr_alloc', 3],
  ['idr_alloc_cyclic', 3],
  ['iommu_sva_alloc_pasid', 2],
]);

/** `1 << 20`, `BIT(20)`, `GENMASK(19, 0)`, 0xfffff, and these less one. */
function isTwentyBits(value: Expression): boolean {
  switch (value.kind) {
    case 'literal':
      return TWENTY_BITS.test(value.text);
    case 'binary': {
      const { operator, left, right } = value;
      if (operator === '<<') return isNumber(left, '1') && isNumber(right, '20');
      return operator === '-' && isNumber(right, '1') && isTwentyBits(left);
    }
    case 'call': {
      const name = calledName(value);
      const [first, second] = value.args;
      if (name === 'BIT' || name === 'BIT_ULL') return first !== undefined && isNumber(first, '20');
      return name === 'GENMASK' && first !== undefined && second !== undefined && isNumber(first, '19');
    }
    default:
      return false;
  }
}

function isNumber(value: Expression, number: string): boolean {
  return value.kind === 'literal' && value.text.replace(/[ul]+$/i, '') === number;
}

/** Places where twenty bits are assumed for a PASID: assigned to, compared with, or given as the limit of one. */
export function pasidLimitsIn(body: Body): PasidLimitFact[] {
  const found: PasidLimitFact[] = [];
  const add = (node: AnyNode, value: Expression, of: Expression): void => {
    if (isTwentyBits(value) && PASID.test(lastWord(body.text(of))))
      found.push({ spot: body.spot(node), text: body.text(value) });
  };
  for (const node of body.reading.nodes) {
    if (node.kind === 'assign') add(node, node.value, node.target);
    if (node.kind === 'binary' && /^[<>]=?$/.test(node.operator)) add(node, node.right, node.left);
    const at = LIMITED.get(calledName(node) ?? '');
    const limit = node.kind === 'call' && at !== undefined ? node.args[at] : undefined;
    if (limit && isTwentyBits(limit) && PASID.test(body.text(node)))
      found.push({ spot: body.spot(limit), text: body.text(limit) });
  }
  return found;
}

/** `max_pasids` of `iommu->iommu.max_pasids`. */
const lastWord = (text: string): string => /\w+$/.exec(text.trim())?.[0] ?? '';

/** Stores of a limit of PASIDs of a device in what the core keeps of it. */
export function latePasidLimitsIn(body: Body): LateLimitFact[] {
  return body.stores.flatMap(({ node, target, targetText }) => {
    const isLimit = target.kind === 'member' && PASID.test(target.name) && LIMIT.test(target.name);
    return isLimit && CORE.has(body.scope.typeOf(target.object).base)
      ? [{ spot: body.spot(node), target: targetText }]
      : [];
  });
}

const LIMIT = /(?:^|_)(?:max|min|nr|num|bits|width)(?:_|$)/;
/** include/linux/iommu.h: what the core keeps of a device and of an IOMMU. */
const CORE: ReadonlySet<string> = new Set(['struct dev_iommu', 'struct iommu_device']);
