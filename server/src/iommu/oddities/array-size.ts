/** How large the arrays of structs are, as far as their declarations say. */
import type { Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';

/** Whether a member is declared with a size between brackets. */
export function isArrayOfSize(
  body: Body,
  { program }: Bodies,
  member: Extract<Expression, { kind: 'member' }>,
): boolean {
  const struct = program.structNamed(body.scope.typeOf(member.object).base, body.fn.unit);
  const field = struct?.fields.find(({ item }) => item.name === member.name);
  if (!field) return false;
  const { start, end } = field.item;
  return /\[\s*\w/.test(field.unit.image.text.slice(start, end));
}
