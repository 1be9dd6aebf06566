/**
 * Functions that write to the kernel's log, as data: include/linux/printk.h,
 * dev_printk.h, asm-generic/bug.h, pci.h (6.12).
 */

export type LogLevel = 'emerg' | 'alert' | 'crit' | 'err' | 'warn' | 'notice' | 'info' | 'debug';

export interface LogRow {
  readonly kind: 'print' | 'warn' | 'bug';
  readonly level: LogLevel;
  /** Index of the format, null for one that has none. */
  readonly format: number | null;
  /** Index of the device it speaks of, null when it speaks of none. */
  readonly device: number | null;
  /** Whether it says no more than so often. */
  readonly isLimited: boolean;
}

const LEVELS: readonly LogLevel[] = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];

function rows(): [string, LogRow][] {
  const found: [string, LogRow][] = [];
  for (const level of LEVELS) {
    for (const limit of ['', '_once', '_ratelimited']) {
      const common = { kind: 'print', level, isLimited: limit !== '' } as const;
      const short = level === 'debug' ? 'dbg' : level;
      found.push([`pr_${level}${limit}`, { ...common, format: 0, device: null }]);
      found.push([`dev_${short}${limit}`, { ...common, format: 1, device: 0 }]);
      found.push([`pci_${short}${limit}`, { ...common, format: 1, device: 0 }]);
    }
  }
  const warn = { kind: 'warn', level: 'warn', device: null } as const;
  const bug = { kind: 'bug', level: 'crit', format: null, device: null, isLimited: false } as const;
  return [
    ...found,
    ['printk', { kind: 'print', level: 'info', format: 0, device: null, isLimited: false }],
    ['WARN_ON', { ...warn, format: null, isLimited: false }],
    ['WARN_ON_ONCE', { ...warn, format: null, isLimited: true }],
    ['WARN', { ...warn, format: 1, isLimited: false }],
    ['WARN_ONCE', { ...warn, format: 1, isLimited: true }],
    ['dev_WARN', { ...warn, format: 1, device: 0, isLimited: false }],
    ['dev_WARN_ONCE', { ...warn, format: 2, device: 0, isLimited: true }],
    ['BUG_ON', bug],
    ['BUG', bug],
  ];
}

export const LOG_CALLS: ReadonlyMap<string, LogRow> = new Map(rows());

/** Allocators that tell of their own failure: without __GFP_NOWARN the page allocator dumps the stack. mm/page_alloc.c:warn_alloc. */
export const TELLS_OF_FAILURE: ReadonlySet<string> = new Set([
  ...['kmalloc', 'kzalloc', 'kcalloc', 'kmalloc_array', 'kmalloc_node', 'kzalloc_node', 'kcalloc_node'],
  ...['kvmalloc', 'kvzalloc', 'kvcalloc', 'kvmalloc_array', 'vmalloc', 'vzalloc', 'kmemdup', 'kstrdup'],
  ...['devm_kzalloc', 'devm_kmalloc', 'devm_kcalloc', 'devm_kmalloc_array', 'devm_kmemdup', 'devm_kstrdup'],
  ...['kmem_cache_alloc', 'kmem_cache_zalloc', 'kasprintf', 'devm_kasprintf', 'krealloc', 'krealloc_array'],
  ...['get_zeroed_page', '__get_free_page', '__get_free_pages', 'alloc_page', 'alloc_pages'],
  ...['bitmap_alloc', 'bitmap_zalloc', 'devm_bitmap_zalloc'],
  // drivers/base/platform.c:platform_get_irq (since 5.4), lib/devres.c:__devm_ioremap_resource
  ...['platform_get_irq', 'platform_get_irq_byname', 'devm_ioremap_resource'],
  ...['devm_platform_ioremap_resource', 'devm_platform_ioremap_resource_byname'],
]);

/** Calls that answer -EPROBE_DEFER when what they ask for is not there yet. drivers/base/core.c:dev_err_probe. */
export const MAY_DEFER: ReadonlySet<string> = new Set([
  ...['devm_clk_get', 'devm_clk_get_optional', 'devm_clk_get_enabled', 'clk_get', 'of_clk_get'],
  ...['devm_clk_bulk_get', 'devm_clk_bulk_get_all', 'devm_clk_bulk_get_optional', 'clk_bulk_get'],
  ...['devm_reset_control_get', 'devm_reset_control_get_exclusive', 'devm_reset_control_get_optional'],
  ...['devm_regulator_get', 'devm_regulator_bulk_get', 'devm_gpiod_get', 'devm_gpiod_get_optional'],
  ...['devm_phy_get', 'dev_pm_domain_attach', 'dev_pm_domain_attach_by_name', 'devm_of_icc_get'],
]);

/** Structs of include/uapi/linux/iommu.h, iommufd.h and vfio.h (5.10 to 6.12) that user space fills in. */
export const FILLED_BY_USER =
  /^struct (?:iommu_(?:cache_invalidate_info|gpasid_bind_data|pasid_table_config|ioas_\w+|hwpt_\w+|option|destroy|vfio_ioas|ioasid_\w+)|vfio_\w+_(?:invalidate|info|bind|map|unmap|request|migration|bitmap)\w*|iommufd_ucmd)$/;

/** Calls that bring in what user space wrote. include/linux/uaccess.h. */
export const FROM_USER: ReadonlySet<string> = new Set([
  ...['copy_from_user', '__copy_from_user', 'copy_struct_from_user', 'get_user', '__get_user'],
  ...['memdup_user', 'vmemdup_user', 'strncpy_from_user', 'memdup_user_nul'],
]);
