/** Functions that run once for each thing a device does: interrupts, faults, page requests, buffers that come back. */
import type { KnownFunction, Program } from './program.js';
import type { References } from './references.js';

/** Names of those that are given one event. */
const NAMED =
  /(?:^|_)(?:handle|report)_(?:\w+_)?(?:evt|event|events|fault|faults|prq|ppr|page_req|page_request|iopf|gerror)(?:$|_)|(?:evt|event|evtq|evtlog|fault|prq|ppr|priq|prq_event|iopf)_(?:handler|thread|irq|isr|done|cb)$|(?:^|_)poll_(?:\w+_)?(?:events?|ppr|log)(?:_log)?$/;

/** Those that put such a handler in its place, or take it away. */
const SETS_UP = /register|(?:^|_)(?:set|setup|init|request|free|alloc|add|remove|enable|disable|exit)(?:_|$)/;

/** What a handler of page faults is given for each of them. include/linux/iommu.h (5.3 to 6.12). */
const OF_FAULT = /^struct (?:iommu_fault|iommu_fault_event|iopf_fault|iopf_group)$/;

/** include/linux/iommu.h: iommu_fault_handler_t (6.12) */
function isFaultHandler({ parameters, returns }: KnownFunction['item']): boolean {
  const types = parameters.map(({ type }) => `${type.base}${'*'.repeat(type.pointers)}`);
  return (
    returns.base === 'int' && types.join() === 'struct iommu_domain*,struct device*,unsigned long,int,void*'
  );
}

/** Whether a device has it called, as often as it likes, by what its head says. */
export function isEventHandler({ item, words }: KnownFunction): boolean {
  if (words.called.has('__ratelimit')) return false;
  const [first] = item.parameters;
  // include/linux/virtio.h: vq_callback_t (6.12)
  const isOfVirtqueue =
    item.parameters.length === 1 &&
    first?.type.base === 'struct virtqueue' &&
    first.type.pointers === 1 &&
    item.returns.base === 'void';
  if (item.parameters.some(({ type }) => type.pointers === 1 && OF_FAULT.test(type.base))) return true;
  if (isFaultHandler(item)) return true;
  return (
    (item.returns.base === 'irqreturn_t' && item.returns.pointers === 0) ||
    isOfVirtqueue ||
    (NAMED.test(item.name) && !SETS_UP.test(item.name))
  );
}

/** Whether it is one, or nothing but such functions calls it. */
export function runsForEvents(
  fn: KnownFunction,
  program: Program,
  references: References,
  depth = 2,
): boolean {
  if (isEventHandler(fn)) return true;
  const { item, words } = fn;
  if (depth === 0 || !item.isStatic || item.missing.length > 0 || words.called.has('__ratelimit'))
    return false;
  if (references.hasAddressTaken(fn) || references.isPasted(fn)) return false;
  // Of a function that was there the hunks may not show all callers.
  if (fn.unit.image.basis === 'hunks' && references.wasThere(fn.unit, item.name)) return false;
  const callers = program.callersOf(fn).filter((each) => each !== fn);
  return (
    callers.length > 0 && callers.every((caller) => runsForEvents(caller, program, references, depth - 1))
  );
}
