/** Where a patch goes by which version of the hardware it is. */
import type { Expression } from '../syntax/index.js';
import { isAddedAt } from '../tree/index.js';
import type { Bodies } from './body.js';
import type { Spot } from './program.js';
import { atomsOf } from './shapes.js';

export interface VersionTestsFact {
  /** `version` */
  readonly member: string;
  readonly places: readonly { readonly spot: Spot; readonly function: string; readonly text: string }[];
}

/** Members that say which hardware it is. */
const VERSION =
  /^(?:(?:hw|ip|soc|chip|core|mmu|smmu|iommu)_?)?(?:version|ver|rev|revision|gen|generation)$|^(?:hw|soc|chip|ip|m4u)_?(?:type|model|plat|id|variant)$|^(?:model|variant|plat)$/;

/** By struct and member, what the reviewed patches add. */
export function versionTests(bodies: Bodies): VersionTestsFact[] {
  const groups = new Map<string, { member: string; places: VersionTestsFact['places'][number][] }>();
  for (const unit of bodies.program.units) {
    if (!unit.isReviewed || unit.image.basis === 'whole-file' || !unit.image.path.endsWith('.c')) continue;
    for (const fn of bodies.program.definitionsIn(unit)) {
      if (!fn.words.match(VERSION)) continue;
      const body = bodies.of(fn);
      const seen = new Set<number>();
      for (const { condition } of body.flow.decisions) {
        for (const atom of atomsOf(condition)) {
          const subject = versionIn(atom);
          const spot = body.spot(atom);
          if (!subject || seen.has(atom.start) || !isAddedAt(unit.image, spot.span.start)) continue;
          seen.add(atom.start);
          const { base } = body.scope.typeOf(subject.object);
          const key = `${base} ${subject.name}`;
          const group = groups.get(key) ?? { member: subject.name, places: [] };
          groups.set(key, group);
          group.places.push({ spot, function: fn.item.name, text: body.text(atom) });
        }
      }
    }
  }
  return [...groups.values()];
}

/** The member that is compared with a constant, or switched by. */
function versionIn(atom: Expression): Extract<Expression, { kind: 'member' }> | null {
  if (atom.kind === 'member') return VERSION.test(atom.name) && !/id$/.test(atom.name) ? atom : null;
  if (atom.kind !== 'binary' || !['==', '!=', '<', '>', '<=', '>='].includes(atom.operator)) return null;
  const { left, right } = atom;
  const isConstant =
    right.kind === 'literal' || (right.kind === 'name' && /^[A-Z][A-Z0-9_]+$/.test(right.name));
  return left.kind === 'member' && isConstant && VERSION.test(left.name) ? left : null;
}
