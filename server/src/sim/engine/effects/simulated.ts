/** What the simulated drivers and scenarios tell the machine, and the monitors of the IOMMU that look at it. */
import { ERRNO, errnoName, PRIMITIVES } from '../../kernel/index.js';
import { ErrorValue, type MemoryObject, Pointer, resolve, type Value } from '../../model/index.js';
import { nameOf } from '../access.js';
import { type Entry, keyOf, type ScenarioCall } from '../hardware.js';
import { Journal } from '../journal.js';
import type { Machine } from '../machine.js';
import { type Action, breach, numberOf, objectOf, whereInCode } from './hardware-calls.js';
import { MAPPING_ACTIONS } from './mapping.js';
import { argument, type EffectOf, type PrimitiveCall } from './perform.js';

export function simulated(machine: Machine, { what }: EffectOf<'simulated'>, call: PrimitiveCall): Value {
  return ACTIONS[what](machine, call);
}

const ACTIONS: { readonly [What in EffectOf<'simulated'>['what']]: Action } = {
  ...MAPPING_ACTIONS,
  begin(machine, call) {
    machine.hardware.calls.set(machine.task.number, {
      what: textOf(argument(call, 0)),
      device: objectOf(call, 1),
      mm: objectOf(call, 2),
      choices: machine.choices.length,
      before: new Map(machine.hardware.entries),
      refusals: 0,
      isAsked: false,
      isForeign: false,
    });
    machine.task.leftAt = null;
    return 0n;
  },
  end(machine, call) {
    const current = currentCall(machine);
    if (current) checkCall(machine, current, argument(call, 0), wantedOf(argument(call, 1)));
    machine.hardware.calls.delete(machine.task.number);
    return 0n;
  },
  member(machine, call) {
    const [group, device] = [objectOf(call, 0), objectOf(call, 1)];
    const pasids = numberOf(argument(call, 3));
    if (group && device)
      machine.hardware.members.push({ group, device, instance: objectOf(call, 2), pasids });
    return 0n;
  },
  made(machine, call) {
    const domain = resolve(argument(call, 0));
    if (!(domain instanceof Pointer)) return 0n;
    const known = machine.hardware.domains.get(domain.object);
    if (known) known.instance = objectOf(call, 1);
    else
      machine.hardware.domains.set(domain.object, { instance: objectOf(call, 1), by: currentCall(machine) });
    return 0n;
  },
  program(machine, call) {
    const device = objectOf(call, 0);
    const domain = resolve(argument(call, 2));
    if (!device || !(domain instanceof Pointer)) return 0n;
    const entry = { device, pasid: numberOf(argument(call, 1)), domain, at: whereInCode(machine) };
    checkProgrammed(machine, entry, objectOf(call, 3));
    machine.hardware.program(entry);
    machine.recorder?.hardware(
      machine,
      (naming) =>
        `${naming(device)} has ${nameOf(domain.object, naming(domain.object))} for PASID ${entry.pasid}`,
    );
    return 0n;
  },
  block(machine, call) {
    const device = objectOf(call, 0);
    if (!device) return 0n;
    const pasid = numberOf(argument(call, 1));
    machine.hardware.block(device, pasid);
    machine.recorder?.hardware(machine, (naming) => `${naming(device)} is blocked for PASID ${pasid}`);
    return 0n;
  },
  asked(machine) {
    const current = currentCall(machine);
    if (current) current.isAsked = true;
    return 0n;
  },
  refuse(machine) {
    const current = currentCall(machine);
    if (current) current.refusals++;
    return 0n;
  },
  suits(machine, call) {
    const pair = pairOf(call);
    if (pair) machine.hardware.suits.set(pair, numberOf(argument(call, 2)) !== 0n);
    return 0n;
  },
  taken(machine, call) {
    checkAgreed(machine, call);
    return 0n;
  },
  prepare(machine, call) {
    machine.hardware.isPreparing = numberOf(argument(call, 0)) !== 0n;
    return 0n;
  },
  foreign(machine, call) {
    const device = objectOf(call, 0);
    breach(machine, 'OWN', `gives ${device?.words ?? 'a device'} to an operation of another driver`);
    const current = currentCall(machine);
    if (current) current.isForeign = true;
    return 0n;
  },
  domain(machine, call) {
    const device = objectOf(call, 0);
    const entry = device && machine.hardware.domainOf(device, numberOf(argument(call, 1)));
    return entry ? entry.domain : 0n;
  },
  pasid(machine, call) {
    const device = objectOf(call, 0);
    return (device && machine.hardware.of(device)[0]?.pasid) || 0n;
  },
  ask(machine, call) {
    machine.hardware.requests.set(requestOf(call), { at: machine.site, by: machine.task });
    machine.task.isOfRequest = true;
    return 0n;
  },
  answer(machine, call) {
    if (machine.hardware.requests.delete(requestOf(call)))
      machine.hardware.reached.add('a page request is answered');
    else breach(machine, 'NORESP', 'answers a page request that is not out');
    return 0n;
  },
  gone(_machine, call) {
    const mm = objectOf(call, 0);
    if (mm) _machine.races.freed(_machine, mm);
    if (mm) mm.state = 'freed';
    if (mm) mm.freedAt = whereInCode(_machine);
    return 0n;
  },
  open(_machine, call) {
    const place = resolve(argument(call, 0));
    const size = Number(numberOf(argument(call, 1)));
    if (place instanceof Pointer) place.object.refill(place.key, size || -1, 'unknown');
    return 0n;
  },
  incapable(_machine, call) {
    objectOf(call, 0)?.refill(0, -1, 'numberless');
    return 0n;
  },
  heap(_machine, call) {
    const object = objectOf(call, 0);
    if (object) object.lifetime = 'given';
    return 0n;
  },
  alike(machine, call) {
    const [one, other] = [objectOf(call, 0), objectOf(call, 1)];
    if (one && other) machine.alike.join(one, other);
    return 0n;
  },
  mark(machine, call) {
    machine.hardware.journal ??= new Journal();
    machine.hardware.journal.mark(textOf(argument(call, 0)), machine.choices.length);
    return 0n;
  },
};

function currentCall(machine: Machine): ScenarioCall | null {
  return machine.hardware.calls.get(machine.task.number) ?? null;
}

/** What must come of a call: `success`, `either`, or the only error number that is right. */
type Wanted = 'success' | 'either' | number;

function wantedOf(value: Value): Wanted {
  const known = Number(BigInt.asIntN(32, numberOf(value)));
  return known < 0 ? -known : known === 1 ? 'success' : 'either';
}

/** The text of a string literal that a scenario gives. */
function textOf(value: Value): string {
  const known = resolve(value);
  return known instanceof Pointer ? known.object.words.replace(/^"|"$/g, '') : '';
}

/** A device and a domain, as a key. */
function pairOf(call: PrimitiveCall): string | null {
  const [device, domain] = [objectOf(call, 0), objectOf(call, 1)];
  return device && domain ? `${device.id}.${domain.id}` : null;
}

/** INC2: attaching answers what the other operation said. That memory ran out says nothing of either. */
function checkAgreed(machine: Machine, call: PrimitiveCall): void {
  const pair = pairOf(call);
  const said = pair === null ? undefined : machine.hardware.suits.get(pair);
  const status = BigInt.asIntN(32, numberOf(argument(call, 2)));
  const words = objectOf(call, 0)?.words ?? 'a device';
  if (said === false && status === 0n)
    breach(machine, 'INC2', `attaches ${words} to a domain that does not fit it, as its driver has said`);
  if (said === true && status === -BigInt(ERRNO.EINVAL))
    breach(machine, 'INC2', `cannot attach ${words} to a domain that fits it, as its driver has said`);
}

function requestOf(call: PrimitiveCall): string {
  return `${objectOf(call, 0)?.id ?? 0}.${numberOf(argument(call, 1))}`;
}

function checkProgrammed(machine: Machine, entry: Entry, instance: MemoryObject | null): void {
  const { device, domain, pasid } = entry;
  const made = machine.hardware.domains.get(domain.object);
  const current = currentCall(machine);
  if (made?.instance && instance && made.instance !== instance)
    breach(machine, 'INC', `gives ${device.words} a domain that was made for another instance`);
  const mm = made?.by?.mm;
  if (mm && current?.mm && mm !== current.mm)
    breach(machine, 'XMM', `binds ${device.words} to the address space of another process`);
  const pasids = machine.hardware.member(device)?.pasids;
  // 0 is what a device sends without a PASID: any domain but that of a process may be there.
  const isOut = pasid === 0n ? mm !== null && mm !== undefined : pasids !== undefined && pasid >= pasids;
  if (isOut) breach(machine, 'PASIDRANGE', `gives ${device.words} PASID ${pasid}, which it does not have`);
}

/** FREEATT: a domain goes while a device has it. Its page table goes with it. */
export function checkDomainFreed(machine: Machine, object: MemoryObject): void {
  machine.hardware.translations.drop(object);
  for (const { domain, device, pasid, at } of machine.hardware.entries.values())
    if (domain.object === object)
      breach(machine, 'FREEATT', `frees a domain that ${device.words} has for PASID ${pasid}`, [
        { site: at, words: 'it was attached here' },
      ]);
}

/** PASIDFREE: a number is given back while devices have a domain for it. */
export function checkPasidFreed(machine: Machine, pasid: bigint): void {
  for (const { device, at } of machine.hardware.withPasid(pasid))
    breach(machine, 'PASIDFREE', `frees PASID ${pasid}, for which ${device.words} still has a domain`, [
      { site: at, words: 'it was attached here' },
    ]);
}

/** NORESP: requests that nobody answered when all is over. */
export function checkAnswered(machine: Machine): void {
  for (const { at, by } of machine.hardware.requests.values())
    machine.report('NORESP', 'a page request is never answered', [], { site: by.leftAt ?? at });
}

function checkCall(machine: Machine, current: ScenarioCall, result: Value, wanted: Wanted): void {
  const errno = failureOf(result);
  if (current.device && current.mm) machine.hardware.reached.add('a bind returns');
  if (errno === null) {
    checkGiven(machine, current, result);
    checkSuccess(machine, current);
    if (typeof wanted === 'number')
      breach(machine, 'ERRNO', `${current.what} succeeds where it must give ${errnoName(wanted)}`);
  } else checkFailure(machine, current, errno, wanted);
}

/** The error number of a result, positive; 0 for NULL; null for success. */
function failureOf(result: Value): bigint | null {
  const known = resolve(result);
  if (known instanceof ErrorValue) return known.errno === null ? 0n : -known.errno;
  if (known === 0n) return 0n;
  if (typeof known !== 'bigint') return null;
  const number = BigInt.asIntN(64, known);
  return number < 0n && number >= -4095n ? -number : null;
}

function checkFailure(machine: Machine, current: ScenarioCall, errno: bigint, wanted: Wanted): void {
  checkUnchanged(machine, current);
  const faults = machine.choices
    .slice(current.choices)
    .filter(({ kind, taken }) => kind === 'fault' && taken > 0);
  noteRefusal(machine, current, faults.length === 0);
  const name = errno === 0n ? 'NULL' : errnoName(Number(errno));
  // Who hands out numbers may have run out of them.
  const isOutOfNumbers =
    errno === BigInt(ERRNO.ENOSPC) && faults.some(({ meanings }) => givesNumbers(meanings[1]!));
  if (faults.length === 1 && errno !== BigInt(ERRNO.ENOMEM) && errno !== 0n && !isOutOfNumbers)
    breach(machine, 'ERRNO', `gives ${name} where memory ran out`, [
      { site: faults[0]!.site!, words: faults[0]!.meanings[1]! },
    ]);
  // That a driver was given what is not its own has been told, and that it fails follows from it.
  if (faults.length > 0 || wanted === 'either' || current.isForeign) return;
  if (typeof wanted === 'number') {
    if (errno !== BigInt(wanted))
      breach(machine, 'ERRNO', `${current.what} gives ${name} where it must give ${errnoName(wanted)}`);
  } else if (current.refusals > 0)
    breach(machine, 'INC', `${current.what} fails: one domain did not fit the device, and no other is tried`);
  else breach(machine, 'ERRNO', `${current.what} gives ${name} where it must succeed`);
}

function noteRefusal({ hardware }: Machine, { device, mm }: ScenarioCall, isByItself: boolean): void {
  if (!device || !mm || !isByItself) return;
  hardware.reached.add('a bind is refused');
  if (hardware.of(device).some(({ domain }) => !hardware.domains.get(domain.object)?.by?.mm))
    hardware.reached.add('a PASID is taken');
}

/** Whether what failed, as `ida_alloc_range() fails`, hands out numbers. */
function givesNumbers(failure: string): boolean {
  return PRIMITIVES.get(/^\w*/.exec(failure)![0])?.effect.do === 'ids';
}

/** HALF: what the devices had before the call they have after it. */
function checkUnchanged(machine: Machine, { device, before, what }: ScenarioCall): void {
  if (!device) return;
  const group = new Set(machine.hardware.groupOf(device).map((each) => each.device));
  for (const [key, entry] of machine.hardware.entries)
    if (group.has(entry.device) && before.get(key)?.domain.object !== entry.domain.object)
      breach(
        machine,
        'HALF',
        `${what} fails and leaves ${entry.device.words} attached for PASID ${entry.pasid}`,
        [{ site: entry.at, words: 'it was attached here' }],
      );
}

/** A domain that a caller is given to attach: made for such a device, and for that process. */
function checkGiven(machine: Machine, current: ScenarioCall, result: Value): void {
  const known = resolve(result);
  const made = known instanceof Pointer ? machine.hardware.domains.get(known.object)?.by : null;
  const { device, mm } = current;
  const { hardware } = machine;
  // Its caller attaches the device to it.
  if (made) hardware.reached.add('a device is attached');
  if (!made?.device || !device || made === current) return;
  const isElsewhere = hardware.member(made.device)?.instance !== hardware.member(device)?.instance;
  if (isElsewhere && !current.isAsked)
    breach(
      machine,
      'INC',
      `hands out for ${device.words} the domain that was made for ${made.device.words}, behind another instance: nobody asked whether it fits`,
    );
  if (made.mm !== mm)
    breach(
      machine,
      'XMM',
      `hands out for ${mm?.words ?? 'a process'} the domain of ${made.mm?.words ?? 'another'}`,
    );
}

/** What attaches all of a device, and for no process, leaves its whole group with one domain. */
function checkAttached(machine: Machine, what: string, device: MemoryObject): void {
  const own = machine.hardware.domainOf(device, 0n);
  if (!own) breach(machine, 'NOTDONE', `${what} succeeds and attaches nothing`);
  for (const member of own ? machine.hardware.groupOf(device) : [])
    if (machine.hardware.domainOf(member.device, 0n)?.domain.object !== own!.domain.object)
      breach(
        machine,
        'HALFOK',
        `${what} succeeds, but ${member.device.words} of the same group has no such domain`,
      );
}

function checkSuccess(machine: Machine, { what, device, mm }: ScenarioCall): void {
  if (device && !mm && what.startsWith('attach ')) checkAttached(machine, what, device);
  if (!device || !mm || !/bind|attach/.test(what) || /unbind|detach/.test(what)) return;
  const own = machine.hardware
    .of(device)
    .filter(({ domain }) => machine.hardware.domains.get(domain.object)?.by?.mm === mm);
  if (own.length === 0) {
    const others = machine.hardware.of(device);
    if (others.length === 0) breach(machine, 'NOTDONE', `${what} succeeds and attaches nothing`);
    else breach(machine, 'XMM', `${what} leaves the device with a domain of another process`);
  }
  for (const { pasid, domain } of own)
    for (const member of machine.hardware.groupOf(device)) {
      const theirs = machine.hardware.entries.get(keyOf(member.device, pasid));
      if (member.pasids > 0n && theirs?.domain.object !== domain.object)
        breach(
          machine,
          'HALFOK',
          `${what} succeeds, but ${member.device.words} of the same group has no such domain`,
        );
    }
}
