/** The reference designs, for an editor that opens them as documents. They are loaded with the parser, when asked for. */
import type { DesignCode, DesignCodeParams, DesignEntry } from '../../protocol/index.js';

export async function designEntries(): Promise<DesignEntry[]> {
  const { referenceDesigns } = await import('../../analysis/index.js');
  return referenceDesigns.map(({ id, title, story }) => ({ id, title, story }));
}

/** As code of the kernel, for such is reviewed: what a design includes comes with the tool, not with the document. */
export async function designText({ id }: DesignCodeParams): Promise<DesignCode | null> {
  const { designCode, referenceDesigns } = await import('../../analysis/index.js');
  if (!referenceDesigns.some((each) => each.id === id)) return null;
  return { text: designCode(id).replace('#include "../kernel.h"', '#include <linux/iommu.h>') };
}
