/** Scenarios with something varied in their world, by name, and why some things cannot be varied in some. */
import {
  type Act,
  bind,
  DEVICES,
  type DeviceName,
  type DeviceRow,
  exit,
  type ProcessName,
  type Scenario,
  tryToBind,
  unbind,
} from './scenario.js';
import { SCENARIOS } from './scenarios.table.js';
import { VARIANTS, type Variant, type WorldChange } from './variants.table.js';

/** A scenario, or what is wrong with its name: after "because". */
export type NamedScenario =
  | { readonly kind: 'scenario'; readonly scenario: Scenario; readonly base: Scenario }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unfit'; readonly why: string };

/** Between the name of a scenario and that of what is varied in it. */
const PLUS = '+';

export const isVaried = (name: string): boolean => name.includes(PLUS);

/** The name of a scenario without what is varied in it. */
export const baseNameOf = (name: string): string => name.split(PLUS)[0]!;

/** The same object for the same name: what was prepared for it is found again. */
const known = new Map<string, NamedScenario>();

/** `bind-bind`, or `bind-bind+failures+two-iommus`: in whatever order, it is one scenario. */
export function scenarioNamed(name: string): NamedScenario {
  let found = known.get(name);
  if (!found) {
    found = named(name);
    if (found.kind !== 'unknown') known.set(name, found);
  }
  return found;
}

function named(name: string): NamedScenario {
  const [id = '', ...wanted] = name.split(PLUS);
  const base = SCENARIOS.find((each) => each.id === id);
  if (!base || wanted.some((each) => !VARIANTS.some((variant) => variant.id === each)))
    return { kind: 'unknown' };
  const chosen = VARIANTS.filter((each) => wanted.includes(each.id));
  const canonical = [id, ...chosen.map((each) => each.id)].join(PLUS);
  if (canonical !== name) return scenarioNamed(canonical);
  let scenario = base;
  for (const variant of chosen) {
    const why = whyNot(scenario, variant.change);
    if (why !== null) return { kind: 'unfit', why };
    scenario = varied(scenario, variant);
  }
  return { kind: 'scenario', scenario, base };
}

/** What can be varied in a scenario, and is or is not; of the others, why they cannot. */
export interface OfferedVariant {
  readonly id: string;
  readonly title: string;
  readonly isOn: boolean;
  /** The name of the scenario with this one switched the other way; null when it cannot be. */
  readonly other: string | null;
  /** Why it cannot; empty when it can. */
  readonly why: string;
}

export function offeredVariants(name: string): OfferedVariant[] {
  const [id = '', ...on] = name.split(PLUS);
  return VARIANTS.map((variant): OfferedVariant => {
    const isOn = on.includes(variant.id);
    const ids = isOn ? on.filter((each) => each !== variant.id) : [...on, variant.id];
    const other = [id, ...VARIANTS.map((each) => each.id).filter((each) => ids.includes(each))].join(PLUS);
    const answer = scenarioNamed(other);
    const why = answer.kind === 'unfit' ? answer.why : '';
    return {
      id: variant.id,
      title: variant.title,
      isOn,
      other: answer.kind === 'scenario' ? other : null,
      why,
    };
  });
}

// ---- what a change comes to

type Part = Pick<Scenario, 'before' | 'beside' | 'after'>;

const actsOf = ({ before, beside, after }: Part): Act[] => [
  ...before,
  ...Object.values(beside).flat(),
  ...after,
];

const devicesIn = (scenario: Scenario): Set<DeviceName> =>
  new Set(actsOf(scenario).flatMap((act) => ('device' in act ? [act.device] : [])));

/** Before the process ends, or at the end of what is done one after the other. */
const isSequential = ({ before, after }: Scenario, mm: ProcessName): boolean =>
  [...before, ...after].some((act) => act.do === 'exit' && act.mm === mm);

function whyNot(scenario: Scenario, change: WorldChange): string | null {
  switch (change.do) {
    case 'let calls fail':
      return scenario.faults ? 'in this scenario they do already' : null;
    case 'set':
      return Object.entries(change.options).every(
        ([name, value]) => scenario.world[name as keyof Scenario['world']] === value,
      )
        ? 'in this scenario it is so already'
        : whyPointless(scenario, change.options);
    case 'replace':
      return whyNotReplaced(scenario, change.devices);
    case 'add a device':
      return whyNotAdded(scenario, change.device);
    case 'add a process':
      return whyNoProcess(scenario);
  }
}

function whyPointless(scenario: Scenario, options: Partial<Scenario['world']>): string | null {
  if (options.drains === false && !actsOf(scenario).some((act) => act.do === 'fault'))
    return 'no device asks for a page in this scenario';
  const instances = new Set([...devicesIn(scenario)].map((device) => DEVICES[device].iommu));
  if (options.driver && instances.size < 2) return 'all devices stand behind one IOMMU';
  return null;
}

function whyNotReplaced(scenario: Scenario, devices: Partial<Record<DeviceName, DeviceName>>): string | null {
  const there = devicesIn(scenario);
  const missing = (Object.keys(devices) as DeviceName[]).filter((device) => !there.has(device));
  if (missing.length > 0) return `the scenario is not about ${Object.keys(devices).join(' and ')}`;
  const groups = new Set(Object.values(devices).map((device) => DEVICES[device].group));
  if (takes(scenario) && groups.size < Object.keys(devices).length)
    return 'a driver takes a PASID of one device alone, and a group has each for all its devices';
  const taken = Object.values(devices).filter((device) => there.has(device));
  return taken.length > 0 ? `${taken.join(' and ')} is there already` : null;
}

/** Whether one process more would take a PASID that the scenario counts on. */
function countsPasids(scenario: Scenario): boolean {
  const isNarrow = ({ pasids }: DeviceRow): boolean => pasids > 0 && pasids <= FEW_PASIDS;
  return takes(scenario) || [...devicesIn(scenario)].some((device) => isNarrow(DEVICES[device]));
}

const FEW_PASIDS = 16;

const takes = (scenario: Scenario): boolean => actsOf(scenario).some((act) => act.do === 'take');

function whyNotAdded(scenario: Scenario, device: DeviceName): string | null {
  if (devicesIn(scenario).has(device)) return `${device} is there already`;
  const first = firstBind(scenario);
  if (!first) return 'no process binds a device in it';
  if (!isSequential(scenario, first.mm))
    return `${first.mm} ends beside others, who must not use a bond of it then`;
  const exits = indexOfExit(scenario.before, first.mm);
  const isGone = exits >= 0 && exits < scenario.before.indexOf(first);
  return isGone ? `${first.mm} has ended before the device is bound` : null;
}

function whyNoProcess(scenario: Scenario): string | null {
  if (!firstBind(scenario)) return 'no process binds a device in it';
  if (countsPasids(scenario)) return 'it is about the number that the PASID of a process has';
  if (freeProcess(scenario) === null) return 'all processes of the world have a part in it';
  return null;
}

type Bind = Extract<Act, { do: 'bind' }>;

function firstBind(scenario: Scenario): Bind | null {
  return actsOf(scenario).find((act): act is Bind => act.do === 'bind') ?? null;
}

function freeProcess(scenario: Scenario): ProcessName | null {
  const taken = new Set(
    actsOf(scenario).flatMap((act) => [
      ...('mm' in act ? [act.mm] : []),
      ...('child' in act ? [act.child] : []),
    ]),
  );
  return (['M1', 'M2', 'M3', 'M4'] as const).find((mm) => !taken.has(mm)) ?? null;
}

const indexOfExit = (acts: readonly Act[], mm: ProcessName): number =>
  acts.findIndex((act) => act.do === 'exit' && act.mm === mm);

function varied(scenario: Scenario, { id, story, change }: Variant): Scenario {
  return {
    ...scenario,
    ...changed(scenario, change),
    id: `${scenario.id}${PLUS}${id}`,
    story: `${scenario.story} ${story}`,
  };
}

function changed(scenario: Scenario, change: WorldChange): Partial<Scenario> {
  const { world } = scenario;
  switch (change.do) {
    case 'let calls fail':
      return { faults: true, world: { ...world, operationsFail: true } };
    case 'set':
      return { world: { ...world, ...change.options } };
    case 'replace':
      return replaced(scenario, change.devices, change.mayBeRefused);
    case 'add a device': {
      const { mm } = firstBind(scenario)!;
      return withBond(scenario, bind(ADDED_BOND, change.device, mm), mm);
    }
    case 'add a process': {
      const first = firstBind(scenario)!;
      const mm = freeProcess(scenario)!;
      return withBond(scenario, tryToBind(ADDED_PROCESS_BOND, first.device, mm), mm);
    }
  }
}

/** Handles that no scenario has. */
const ADDED_BOND = 'more';
const ADDED_PROCESS_BOND = 'other';

function replaced(
  scenario: Scenario,
  devices: Readonly<Partial<Record<DeviceName, DeviceName>>>,
  mayBeRefused: boolean,
): Partial<Scenario> {
  const act = (each: Act): Act => {
    const moved = 'device' in each ? { ...each, device: devices[each.device] ?? each.device } : each;
    return mayBeRefused && moved.do === 'bind' && moved.wants === 'success'
      ? { ...moved, wants: 'either' }
      : moved;
  };
  return {
    before: scenario.before.map(act),
    beside: Object.fromEntries(Object.entries(scenario.beside).map(([who, acts]) => [who, acts.map(act)])),
    after: scenario.after.map(act),
    ...(mayBeRefused ? { reaches: ['a bind returns'] as const } : {}),
  };
}

/** One bond more: made after the first bind, undone before its process ends. */
function withBond(
  { before, beside, after }: Scenario,
  made: Act,
  mm: ProcessName,
): Pick<Scenario, 'before' | 'after'> {
  const at = before.findIndex((act) => act.do === 'bind') + 1 || before.length;
  const begun = [...before.slice(0, at), made, ...before.slice(at)];
  const undone = unbind((made as Bind).as);
  const inAfter = indexOfExit(after, mm);
  if (inAfter >= 0) return { before: begun, after: inserted(after, inAfter, undone) };
  const inBefore = indexOfExit(begun, mm);
  if (inBefore >= 0) return { before: inserted(begun, inBefore, undone), after };
  const ends = [undone, exit(mm)];
  return after.length > 0 || Object.keys(beside).length > 0
    ? { before: begun, after: [...after, ...ends] }
    : { before: [...begun, ...ends], after };
}

function inserted(acts: readonly Act[], at: number, act: Act): Act[] {
  return [...acts.slice(0, at), act, ...acts.slice(at)];
}
