/** Headers that a series brings in, and C files of it that use what is in them without including them. */
import { calledName } from '../syntax/index.js';
import { isAddedAt } from '../tree/index.js';
import type { Bodies } from './body.js';
import { isIncludeOf, type Program, type Spot, type Unit } from './program.js';

export interface MissingIncludeFact {
  /** The call. */
  readonly spot: Spot;
  readonly function: string;
  readonly called: string;
  /** Path of the header that declares it and is new. */
  readonly header: string;
}

/**
 * The first call in each file of what only such a header declares. It is told for certain: nothing but a line that the
 * series adds can include a header that was not there.
 */
export function missingIncludes(bodies: Bodies): MissingIncludeFact[] {
  const { program } = bodies;
  const headers = program.units.filter(
    ({ isReviewed, image }) => isReviewed && image.path.endsWith('.h') && isNewFile(image),
  );
  return headers.flatMap((header) => {
    const names = declaredBy(header, program);
    const isIncluded = (unit: Unit): boolean =>
      unit.c.items.some(({ kind, name }) => kind === 'include' && isIncludeOf(name, header.image.path));
    // What other headers include reaches files by ways that hunks do not show.
    if (names.size === 0 || program.units.some((unit) => unit.image.path.endsWith('.h') && isIncluded(unit)))
      return [];
    const files = program.units.filter(
      ({ isReviewed, image }) => isReviewed && image.path.endsWith('.c') && image.basis !== 'whole-file',
    );
    return files.flatMap((unit): MissingIncludeFact[] => {
      if (program.unitsAt(unit.image.path).some(isIncluded)) return [];
      for (const fn of program.definitionsIn(unit))
        for (const node of bodies.of(fn).reading.nodes) {
          const called = calledName(node);
          if (called === null || !names.has(called) || !isAddedAt(unit.image, node.start)) continue;
          const spot: Spot = { unit, span: node };
          return [{ spot, function: fn.item.name, called, header: header.image.path }];
        }
      return [];
    });
  });
}

/** Whether a patch brings all of it. */
function isNewFile({ lines, standIns, basis }: Unit['image']): boolean {
  return (
    basis !== 'whole-file' &&
    standIns.length === 0 &&
    lines[0]?.line === 1 &&
    // Behind the last line of a file that is put together with its tree stands an empty one.
    lines
      .slice(0, -1)
      .every(({ isAdded, line, followsRemoval }) => (isAdded && !followsRemoval) || line === null)
  );
}

/** Functions that it alone brings: those that it declares or defines, and those of its trace events. */
function declaredBy({ c, image }: Unit, program: Program): ReadonlySet<string> {
  const events = [...image.text.matchAll(EVENT)].map(([, name]) => `trace_${name}`);
  const functions = c.items.flatMap((item) =>
    item.kind === 'function' &&
    program.functionsNamed(item.name).every(({ unit }) => unit.image.path === image.path)
      ? [item.name]
      : [],
  );
  return new Set([...events, ...functions]);
}

/** `DEFINE_EVENT(class, name, …)`, `TRACE_EVENT(name, …)`. include/linux/tracepoint.h, 6.12. */
const EVENT = /^(?:TRACE_EVENT|DEFINE_EVENT)\w*\(\s*(?:\w+\s*,\s*)?(\w+)\s*,/gm;
