/** What is said and what is asserted: messages and statistics do nothing, a true warning is an event. */
import type { Effect } from './effects.js';
import { type Primitive, primitives } from './primitive.js';
import { argument, BOOL, constant, INTEGER, NOTHING, POINTER } from './rows.js';

const warn = (condition: number | null): Effect => ({ do: 'warn', condition, isFatal: false });
const fatal = (condition: number | null): Effect => ({ do: 'warn', condition, isFatal: true });

export const MESSAGES: readonly Primitive[] = [
  ...primitives('include/asm-generic/bug.h', [
    ['WARN_ON WARN_ON_ONCE', 'condition', warn(0), BOOL],
    ['WARN WARN_ONCE', 'condition format', warn(0), BOOL],
    ['WARN_TAINT WARN_TAINT_ONCE', 'condition taint format', warn(0), BOOL],
    ['BUG_ON', 'condition', fatal(0)],
    ['BUG', '', fatal(null)],
  ]),
  ...primitives('include/linux/ratelimit.h', [
    ['WARN_RATELIMIT', 'condition format', warn(0), BOOL],
    ['ratelimit_default_init', 'state', NOTHING],
    ['ratelimit_state_init', 'state interval burst', NOTHING],
  ]),
  ...primitives('include/linux/build_bug.h', [['BUILD_BUG_ON_NOT_POWER_OF_2', 'value', NOTHING]]),
  ...primitives('include/linux/mmdebug.h', [
    ['VM_WARN_ON VM_WARN_ON_ONCE', 'condition', warn(0), BOOL],
    ['VM_BUG_ON', 'condition', fatal(0)],
  ]),
  ...primitives('include/linux/dev_printk.h', [
    ['dev_WARN', 'device format', warn(null)],
    ['dev_WARN_ONCE', 'device condition format', warn(1), BOOL],
    [
      'dev_emerg dev_alert dev_crit dev_err dev_warn dev_notice dev_info dev_dbg dev_vdbg',
      'device format',
      NOTHING,
    ],
    ['dev_emerg_once dev_alert_once dev_crit_once dev_err_once dev_warn_once', 'device format', NOTHING],
    ['dev_notice_once dev_info_once dev_dbg_once', 'device format', NOTHING],
    ['dev_emerg_ratelimited dev_alert_ratelimited dev_crit_ratelimited', 'device format', NOTHING],
    ['dev_err_ratelimited dev_warn_ratelimited dev_notice_ratelimited', 'device format', NOTHING],
    ['dev_info_ratelimited dev_dbg_ratelimited dev_vdbg_ratelimited', 'device format', NOTHING],
    ['dev_printk', 'level device format', NOTHING],
    ['dev_err_probe dev_warn_probe', 'device error format', argument(1), { returns: 'errno' }],
    [
      'dev_err_ptr_probe',
      'device error format',
      argument(1),
      { ...POINTER, simplified: 'The error is not made a pointer.' },
    ],
  ]),
  ...primitives('include/linux/printk.h', [
    ['printk printk_once printk_ratelimited printk_deferred _printk', 'format', NOTHING, INTEGER],
    [
      'pr_emerg pr_alert pr_crit pr_err pr_warn pr_notice pr_info pr_cont pr_debug pr_devel',
      'format',
      NOTHING,
    ],
    ['pr_emerg_once pr_alert_once pr_crit_once pr_err_once pr_warn_once', 'format', NOTHING],
    ['pr_notice_once pr_info_once pr_debug_once pr_devel_once', 'format', NOTHING],
    ['pr_emerg_ratelimited pr_alert_ratelimited pr_crit_ratelimited pr_err_ratelimited', 'format', NOTHING],
    ['pr_warn_ratelimited pr_notice_ratelimited pr_info_ratelimited pr_debug_ratelimited', 'format', NOTHING],
    ['apic_pr_verbose apic_pr_debug', 'format', NOTHING],
    ['print_hex_dump', 'level prefix type row group buffer length ascii', NOTHING],
    ['print_hex_dump_debug', 'prefix type row group buffer length ascii', NOTHING],
    ['print_hex_dump_bytes', 'prefix type buffer length', NOTHING],
    ['dump_stack', '', NOTHING],
    ['printk_ratelimit', '', constant(1), INTEGER],
  ]),
  ...primitives('include/linux/kernel.h', [
    ['trace_dump_stack', 'skip', NOTHING],
    ['trace_printk', 'format', NOTHING],
  ]),
  ...primitives('include/linux/panic.h', [
    ['panic', 'format', { do: 'stop' }],
    ['add_taint', 'flag lockdep', NOTHING],
  ]),
  ...primitives('include/linux/pci.h', [
    ['pci_printk', 'level device format', NOTHING],
    ['pci_emerg pci_alert pci_crit pci_err pci_warn pci_notice pci_info pci_dbg', 'device format', NOTHING],
    [
      'pci_err_ratelimited pci_warn_ratelimited pci_notice_ratelimited pci_info_ratelimited',
      'device format',
      NOTHING,
    ],
    ['pci_info_once pci_notice_once pci_warn_once', 'device format', NOTHING],
    ['pci_WARN pci_WARN_ONCE', 'device condition format', warn(1), BOOL],
  ]),
  ...primitives('include/linux/ratelimit_types.h', [
    ['__ratelimit', 'state', constant(1), { ...INTEGER, simplified: 'Never limits.' }],
    ['DEFINE_RATELIMIT_STATE', 'name interval burst', NOTHING],
  ]),
  ...primitives('include/linux/seq_file.h', [
    ['seq_printf', 'file format', NOTHING],
    ['seq_vprintf', 'file format list', NOTHING],
    ['seq_puts', 'file text', NOTHING],
    ['seq_putc', 'file character', NOTHING],
    ['seq_write', 'file data length', NOTHING, INTEGER],
    ['seq_has_overflowed', 'file', constant(0), BOOL],
  ]),
  ...primitives('include/trace/events/iommu.h', [
    ['trace_add_device_to_group trace_remove_device_from_group', 'group device', NOTHING],
    ['trace_attach_device_to_domain trace_detach_device_from_domain', 'device', NOTHING],
    ['trace_map', 'iova physical size', NOTHING],
    ['trace_unmap', 'iova size unmapped', NOTHING],
    ['trace_io_page_fault', 'device iova flags', NOTHING],
    ['trace_swiotlb_bounced', 'device address size', NOTHING],
  ]),
  ...primitives('drivers/iommu/intel/trace.h', [
    ['trace_cache_tag_assign trace_cache_tag_unassign', 'tag', NOTHING],
    ['trace_cache_tag_flush_all', 'tag', NOTHING],
    [
      'trace_cache_tag_flush_range trace_cache_tag_flush_range_np',
      'tag first last address pages mask',
      NOTHING,
    ],
    ['trace_qi_submit', 'iommu first second third fourth', NOTHING],
    ['trace_prq_report', 'iommu device first second third fourth fifth', NOTHING],
  ]),
  ...primitives('include/kunit/test.h', [
    [
      'KUNIT_EXPECT_EQ KUNIT_EXPECT_NE KUNIT_EXPECT_GE KUNIT_EXPECT_LE KUNIT_ASSERT_EQ',
      'test left right',
      NOTHING,
    ],
    ['KUNIT_EXPECT_GT KUNIT_EXPECT_LT KUNIT_ASSERT_NE KUNIT_EXPECT_PTR_EQ', 'test left right', NOTHING],
    ['KUNIT_EXPECT_TRUE KUNIT_EXPECT_FALSE KUNIT_ASSERT_TRUE KUNIT_ASSERT_FALSE', 'test condition', NOTHING],
    ['KUNIT_ASSERT_NOT_NULL KUNIT_EXPECT_NOT_NULL KUNIT_EXPECT_NULL', 'test pointer', NOTHING],
    ['KUNIT_ASSERT_NOT_ERR_OR_NULL', 'test pointer', NOTHING],
    ['KUNIT_EXPECT_MEMEQ', 'test left right size', NOTHING],
    ['KUNIT_FAIL', 'test format', NOTHING],
    ['KUNIT_CASE', 'function', NOTHING],
  ]),
];

/** Messages that stand in the log as something that went wrong. */
export const ERROR_MESSAGES: ReadonlySet<string> = new Set(
  MESSAGES.filter(({ name }) => /_(?:emerg|alert|crit|err)(?:_once|_ratelimited|_probe)?$/.test(name)).map(
    ({ name }) => name,
  ),
);
