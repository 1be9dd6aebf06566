/** A table fills an operation and leaves out the one that takes it back. */
import { defineRule } from './rule.js';

export const opWithoutInverse = defineRule({
  id: 'op-without-inverse',
  classes: ['attach-semantics', 'resource-leak'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A table of operations can attach, bind, enable, open or allocate, and cannot take it back.',
  why: 'The core calls the other one when the user is gone: through a pointer that is NULL, or not at all, and then what was made stays.',
  remedy: 'Fill the other operation as well.',
  source:
    'drivers/vfio/vfio_main.c:__vfio_register_dev (6.12) wants all four of iommufd; drivers/vfio/iommufd.c:vfio_iommufd_unbind; kernel/irq/irqdomain.c:irq_domain_free_irqs_hierarchy; mm/mmu_notifier.c:mmu_notifier_put',
  bad: [
    {
      title: 'attached for good',
      code: `
struct vfio_device;
int toy_bind(struct vfio_device *vdev);
void toy_unbind(struct vfio_device *vdev);
int toy_attach(struct vfio_device *vdev, u32 *id);

static const struct vfio_device_ops toy_ops = {
	.bind_iommufd = toy_bind,
	.unbind_iommufd = toy_unbind,
	.attach_ioas = toy_attach,
//      ^^^^^^^^^^^^^^^^^^^^^^^^^ op-without-inverse: detach_ioas
};`,
    },
  ],
  good: [
    {
      title: 'both, or neither',
      code: `
struct vfio_device;
int toy_bind(struct vfio_device *vdev);
void toy_unbind(struct vfio_device *vdev);

static const struct vfio_device_ops toy_ops = {
	.bind_iommufd = toy_bind,
	.unbind_iommufd = toy_unbind,
};`,
    },
  ],
  *check({ facts, isNew }) {
    for (const { type, name, slots, isWhole } of facts.tables) {
      const inverses = isWhole ? INVERSES.get(type) : undefined;
      if (!inverses) continue;
      for (const slot of slots) {
        const inverse = inverses.get(slot.name);
        if (inverse === undefined || !isNew(slot.spot) || slots.some((each) => each.name === inverse))
          continue;
        yield {
          at: slot.spot,
          function: name,
          message: `${name} fills ${slot.name} and not ${inverse}: who takes it back?`,
        };
      }
    }
  },
});

/** By type of table: what asks for which other. */
const INVERSES: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries({
    'struct vfio_device_ops': {
      open_device: 'close_device',
      bind_iommufd: 'unbind_iommufd',
      attach_ioas: 'detach_ioas',
      pasid_attach_ioas: 'pasid_detach_ioas',
    },
    'struct vfio_iommu_driver_ops': {
      open: 'release',
      attach_group: 'detach_group',
      pin_pages: 'unpin_pages',
      register_device: 'unregister_device',
    },
    'struct iommu_ops': {
      dev_enable_feat: 'dev_disable_feat',
      sva_bind: 'sva_unbind',
    },
    'struct mmu_notifier_ops': { alloc_notifier: 'free_notifier' },
    'struct irq_domain_ops': { alloc: 'free' },
    'struct dma_map_ops': { alloc: 'free', map_resource: 'unmap_resource' },
  }).map(([type, pairs]) => [type, new Map(Object.entries(pairs))]),
);
