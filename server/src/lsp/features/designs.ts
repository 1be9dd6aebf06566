/** The reference designs, for an editor that opens them as documents. */
import { designCode, referenceDesigns } from '../../analysis/index.js';
import type { DesignCode, DesignCodeParams, DesignEntry } from '../../protocol/index.js';

export function designEntries(): DesignEntry[] {
  return referenceDesigns.map(({ id, title, story }) => ({ id, title, story }));
}

/** As code of the kernel, for such is reviewed: what a design includes comes with the tool, not with the document. */
export function designText({ id }: DesignCodeParams): DesignCode | null {
  if (!referenceDesigns.some((each) => each.id === id)) return null;
  return { text: designCode(id).replace('#include "../kernel.h"', '#include <linux/iommu.h>') };
}
