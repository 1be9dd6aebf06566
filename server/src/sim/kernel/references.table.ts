/**
 * References: counters that lie in memory, and those in objects that the model
 * does not open. An object of the code's own that is given a counter of the
 * second kind (`kobject_init()`) is freed by the last put, unseen.
 */
import type { CountEffect, Effect, Operand } from './effects.js';
import { NO_MEMORY, type Options, type Primitive, primitives } from './primitive.js';
import {
  argument,
  BOOL,
  constant,
  FRESH,
  failsWith,
  find,
  findNext,
  forget,
  hold,
  INTEGER,
  mayFail,
  member,
  NOTHING,
  OPAQUE,
  POINTER,
  POINTER_OR_NULL,
  PURE,
  release,
  sleepsAndMayFail,
} from './rows.js';

const count = (what: CountEffect['what'], of: Operand = 0): CountEffect => ({
  do: 'count',
  what,
  of,
  isRefcount: true,
});
const countPlain = (what: CountEffect['what'], of: Operand): CountEffect => ({
  do: 'count',
  what,
  of,
  isRefcount: false,
});
const CHECKED: Options = { returns: 'bool', mustCheck: true };
const several = (what: CountEffect['what']): CountEffect => ({ ...count(what, 1), by: { argument: 0 } });
const MANY =
  'Where counts were there before, how many references is not followed: the count becomes unknown.';
const UNCOUNTED_ADD = 'How many references is not followed: the count becomes unknown.';

const USERS = member(0, 'struct mm_struct', 'mm_users');
const COUNT = member(0, 'struct mm_struct', 'mm_count');
const UNCOUNTED = 'The reference that comes with it is not counted.';

const putWithRelease: Effect = { do: 'count', what: 'put-and-release', of: 0, release: 1, isRefcount: true };

export const REFERENCES: readonly Primitive[] = [
  ...primitives('include/linux/refcount.h', [
    [
      'refcount_set',
      'counter value',
      { do: 'count', what: 'set', of: 0, to: { argument: 1 }, isRefcount: true },
    ],
    ['refcount_read', 'counter', count('read'), INTEGER],
    ['refcount_inc', 'counter', count('get')],
    ['refcount_inc_not_zero', 'counter', count('get-unless-zero'), CHECKED],
    ['refcount_dec', 'counter', count('put')],
    ['refcount_dec_and_test', 'counter', count('put-and-test'), CHECKED],
    ['refcount_dec_not_one', 'counter', count('put-unless-last'), CHECKED],
    ['refcount_dec_if_one', 'counter', count('put-if-last'), CHECKED],
    ['refcount_add', 'number counter', several('get'), { simplified: MANY }],
    ['refcount_add_not_zero', 'number counter', forget(1), { ...CHECKED, simplified: UNCOUNTED_ADD }],
    ['refcount_sub_and_test', 'number counter', several('put-and-test'), { ...CHECKED, simplified: MANY }],
    ['REFCOUNT_INIT', 'value', argument(0), INTEGER],
  ]),
  ...primitives('include/linux/kref.h', [
    ['kref_init', 'kref', { do: 'count', what: 'set', of: 0, to: { value: 1 }, isRefcount: true }],
    ['kref_read', 'kref', count('read'), INTEGER],
    ['kref_get', 'kref', count('get')],
    ['kref_get_unless_zero', 'kref', count('get-unless-zero'), CHECKED],
    ['kref_put', 'kref release', putWithRelease, INTEGER],
    [
      'kref_put_mutex kref_put_lock',
      'kref release lock',
      putWithRelease,
      { ...INTEGER, simplified: 'The lock is not taken: the release function finds it held at its entry.' },
    ],
    ['KREF_INIT', 'value', argument(0), INTEGER],
  ]),
  ...primitives('include/linux/sched/mm.h', [
    ['mmget', 'mm', countPlain('get', USERS)],
    ['mmget_not_zero', 'mm', countPlain('get-unless-zero', USERS), CHECKED],
    ['mmput', 'mm', { do: 'mm-put' }, { context: 'sleeps' }],
    ['mmput_async', 'mm', { do: 'mm-put' }, { simplified: 'Tears down at once.' }],
    ['mmgrab', 'mm', countPlain('get', COUNT)],
    ['mmdrop', 'mm', { do: 'mm-drop' }],
    ['get_task_mm', 'task', FRESH, { ...POINTER_OR_NULL, simplified: UNCOUNTED }],
    [
      'mm_access',
      'task mode',
      FRESH,
      { context: 'sleeps', returns: 'pointer-or-null', simplified: UNCOUNTED },
    ],
  ]),
  ...primitives('include/linux/sched/task.h', [
    ['get_task_struct', 'task', hold('task'), POINTER],
    ['put_task_struct', 'task', release('task')],
  ]),
  ...primitives('include/linux/sched.h', [
    ['find_get_task_by_vpid', 'number', find('task'), POINTER_OR_NULL],
  ]),
  ...primitives('include/linux/pid.h', [
    ['get_pid', 'pid', hold('pid'), POINTER],
    ['put_pid', 'pid', release('pid')],
    ['get_task_pid', 'task type', find('pid'), POINTER_OR_NULL],
    ['find_get_pid', 'number', find('pid'), POINTER_OR_NULL],
    ['get_pid_task', 'pid type', find('task'), POINTER_OR_NULL],
    ['task_pid_nr task_tgid_nr', 'task', PURE, INTEGER],
  ]),
  ...primitives('include/linux/sched/user.h', [
    ['get_uid', 'user', hold('user'), POINTER],
    ['free_uid', 'user', release('user')],
  ]),
  ...primitives('include/linux/device.h', [
    ['get_device', 'device', hold('device'), POINTER_OR_NULL],
    ['put_device', 'device', release('device')],
    ['device_find_child', 'parent data match', find('device'), POINTER_OR_NULL],
    ['device_find_child_by_name', 'parent name', find('device'), POINTER_OR_NULL],
    ['get_dev_from_fwnode', 'fwnode', find('device'), POINTER_OR_NULL],
    [
      'device_initialize',
      'device',
      OPAQUE,
      {
        startsCounting: true,
        simplified: 'The object counts as handed over: the last put_device() frees it unseen.',
      },
    ],
  ]),
  ...primitives('include/linux/device/bus.h', [
    ['bus_find_device', 'set start data match', find('device'), POINTER_OR_NULL],
    ['bus_find_device_by_name', 'bus start name', find('device'), POINTER_OR_NULL],
    ['bus_find_device_by_fwnode', 'set fwnode', find('device'), POINTER_OR_NULL],
    ['bus_find_device_by_of_node', 'set node', find('device'), POINTER_OR_NULL],
  ]),
  ...primitives('include/linux/device/driver.h', [
    ['driver_find_device', 'set start data match', find('device'), POINTER_OR_NULL],
    ['driver_find_device_by_fwnode', 'set fwnode', find('device'), POINTER_OR_NULL],
    ['driver_find_device_by_of_node', 'set node', find('device'), POINTER_OR_NULL],
  ]),
  ...primitives('include/linux/device/class.h', [
    ['class_find_device', 'set start data match', find('device'), POINTER_OR_NULL],
    ['class_find_device_by_name class_find_device_by_of_node', 'class key', find('device'), POINTER_OR_NULL],
  ]),
  ...primitives('include/linux/pci.h', [
    ['pci_dev_get', 'device', hold('device'), POINTER_OR_NULL],
    ['pci_dev_put', 'device', release('device')],
    ['pci_get_domain_bus_and_slot', 'domain bus devfn', find('device'), POINTER_OR_NULL],
    ['pci_get_slot', 'bus devfn', find('device'), POINTER_OR_NULL],
    ['pci_get_device', 'vendor device from', findNext('device', 2), POINTER_OR_NULL],
    ['pci_get_class pci_get_base_class', 'class from', findNext('device', 1), POINTER_OR_NULL],
    ['pci_get_subsys', 'vendor device subvendor subdevice from', findNext('device', 4), POINTER_OR_NULL],
  ]),
  ...primitives('include/linux/platform_device.h', [['platform_device_put', 'device', release('device')]]),
  ...primitives('include/linux/of_platform.h', [
    ['of_find_device_by_node', 'node', find('device'), POINTER_OR_NULL],
  ]),
  ...primitives('include/linux/of.h', [
    ['of_node_get', 'node', hold('of_node'), POINTER_OR_NULL],
    ['of_node_put', 'node', release('of_node')],
    ['of_get_parent', 'node', find('of_node'), POINTER_OR_NULL],
    ['of_get_child_by_name of_get_compatible_child', 'node name', find('of_node'), POINTER_OR_NULL],
    ['of_find_node_by_path of_find_node_by_phandle', 'path', find('of_node'), POINTER_OR_NULL],
    ['of_get_cpu_node', 'cpu thread', find('of_node'), POINTER_OR_NULL],
    ['of_cpu_device_node_get', 'cpu', find('of_node'), POINTER_OR_NULL],
    [
      'of_find_matching_node of_find_node_by_name of_find_node_by_type of_find_node_with_property',
      'from what',
      find('of_node'),
      { ...POINTER_OR_NULL, simplified: 'The node to begin at is not put.' },
    ],
    [
      'of_find_compatible_node',
      'from type compatible',
      find('of_node'),
      { ...POINTER_OR_NULL, simplified: 'The node to begin at is not put.' },
    ],
    [
      'of_get_next_child of_get_next_available_child',
      'parent from',
      FRESH,
      { ...POINTER_OR_NULL, simplified: UNCOUNTED },
    ],
    ['of_get_next_parent', 'node', FRESH, { ...POINTER_OR_NULL, simplified: UNCOUNTED }],
    ['of_parse_phandle', 'node name index', find('of_node'), POINTER_OR_NULL],
    [
      'of_parse_phandle_with_args',
      'node list cells index out',
      forget(4),
      { ...mayFail('ENOENT'), simplified: UNCOUNTED },
    ],
    [
      'of_parse_phandle_with_fixed_args',
      'node list count index out',
      forget(4),
      { ...mayFail('ENOENT'), simplified: UNCOUNTED },
    ],
  ]),
  ...primitives('include/linux/property.h', [
    ['fwnode_handle_get', 'fwnode', hold('fwnode'), POINTER_OR_NULL],
    ['fwnode_handle_put', 'fwnode', release('fwnode')],
    ['fwnode_get_parent', 'fwnode', find('fwnode'), POINTER_OR_NULL],
    [
      'fwnode_find_reference',
      'fwnode name index',
      find('fwnode'),
      { ...POINTER, fails: failsWith('ENOENT', 'error-pointer') },
    ],
  ]),
  ...primitives('include/linux/kobject.h', [
    ['kobject_get', 'kobject', hold('kobject'), POINTER_OR_NULL],
    [
      'kobject_get_unless_zero',
      'kobject',
      hold('kobject'),
      { ...POINTER_OR_NULL, mustCheck: true, fails: failsWith('ENOENT', 'null') },
    ],
    ['kobject_put', 'kobject', release('kobject')],
    [
      'kobject_init',
      'kobject type',
      OPAQUE,
      { startsCounting: true, simplified: 'The last kobject_put() frees the object unseen.' },
    ],
    [
      'kobject_init_and_add',
      'kobject type parent format',
      OPAQUE,
      {
        ...sleepsAndMayFail('ENOMEM'),
        startsCounting: true,
        simplified: 'The last kobject_put() frees the object unseen.',
      },
    ],
    [
      'kobject_create_and_add',
      'name parent',
      find('kobject'),
      { context: 'sleeps', returns: 'pointer-or-null', fails: NO_MEMORY },
    ],
    ['kobject_add', 'kobject parent format', OPAQUE, sleepsAndMayFail('ENOMEM')],
    ['kobject_set_name', 'kobject format', OPAQUE, sleepsAndMayFail('ENOMEM')],
    ['kobject_set_name_vargs', 'kobject format list', OPAQUE, sleepsAndMayFail('ENOMEM')],
    ['kobject_rename', 'kobject name', OPAQUE, sleepsAndMayFail('ENOMEM')],
    ['kobject_del kset_unregister', 'kobject', OPAQUE, { context: 'sleeps' }],
    ['kobject_uevent', 'kobject action', NOTHING, { context: 'sleeps', returns: 'errno' }],
    ['kobject_uevent_env', 'kobject action environment', NOTHING, { context: 'sleeps', returns: 'errno' }],
    ['kobject_name', 'kobject', PURE, POINTER],
    [
      'kset_create_and_add',
      'name operations parent',
      find('kobject'),
      { context: 'sleeps', returns: 'pointer-or-null', fails: NO_MEMORY },
    ],
  ]),
  ...primitives('include/linux/file.h', [
    ['fget fget_raw', 'number', find('file'), POINTER_OR_NULL],
    ['fput __fput_sync', 'file', release('file')],
    ['fdget fdget_raw', 'number', OPAQUE, { simplified: UNCOUNTED }],
    ['fdput', 'fd', NOTHING, { simplified: UNCOUNTED }],
    ['fd_file', 'fd', PURE, POINTER_OR_NULL],
    ['fd_install', 'number file', OPAQUE],
    ['get_unused_fd_flags', 'flags', FRESH, { returns: 'id', fails: failsWith('EMFILE') }],
    ['put_unused_fd', 'number', NOTHING],
  ]),
  ...primitives('include/linux/fs.h', [
    ['get_file', 'file', hold('file'), POINTER],
    ['iput', 'inode', release('inode'), { context: 'sleeps' }],
    ['igrab', 'inode', hold('inode'), POINTER_OR_NULL],
    ['stream_open nonseekable_open', 'inode file', constant(0), { returns: 'errno' }],
    [
      'alloc_anon_inode',
      'superblock',
      find('inode'),
      { ...POINTER, context: 'sleeps', fails: failsWith('ENOMEM', 'error-pointer') },
    ],
  ]),
  ...primitives('include/linux/anon_inodes.h', [
    [
      'anon_inode_getfile',
      'name operations data flags',
      { ...find('file'), opens: { table: 1, data: 2 } },
      { context: 'sleeps', returns: 'pointer', fails: failsWith('ENOMEM', 'error-pointer') },
    ],
    [
      'anon_inode_getfd',
      'name operations data flags',
      OPAQUE,
      { context: 'sleeps', returns: 'id', fails: failsWith('ENOMEM') },
    ],
  ]),
  ...primitives('include/linux/eventfd.h', [
    [
      'eventfd_ctx_fdget',
      'number',
      find('eventfd'),
      { ...POINTER, fails: failsWith('EINVAL', 'error-pointer') },
    ],
    [
      'eventfd_ctx_fileget',
      'file',
      find('eventfd'),
      { ...POINTER, fails: failsWith('EINVAL', 'error-pointer') },
    ],
    ['eventfd_ctx_put', 'context', release('eventfd')],
    ['eventfd_signal', 'context', NOTHING],
    ['eventfd_signal_mask', 'context mask', NOTHING],
    ['eventfd_ctx_do_read', 'context count', forget(1)],
    ['eventfd_ctx_remove_wait_queue', 'context wait count', forget(2), mayFail('EAGAIN')],
  ]),
  ...primitives('include/linux/module.h', [
    [
      'try_module_get',
      'module',
      hold('module'),
      { returns: 'bool', mustCheck: true, fails: failsWith('ENODEV', 'false') },
    ],
    ['__module_get', 'module', hold('module')],
    ['module_put', 'module', release('module')],
    ['symbol_get', 'name', FRESH, { ...POINTER_OR_NULL, context: 'sleeps' }],
    ['symbol_request', 'name', FRESH, { ...POINTER_OR_NULL, context: 'sleeps' }],
    ['symbol_put', 'name', NOTHING],
  ]),
  ...primitives('include/linux/percpu-refcount.h', [
    ['percpu_ref_init', 'counter release flags gfp', OPAQUE, { ...mayFail('ENOMEM'), context: { gfp: 3 } }],
    ['percpu_ref_get', 'counter', hold('percpu_ref')],
    [
      'percpu_ref_tryget percpu_ref_tryget_live',
      'counter',
      hold('percpu_ref'),
      { returns: 'bool', mustCheck: true, fails: failsWith('ENODEV', 'false') },
    ],
    [
      'percpu_ref_put',
      'counter',
      release('percpu_ref'),
      { simplified: 'The release function is not called.' },
    ],
    ['percpu_ref_kill percpu_ref_reinit percpu_ref_resurrect', 'counter', OPAQUE],
    ['percpu_ref_exit', 'counter', NOTHING],
    ['percpu_ref_is_dying percpu_ref_is_zero', 'counter', FRESH, BOOL],
  ]),
  ...primitives('include/linux/dma-fence.h', [
    ['dma_fence_get', 'fence', hold('dma_fence'), POINTER_OR_NULL],
    ['dma_fence_put', 'fence', release('dma_fence')],
    ['dma_fence_wait', 'fence interruptible', OPAQUE, sleepsAndMayFail('ERESTARTSYS')],
    [
      'dma_fence_wait_timeout',
      'fence interruptible timeout',
      OPAQUE,
      { context: 'sleeps', returns: 'integer' },
    ],
    ['dma_fence_signal', 'fence', OPAQUE, INTEGER],
    ['dma_fence_is_signaled', 'fence', FRESH, BOOL],
  ]),
];
