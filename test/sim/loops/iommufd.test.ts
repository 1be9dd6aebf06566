/**
 * iommufd tries the domains of an address space that it made itself, and
 * allocates another where none fits; it counts whoever uses its objects, moves
 * devices from one to the other, and lets all of it go with the file: Linux
 * 6.12 does so, on the simulated IOMMU.
 *
 * Address spaces are empty here; what is mapped in them is for iommufd-mappings.test.ts.
 */
import assert from 'node:assert/strict';
import { type Defect, LoopTests, type Row } from './loop-tests.js';
import type { LoopReached } from './loops.js';

const FOLDER = 'drivers/iommu/iommufd';

/** What the trees at hand do not have: uapi/asm-generic/fcntl.h. The world stands in iommu.c, and sees what that sees. */
const BEFORE: Readonly<Record<string, string>> = {
  [`${FOLDER}/fault.c`]: '#define O_RDWR 2\n#define O_CLOEXEC 02000000\n',
  'drivers/iommu/iommu.c': '#include "iommufd/iommufd_private.h"\n',
};

const IOMMUFD = new LoopTests({
  title: 'iommufd of 6.12',
  paths: [
    ...['main', 'device', 'hw_pagetable', 'ioas', 'io_pagetable', 'fault', 'pages'].map(
      (name) => `${FOLDER}/${name}.c`,
    ),
    'drivers/iommu/iommu.c',
  ],
  callers: ['user-domains.c', 'files.c', 'iommufd.c'],
  before: (path) => BEFORE[path] ?? '',
});

const POINT: readonly LoopReached[] = ['the story comes to its point'];
const ATTACHED: readonly LoopReached[] = [...POINT, 'a device is attached'];
const ANSWERED: readonly LoopReached[] = [...ATTACHED, 'a page request is answered'];
const TWO: readonly LoopReached[] = [...ATTACHED, 'two domains are attached'];

const ROWS: readonly Row[] = [
  { setUp: 'two_instances', story: 'devices behind two instances get a domain each', reaches: TWO },
  { setUp: 'one_instance', story: 'devices behind one instance share a domain', reaches: ATTACHED },
  { setUp: 'shared_instances', story: 'so do those of a driver that does not mind', reaches: ATTACHED },
  { setUp: 'two_drivers', story: 'the domain of another driver does not fit', reaches: TWO },
  { setUp: 'one_group', story: 'devices of one group come one after the other', reaches: ATTACHED },
  { setUp: 'once_more', story: 'all of it twice, in the other order', reaches: TWO },
  {
    setUp: 'candidate_lacks_memory',
    story: 'a domain that is there lacks memory: user space is told, no other is made',
    reaches: ATTACHED,
  },
  { setUp: 'own_domain_fails', story: 'the domain of its own does not take the device', reaches: ATTACHED },
  {
    setUp: 'group_torn',
    story: 'the devices of a group do not go to different address spaces',
    reaches: ATTACHED,
  },
  { setUp: 'replaced', story: 'a device goes to another address space', reaches: ATTACHED },
  {
    setUp: 'replace_fails',
    story: 'a device that cannot go to another address space stays where it was',
    reaches: ATTACHED,
  },
  { setUp: 'group_replaced', story: 'a group goes to another address space', reaches: TWO },
  {
    setUp: 'msi_in_group',
    story: 'only the first device of a group has a window for interrupts',
    reaches: ATTACHED,
  },
  { setUp: 'one_snoops', story: 'a domain that forces snooping takes no device without', reaches: TWO },
  { setUp: 'tracked', story: 'a domain that tracks dirty pages takes no device without', reaches: ATTACHED },
  {
    setUp: 'nested_on_wrong_parent',
    story: 'nothing is nested in what is no parent, or of another driver',
    reaches: ATTACHED,
  },
  {
    setUp: 'with_faults',
    story: 'a device goes between page tables with and without faults for user space',
    reaches: ATTACHED,
  },
  { setUp: 'fault_answered', story: 'user space reads a fault and answers it', reaches: ANSWERED },
  {
    setUp: 'faults_left_by_move',
    story: 'faults that nobody has answered are when a device goes elsewhere',
    reaches: ANSWERED,
  },
  {
    setUp: 'faults_left_by_detach',
    story: 'faults that nobody has answered are when a device is detached',
    reaches: ANSWERED,
  },
  { setUp: 'claimed_twice', story: 'a group belongs to one file at a time', reaches: POINT },
  { setUp: 'left_behind', story: 'what is not destroyed goes with the file', reaches: POINT },
];

const MEMORY: readonly Row[] = [
  { setUp: 'two_instances', story: 'in attaching two devices', reaches: TWO },
  { setUp: 'group_replaced', story: 'in moving a group', reaches: TWO, cost: 1 },
  { setUp: 'msi_in_group', story: 'with a window for interrupts', reaches: ATTACHED, cost: 1 },
  { setUp: 'nested_on_wrong_parent', story: 'in nesting', reaches: ATTACHED, cost: 1 },
  { setUp: 'with_faults', story: 'with faults for user space', reaches: ATTACHED, cost: 1 },
  { setUp: 'faults_left_by_detach', story: 'with faults on the way', reaches: ANSWERED, cost: 1 },
  { setUp: 'claimed_twice', story: 'in binding', reaches: POINT, cost: 1 },
].map((row) => ({ ...row, faults: true, story: `memory runs out at every place in turn ${row.story}` }));

const BESIDE: readonly Row[] = [
  {
    setUp: 'bind_two',
    tasks: ['attach_first', 'attach_second'],
    tearDown: 'take_both_back',
    story: 'two devices come at the same time',
    reaches: ATTACHED,
  },
  {
    setUp: 'bind_two_attach_one',
    tasks: ['detach_first', 'attach_second'],
    tearDown: 'take_second_back',
    story: 'a domain goes while it is tried',
    reaches: [...ATTACHED, 'a reference is refused'],
  },
  {
    setUp: 'bind_two',
    tasks: ['attach_if_there', 'destroy_space'],
    tearDown: 'settle',
    story: 'an address space goes while a device comes',
    reaches: ATTACHED,
  },
  {
    setUp: 'open_with_space',
    tasks: ['bind_eight', 'bind_nine'],
    tearDown: 'close_all',
    story: 'the devices of a group are bound at the same time',
    reaches: POINT,
  },
].map((row) => ({ ...row, cost: 1 }) as Row);

IOMMUFD.holds([...ROWS, ...MEMORY, ...BESIDE]);

IOMMUFD.test('a device that is unbound while it is attached is kept, and its driver is told', () => {
  const { broken } = IOMMUFD.stage().play({ setUp: 'unbound_too_soon' });
  assert.deepEqual(broken, ['WARNHIT in iommufd_object_destroy_user(): `WARN_ON(ret)` comes true']);
});

/** The first place behind another one. */
const after =
  (start: string | RegExp, what: string | RegExp, by: string) =>
  (text: string): string => {
    const at = text.search(start);
    return at < 0 ? text : text.slice(0, at) + text.slice(at).replace(what, by);
  };

const LOCK = 'mutex_lock(&ioas->mutex);';

const DEFECTS: readonly Defect[] = [
  {
    what: 'a candidate that does not fit is not put back',
    setUp: 'two_instances',
    monitor: 'WARNHIT',
    make: after(/^iommufd_device_auto_get_domain/m, 'iommufd_put_object(idev->ictx, &hwpt->obj);', ''),
  },
  {
    what: 'no domain is tried after one that does not fit',
    setUp: 'two_instances',
    monitor: 'INC',
    make: (text) => text.replace('if (PTR_ERR(destroy_hwpt) == -EINVAL)', 'if (false)'),
  },
  {
    what: 'another domain is made after any error',
    setUp: 'candidate_lacks_memory',
    monitor: 'ERRNO',
    make: (text) => text.replace('if (PTR_ERR(destroy_hwpt) == -EINVAL)', 'if (true)'),
  },
  {
    what: 'a candidate is used that could not be got',
    setUp: 'bind_two_attach_one',
    tasks: ['detach_first', 'attach_second'],
    tearDown: 'take_second_back',
    cost: 1,
    monitor: 'R01',
    make: (text) =>
      text.replace(/if \(!iommufd_lock_obj\(&hwpt->obj\)\)\s+continue;/, 'iommufd_lock_obj(&hwpt->obj);'),
  },
  {
    what: 'domains are tried without the lock of their list',
    setUp: 'bind_two',
    tasks: ['attach_first', 'attach_second'],
    tearDown: 'take_both_back',
    cost: 1,
    monitor: 'LOCKREQ',
    make: after(/^iommufd_device_auto_get_domain/m, LOCK, ''),
  },
  {
    what: 'an object is looked up without the lock that keeps it',
    setUp: 'bind_two',
    tasks: ['attach_if_there', 'destroy_space'],
    tearDown: 'settle',
    cost: 1,
    monitor: 'UAF',
    make: (text) =>
      text.replace(/(struct iommufd_object \*iommufd_get_object[\s\S]*?\n}\n)/, (body) =>
        body.replace(/xa_(?:un)?lock\(&ictx->objects\);/g, ''),
      ),
  },
  {
    what: 'two that make the record of a group both keep theirs',
    setUp: 'open_with_space',
    tasks: ['bind_eight', 'bind_nine'],
    tearDown: 'close_all',
    cost: 1,
    monitor: 'LEAK',
    make: (text) => text.replace(/iommufd_put_group\(new_igroup\);(?=\s+return igroup;)/, ''),
  },
  {
    what: 'a device that is attached does not count',
    setUp: 'two_instances',
    monitor: 'RNEG',
    make: after(/^int iommufd_hw_pagetable_attach/m, 'refcount_inc(&hwpt->obj.users);', ''),
  },
  {
    what: 'the handle of an attachment stays',
    setUp: 'two_instances',
    monitor: 'LEAK',
    make: after(/^static void iommufd_hwpt_detach_device/m, 'kfree(handle);', ''),
  },
  {
    what: 'reserved ranges stay when a device is not attached',
    setUp: 'own_domain_fails',
    monitor: 'WARNHIT',
    make: after(/^err_unresv:/m, /if \(hwpt_paging\)\s+iopt_remove_reserved_iova\([^;]*;/, ''),
  },
  {
    what: 'reserved ranges stay when a device is not moved',
    setUp: 'replace_fails',
    monitor: 'WARNHIT',
    make: after(
      /^iommufd_device_do_replace/m,
      /err_unresv:\s+if \(hwpt_paging\)\s+iommufd_group_remove_reserved_iova\([^;]*;/,
      'err_unresv:',
    ),
  },
  {
    what: 'a device is not detached when its domain cannot be filled',
    setUp: 'two_instances',
    faults: true,
    cost: 1,
    monitor: 'FREEATT',
    make: (text) => text.replace(/if \(immediate_attach\)\s+iommufd_hw_pagetable_detach\(idev, pasid\);/, ''),
  },
  {
    what: 'the devices of a group are not counted where they go',
    setUp: 'group_replaced',
    monitor: 'RNEG',
    make: (text) => text.replace('refcount_add(num_devices, &hwpt->obj.users);', ''),
  },
  {
    what: 'faults stay on when a device goes to a page table without',
    setUp: 'with_faults',
    monitor: 'WARNHIT',
    make: (text) => text.replace(/if \(!hwpt->fault\)\s+iommufd_fault_iopf_disable\(idev\);/, ''),
  },
  {
    what: 'faults are not answered when a device goes elsewhere',
    setUp: 'faults_left_by_move',
    monitor: 'FAULTUAF',
    make: (text) => text.replace('iommufd_auto_response_faults(old, old_handle);', ''),
  },
  {
    what: 'a fault that was answered can be answered again',
    setUp: 'fault_answered',
    monitor: 'FAULTUAF',
    make: (text) =>
      text.replace(
        'group = xa_erase(&fault->response, response.cookie);',
        'group = xa_load(&fault->response, response.cookie);',
      ),
  },
  {
    what: 'only the faults that user space has not read are answered',
    setUp: 'faults_left_by_detach',
    monitor: 'WARNHIT',
    make: (text) =>
      text.replace(/(void iommufd_auto_response_faults[\s\S]*?\n}\n)/, (body) =>
        body.replace(
          'if (group->attach_handle != &handle->handle)\n\t\t\tcontinue;\n\t\txa_erase',
          'continue;\n\t\txa_erase',
        ),
      ),
  },
  {
    what: 'a page table that user space is not told of is not aborted',
    setUp: 'tracked',
    faults: true,
    cost: 1,
    monitor: 'WARNHIT',
    make: after(
      /^int iommufd_hwpt_alloc/m,
      /rc = iommufd_ucmd_respond\(ucmd, sizeof\(\*cmd\)\);\s+if \(rc\)\s+goto out_hwpt;/,
      'rc = iommufd_ucmd_respond(ucmd, sizeof(*cmd));\n\tif (rc)\n\t\tgoto out_unlock;',
    ),
  },
  {
    what: 'a page table is nested in that of another driver',
    setUp: 'nested_on_wrong_parent',
    monitor: 'WARNHIT',
    make: (text) => text.replace('parent->common.domain->owner != ops', 'false'),
  },
];

IOMMUFD.finds(DEFECTS);
