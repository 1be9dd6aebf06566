/** Names and words of the kernel that are no functions, as the engine asks for them. */

/** Records that have a `struct device` in them, each on a bus of its own. */
export const BUS_DEVICES: ReadonlySet<string> = new Set([
  'struct pci_dev',
  'struct acpi_device',
  'struct platform_device',
  'struct amba_device',
  'struct auxiliary_device',
  'struct cdx_device',
  'struct fsl_mc_device',
]);

/** Tables by which the kernel calls the driver of an IOMMU. include/linux/iommu.h, 6.12. */
export const DRIVER_TABLES: ReadonlySet<string> = new Set(['struct iommu_ops', 'struct iommu_domain_ops']);

/** Members that are pointers, and what they point to: a path goes on behind them. */
export const POINTED: Readonly<Record<string, string>> = { 'struct device.iommu': 'struct dev_iommu' };

/** Macros that declare a variable, and the primitive that makes it what the macro makes it. */
export const DECLARING: Readonly<Record<string, string>> = {
  DEFINE_MUTEX: 'mutex_init',
  DEFINE_SPINLOCK: 'spin_lock_init',
  DEFINE_RAW_SPINLOCK: 'raw_spin_lock_init',
  DECLARE_RWSEM: 'init_rwsem',
  DEFINE_RWLOCK: 'rwlock_init',
  LIST_HEAD: 'INIT_LIST_HEAD',
  HLIST_HEAD: 'INIT_HLIST_HEAD',
  DEFINE_XARRAY: 'xa_init',
  DEFINE_XARRAY_ALLOC: 'xa_init',
  DEFINE_XARRAY_ALLOC1: 'xa_init',
  DEFINE_XARRAY_FLAGS: 'xa_init',
  DEFINE_IDA: 'ida_init',
  DEFINE_IDR: 'idr_init',
  DECLARE_COMPLETION: 'init_completion',
  DECLARE_WAIT_QUEUE_HEAD: 'init_waitqueue_head',
};

/** What functions are called after which nobody walks anything any more. */
export const LAST_CALL = /(?:^|_)(?:exit|fini|unload)(?:_|$)/;
