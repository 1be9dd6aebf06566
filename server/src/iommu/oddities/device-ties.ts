/** What ops tie to a device: groups that they hand out, and domains that remember one of their devices. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { namesIn } from '../names.js';
import { pointsTo } from '../scope.js';
import { assignmentsIn, ifsIn } from '../shapes.js';
import { slotOf } from './attach.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const DEVICE_TIES: OddityReader = {
  own: [onlyForTheirDevice],
  around: [
    { words: /group/, read: groupsHandedOut },
    { words: null, read: devicesRemembered },
  ],
};

/** A device_group op that returns a group which an object keeps, and takes no reference on it. */
function groupsHandedOut(body: Body, bodies: Bodies): OddityFact[] {
  const { item } = body.fn;
  if (!pointsTo(item.returns, 'struct iommu_group') || item.missing.length > 0) return [];
  if (slotOf(body.fn, bodies) !== 'device_group') return [];
  if (body.fn.words.called.has('iommu_group_ref_get') || body.fn.words.called.has('kobject_get')) return [];
  // Of an object that is not shown the name has to tell.
  const kept = (value: Expression): boolean => {
    if (value.kind !== 'member') return false;
    const type = body.scope.typeOf(value);
    return pointsTo(type, 'struct iommu_group') || (type.base === '' && /group$/.test(value.name));
  };
  const fromMember = new Set(
    assignmentsIn(body).flatMap(({ target, value }) => (kept(value) ? [target] : [])),
  );
  const fromCall = new Set(
    assignmentsIn(body).flatMap(({ target, value }) => (value.kind === 'call' ? [target] : [])),
  );
  return body.flow.returns.flatMap(({ value }) => {
    const name = value.kind === 'name' ? value.name : null;
    const isKept = kept(value)
      ? !fromCall.has(body.values.plain(value))
      : name !== null && fromMember.has(name) && !fromCall.has(name);
    return isKept ? [oddity('group-handed-out', body.spot(value), body.text(value))] : [];
  });
}

/** A struct pci_dev or platform_device as a parameter of which nothing but `&pdev->dev` is used. */
function onlyForTheirDevice(body: Body): OddityFact[] {
  const { item } = body.fn;
  if (item.missing.length > 0) return [];
  return item.parameters.flatMap((parameter) => {
    const { name, type } = parameter;
    if (name === '' || type.pointers !== 1 || !/^struct (?:pci_dev|platform_device)$/.test(type.base))
      return [];
    const all = body.reading.nodes.filter((node) => node.kind === 'name' && node.name === name);
    const devices = body.reading.nodes.filter(
      (node) =>
        node.kind === 'unary' &&
        node.operator === '&' &&
        node.operand.kind === 'member' &&
        node.operand.name === 'dev' &&
        node.operand.object.kind === 'name' &&
        node.operand.object.name === name,
    );
    if (all.length === 0 || all.length !== devices.length) return [];
    const { start, end } = parameter;
    const spot = { unit: body.fn.unit, span: { start, end } };
    return [oddity('only-its-device', spot, name, { other: type.base })];
  });
}

const ATTACHES = new Set(['attach_dev', 'set_dev_pasid']);

/** `domain->dev = dev;` in an attach op that does not ask whether there is one already. */
function devicesRemembered(body: Body, bodies: Bodies): OddityFact[] {
  if (body.devices.length === 0 || !ATTACHES.has(slotOf(body.fn, bodies) ?? '')) return [];
  const domains = body.fn.item.parameters
    .filter(({ type }) => type.pointers === 1 && type.base === 'struct iommu_domain')
    .map(({ name }) => name);
  if (domains.length === 0) return [];
  const ofDomain = body.carried(domains, new Set(body.devices));
  return assignmentsIn(body).flatMap(({ node, value }) => {
    if (node.kind !== 'assign' || node.target.kind !== 'member' || !isDevice(value, body)) return [];
    const { target } = node;
    const object = target.object.kind === 'name' ? target.object.name : null;
    if (object === null || !ofDomain.has(object) || body.devices.includes(object)) return [];
    const { base, pointers } = body.scope.typeOf(target.object);
    if (pointers !== 1 || !bodies.domains.has(base)) return [];
    const text = body.values.plain(target);
    const isAsked = ifsIn(body).some(({ condition }) => body.values.plain(condition).includes(text));
    if (isAsked || namesIn(value).length !== 1) return [];
    return [oddity('device-in-domain', body.spot(node), body.text(target), { other: body.text(value) })];
  });
}

/** A device as the op was given it, or the bus's own view of it. */
function isDevice(value: Expression, body: Body): boolean {
  if (value.kind === 'name') return body.devices.includes(value.name);
  const [only] = value.kind === 'call' ? value.args : [];
  return /^to_(?:pci_dev|platform_device)$/.test(calledName(value) ?? '') && !!only && isDevice(only, body);
}
