/** What gives NULL when there is no memory, and what finds devices. */

/**
 * Functions whose only failure is NULL, or 0 for an address. include/linux/slab.h, string.h, sprintf.h, workqueue.h,
 * percpu.h, gfp.h, vmalloc.h, bitmap.h, dma-mapping.h, iommu.h:iopf_queue_alloc (6.12).
 */
export const GIVES_NULL: ReadonlySet<string> = new Set(
  (
    'kmalloc kzalloc kcalloc kmalloc_array kmalloc_node kzalloc_node kcalloc_node kvmalloc kvzalloc kvcalloc kvmalloc_array ' +
    'kmem_cache_alloc kmem_cache_zalloc kmem_cache_create kmem_cache_create_usercopy devm_kmalloc devm_kzalloc devm_kcalloc ' +
    'devm_kmalloc_array kmemdup kmemdup_nul devm_kmemdup kstrdup kstrdup_const kstrndup devm_kstrdup devm_kstrdup_const ' +
    'kasprintf kvasprintf devm_kasprintf vmalloc vzalloc vmalloc_user vzalloc_node bitmap_alloc bitmap_zalloc devm_bitmap_zalloc ' +
    'alloc_workqueue alloc_ordered_workqueue create_workqueue create_singlethread_workqueue create_freezable_workqueue ' +
    'alloc_percpu __alloc_percpu alloc_page alloc_pages alloc_pages_node get_zeroed_page __get_free_page __get_free_pages ' +
    'dma_alloc_coherent dmam_alloc_coherent dma_pool_create dma_pool_alloc dma_pool_zalloc mempool_create_kmalloc_pool ' +
    'iopf_queue_alloc platform_device_alloc ioremap ioremap_wc of_iomap devm_ioremap'
  ).split(' '),
);

/**
 * Functions whose only failure is an error pointer. include/linux/eventfd.h, anon_inodes.h, string.h, io.h, clk.h, reset.h,
 * kthread.h, device/class.h, device.h, platform_device.h, regmap.h, mfd/syscon.h, fs.h, iommu.h (6.12).
 */
export const GIVES_ERROR: ReadonlySet<string> = new Set(
  (
    'eventfd_ctx_fdget eventfd_ctx_fileget anon_inode_getfile memdup_user vmemdup_user memdup_user_nul memdup_array_user ' +
    'vmemdup_array_user devm_ioremap_resource devm_platform_ioremap_resource devm_platform_ioremap_resource_byname ' +
    'devm_platform_get_and_ioremap_resource clk_get devm_clk_get devm_clk_get_enabled devm_reset_control_get kthread_create ' +
    'kthread_run class_create device_create platform_device_register_full platform_device_register_simple ' +
    'platform_device_register_data devm_regmap_init_mmio syscon_regmap_lookup_by_phandle filp_open iommu_group_alloc ' +
    'iommu_paging_domain_alloc iommu_sva_bind_device'
  ).split(' '),
);

/** Flags by which an allocation does not fail, or nobody is left to see it fail. include/linux/gfp_types.h, slab.h (6.12). */
export const NEVER_FAILS = /__GFP_NOFAIL|SLAB_PANIC/;

/** Finders of devices of which nobody says that they are probed. include/linux/of_platform.h, device/bus.h, platform_device.h (6.12). */
export const FINDS_DEVICE =
  /^(?:of_find_device_by_node|bus_find_device(?:_by_\w+)?|class_find_device(?:_by_\w+)?|device_find_child(?:_by_name)?|platform_find_device_by_driver|acpi_dev_get_first_match_physical_node)$/;

/** Finders of devices that are bound to a driver. include/linux/device/driver.h (6.12), drivers/base/dd.c:driver_bound. */
export const FINDS_BOUND_DEVICE = /^driver_find_(?:next_)?device(?:_by_\w+)?$/;

/** What reads the data that a driver sets when it probes a device. include/linux/device.h, platform_device.h, pci.h (6.12). */
export const DRIVER_DATA: ReadonlySet<string> = new Set([
  'dev_get_drvdata',
  'platform_get_drvdata',
  'pci_get_drvdata',
]);

/** What drops the reference that a finder took. include/linux/device.h, platform_device.h, pci.h (6.12). */
export const PUTS_DEVICE: ReadonlySet<string> = new Set([
  'put_device',
  'platform_device_put',
  'of_dev_put',
  'pci_dev_put',
]);

/** Getters of numbers that leave what they are to set alone when they fail. include/linux/of.h, property.h, regmap.h, kstrtox.h (6.12). */
export const LEAVES_UNSET =
  /^(?:of|device|fwnode)_property_read_(?:u8|u16|u32|u64|s32|string|u32_index|string_index)$|^of_property_read_u(?:32|64)_index$|^regmap_read$|^kstrto(?:u|ull|ul|l|ll|int|uint|u8|u16|u32|u64|bool)$/;

/** Those of them that nobody asks about where a bus cannot fail. drivers/base/regmap/regmap-mmio.c (6.12). */
export const SURE_GETTERS: ReadonlySet<string> = new Set(['regmap_read']);

/**
 * Functions of the kernel that bring something up, and whose failure leaves it down. include/linux/clk.h, interrupt.h,
 * pm_runtime.h, device/devres.h, pci.h, iommu.h, component.h, platform_device.h (6.12).
 */
export const BRINGS_UP: ReadonlySet<string> = new Set(
  (
    'clk_prepare_enable clk_bulk_prepare_enable clk_bulk_enable regulator_enable request_irq request_threaded_irq devm_request_irq ' +
    'devm_request_threaded_irq pm_runtime_resume_and_get devm_add_action devm_add_action_or_reset pci_enable_device ' +
    'pcim_enable_device pci_enable_device_mem iommu_attach_group iommu_map component_add platform_device_add ' +
    'driver_register platform_driver_register pci_register_driver phy_power_on dev_pm_domain_attach'
  ).split(' '),
);

/** Getters that set it all the same. drivers/pci/access.c, include/linux/uaccess.h, iopoll.h (6.12). */
export const SETS_ANYWAY = /^pci\w*_read_config_|get_user$|copy_from_user$|_poll_timeout/;
