/** Functions that are told which PASID or which range they are about, and act on more or on something else. */
import type { Bodies, Body } from '../body.js';
import { nodesIn } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const GIVEN_KEYS: OddityReader = {
  own: [ignoredPasids],
  around: [{ words: /iova/, read: rangesInOneFlag }],
};

/** Functions that give a domain, or an mm, to one PASID of a device. include/linux/iommu.h, 6.12: set_dev_pasid. */
const ATTACHES_PASID = /(?:attach|set|bind|replace)\w*_pasid$/;

/** A function that attaches to a PASID, does something, and never looks at the PASID that it is given. */
function ignoredPasids(body: Body): OddityFact[] {
  const { item } = body.fn;
  if (!ATTACHES_PASID.test(item.name) || item.missing.length > 0) return [];
  const pasid = item.parameters.find(
    ({ name, type }) => type.pointers === 0 && (type.base === 'ioasid_t' || /pasid/.test(name)),
  );
  if (!pasid || pasid.name === '' || !item.parameters.some(({ type }) => type.base === 'struct device'))
    return [];
  const nodes = nodesIn(body.block);
  if (nodes.some((node) => node.kind === 'name' && node.name === pasid.name)) return [];
  // What only refuses, or has nothing to do for any PASID, need not know which.
  const told = nodes.find((node) => node.kind === 'call' && node.args.some((arg) => isOfDevice(arg, body)));
  return told ? [oddity('pasid-ignored', body.spot(told), pasid.name, { other: item.name })] : [];
}

/** A device as the function was given it, passed on. */
function isOfDevice(arg: { readonly kind: string; readonly name?: string }, body: Body): boolean {
  return (
    arg.kind === 'name' &&
    body.fn.item.parameters.some(
      ({ name, type }) => name === arg.name && type.base === 'struct device' && type.pointers === 1,
    )
  );
}

/** `domain->tracking = enable;` in a function that was told to switch it for a range. */
function rangesInOneFlag(body: Body, bodies: Bodies): OddityFact[] {
  const { parameters } = body.fn.item;
  const range = parameters.filter(
    ({ name, type }) => type.pointers === 0 && /^(?:iova|size|length|len)$/.test(name),
  );
  if (range.length < 2 || !range.some(({ name }) => name === 'iova')) return [];
  const domains = parameters.filter(({ type }) => type.pointers === 1 && bodies.domains.has(type.base));
  const flags = parameters.filter(({ type }) => type.pointers === 0 && type.base === 'bool');
  return body.reading.nodes.flatMap((node) => {
    if (node.kind !== 'assign' || node.operator !== '=' || node.target.kind !== 'member') return [];
    const { target, value } = node;
    const of = target.object.kind === 'name' ? target.object.name : null;
    if (!domains.some(({ name }) => name === of)) return [];
    if (value.kind !== 'name' || !flags.some(({ name }) => name === value.name)) return [];
    return [oddity('range-in-one-flag', body.spot(node), body.text(target), { other: value.name })];
  });
}
