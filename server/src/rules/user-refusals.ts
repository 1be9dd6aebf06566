/** Messages that user space brings about: what a function says when it refuses what it was asked for. */
import type { FunctionFact, LogFact } from '../iommu/index.js';

/** Whether it tells why a request of user space is refused, which that learns from the error. */
export function tellsOfRefusal(fn: FunctionFact, { kind, isConditional, returns }: LogFact): boolean {
  return fn.isFromUser && kind === 'print' && isConditional && REFUSALS.has(returns ?? '');
}

/** What a call answers to a request that makes no sense. */
const REFUSALS = new Set([
  '-EINVAL',
  '-EOPNOTSUPP',
  '-ENOTTY',
  '-E2BIG',
  '-ERANGE',
  '-EFAULT',
  '-ENOIOCTLCMD',
]);
