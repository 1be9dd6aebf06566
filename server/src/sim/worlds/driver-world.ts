/**
 * Writes the world of a driver as C: two hardware instances of its own type,
 * devices behind them, and one domain that is attached to one device after the
 * other. What is run is this text over the driver's own types, so that a trace
 * has lines like any other.
 */
import {
  callFunctions,
  DOMAIN_VARIABLES,
  domainFunctions,
  otherOf,
  programme,
  programmesFor,
} from './driver-calls.js';
import type { DeviceNumber } from './driver-programmes.table.js';
import { type DomainSource, type DriverShape, isOfProcess, type Part } from './driver-shape.js';
import { functionOf, resultVariable, startsOf } from './driver-text.js';

export const DRIVER_WORLD_FILE = 'simulated/two-instances.c';

const INSTANCE_OF: Readonly<Record<DeviceNumber, number>> = { 1: 1, 2: 1, 3: 2 };

const DEVICE_NUMBERS: readonly DeviceNumber[] = [1, 2, 3];

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
    ...domainFunctions(shape, domain),
    ...callFunctions(shape),
    ...programmesFor(shape, domain).flatMap((name) => programme(name, shape)),
  ].join('\n\n')}\n`;
}

function headOf({ instance, path, function: name }: DriverShape): string {
  const whose = instance ? `two instances of ${instance.type}` : 'two instances';
  return [
    `/* ${name}() of ${path}, for devices behind ${whose}. */`,
    'void simulated_open(void *place, unsigned long size);',
    'enum { UNLIKE, ALIKE, SECOND_INCAPABLE };',
    'void simulated_incapable(void *place);',
    'void simulated_alike(void *one, void *other);',
    'void simulated_mark(const char *what);',
    'void simulated_heap(void *place);',
    'void core_has(struct device *device1, struct device *device2, struct device *device3);',
    'void core_attached(struct device *device, struct iommu_domain *domain);',
    'void process_is_watched(struct mmu_notifier *notifier, void (*release)(struct mmu_notifier *, struct mm_struct *));',
    'void mmput(struct mm_struct *mm);',
  ].join('\n');
}

function variablesOf(shape: DriverShape, domain: DomainSource) {
  const { instance, own, isInstanceOwn, domainType, holder } = shape;
  const other = otherOf(shape);
  return [
    ...(instance ? [`static ${instance.type} iommu1, iommu2;`] : []),
    ...(own && !isInstanceOwn ? DEVICE_NUMBERS.map((at) => `static ${own.type} private${at}[2];`) : []),
    ...(holder
      ? [
          `static ${holder.type} holder1, holder2, holder3;`,
          ...DEVICE_NUMBERS.map((at) => `#define device${at} holder${at}.${holder.member}`),
        ]
      : ['static struct device device1, device2, device3;']),
    'static struct dev_iommu record1, record2, record3;',
    'static struct iommu_fwspec fwspec1, fwspec2, fwspec3;',
    ...(isOfProcess(domainType) || (other && isOfProcess(other.domainType))
      ? ['static struct mm_struct process;']
      : []),
    ...zeroed(domain, 'zeroed'),
    ...(other ? zeroed(other.domain, 'beside') : []),
    ...(shape.beside.probe ? ['static struct iommu_device *probed;'] : []),
    `static struct iommu_domain ${Object.values(DOMAIN_VARIABLES)
      .map((name) => `*${name}`)
      .join(', ')};`,
    `static int ${[0, 1, 2].map(resultVariable).join(', ')}, is_ready;`,
  ];
}

function zeroed(domain: DomainSource, name: string): string[] {
  if (domain.kind !== 'zeroed') return [];
  return [`static ${domain.part.type} ${name}[2];`, `static int ${name}_made;`];
}

function makeInstance(instance: Part): string {
  return functionOf(`static void make_instance(${instance.type} *iommu, int is_incapable)`, [
    'if (is_incapable)',
    '\tsimulated_incapable(iommu);',
    'else',
    '\tsimulated_open(iommu, 0);',
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
  const whole = shape.holder ? 'holder' : 'device';
  const alike = [whole, 'record', 'fwspec', ...(hasPrivate ? ['private'] : [])].flatMap((name) =>
    DEVICE_NUMBERS.slice(1).map((at) => `simulated_alike(&${name}1, &${name}${at});`),
  );
  return functionOf('static void set_up(int instances)', [
    ...(instance ? ['if (instances == ALIKE)', '\tsimulated_alike(&iommu1, &iommu2);'] : []),
    ...alike,
    ...(shape.holder ? DEVICE_NUMBERS.map((at) => `simulated_open(&holder${at}, 0);`) : []),
    ...(shape.asksCore ? ['core_has(&device1, &device2, &device3);'] : []),
    ...(instance
      ? ['make_instance(&iommu1, 0);', 'make_instance(&iommu2, instances == SECOND_INCAPABLE);']
      : []),
    ...devices,
  ]);
}
