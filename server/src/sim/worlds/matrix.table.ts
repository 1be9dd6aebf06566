/**
 * Which scenarios of which form of a design make which cell of the matrix of
 * designs and scenarios. What comes out is not written here: it is run.
 */

/** One cell: a row of a design, and under which circumstances. */
export interface CellRow {
  readonly row: string;
  /** The variant of the scenario or the design; null for the only one. */
  readonly when: string | null;
  /** Ids of the scenarios that make it. */
  readonly plays: readonly string[];
  /** The file that is run in place of the design, under server/simulated. */
  readonly file?: string;
  /** What is changed in it before. */
  readonly variant?: string;
}

const cell = (row: string, ...plays: readonly string[]): CellRow => ({
  row,
  when: null,
  plays: plays.length > 0 ? plays : [row],
});
const when = (row: string, circumstances: string, ...plays: readonly string[]): CellRow => ({
  row,
  when: circumstances,
  plays: plays.length > 0 ? plays : [row],
});

const ORDERS = ['abc', 'acb', 'bac', 'bca', 'cab', 'cba'].map((order) => `unbind-any-order/${order}`);
const INSTANCES = ['strict', 'lazy', 'shared', 'caps', 'foreign'].map(
  (driver) => `two-devices-two-iommus/${driver}`,
);
const NO_PASID = ['no-pasid/iommu', 'no-pasid/no-iommu'];
const GROUP = ['group-of-two/both', 'group-of-two/one'];
const WITH_MM = 'exit-before-unbind/pasid-goes-with-mm';
const REBIND = ['rebind/bc', 'rebind/cb'];
const AFTER_EXIT = ['fault-after-exit', 'fault-after-exit/unbind'];
const DRAINS = 'fault-at-unbind/drains';
const NO_DRAIN = 'fault-at-unbind/no-drain';
const PATCH_3 = 'designs/rfc-v2-patch-3.c';

/** What every design is asked beside; what its drivers may give for a domain hangs on its time. */
const more = (...gives: readonly string[]): readonly CellRow[] => [
  cell('fork-after-bind'),
  cell('two-processes'),
  cell('bind-after-exit'),
  cell('bind-at-exit'),
  cell('rebind', ...REBIND),
  cell('pasids-run-out'),
  cell('fault-after-exit', ...AFTER_EXIT),
  cell('fault-at-exit'),
  cell('pasid-just-fits'),
  cell('unequal-iommus', 'unequal-iommus/able-first', 'unequal-iommus/able-last'),
  cell('pasid-taken'),
  cell('kernel-for-x86'),
  ...gives.map((each) => when('driver-gives', each, `driver-gives/${each}`)),
];
const MORE_OF_NULL = more('null', 'error-for-null', 'positive');
const MORE_OF_ERRORS = more('no-device', 'busy', 'null-for-error', 'positive');

export const CELLS: Readonly<Record<string, readonly CellRow[]>> = {
  'rfc-v2': [
    cell('same-device-twice'),
    cell('two-devices-one-iommu'),
    when(
      'two-devices-two-iommus',
      'driver strict, lazy or shared',
      'two-devices-two-iommus/strict',
      'two-devices-two-iommus/lazy',
      'two-devices-two-iommus/shared',
    ),
    when(
      'two-devices-two-iommus',
      'second device behind the foreign driver',
      'two-devices-two-iommus/foreign',
    ),
    when('no-pasid', 'device with dev->iommu but no PASID (D6)', 'no-pasid/iommu'),
    when('no-pasid', 'device without dev->iommu (D10)', 'no-pasid/no-iommu'),
    cell('pasid-too-narrow'),
    cell('allocation-failures'),
    cell('unbind-any-order', ...ORDERS),
    when(
      'exit-before-unbind',
      'PASID released when the last user of the mm goes (__mmput, the base of the RFC)',
      'exit-before-unbind/pasid-goes-with-users',
    ),
    when('exit-before-unbind', 'PASID released with the mm struct (__mmdrop)', WITH_MM),
    { ...when('bind-bind', 'patch 3 alone: get and get, no lock'), file: PATCH_3 },
    when('bind-bind', 'whole series: bind and bind under iommu_sva_lock'),
    {
      ...when('bind-last-put', 'patch 3 alone: get and last put', 'bind-last-put/unbind'),
      file: PATCH_3,
    },
    when(
      'bind-last-put',
      "whole series: bind and the fault worker's put, which holds no lock",
      'bind-last-put/fault',
    ),
    when('fault-at-unbind', 'driver drains in detach', DRAINS),
    when('fault-at-unbind', 'driver does not drain', NO_DRAIN),
    when('group-of-two', 'both devices bound to drivers', 'group-of-two/both'),
    when('group-of-two', 'one device bound', 'group-of-two/one'),
    ...MORE_OF_NULL,
  ],
  enclosing: [
    cell('same-device-twice'),
    cell('two-devices-one-iommu'),
    cell('two-devices-two-iommus', ...INSTANCES),
    cell('no-pasid', ...NO_PASID),
    cell('pasid-too-narrow'),
    cell('allocation-failures'),
    cell('unbind-any-order', ...ORDERS),
    when('exit-before-unbind', 'the SVA object pins mm_count and is dropped by the last unbind', WITH_MM),
    cell('bind-bind'),
    when('bind-last-put', 'one lock, or kref_get_unless_zero with its result used', 'bind-last-put/unbind'),
    cell('fault-at-unbind', DRAINS),
    cell('group-of-two', ...GROUP),
    ...MORE_OF_ERRORS,
  ],
  'per-group': [
    cell('same-device-twice'),
    cell('two-devices-one-iommu'),
    cell('two-devices-two-iommus', ...INSTANCES),
    // Of a device without dev->iommu nothing is said there: 6.6 follows it unasked.
    cell('no-pasid', 'no-pasid/iommu'),
    cell('pasid-too-narrow'),
    cell('allocation-failures'),
    {
      ...when('allocation-failures', '6.6 stable with CONFIG_X86: returns before freeing the handle'),
      variant: 'variants/per-group-6.6-x86.patch',
    },
    cell('unbind-any-order', ...ORDERS),
    cell('exit-before-unbind', WITH_MM),
    cell('bind-bind'),
    cell('bind-last-put', 'bind-last-put/unbind'),
    when('fault-at-unbind', 'driver drains in remove_dev_pasid', DRAINS),
    when('fault-at-unbind', 'driver does not drain', NO_DRAIN),
    when('group-of-two', 'set_dev_pasid fails on the second device', ...GROUP),
    {
      ...when('kernel-for-x86', '6.6 stable: returns before freeing the handle'),
      variant: 'variants/per-group-6.6-x86.patch',
    },
    ...MORE_OF_NULL,
  ],
  'list-per-mm': [
    when('same-device-twice', '6.8.0 and later: the bond is found, users 2'),
    {
      ...when('same-device-twice', '6.8-rc1..rc6: no reuse of a bond'),
      variant: 'variants/list-per-mm-6.8-rc1.patch',
    },
    {
      ...when('same-device-twice', '6.8-rc repair as first posted'),
      variant: 'variants/list-per-mm-6.8-rc-repair.patch',
    },
    cell('two-devices-one-iommu'),
    cell('two-devices-two-iommus', ...INSTANCES),
    cell('no-pasid', ...NO_PASID),
    cell('pasid-too-narrow'),
    cell('allocation-failures'),
    cell('unbind-any-order', ...ORDERS),
    cell('exit-before-unbind', WITH_MM),
    cell('bind-bind'),
    cell('bind-last-put', 'bind-last-put/unbind'),
    when('fault-at-unbind', 'driver drains in remove_dev_pasid', DRAINS),
    when('fault-at-unbind', 'driver does not drain', NO_DRAIN),
    cell('group-of-two', ...GROUP),
    ...MORE_OF_ERRORS,
  ],
};
