/** Properties that an operation sets on the devices of a domain, without a word of it in the domain. */
import type { Body } from './body.js';
import type { PropertyFact } from './facts.js';
import { WALKS } from './kernel-api.table.js';
import { baseName } from './names.js';

/** A walk over devices that hang off a domain which was passed in, in a function that stores nothing in the domain. */
export function propertiesIn(body: Body): PropertyFact[] {
  const given = body.fn.item.parameters
    .filter(({ type }) => type.pointers === 1 && body.domains.has(type.base))
    .map(({ name }) => name);
  if (given.length === 0) return [];
  const names = new Set(given);
  for (const name of body.scope.names) {
    const { base, pointers } = body.scope.typeOfName(name);
    const isIt = pointers === 1 && body.domains.has(base);
    if (isIt && given.some((each) => body.values.areSame(each, name))) names.add(name);
  }
  const isStored = body.stores.some(
    ({ target }) => target.kind === 'member' && names.has(baseName(target) ?? ''),
  );
  if (isStored) return [];
  return body.flow.walks.flatMap((walk) => {
    const list = walk.args[WALKS.get(walk.form)?.container ?? -1];
    if (!list || !names.has(baseName(list) ?? '')) return [];
    return [
      { spot: body.spot({ start: walk.start, end: walk.end }), list: body.text(list), domain: given[0]! },
    ];
  });
}
