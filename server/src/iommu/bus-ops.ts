/** Where a function takes IOMMU operations from the bus of a device. */
import type { Body } from './body.js';
import { baseName } from './names.js';
import type { Spot } from './program.js';

/**
 * Reads of `iommu_ops` of the bus that a device sits on. Code that walks the
 * buses themselves has no device to ask, and code that is about to probe the
 * device cannot ask it: dev->iommu is made by the probe.
 */
export function busOpsIn(body: Body): Spot[] {
  const reads = body.flow.steps.flatMap(({ node }) => {
    if (node.kind !== 'member' || node.name !== 'iommu_ops') return [];
    const { object } = node;
    const isOfSomeBus = object.kind === 'member' && object.name === 'bus';
    const isBus = isOfSomeBus || body.scope.typeOf(object).base === 'struct bus_type';
    return isBus && (isOfSomeBus || body.isOfDevice(object)) && !isWritten(body, node) ? [node] : [];
  });
  if (reads.length === 0 || probesDevice(body)) return [];
  return reads.map((node) => body.spot(node));
}

function isWritten(body: Body, place: { start: number; end: number }): boolean {
  return body.stores.some(({ target }) => target.start === place.start && target.end === place.end);
}

/** Whether the function calls the driver's probe_device(), or makes the dev->iommu that dev_iommu_ops() needs. */
function probesDevice(body: Body): boolean {
  return (
    body.flow.steps.some(
      ({ node }) => node.kind === 'member' && /^(?:probe_device|probe_finalize|add_device)$/.test(node.name),
    ) ||
    body.stores.some(
      ({ target }) =>
        target.kind === 'member' &&
        target.name === 'iommu' &&
        body.scope.typeOf(target.object).base === 'struct device' &&
        body.devices.includes(baseName(target) ?? ''),
    )
  );
}
