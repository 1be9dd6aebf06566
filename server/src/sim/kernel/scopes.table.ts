/** What `guard(class)`, `scoped_guard(class, …)` and `__free(name)` call: primitives, by name. */

export interface Guard {
  readonly enter: string;
  readonly exit: string;
}

const pair = (name: string, enter: string, exit: string): [string, Guard] => [name, { enter, exit }];

/** Classes that DEFINE_GUARD() and DEFINE_LOCK_GUARD_0() and _1() make. include/linux, 6.12 and later. */
export const GUARDS: ReadonlyMap<string, Guard> = new Map([
  // include/linux/mutex.h
  pair('mutex', 'mutex_lock', 'mutex_unlock'),
  pair('mutex_try', 'mutex_trylock', 'mutex_unlock'),
  pair('mutex_intr', 'mutex_lock_interruptible', 'mutex_unlock'),
  pair('mutex_kill', 'mutex_lock_killable', 'mutex_unlock'),
  // include/linux/spinlock.h
  pair('spinlock', 'spin_lock', 'spin_unlock'),
  pair('spinlock_try', 'spin_trylock', 'spin_unlock'),
  pair('spinlock_bh', 'spin_lock_bh', 'spin_unlock_bh'),
  pair('spinlock_bh_try', 'spin_trylock_bh', 'spin_unlock_bh'),
  pair('spinlock_irq', 'spin_lock_irq', 'spin_unlock_irq'),
  pair('spinlock_irq_try', 'spin_trylock_irq', 'spin_unlock_irq'),
  pair('spinlock_irqsave', 'spin_lock_irqsave', 'spin_unlock_irqrestore'),
  pair('spinlock_irqsave_try', 'spin_trylock_irqsave', 'spin_unlock_irqrestore'),
  pair('raw_spinlock', 'raw_spin_lock', 'raw_spin_unlock'),
  pair('raw_spinlock_try', 'raw_spin_trylock', 'raw_spin_unlock'),
  pair('raw_spinlock_nested', 'raw_spin_lock_nested', 'raw_spin_unlock'),
  pair('raw_spinlock_bh', 'raw_spin_lock_bh', 'raw_spin_unlock_bh'),
  pair('raw_spinlock_bh_try', 'raw_spin_trylock_bh', 'raw_spin_unlock_bh'),
  pair('raw_spinlock_irq', 'raw_spin_lock_irq', 'raw_spin_unlock_irq'),
  pair('raw_spinlock_irq_try', 'raw_spin_trylock_irq', 'raw_spin_unlock_irq'),
  pair('raw_spinlock_irqsave', 'raw_spin_lock_irqsave', 'raw_spin_unlock_irqrestore'),
  pair('raw_spinlock_irqsave_try', 'raw_spin_trylock_irqsave', 'raw_spin_unlock_irqrestore'),
  pair('read_lock', 'read_lock', 'read_unlock'),
  pair('read_lock_irq', 'read_lock_irq', 'read_unlock_irq'),
  pair('read_lock_irqsave', 'read_lock_irqsave', 'read_unlock_irqrestore'),
  pair('write_lock', 'write_lock', 'write_unlock'),
  pair('write_lock_irq', 'write_lock_irq', 'write_unlock_irq'),
  pair('write_lock_irqsave', 'write_lock_irqsave', 'write_unlock_irqrestore'),
  // include/linux/rwsem.h
  pair('rwsem_read', 'down_read', 'up_read'),
  pair('rwsem_read_try', 'down_read_trylock', 'up_read'),
  pair('rwsem_read_intr', 'down_read_interruptible', 'up_read'),
  pair('rwsem_write', 'down_write', 'up_write'),
  pair('rwsem_write_try', 'down_write_trylock', 'up_write'),
  pair('rwsem_write_kill', 'down_write_killable', 'up_write'),
  // include/linux/rcupdate.h, srcu.h
  pair('rcu', 'rcu_read_lock', 'rcu_read_unlock'),
  pair('srcu', 'srcu_read_lock', 'srcu_read_unlock'),
  // include/linux/preempt.h, irqflags.h, cpuhplock.h
  pair('preempt', 'preempt_disable', 'preempt_enable'),
  pair('preempt_notrace', 'preempt_disable_notrace', 'preempt_enable_notrace'),
  pair('migrate', 'migrate_disable', 'migrate_enable'),
  pair('irq', 'local_irq_disable', 'local_irq_enable'),
  pair('irqsave', 'local_irq_save', 'local_irq_restore'),
  pair('cpus_read_lock', 'cpus_read_lock', 'cpus_read_unlock'),
  // include/linux/device.h, pci.h, and elsewhere
  pair('device', 'device_lock', 'device_unlock'),
  pair('device_intr', 'device_lock_interruptible', 'device_unlock'),
  pair('pci_dev', 'pci_dev_lock', 'pci_dev_unlock'),
  pair('pm_runtime_active', 'pm_runtime_get_sync', 'pm_runtime_put'),
  pair('disable_irq', 'disable_irq', 'enable_irq'),
]);

/** What DEFINE_FREE() makes `__free(name)` call. */
export const FREES: ReadonlyMap<string, string> = new Map([
  ['kfree', 'kfree'],
  ['kvfree', 'kvfree'],
  ['kfree_sensitive', 'kfree_sensitive'],
  ['kfree_const', 'kfree_const'],
  ['vfree', 'vfree'],
  ['free_percpu', 'free_percpu'],
  ['free_page', 'free_page'],
  ['bitmap', 'bitmap_free'],
  ['put_device', 'put_device'],
  ['device_del', 'device_del'],
  ['device_node', 'of_node_put'],
  ['fwnode_handle', 'fwnode_handle_put'],
  ['pci_dev_put', 'pci_dev_put'],
  ['platform_device_put', 'platform_device_put'],
  ['fput', 'fput'],
  ['put_unused_fd', 'put_unused_fd'],
  ['module_put', 'module_put'],
  ['put_task', 'put_task_struct'],
  ['put_pid', 'put_pid'],
  ['mmput', 'mmput'],
  ['mmdrop', 'mmdrop'],
  ['iput', 'iput'],
  ['acpi_put_table', 'acpi_put_table'],
  ['iommu_group_put', 'iommu_group_put'],
]);
