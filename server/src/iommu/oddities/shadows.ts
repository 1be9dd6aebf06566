/** A local with the name of a variable of the file: who adds the one may have meant the other. */
import type { VariableItem } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import type { Located } from '../program.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { piecesOf } from './pieces.js';

export const SHADOWS: OddityReader = { around: [{ words: null, read: shadowing }] };

function shadowing(body: Body, bodies: Bodies): OddityFact[] {
  const { program } = bodies;
  return body.reading.nodes.flatMap((node) => {
    if (node.kind !== 'declaration') return [];
    return node.declarators.flatMap(({ name, nameSpan }) => {
      const outer = program.variableNamed(name, body.fn.unit);
      if (!outer || outer.unit !== body.fn.unit || outer.item.isExtern) return [];
      // What is declared later is not in sight here.
      if (outer.item.start > body.span(node).start || isNamedByMacro(outer)) return [];
      const isSet = piecesOf(body, bodies).some((piece) =>
        piece.flow.steps.some(
          (step) => step.node.kind === 'assign' && piece.values.plain(step.node.target) === name,
        ),
      );
      if (!isSet) return [];
      const { start, end } = outer.item.nameSpan;
      const spot = { unit: outer.unit, span: { start, end } };
      return [
        oddity('shadowed-variable', spot, name, {
          other: body.fn.item.name,
          related: [{ spot: body.spot(nameSpan), message: 'the local' }],
        }),
      ];
    });
  });
}

/** `DEVICE_ATTR_RO(flags);` declares another name than it says. */
function isNamedByMacro({ unit, item }: Located<VariableItem>): boolean {
  return unit.image.text.slice(item.start, item.nameSpan.start).includes('(');
}
