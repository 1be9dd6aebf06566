/** Domains that come out of a container which belongs to no single device, and go to a device. */
import { contains } from '../base/index.js';
import type { Bodies, Body } from './body.js';
import { choicesAbout, decisionsAbout } from './decisions.js';
import type { ReuseFact } from './facts.js';
import type { Lookup } from './lookups.js';
import { baseName, namesIn } from './names.js';
import type { Spot } from './program.js';
import type { Store } from './values.js';

/** The domains that the function finds and hands to a device of its caller's. */
export function reusesIn(body: Body, lookups: readonly Lookup[], bodies: Bodies): ReuseFact[] {
  const device = body.devices[0];
  if (device === undefined) return [];
  return lookups.flatMap((lookup): ReuseFact[] => {
    const { result } = lookup;
    if (lookup.finds !== 'domain' || lookup.container.isOfDevice || lookup.keyIsOfDevice) return [];
    if (lookup.isIndirect && lookup.finderTakesDevice) return [];
    const handedOut =
      result === null ? returnedAtOnce(body, lookup) : handsOut(body, result, lookup.place.start);
    if (!handedOut) return [];
    const here =
      result === null ? [] : decisionsAbout(body, result, body.devices).map((each) => body.spot(each));
    const decisions = here.length > 0 ? here : decisionsOfCallers(body, bodies);
    return [{ lookup, device, handedOut, decisions }];
  });
}

/** `return find_domain(mm);` */
function returnedAtOnce(body: Body, { place }: Lookup): Spot | null {
  const found = body.flow.returns.find(({ value }) => contains(value, place) && value.kind !== 'binary');
  return found && body.domains.has(body.fn.item.returns.base) ? body.spot(found) : null;
}

/** Where what `result` names is returned, written through an out parameter, or stored in something of the device. */
function handsOut(body: Body, result: string, from: number): Spot | null {
  const returned = body.flow.returns.find(
    ({ value, start }) => start > from && body.values.mayBe(value, result),
  );
  if (returned) return body.spot(returned);
  const stored = body.stores.find(
    (store) => store.node.start > from && body.values.mayBe(store.value, result) && isForDevice(body, store),
  );
  return stored ? body.spot(stored.node) : null;
}

/** `*out = domain`, `master->domain = domain`, and `handle->domain = domain` where `handle->dev = dev` stands beside it. */
function isForDevice(body: Body, { target }: Store): boolean {
  const base = baseName(target);
  if (base === null || target.kind === 'name') return false;
  if (target.kind === 'unary') return target.operator === '*' && body.parameterAt(base) >= 0;
  if (body.isOfDevice(target)) return true;
  return body.stores.some(
    (other) =>
      other.target.kind === 'member' &&
      baseName(other.target) === base &&
      namesIn(other.value).some((name) => body.devices.includes(name)),
  );
}

/** Who calls may weigh what he got against the device that he gave. */
function decisionsOfCallers(body: Body, bodies: Bodies): Spot[] {
  const { name, parameters } = body.fn.item;
  return bodies.program.callersOf(body.fn).flatMap((fn): Spot[] => {
    const caller = bodies.of(fn);
    return caller.callsOf(name).flatMap((call): Spot[] => {
      const result = caller.values.resultOf(call);
      const devices = call.args.flatMap((arg, at) =>
        parameters[at] && body.devices.includes(parameters[at].name) ? namesIn(arg) : [],
      );
      return result === null ? [] : choicesAbout(caller, result, devices).map((each) => caller.spot(each));
    });
  });
}
