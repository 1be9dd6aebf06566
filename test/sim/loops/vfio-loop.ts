/** VFIO type 1 of Linux 6.12 on the simulated IOMMU, with a process whose memory is pinned. */
import { LoopTests } from './loop-tests.js';

/**
 * `RLIMIT_MEMLOCK` is of asm-generic/resource.h, which the trees at hand do not have, and who runs is told by the
 * architecture.
 *
 * Not modelled, because a process here has nothing but ordinary memory, no signals and no privileges: mappings of
 * device memory (VM_PFNMAP), a process that is killed while it waits for its mmap lock, and CAP_IPC_LOCK. Which pages
 * were written to is not tracked.
 */
const BEFORE: Readonly<Record<string, string>> = {
  'drivers/vfio/vfio_iommu_type1.c': `#define RLIMIT_MEMLOCK 8
static struct mm_struct model_mm;
static struct task_struct model_task = { .group_leader = &model_task, .mm = &model_mm };
#define current (&model_task)
`,
  // The world stands there, and sees what that sees.
  'drivers/iommu/iommu.c': '#include <uapi/linux/vfio.h>\n',
};

export const VFIO = new LoopTests({
  title: 'VFIO type 1 of 6.12',
  paths: Object.keys(BEFORE),
  callers: ['process-memory.c', 'vfio.c', 'vfio-mappings.c'],
  before: (path) => BEFORE[path] ?? '',
});
