/** A tree for code that comes without one: its files as they stand, and the few structures of the core that drivers reach into. */
import type { Unit } from '../iommu/index.js';
import { TEXTS } from '../sim/worlds/index.js';
import { type SourceImage, SourceTree } from '../tree/index.js';

const HEADER = 'include/linux/iommu.h';

/** The types of the simulated kernel; what drivers see of the core since Linux 6.8. */
const TYPES = ['kernel.h', 'core-6.8.h', 'driver-types.h'];

/** Whether an image has all of its file: a file that a patch adds is as whole as one that is given. */
export function isWhole({ basis, lines }: SourceImage): boolean {
  return basis !== 'hunks' || lines.every(({ isAdded, line }) => isAdded || line === null);
}

/**
 * Null where no driver is shown whole: what a fragment does not show may be
 * what matters. Each file sees the header as if it included it at its end, so
 * that no place moves.
 */
export function loneTree(units: readonly Unit[]): SourceTree | null {
  const reviewed = units.filter(({ isReviewed }) => isReviewed);
  const whole = reviewed.filter(({ image }) => isWhole(image));
  if (!whole.some(({ image }) => /\biommu_domain_ops\b/.test(image.text))) return null;
  const texts = new Map<string, string>([[HEADER, TYPES.map((name) => TEXTS[name] ?? '').join('\n')]]);
  for (const { image } of whole) texts.set(image.path, `${image.text}\n#include <linux/iommu.h>\n`);
  return new SourceTree(null, texts);
}
