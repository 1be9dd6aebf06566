/** The reference designs, for an editor that opens them as documents. */
import { designCode, referenceDesigns } from '../../analysis/index.js';
import type { DesignCode, DesignCodeParams, DesignEntry } from '../../protocol/index.js';

export function designEntries(): DesignEntry[] {
  return referenceDesigns.map(({ id, title, story }) => ({ id, title, story }));
}

export function designText({ id }: DesignCodeParams): DesignCode | null {
  return referenceDesigns.some((each) => each.id === id) ? { text: designCode(id) } : null;
}
