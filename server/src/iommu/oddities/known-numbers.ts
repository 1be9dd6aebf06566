/** The numbers that constant expressions of a function are, as far as the files at hand define their parts. */
import { constantIn, DeclarationsOf } from '../../ir/index.js';
import type { Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import type { Program } from '../program.js';

/** The number; null for what is no constant, or has a part that is not known. */
export function numberIn(body: Body, bodies: Bodies, node: Expression): bigint | null {
  const declarations = bodies.program.surroundings.known(declarationsOf, bodies.program);
  return constantIn(body.fn.unit.c, node, declarations);
}

function declarationsOf({ units }: Program): DeclarationsOf {
  return new DeclarationsOf(units.map(({ image, c }) => ({ path: image.path, file: c })));
}
