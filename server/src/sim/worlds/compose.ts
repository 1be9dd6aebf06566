/**
 * Writes a scenario as C: the devices and processes that it has, and a
 * function for each of those who act in it. What is run is this text, so a
 * trace of a scenario has lines like any other.
 */
import type { Span } from '../../base/index.js';
import { spellingOf } from '../../syntax/index.js';
import { givesDomain, type Kit, type Part, takesQueued, type Worker } from './kit.js';
import {
  type Act,
  DEVICES,
  type DeviceName,
  type DeviceRow,
  type IommuName,
  type ProcessName,
  type Scenario,
  type Wanted,
  type WorldOptions,
} from './scenario.js';

export const SCENARIO_FILE = 'simulated/scenario.c';

/** The names of the functions of one scenario, by when they run. */
export interface Cast {
  readonly setUp: string;
  /** Who acts beside whom, with the function for each. */
  readonly tasks: readonly { readonly who: string; readonly function: string }[];
  readonly tearDown: string | null;
  /** The part of `setUp` that only makes the world; what it does then is the story. */
  readonly making: Span;
}

export interface Composed {
  readonly text: string;
  readonly casts: ReadonlyMap<Scenario, Cast>;
}

/** One file for all of them: what they name they share, and each run begins anew. */
export function compose(scenarios: readonly Scenario[], kit: Kit): Composed {
  const acts = scenarios.flatMap(actsOf);
  const parts = scenarios.flatMap((scenario) => functionsOf(scenario, namesOf(scenario), kit));
  const requests = faultingOf(acts).flatMap((device) => requestsOf(device, kit));
  const head = ['/* What callers, processes and devices do, scenario by scenario. */', '#include "kernel.h"'];
  const text = [head.join('\n'), variablesOf(acts, kit).join('\n'), ...requests, ...parts].join('\n\n');
  const casts = scenarios.map((scenario): [Scenario, Cast] => {
    const names = namesOf(scenario);
    const start = text.indexOf(`static void ${names.setUp}(`);
    // Up to the one empty line of that function, or the one after it.
    return [scenario, { ...names, making: { start, end: text.indexOf('\n\n', start) } }];
  });
  return { text: `${text}\n`, casts: new Map(casts) };
}

const actsOf = ({ before, beside, after }: Scenario): Act[] => [
  ...before,
  ...Object.values(beside).flat(),
  ...after,
];

type Names = Omit<Cast, 'making'>;

function namesOf({ id, beside, after }: Scenario): Names {
  const name = id.replace(/\W/g, '_');
  return {
    setUp: `${name}_set_up`,
    tasks: Object.keys(beside).map((who) => ({ who, function: `${name}_${who}` })),
    tearDown: after.length > 0 ? `${name}_tear_down` : null,
  };
}

function functionsOf(scenario: Scenario, { setUp, tasks, tearDown }: Names, kit: Kit): string[] {
  const { before, beside, after, world, story } = scenario;
  const lines = (acts: readonly Act[]): string[] => acts.flatMap((act) => linesOf(act, kit));
  return [
    `/* ${story} */\n${functionOf(setUp, [...worldOf(world, actsOf(scenario), kit), ...(before.length > 0 ? [''] : []), ...lines(before)])}`,
    ...tasks.map((task) => functionOf(task.function, lines(beside[task.who]!))),
    ...(tearDown ? [functionOf(tearDown, lines(after))] : []),
  ];
}

function functionOf(name: string, lines: readonly string[]): string {
  return `static void ${name}(void)\n{\n${lines.map((line) => (line === '' ? '' : `\t${line}`)).join('\n')}\n}`;
}

// ---- what there is

const rowOf = (device: DeviceName): DeviceRow => DEVICES[device];
const lower = (name: string): string => name.toLowerCase();

/** The devices that are named, and all others of their groups. */
function devicesOf(acts: readonly Act[]): DeviceName[] {
  const named = acts.flatMap((act) => ('device' in act ? [act.device] : []));
  const groups = new Set(named.map((device) => rowOf(device).group));
  return (Object.keys(DEVICES) as DeviceName[]).filter((device) => groups.has(rowOf(device).group));
}

function processesOf(acts: readonly Act[]): ProcessName[] {
  return [...new Set(acts.flatMap((act) => ('mm' in act ? [act.mm] : []).concat(childOf(act))))].sort();
}

/** Those that are there from the start. */
function begunOf(acts: readonly Act[]): ProcessName[] {
  const children = acts.flatMap(childOf);
  return processesOf(acts).filter((mm) => !children.includes(mm));
}

/** The process that a fork makes. */
function childOf(act: Act): ProcessName[] {
  return act.do === 'fork' ? [act.child] : [];
}

function faultingOf(acts: readonly Act[]): DeviceName[] {
  return [...new Set(acts.flatMap((act) => (act.do === 'fault' ? [act.device] : [])))];
}

function handlesOf(acts: readonly Act[]): string[] {
  return [...new Set(acts.flatMap((act) => (act.do === 'bind' ? [act.as] : [])))];
}

/** Devices whose driver gives a PASID a domain of its own. */
function takingOf(acts: readonly Act[]): DeviceName[] {
  return unique(acts.flatMap((act) => (act.do === 'take' ? [act.device] : []))) as DeviceName[];
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];

function variablesOf(acts: readonly Act[], { bind, attach }: Kit): string[] {
  const devices = devicesOf(acts);
  const instances = instancesOf(devices);
  return [
    'static struct workqueue_struct *faults;',
    'static struct bus_type main_bus, other_bus;',
    ...instances.map((name) => `static struct model_iommu ${lower(name)};`),
    ...unique(devices.map((device) => rowOf(device).group)).map(
      (group) => `static struct iommu_group ${group};`,
    ),
    ...devices.flatMap((device) => [
      `static struct device ${lower(device)};`,
      ...(rowOf(device).iommu
        ? [
            `static struct dev_iommu ${lower(device)}_iommu;`,
            `static struct model_device ${lower(device)}_private;`,
            `static struct group_device ${lower(device)}_member;`,
          ]
        : []),
    ]),
    ...processesOf(acts).map((mm) => `static struct mm_struct ${lower(mm)};`),
    ...handlesOf(acts).map((handle) => `static ${spellingOf(bind.item.returns)}${variableOf(handle)};`),
    ...faultingOf(acts).map((device) => `static struct work_struct ${lower(device)}_requests;`),
    ...takingOf(acts).flatMap((device) => [
      `static struct iommu_domain *${lower(device)}_own;`,
      `static int ${lower(device)}_refusal;`,
      ...(takesHandle(attach) ? [`static ${HANDLE} ${lower(device)}_own_handle;`] : []),
    ]),
  ];
}

/** What holds the slot of a PASID, since 6.11. */
const HANDLE = 'struct iommu_attach_handle';

const takesHandle = (attach: Part | null): boolean => attach?.parameters.includes(`${HANDLE} *`) ?? false;

const variableOf = (handle: string): string => `bond_${handle}`;

const POLICIES = {
  strict: 'INSTANCE_CHECKED',
  lazy: 'INSTANCE_LAZY',
  shared: 'INSTANCE_SHARED',
  caps: 'INSTANCE_BY_FEATURES',
} as const;

/** A bit for each thing that an instance can do. */
const FEATURES: Readonly<Record<IommuName, number>> = { I1: 3, I2: 3, I3: 1, X1: 3 };

function worldOf(options: WorldOptions, acts: readonly Act[], { bind }: Kit): string[] {
  const devices = devicesOf(acts);
  const instances = instancesOf(devices);
  return [
    ...(options.pasidGoesWithUsers ? ['pasid_goes_with_users = true;'] : []),
    'main_bus.iommu_ops = &main_ops;',
    'other_bus.iommu_ops = &other_ops;',
    ...instances.map(
      (name) =>
        `start_iommu(&${lower(name)}, &${opsOf(name)}, ${POLICIES[options.driver]}, ${FEATURES[name]}, ${options.drains}, faults);`,
    ),
    ...unique(devices.filter((device) => rowOf(device).iommu).map((device) => rowOf(device).group)).map(
      (group) => `start_group(&${group});`,
    ),
    ...devices.flatMap((device) => startOf(device)),
    ...faultingOf(acts).map((device) => `start_requests(&${lower(device)});`),
    ...(options.isPartlyBound
      ? unique(devices.map((device) => rowOf(device).group)).map((group) => `${group}.owner_cnt = 1;`)
      : []),
    ...(options.operationsFail ? ['operations_fail = true;'] : []),
    ...(options.allocationGives === null
      ? []
      : ['allocation_is_odd = true;', `allocation_gives = ${options.allocationGives};`]),
    ...begunOf(acts).flatMap((mm, index) => [
      `start_mm(&${lower(mm)});`,
      // Whoever asks for a domain has given the process a PASID before.
      ...(givesDomain(bind) ? [`${lower(mm)}.pasid = ${options.pasidGoesWithUsers ? 1 : index + 1};`] : []),
    ]),
    ...faultingOf(acts).map((device) => `INIT_WORK(&${lower(device)}_requests, ${lower(device)}_asks);`),
  ];
}

function instancesOf(devices: readonly DeviceName[]): IommuName[] {
  return [...new Set(devices.flatMap((device) => rowOf(device).iommu ?? []))];
}

const isOther = (iommu: string): boolean => iommu.startsWith('X');
const opsOf = (iommu: string): string => (isOther(iommu) ? 'other_ops' : 'main_ops');
const busOf = (iommu: string | null): string => (iommu && isOther(iommu) ? 'other_bus' : 'main_bus');

function startOf(device: DeviceName): string[] {
  const { iommu, group, pasids } = rowOf(device);
  const name = lower(device);
  if (!iommu) return [`${name}.bus = &main_bus;`];
  return [
    `${name}_private.driver = &${isOther(iommu) ? 'other_driver' : 'main_driver'};`,
    `${name}_private.iommu = &${lower(iommu)};`,
    `start_device(&${name}, &${name}_iommu, &${busOf(iommu)}, &${lower(iommu)}.iommu, &${name}_private, ${pasids});`,
    `join_group(&${group}, &${name}_member, &${name}, ${pasids});`,
  ];
}

// ---- what is done

function linesOf(act: Act, kit: Kit): string[] {
  switch (act.do) {
    case 'bind':
      return bindLines(act, kit.bind);
    case 'take':
    case 'give back':
      return takingLines(act, kit);
    case 'unbind':
      return unbindLines(act.handle, kit.unbind);
    case 'exit':
      return [`mmput(&${lower(act.mm)});`];
    case 'fork':
      return [
        `fork_mm(&${lower(act.child)}, &${lower(act.mm)});`,
        ...(kit.fork ? [`${kit.fork.name}(&${lower(act.child)});`] : []),
      ];
    case 'grab':
    case 'drop':
      return [`mm${act.do}(&${lower(act.mm)});`];
    case 'fault':
      return takesRequests(kit) ? [`queue_work(faults, &${lower(act.device)}_requests);`] : [];
  }
}

function bindLines(act: Extract<Act, { do: 'bind' }>, part: Part): string[] {
  const [device, mm, handle] = [lower(act.device), lower(act.mm), variableOf(act.as)];
  const args = part.parameters.map((type) => argumentOf(type, device, mm));
  const what = givesDomain(part)
    ? `domain for ${act.device} and ${act.mm}`
    : `bind of ${act.device} to ${act.mm}`;
  return [
    `simulated_begin("${what}", &${device}, &${mm});`,
    `${handle} = ${part.name}(${args.join(', ')});`,
    `simulated_end(${handle}, ${WANTED[act.wants]});`,
  ];
}

/** As the machine is told it: success, either, or the only error number. */
const WANTED: Readonly<Record<Wanted, string>> = {
  success: '1',
  either: '0',
  EBUSY: '-EBUSY',
  ENODEV: '-ENODEV',
};

function takingLines(act: Extract<Act, { do: 'take' | 'give back' }>, { attach, detach }: Kit): string[] {
  if (!attach || !detach) return [];
  const device = lower(act.device);
  const own = `${device}_own`;
  const call = ({ name, parameters }: Part): string => {
    const more = parameters.slice(3).map((type) => (type === `${HANDLE} *` ? `&${own}_handle` : 'NULL'));
    return `${name}(${[own, `&${device}`, `${act.pasid}`, ...more].join(', ')})`;
  };
  const what = `domain of its driver for PASID ${act.pasid} of ${act.device}`;
  return act.do === 'take'
    ? [
        `${own} = own_domain(&${device});`,
        `simulated_begin("${what}", &${device}, NULL);`,
        `${device}_refusal = ${call(attach)};`,
        `simulated_end(${device}_refusal ? ERR_PTR(${device}_refusal) : (void *)1, 1);`,
      ]
    : [
        `simulated_begin("end of the ${what}", NULL, NULL);`,
        `${call(detach)};`,
        'simulated_end((void *)1, 0);',
        `${own}->ops->free(${own});`,
        `${own} = NULL;`,
        ...(takesHandle(attach) ? [`${own}_handle.domain = NULL;`] : []),
      ];
}

function unbindLines(handle: string, part: Part): string[] {
  const name = variableOf(handle);
  return [
    `if (!IS_ERR_OR_NULL(${name})) {`,
    `\tsimulated_begin("unbind", NULL, NULL);`,
    `\t${part.name}(${name});`,
    '\tsimulated_end((void *)1, 0);',
    `\t${name} = NULL;`,
    '}',
  ];
}

/** The interrupt thread of a device's IOMMU: it asks only while the device has something to ask for. */
function requestsOf(device: DeviceName, { report, worker }: Kit): string[] {
  if (report) return [reportedOf(device, report)];
  return worker ? [workedOf(device, worker)] : [];
}

const takesRequests = ({ report, worker }: Kit): boolean => report !== null || worker !== null;

/** What the worker of the code at hand is seen to do, where it cannot be run itself. */
function workedOf(device: DeviceName, { name: torn, find, putBack, handler, data }: Worker): string {
  const name = lower(device);
  return [
    `/* What the input shows of ${torn}(), for one page request. */`,
    `static void ${name}_asks(struct work_struct *work)`,
    '{',
    '\tstruct iommu_fault request = { };',
    '\tstruct iommu_domain *domain;',
    `\tioasid_t pasid = simulated_pasid(&${name});`,
    '',
    '\tif (!pasid)',
    '\t\treturn;',
    `\tsimulated_ask(&${name}, 1);`,
    `\tdomain = ${find.name}(&${name}, pasid);`,
    `\tif (domain && domain->${handler})`,
    `\t\tdomain->${handler}(&request, domain->${data});`,
    ...(putBack ? ['\tif (domain)', `\t\t${putBack.name}(domain);`] : []),
    `\tsimulated_answer(&${name}, 1);`,
    '}',
  ].join('\n');
}

function reportedOf(device: DeviceName, part: Part): string {
  const name = lower(device);
  const isQueued = takesQueued(part);
  const page = isQueued ? 'request.fault.prm' : 'request';
  return [
    `static void ${name}_asks(struct work_struct *work)`,
    '{',
    `\tstruct ${isQueued ? 'iopf_fault' : 'iommu_fault'} request = { };`,
    '',
    `\t${page}.pasid = simulated_pasid(&${name});`,
    `\tif (!${page}.pasid)`,
    '\t\treturn;',
    `\t${page}.grpid = 1;`,
    ...(isQueued ? QUEUED.map((line) => `\t${line}`) : []),
    `\tsimulated_ask(&${name}, ${page}.grpid);`,
    `\t${part.name}(&${name}, &request);`,
    '}',
  ].join('\n');
}

/** What a page request says of itself: it has a PASID, and none of its group follows. */
const QUEUED = [
  'request.fault.type = IOMMU_FAULT_PAGE_REQ;',
  'request.fault.prm.flags = IOMMU_FAULT_PAGE_REQUEST_PASID_VALID | IOMMU_FAULT_PAGE_REQUEST_LAST_PAGE;',
  'request.fault.prm.perm = IOMMU_FAULT_PERM_READ;',
];

/** What a parameter is given, by its type: a pointer that is not known is NULL, a number 0. */
function argumentOf(type: string, device: string, mm: string): string {
  if (type === 'struct device *') return `&${device}`;
  if (type === 'struct mm_struct *') return `&${mm}`;
  return type.endsWith('*') ? 'NULL' : '0';
}
