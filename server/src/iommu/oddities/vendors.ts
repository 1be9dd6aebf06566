/** Code for all drivers that asks who has made the device. */
import { calledName } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const VENDORS: OddityReader = { own: [vendorsAsked] };

/** Files that serve all drivers. 6.12; drivers/vfio/vfio.c and vfio_pci.c of older kernels. */
const OF_ALL =
  /^(?:drivers\/iommu\/(?:iommu|dma-iommu|iova|io-pgfault|iommu-sva|iommu-sva-lib|iommu-sysfs|of_iommu)\.c|drivers\/iommu\/iommufd\/\w+\.c|drivers\/vfio\/(?:vfio\w*|container|group|iommufd)\.c|drivers\/vfio\/pci\/vfio_pci_core\.c|kernel\/dma\/\w+\.c)$/;

/** include/linux/of.h, property.h */
const ASKS = /^(?:of|fwnode)_(?:device|machine)_is_compatible$|^device_is_compatible$/;

function vendorsAsked(body: Body): OddityFact[] {
  if (!OF_ALL.test(body.fn.unit.image.path)) return [];
  return body.reading.nodes.flatMap((node) => {
    if (node.kind === 'call' && ASKS.test(calledName(node) ?? '')) {
      const compatible = node.args.find((arg) => arg.kind === 'literal');
      return compatible ? [oddity('vendor-asked', body.spot(node), body.text(compatible))] : [];
    }
    if (node.kind !== 'binary' || !/^[!=]=$/.test(node.operator)) return [];
    const vendor = [node.left, node.right].find(
      (side) => side.kind === 'name' && /^(?:PCI_VENDOR_ID|X86_VENDOR)_\w+$/.test(side.name),
    );
    return vendor ? [oddity('vendor-asked', body.spot(node), body.text(vendor))] : [];
  });
}
