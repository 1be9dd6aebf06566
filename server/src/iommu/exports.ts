/** What files give to modules. */
import { isAddedAt } from '../tree/index.js';
import type { Program, Spot } from './program.js';
import { isTakenOut } from './references.js';

export interface ExportFact {
  readonly name: string;
  /** Whether it is for modules under the GPL alone. */
  readonly isGpl: boolean;
  /** Whether the file has, or the patch takes out, an export for modules of any licence that was there before. */
  readonly isCustom: boolean;
  /** The macro that exports it, without its arguments. */
  readonly spot: Spot;
}

/** Exports that patches bring into C files, of what was no export before. */
export function exportFacts({ units }: Program): ExportFact[] {
  return units
    .filter(
      ({ isReviewed, image }) => isReviewed && image.basis !== 'whole-file' && image.path.endsWith('.c'),
    )
    .flatMap((unit) => {
      const isCustom =
        unit.c.items.some((item) => item.name === 'EXPORT_SYMBOL' && !isAddedAt(unit.image, item.start)) ||
        unit.image.removed.some((line) => line.startsWith('EXPORT_SYMBOL('));
      return unit.c.items.flatMap((item): ExportFact[] => {
        const [name] = item.kind === 'invocation' ? item.args : [];
        if (!/^EXPORT_SYMBOL/.test(item.name) || name === undefined || !isAddedAt(unit.image, item.start))
          return [];
        if (isTakenOut(unit.image, name)) return [];
        const span = { start: item.start, end: item.start + item.name.length };
        return [{ name, isGpl: item.name.includes('GPL'), isCustom, spot: { unit, span } }];
      });
    });
}
