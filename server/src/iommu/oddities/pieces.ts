/** A function that hunks show in several parts: the parts belong together, and what lies between them is not known. */
import type { Bodies, Body } from '../body.js';

/** All that is shown of the function of a body, in the order of the file; the body alone where it is shown whole. */
export function piecesOf(body: Body, bodies: Bodies): readonly Body[] {
  const { item, unit } = body.fn;
  if (item.missing.length === 0) return [body];
  return bodies.program
    .definitionsIn(unit)
    .filter((fn) => fn.item.name === item.name && !fn.item.missing.includes('name'))
    .sort((a, b) => a.item.start - b.item.start)
    .map((fn) => bodies.of(fn));
}
