/** How much of the code under review can be brought into the IR: the measure of what the front end understands. */
import { LineIndex, type Span } from '../base/index.js';
import type { Unit } from '../iommu/index.js';
import { type Declarations, DeclarationsOf, lower, opaqueReasons } from '../ir/index.js';
import { directoryOf } from '../tree/index.js';

export interface Lowered {
  /** Function definitions. */
  readonly functions: number;
  /** Those lowered without an opaque instruction. */
  readonly whole: number;
  /** Why others were not, by count. */
  readonly reasons: ReadonlyMap<string, number>;
}

/** Lowers every function of the input: of a file that a patch was applied to, those that the patch shows. */
export function lowerAll(units: readonly Unit[]): Lowered {
  const reasons = new Map<string, number>();
  const declarations = new Map<string, Declarations>();
  let functions = 0;
  let whole = 0;
  for (const { c, image, isReviewed } of units) {
    if (!isReviewed) continue;
    const folder = directoryOf(image.path);
    const around = declarations.get(folder) ?? declarationsAround(folder, units);
    declarations.set(folder, around);
    const isShown = shownIn(image);
    for (const item of c.items) {
      if (item.kind !== 'function' || item.bodySpan === null || !isShown(item)) continue;
      functions++;
      const why = opaqueReasons(lower(c, item, around));
      if (why.length === 0 && c.errorsIn(item).length === 0) whole++;
      for (const reason of why) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
  }
  return { functions, whole, reasons };
}

/** Whether any line of a span is in the input. */
function shownIn(image: Unit['image']): (span: Span) => boolean {
  if (image.basis !== 'applied') return () => true;
  const index = new LineIndex(image.text);
  return ({ start, end }) =>
    image.lines.slice(index.lineAt(start), index.lineAt(end) + 1).some(({ rawLine }) => rawLine !== null);
}

/** Headers first, the folder's own before others'; of other folders no C file, since static names collide. */
function declarationsAround(folder: string, units: readonly Unit[]): Declarations {
  const isHeader = ({ image }: Unit): boolean => image.path.endsWith('.h');
  const isHere = ({ image }: Unit): boolean => directoryOf(image.path) === folder;
  const ordered = [
    ...units.filter((unit) => isHeader(unit) && isHere(unit)),
    ...units.filter((unit) => isHeader(unit) && !isHere(unit)),
    ...units.filter((unit) => !isHeader(unit) && isHere(unit)),
  ];
  return new DeclarationsOf(ordered.map(({ image, c }) => ({ path: image.path, file: c })));
}
