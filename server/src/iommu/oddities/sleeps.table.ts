/** Where the kernel calls a driver while nothing may sleep, and what sleeps. */

/** What takes a lock under which nothing may sleep. */
export const SPINS =
  /^(?:raw_)?spin_lock(?:_irq|_irqsave|_bh|_nested)?$|^(?:read|write)_lock(?:_irq|_irqsave|_bh)?$/;

/** Why a function that stands in such a slot may not sleep: who calls it. */
export const ATOMIC_SLOTS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    // drivers/iommu/dma-iommu.c maps and unmaps for drivers that hold spinlocks (6.12)
    'struct iommu_domain_ops',
    slots(
      'map unmap map_pages unmap_pages flush_iotlb_all iotlb_sync iotlb_sync_map iova_to_phys',
      'DMA is mapped and unmapped under the spinlocks of drivers',
    ),
  ],
  [
    'struct iommu_flush_ops',
    slots('tlb_flush_all tlb_flush_walk tlb_add_page', 'DMA is unmapped under the spinlocks of drivers'),
  ],
  [
    // include/linux/dma-map-ops.h; Documentation/core-api/dma-api.rst
    'struct dma_map_ops',
    slots(
      'map_page unmap_page map_sg unmap_sg map_resource unmap_resource sync_single_for_cpu sync_single_for_device sync_sg_for_cpu sync_sg_for_device',
      'DMA is mapped and unmapped under the spinlocks of drivers',
    ),
  ],
  [
    // drivers/base/syscore.c:syscore_suspend (6.12)
    'struct syscore_ops',
    slots('suspend resume', 'interrupts are off while the machine goes to sleep'),
  ],
  [
    // kernel/irq/chip.c calls them under the raw lock of the descriptor (6.12)
    'struct irq_chip',
    slots(
      'irq_mask irq_unmask irq_ack irq_eoi irq_mask_ack irq_set_affinity irq_retrigger irq_compose_msi_msg irq_set_vcpu_affinity',
      'the kernel calls it under the raw lock of the interrupt',
    ),
  ],
  [
    // include/linux/mmu_notifier.h
    'struct mmu_notifier_ops',
    slots(
      'invalidate_range arch_invalidate_secondary_tlbs change_pte',
      'the kernel calls it under the lock of the page table',
    ),
  ],
]);

/** What takes a handler, which argument that is, and why the handler may not sleep. include/linux/interrupt.h, timer.h (6.12). */
export const ATOMIC_HANDLERS: ReadonlyMap<string, { readonly at: number; readonly why: string }> = new Map([
  ['request_irq', { at: 1, why: 'it runs in an interrupt' }],
  ['devm_request_irq', { at: 2, why: 'it runs in an interrupt' }],
  ['request_threaded_irq', { at: 1, why: 'it runs in an interrupt' }],
  ['devm_request_threaded_irq', { at: 2, why: 'it runs in an interrupt' }],
  ['timer_setup', { at: 1, why: 'timers run in a softirq' }],
  ['tasklet_setup', { at: 1, why: 'tasklets run in a softirq' }],
  ['tasklet_init', { at: 1, why: 'tasklets run in a softirq' }],
  ['call_rcu', { at: 1, why: 'RCU callbacks run in a softirq' }],
]);

/** Calls that sleep whatever they are given. include/linux/mutex.h, rwsem.h, delay.h, workqueue.h, clk.h, mmap_lock.h (6.12). */
export const SLEEPS: ReadonlySet<string> = new Set(
  (
    'mutex_lock mutex_lock_interruptible mutex_lock_killable mutex_lock_nested down_read down_write down ' +
    'msleep usleep_range msleep_interruptible fsleep ssleep flush_work flush_workqueue flush_delayed_work ' +
    'cancel_work_sync cancel_delayed_work_sync synchronize_rcu synchronize_srcu wait_for_completion ' +
    'wait_for_completion_timeout wait_event wait_event_timeout wait_event_interruptible schedule_timeout ' +
    'clk_prepare_enable clk_prepare clk_disable_unprepare mmap_read_lock mmap_write_lock disable_irq free_irq vmalloc vzalloc'
  ).split(' '),
);

/** A name in a body that says that somebody asks whether sleeping is allowed. */
export const ASKS_FIRST: ReadonlySet<string> = new Set(
  'gfpflags_allow_blocking in_atomic in_interrupt in_task irqs_disabled mmu_notifier_range_blockable preemptible'.split(
    ' ',
  ),
);

function slots(names: string, why: string): ReadonlyMap<string, string> {
  return new Map(names.split(' ').map((name) => [name, why]));
}
