/** What a function takes out of a member, to be the only one who has it, and then does nothing with. */
import type { Body } from '../body.js';
import { fateOf } from '../fates.js';
import { assignmentsIn, isNull } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const TAKEN_OUT: OddityReader = { own: [takenAndLost] };

/** `old = toy->link; toy->link = NULL;`, and nobody reads `old`. */
function takenAndLost(body: Body): OddityFact[] {
  const assignments = assignmentsIn(body);
  const cleared = assignments.filter(({ value, target }) => isNull(value) && target.includes('->'));
  if (cleared.length === 0) return [];
  return assignments.flatMap(({ node, target, value }) => {
    if (node.kind !== 'assign' || value.kind !== 'member' || !body.scope.isLocal(target)) return [];
    if (body.scope.typeOfName(target).pointers !== 1) return [];
    const member = body.values.plain(value);
    const clear = cleared.find((each) => each.target === member && each.at.start > node.end);
    const fate = clear ? fateOf(body, node) : null;
    // What takes its place may be the next of a walk.
    if (!clear || !fate || fate.isRead || fate.replacedBy.length > 0) return [];
    return [
      oddity('taken-and-lost', body.spot(node), target, {
        other: member,
        related: [{ spot: body.spot(clear.at), message: 'nobody finds it there any more' }],
      }),
    ];
  });
}
