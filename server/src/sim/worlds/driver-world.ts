/**
 * Writes the world of a driver as C: two hardware instances of its own type,
 * devices behind them, and one domain that is attached to one device after the
 * other. What is run is this text over the driver's own types, so that a trace
 * has lines like any other.
 */
import {
  type DeviceNumber,
  type DomainName,
  type DriverCall,
  type DriverProgramme,
  needsTwoDomains,
  PROGRAMMES,
  type ProgrammeName,
  programmeNamed,
} from './driver-programmes.table.js';

const SVA = 'IOMMU_DOMAIN_SVA';

export const DRIVER_WORLD_FILE = 'simulated/two-instances.c';

/** What a member of an instance or of a device's private data is made to be, before the driver sees it. */
export interface Start {
  /** `streams_lock`, `queue.list`: from the struct itself. */
  readonly member: string;
  readonly as: 'list' | 'xarray' | 'ida' | 'idr' | 'nothing' | 'at-rest' | 'instance' | 'device' | 'on-list';
  /** The member of the instance that is the node on this list, for `on-list`; for `at-rest` the domain. */
  readonly name?: string;
}

/** A struct of the driver, with the members that matter. */
export interface Part {
  /** With its keyword. */
  readonly type: string;
  readonly starts: readonly Start[];
}

/** Where the domain comes from. */
export type DomainSource =
  /** A variable that is there once and for all. */
  | { readonly kind: 'static'; readonly name: string }
  /** The driver's own allocator, with what it takes. */
  | { readonly kind: 'allocated'; readonly by: string; readonly takes: readonly Argument[] }
  /** All zero but for what must not be. */
  | { readonly kind: 'zeroed'; readonly part: Part; readonly member: string };

/** What a parameter is given. */
export type Argument = 'domain' | 'device' | 'mm' | 'type' | 'pasid' | 'zero';

/** One operation of a driver, and what is needed to call it for devices of two instances. */
export interface DriverShape {
  readonly path: string;
  readonly op: string;
  readonly function: string;
  /** Where it begins in its file. */
  readonly at: number;
  readonly takes: readonly Argument[];
  /** Whether a variable is the driver's only instance. */
  readonly isSingleton: boolean;
  /** Null where the driver has no struct that embeds struct iommu_device. */
  readonly instance: (Part & { readonly member: string }) | null;
  /** Null where the operation does not ask for private data, or it cannot be told what they are. */
  readonly own: Part | null;
  /** Whether the private data of a device are the instance itself. */
  readonly isInstanceOwn: boolean;
  readonly domains: readonly DomainSource[];
  /** IOMMU_DOMAIN_UNMANAGED and its like. */
  readonly domainType: string;
  /** The table that the core gives the domain, as an expression; null where it is not told. */
  readonly ops: string | null;
  /** Whether struct iommu_fwspec has a table of operations, as before Linux 6.10, and which. */
  readonly fwspecOps: string | null;
  /** Whether the table has a detach_dev: then the core takes a device from its domain before it gets another. */
  readonly detaches: boolean;
  /** The function that frees a domain; null where the table has none. */
  readonly free: string | null;
}

const INSTANCE_OF: Readonly<Record<DeviceNumber, number>> = { 1: 1, 2: 1, 3: 2 };

const DEVICE_NUMBERS: readonly DeviceNumber[] = [1, 2, 3];

/** The variables that hold the domains of a programme. */
export const DOMAIN_VARIABLES: Readonly<Record<DomainName, string>> = { A: 'domainA', B: 'domainB' };

/** The variable that holds what a call gave, by its number from 0. */
export const resultVariable = (at: number): string => `result${at + 1}`;

/** The C of a driver's world. */
export function composeDriver(shape: DriverShape, domain: DomainSource): string {
  const { instance, own } = shape;
  return `${[
    headOf(shape),
    variablesOf(shape, domain).join('\n'),
    ...(instance ? [makeInstance(instance)] : []),
    ...(own && !shape.isInstanceOwn ? [makePrivate(own, shape)] : []),
    makeDevice(shape),
    setUp(shape),
    domainFunction(shape, domain),
    attachFunction(shape),
    ...programmesFor(shape, domain).map((name) => programme(name, shape)),
  ].join('\n\n')}\n`;
}

/** The programmes that mean something for an operation: a domain that is there once and for all is not moved from, nor freed. */
export function programmesFor({ free, own, detaches }: DriverShape, { kind }: DomainSource): ProgrammeName[] {
  return (Object.keys(PROGRAMMES) as ProgrammeName[]).filter((name) => {
    const row: DriverProgramme = programmeNamed(name);
    if (detaches && row.replaces) return false;
    if (kind === 'static') return !needsTwoDomains(row) && !row.frees && row.failing === null;
    if (row.isBare && own === null) return false;
    return !row.frees || (free !== null && kind === 'allocated');
  });
}

function headOf({ instance, path, function: name }: DriverShape): string {
  const whose = instance ? `two instances of ${instance.type}` : 'two instances';
  return [
    `/* ${name}() of ${path}, for devices behind ${whose}. */`,
    'void simulated_open(void *place, unsigned long size);',
    'void simulated_alike(void *one, void *other);',
    'void simulated_mark(const char *what);',
  ].join('\n');
}

function variablesOf({ instance, own, isInstanceOwn, domainType }: DriverShape, domain: DomainSource) {
  return [
    ...(instance ? [`static ${instance.type} iommu1, iommu2;`] : []),
    ...(own && !isInstanceOwn ? DEVICE_NUMBERS.map((at) => `static ${own.type} private${at}[2];`) : []),
    'static struct device device1, device2, device3;',
    'static struct dev_iommu record1, record2, record3;',
    'static struct iommu_fwspec fwspec1, fwspec2, fwspec3;',
    ...(domainType === SVA ? ['static struct mm_struct process;'] : []),
    ...(domain.kind === 'zeroed' ? [`static ${domain.part.type} zeroed[2];`, 'static int made;'] : []),
    `static struct iommu_domain ${Object.values(DOMAIN_VARIABLES)
      .map((name) => `*${name}`)
      .join(', ')};`,
    `static int ${[0, 1, 2].map(resultVariable).join(', ')};`,
  ];
}

function functionOf(head: string, lines: readonly string[]): string {
  return `${head}\n{\n${lines.map((line) => (line === '' ? '' : `\t${line}`)).join('\n')}\n}`;
}

/** What says that a member is as a fresh one. */
function linesOf({ member, as, name }: Start, base: string): string[] {
  const place = `${base}${member}`;
  switch (as) {
    case 'list':
      return [`INIT_LIST_HEAD(&${place});`];
    case 'xarray':
      return [`xa_init(&${place});`];
    case 'ida':
      return [`ida_init(&${place});`];
    case 'idr':
      return [`idr_init(&${place});`];
    case 'nothing':
      return [`${place} = NULL;`];
    case 'at-rest':
      return [`${place} = &${name};`];
    case 'instance':
      return [`${place} = iommu;`];
    case 'device':
      return [`${place} = device;`];
    case 'on-list':
      // A node is on one list: of two devices of an instance only one can have it.
      return ['if (device != &device2)', `\tlist_add_tail(&iommu->${name}, &${place});`];
  }
}

const startsOf = ({ starts }: Part, base: string): string[] => starts.flatMap((each) => linesOf(each, base));

function makeInstance(instance: Part): string {
  return functionOf(`static void make_instance(${instance.type} *iommu)`, [
    'simulated_open(iommu, 0);',
    ...startsOf(instance, 'iommu->'),
  ]);
}

function makePrivate(own: Part, { instance }: DriverShape): string {
  const iommu = instance ? `${instance.type} *iommu` : 'void *iommu';
  return functionOf(`static void make_private(${own.type} *data, struct device *device, ${iommu})`, [
    'simulated_open(data, sizeof(*data));',
    ...startsOf(own, 'data->'),
  ]);
}

function makeDevice({ instance, fwspecOps }: DriverShape): string {
  const head =
    'static void make_device(struct device *device, struct dev_iommu *record, struct iommu_fwspec *fwspec, void *data, struct iommu_device *iommu)';
  return functionOf(head, [
    'simulated_open(device, 0);',
    'simulated_open(record, 0);',
    'simulated_open(fwspec, 0);',
    ...(fwspecOps ? [`fwspec->ops = ${fwspecOps};`] : []),
    'fwspec->num_ids = 1;',
    'record->fwspec = fwspec;',
    ...(instance ? ['record->iommu_dev = iommu;'] : []),
    'record->priv = data;',
    'device->iommu = record;',
  ]);
}

function setUp(shape: DriverShape): string {
  const { instance, own, isInstanceOwn } = shape;
  const hasPrivate = own !== null && !isInstanceOwn;
  const devices = DEVICE_NUMBERS.flatMap((at) => {
    const iommu = `&iommu${INSTANCE_OF[at]}`;
    const data = hasPrivate ? `private${at}` : isInstanceOwn ? iommu : `record${at}.priv`;
    return [
      ...(hasPrivate ? [`make_private(private${at}, &device${at}, ${instance ? iommu : 'NULL'});`] : []),
      `make_device(&device${at}, &record${at}, &fwspec${at}, ${data}, ${instance ? `${iommu}.${instance.member}` : 'NULL'});`,
    ];
  });
  const alike = ['device', 'record', 'fwspec', ...(hasPrivate ? ['private'] : [])].flatMap((name) =>
    DEVICE_NUMBERS.slice(1).map((at) => `simulated_alike(&${name}1, &${name}${at});`),
  );
  return functionOf('static void set_up(int are_alike)', [
    ...(instance ? ['if (are_alike)', '\tsimulated_alike(&iommu1, &iommu2);'] : []),
    ...alike,
    ...(instance ? ['make_instance(&iommu1);', 'make_instance(&iommu2);'] : []),
    ...devices,
  ]);
}

function domainFunction({ domainType, ops }: DriverShape, source: DomainSource): string {
  const head = 'static struct iommu_domain *make_domain(void)';
  if (source.kind === 'static') return functionOf(head, [`return &${source.name};`]);
  const made =
    source.kind === 'zeroed'
      ? [...startsOf(source.part, 'zeroed[made].'), `domain = &zeroed[made].${source.member};`, 'made++;']
      : [
          `domain = ${source.by}(${source.takes.map((each) => argumentOf(each, '&device1', domainType)).join(', ')});`,
          'if (IS_ERR_OR_NULL(domain))',
          '\treturn NULL;',
        ];
  return functionOf(head, [
    'struct iommu_domain *domain;',
    '',
    ...made,
    `domain->type = ${domainType};`,
    ...(domainType === SVA ? ['simulated_open(&process, 0);', 'domain->mm = &process;'] : []),
    ...(ops ? [`domain->ops = ${ops};`] : []),
    'return domain;',
  ]);
}

function argumentOf(what: Argument, device: string, domainType: string): string {
  switch (what) {
    case 'domain':
      return 'domain';
    case 'device':
      return device;
    case 'mm':
      return '&process';
    case 'type':
      return domainType;
    case 'pasid':
      return '1';
    case 'zero':
      return '0';
  }
}

function attachFunction({ function: name, takes, domainType }: DriverShape): string {
  const args = takes.map((each, at) =>
    argumentOf(each === 'domain' && takes.indexOf('domain') !== at ? 'zero' : each, 'device', domainType),
  );
  return functionOf('static int attach(struct iommu_domain *domain, struct device *device)', [
    `return ${name}(${args.join(', ')});`,
  ]);
}

function programme(name: ProgrammeName, shape: DriverShape): string {
  const row = programmeNamed(name);
  const domains: readonly DomainName[] = needsTwoDomains(row) ? ['A', 'B'] : ['A'];
  return functionOf(`static void ${programmeFunction(name)}(void)`, [
    `set_up(${row.areUnlike ? 0 : 1});`,
    ...(row.isBare ? ['record1.priv = NULL;'] : []),
    ...domains.map((each) => `${DOMAIN_VARIABLES[each]} = make_domain();`),
    `if (${domains.map((each) => `!${DOMAIN_VARIABLES[each]}`).join(' || ')})`,
    '\treturn;',
    ...row.calls.flatMap((call, at) => callLines(call, at, at === row.calls.length - 1 && !row.frees)),
    ...(row.frees
      ? ['simulated_mark("the free");', `${shape.free}(${DOMAIN_VARIABLES.A});`, 'simulated_mark("the end");']
      : []),
  ]);
}

/** A name that no function of a driver has. */
export function programmeFunction(name: ProgrammeName): string {
  return `programme_${name.replace(/-/g, '_')}`;
}

/** Marks stand before and after each call. */
function callLines({ domain, device, then }: DriverCall, at: number, isLast: boolean): string[] {
  const result = resultVariable(at);
  return [
    `simulated_mark("domain ${domain} is attached to D${device}");`,
    `${result} = attach(${DOMAIN_VARIABLES[domain]}, &device${device});`,
    'simulated_mark("between");',
    ...(isLast || then === 'either' ? [] : [`if (${then === 'done' ? result : `!${result}`})`, '\treturn;']),
  ];
}
