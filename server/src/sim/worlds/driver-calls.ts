/** The calls of a driver's world as C: how its domains are made, how it is called, and the function of each programme. */
import {
  type Deed,
  type DomainName,
  type DriverCall,
  type DriverProgramme,
  domainsOf,
  type Need,
  PROGRAMMES,
  type ProgrammeName,
  programmeNamed,
} from './driver-programmes.table.js';
import {
  type Argument,
  type Called,
  type DomainSource,
  type DriverShape,
  isOfProcess,
  type OtherAttach,
} from './driver-shape.js';
import { functionOf, resultVariable, startsOf } from './driver-text.js';

/** The variables that hold the domains of a programme. */
export const DOMAIN_VARIABLES: Readonly<Record<DomainName, string>> = {
  A: 'domainA',
  B: 'domainB',
  P: 'domainP',
};

// ---- which programmes there are

/** The programmes that mean something for an operation: a domain that is there once and for all is not moved from, nor freed. */
export function programmesFor(shape: DriverShape, { kind }: DomainSource): ProgrammeName[] {
  return (Object.keys(PROGRAMMES) as ProgrammeName[]).filter((name) => {
    const row: DriverProgramme = programmeNamed(name);
    const { needs = [] } = row;
    if (row.replaces && !isReplaced(shape)) return false;
    if (row.isBare && shape.own === null) return false;
    if (!needs.every((each) => has(shape, kind, each))) return false;
    if (kind === 'static' && row.isAtOnce) return false;
    if (kind === 'static')
      return !domainsOf(row).includes('B') && !row.frees && row.failing === null && !needs.some(isOfPaging);
    return !row.frees || has(shape, kind, 'free');
  });
}

/**
 * Whether a device is given a domain while it has one: not where there is a
 * detach_dev, nor for a PASID, which the core takes away first (Linux 6.12,
 * __iommu_set_group_pasid(): the slot is reserved).
 */
const isReplaced = ({ detaches, op }: DriverShape): boolean => !detaches && op !== 'set_dev_pasid';

/** What a driver does for domains that translate, not for one that is there once and for all. */
const isOfPaging = (need: Need): boolean => ['pasid', 'enforce', 'release', 'probe', 'dirty'].includes(need);

function has({ op, free, beside }: DriverShape, kind: DomainSource['kind'], need: Need): boolean {
  const isOfPasid = op === 'set_dev_pasid';
  switch (need) {
    case 'free':
      return free !== null && kind === 'allocated';
    case 'paging':
      return beside.paging !== null && kind === 'static' && !isOfPasid;
    case 'own':
      return beside.paging !== null && isOfPasid;
    case 'remove':
      return beside.remove !== null && isOfPasid;
    case 'notifier':
      return beside.notifier !== null && isOfPasid;
    case 'groups':
      return beside.hasGroups;
    case 'pasid':
    case 'enforce':
    case 'release':
    case 'probe':
    case 'dirty':
      return beside[need] !== null && !isOfPasid;
  }
}

// ---- domains

/** Functions that make a domain of each kind, NULL where the driver makes none. */
export function domainFunctions(shape: DriverShape, source: DomainSource): string[] {
  const other = otherOf(shape);
  return [
    ...(other ? [domainFunction('make_beside', other, other.domain, 'beside')] : []),
    domainFunction('make_domain', shape, source, 'zeroed'),
  ];
}

/** The one other operation that programmes of this one call. */
export function otherOf({ beside: { paging, pasid } }: DriverShape): OtherAttach | null {
  return paging ?? pasid;
}

function domainFunction(
  name: string,
  { domainType, ops }: Pick<DriverShape, 'domainType' | 'ops'>,
  source: DomainSource,
  zeroed: string,
): string {
  const head = `static struct iommu_domain *${name}(void)`;
  if (source.kind === 'static') return functionOf(head, [`return &${source.name};`]);
  const standsOn = source.kind === 'zeroed' && source.part.starts.some(({ as }) => as === 'parent');
  const made =
    source.kind === 'zeroed'
      ? [
          // What a guest asks for is not known.
          ...(standsOn ? [`simulated_open(&${zeroed}[${zeroed}_made], sizeof(${zeroed}[0]));`] : []),
          ...startsOf(source.part, `${zeroed}[${zeroed}_made].`),
          `domain = &${zeroed}[${zeroed}_made].${source.member};`,
          `${zeroed}_made++;`,
        ]
      : [
          `domain = ${source.by}(${source.takes.map((each) => argumentOf(each, '&device1', domainType)).join(', ')});`,
          'if (IS_ERR_OR_NULL(domain))',
          '\treturn NULL;',
        ];
  return functionOf(head, [
    'struct iommu_domain *domain;',
    ...(standsOn ? ['struct iommu_domain *parent = make_beside();'] : []),
    '',
    ...(standsOn ? ['if (!parent)', '\treturn NULL;'] : []),
    ...made,
    `domain->type = ${domainType};`,
    ...(isOfProcess(domainType) ? ['simulated_open(&process, 0);', 'domain->mm = &process;'] : []),
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

// ---- calls

/** The functions by which programmes call the operations. */
export function callFunctions(shape: DriverShape): string[] {
  const other = otherOf(shape);
  return [
    attachFunction('attach', { ...shape, name: shape.function }),
    ...(other ? [attachFunction('attach_beside', other)] : []),
  ];
}

function attachFunction(
  name: string,
  called: Pick<Called, 'name' | 'takes'> & Pick<DriverShape, 'domainType'>,
): string {
  return functionOf(`static int ${name}(struct iommu_domain *domain, struct device *device)`, [
    `return ${called.name}(${argumentsFor(called, 'device', called.domainType)});`,
  ]);
}

/** The domain that was there before, for which kernels since 6.13 have a parameter of its own, is none. */
function argumentsFor({ takes }: Pick<Called, 'takes'>, device: string, domainType = ''): string {
  return takes
    .map((each, at) =>
      argumentOf(each === 'domain' && takes.indexOf('domain') !== at ? 'zero' : each, device, domainType),
    )
    .join(', ');
}

/** What the set-up is told of the two instances. */
const INSTANCES = { alike: 'ALIKE', unlike: 'UNLIKE', 'second-incapable': 'SECOND_INCAPABLE' } as const;

/** The functions of a programme. */
export function programme(name: ProgrammeName, shape: DriverShape): string[] {
  return [programmeItself(name, shape), ...taskFunctions(name)];
}

function programmeItself(name: ProgrammeName, shape: DriverShape): string {
  const row = programmeNamed(name);
  const domains = domainsOf(row);
  const { dirty } = shape.beside;
  return functionOf(`static void ${programmeFunction(name)}(void)`, [
    `set_up(${INSTANCES[row.instances ?? 'alike']});`,
    ...(row.isBare ? ['record1.priv = NULL;'] : []),
    ...(row.hasTwoStreams ? ['fwspec1.num_ids = 2;'] : []),
    ...(row.needs?.includes('release') && shape.own && !shape.isInstanceOwn
      ? ['simulated_heap(private1);']
      : []),
    ...domains.map(
      (each) => `${DOMAIN_VARIABLES[each]} = ${each === 'P' ? 'make_beside' : 'make_domain'}();`,
    ),
    ...(domains.length > 0
      ? [`if (${domains.map((each) => `!${DOMAIN_VARIABLES[each]}`).join(' || ')})`, '\treturn;']
      : []),
    ...(row.needs?.includes('dirty') ? [`domainA->dirty_ops = &${dirty};`] : []),
    ...(row.needs?.includes('notifier') ? [watched(shape)] : []),
    ...(row.first ?? []).flatMap((call, at) => callLines(shape, call, row.calls.length + at, false)),
    ...(row.first ? [`simulated_mark("${AT_ONCE}");`, 'is_ready = 1;'] : []),
    ...(row.isAtOnce ? [] : row.calls).flatMap((call, at) => [
      ...(at > 0 && call.deed === 'probe' ? ['/* As the core does. */', 'record1.priv = NULL;'] : []),
      ...callLines(shape, call, at, at === row.calls.length - 1 && !row.frees),
    ]),
    ...(row.frees
      ? ['simulated_mark("the free");', `${shape.free}(${DOMAIN_VARIABLES.A});`, 'simulated_mark("the end");']
      : []),
  ]);
}

/** What is marked before calls that are made at the same time, where others came before them. */
const AT_ONCE = 'at the same time';

/** Who is told by whom when the process ends. */
function watched({ beside: { notifier } }: DriverShape): string {
  const { name, type, member, domain } = notifier!;
  const whole = `container_of(${DOMAIN_VARIABLES.A}, ${type}, ${domain})`;
  return `process_is_watched(&${whole}->${member}, ${name});`;
}

/** The functions of tasks that make the calls of a programme at the same time. */
export function tasksOf(name: ProgrammeName): string[] {
  const { calls, isAtOnce } = programmeNamed(name);
  return isAtOnce ? calls.map((_, at) => `${programmeFunction(name)}_${at + 1}`) : [];
}

function taskFunctions(name: ProgrammeName): string[] {
  const { calls, first } = programmeNamed(name);
  return tasksOf(name).map((task, at) => {
    const { domain, device, deed } = calls[at]!;
    const call =
      deed === 'last-user'
        ? 'mmput(&process);'
        : `${resultVariable(at)} = attach(${DOMAIN_VARIABLES[domain]}, &device${device});`;
    // The calls before them have come out as they have to.
    const isReady = first ? 'is_ready' : DOMAIN_VARIABLES[domain];
    return functionOf(`static void ${task}(void)`, [`if (${isReady})`, `\t${call}`]);
  });
}

/** A name that no function of a driver has. */
export function programmeFunction(name: ProgrammeName): string {
  return `programme_${name.replace(/-/g, '_')}`;
}

/** Marks stand before and after each call. */
function callLines(shape: DriverShape, call: DriverCall, at: number, isLast: boolean): string[] {
  const { domain, device, then, deed = 'attach' } = call;
  const result = resultVariable(at);
  return [
    `simulated_mark("${WORDS[deed].replace('@', domain).replace('#', `D${device}`)}");`,
    ...CALLS[deed](shape, result, DOMAIN_VARIABLES[domain], `&device${device}`),
    'simulated_mark("between");',
    ...(isLast || then === 'either' ? [] : [`if (${then === 'done' ? result : `!${result}`})`, '\treturn;']),
  ];
}

/** What people read at its mark. */
const WORDS: Readonly<Record<Deed, string>> = {
  attach: 'domain @ is attached to #',
  'attach-beside': 'domain @ is attached to #',
  remove: 'the PASID is taken away from #',
  enforce: 'domain @ is told to snoop',
  exit: 'the process ends',
  'last-user': 'the last user of the process goes',
  release: '# goes away',
  probe: '# is probed',
};

type Caller = (shape: DriverShape, result: string, domain: string, device: string) => string[];

const CALLS: Readonly<Record<Deed, Caller>> = {
  attach: (shape, result, domain, device) => [
    `${result} = attach(${domain}, ${device});`,
    ...told(shape, shape.op === 'attach_dev', result, domain, device),
  ],
  'attach-beside': (shape, result, domain, device) => [
    `${result} = attach_beside(${domain}, ${device});`,
    ...told(shape, shape.beside.paging !== null, result, domain, device),
  ],
  remove: ({ beside: { remove } }, _result, domain, device) => [
    `${remove!.name}(${argumentsFor(remove!, device).replace(/\bdomain\b/, domain)});`,
  ],
  enforce: ({ beside: { enforce } }, result, domain) => [`${result} = !${enforce!.name}(${domain});`],
  exit: ({ beside: { notifier } }, _result, domain) => {
    const { name, type, member, domain: inner } = notifier!;
    return [`${name}(&container_of(${domain}, ${type}, ${inner})->${member}, &process);`];
  },
  'last-user': () => ['mmput(&process);'],
  release: ({ beside: { release, releaseDomain } }, _result, _domain, device) => [
    ...(releaseDomain ? [`${releaseDomain.attach.name}(&${releaseDomain.variable}, ${device});`] : []),
    `${release!.name}(${device});`,
  ],
  probe: ({ beside: { probe } }, result, _domain, device) => [
    `probed = ${probe!.name}(${device});`,
    `${result} = IS_ERR(probed) ? PTR_ERR(probed) : 0;`,
  ],
};

/** The core keeps which domain a device has, for drivers that ask. */
function told(
  { asksCore }: DriverShape,
  isOfCore: boolean,
  result: string,
  domain: string,
  device: string,
): string[] {
  return asksCore && isOfCore ? [`if (!${result})`, `\tcore_attached(${device}, ${domain});`] : [];
}
