/**
 * Memory that the kernel hands out and takes back: slabs, pages, vmalloc, per
 * CPU, and what a device's unbinding frees. Sizes decide where an access is
 * out of bounds, so they are only given where the arguments tell them.
 */
import type { Alloc, Effect } from './effects.js';
import {
  NO_MEMORY,
  NO_MEMORY_ERRNO,
  NO_MEMORY_POINTER,
  type Options,
  type Primitive,
  primitives,
} from './primitive.js';
import { argument, FRESH, forget, hold, NOTHING, POINTER, PURE, release, SLEEPS, UNSIGNED } from './rows.js';

const alloc = (
  lifetime: Alloc['lifetime'],
  fill: Alloc['fill'],
  size: readonly number[] = [],
  copies?: number,
): Alloc =>
  copies === undefined
    ? { do: 'alloc', lifetime, fill, size }
    : { do: 'alloc', lifetime, fill, size, copies };
const free = (lifetime: Alloc['lifetime'], what = 0): Effect => ({ do: 'free', what, lifetime });
const freeArray = (lifetime: Alloc['lifetime'], what: number): Effect => ({
  do: 'free',
  what,
  lifetime,
  isArray: true,
});
const resize = (what: number, ...size: readonly number[]): Effect => ({ do: 'resize', what, size });

/** Gives NULL when there is no memory; sleeps as its gfp argument says. */
const gfp = (number: number): Options => ({
  context: { gfp: number },
  returns: 'pointer-or-null',
  fails: NO_MEMORY,
});
const SLEEPING: Options = { context: 'sleeps', returns: 'pointer-or-null', fails: NO_MEMORY };
const FROM_USER: Options = {
  context: 'sleeps',
  returns: 'pointer',
  fails: NO_MEMORY_POINTER,
  simplified: 'User memory is always readable: never -EFAULT.',
};
const TEXT = 'The characters are not known.';
const ONE_CPU = 'One object stands for those of all CPUs.';

export const MEMORY: readonly Primitive[] = [
  ...primitives('include/linux/slab.h', [
    ['kmalloc', 'size flags', alloc('heap', 'undefined', [0]), gfp(1)],
    ['kzalloc', 'size flags', alloc('heap', 'zero', [0]), gfp(1)],
    ['kmalloc_node', 'size flags node', alloc('heap', 'undefined', [0]), gfp(1)],
    ['kzalloc_node', 'size flags node', alloc('heap', 'zero', [0]), gfp(1)],
    ['kmalloc_array', 'n size flags', alloc('heap', 'undefined', [0, 1]), gfp(2)],
    ['kcalloc', 'n size flags', alloc('heap', 'zero', [0, 1]), gfp(2)],
    ['kmalloc_array_node', 'n size flags node', alloc('heap', 'undefined', [0, 1]), gfp(2)],
    ['kcalloc_node', 'n size flags node', alloc('heap', 'zero', [0, 1]), gfp(2)],
    ['kmalloc_obj', 'of flags', alloc('heap', 'undefined'), gfp(1)],
    ['kzalloc_obj', 'of flags', alloc('heap', 'zero'), gfp(1)],
    ['kmalloc_objs', 'of count flags', alloc('heap', 'undefined'), gfp(2)],
    ['kzalloc_objs', 'of count flags', alloc('heap', 'zero'), gfp(2)],
    ['krealloc', 'object size flags', resize(0, 1), gfp(2)],
    ['krealloc_array', 'object n size flags', resize(0, 1, 2), gfp(3)],
    ['kvmalloc', 'size flags', alloc('heap', 'undefined', [0]), gfp(1)],
    ['kvzalloc', 'size flags', alloc('heap', 'zero', [0]), gfp(1)],
    ['kvmalloc_node', 'size flags node', alloc('heap', 'undefined', [0]), gfp(1)],
    ['kvzalloc_node', 'size flags node', alloc('heap', 'zero', [0]), gfp(1)],
    ['kvmalloc_array', 'n size flags', alloc('heap', 'undefined', [0, 1]), gfp(2)],
    ['kvcalloc', 'n size flags', alloc('heap', 'zero', [0, 1]), gfp(2)],
    ['kvrealloc', 'object size flags', resize(0, 1), gfp(2)],
    ['kfree kfree_sensitive', 'object', free('heap')],
    ['kvfree', 'object', free('heap'), SLEEPS],
    ['kvfree_sensitive', 'object size', free('heap'), SLEEPS],
    ['kfree_bulk', 'count objects', freeArray('heap', 1)],
    ['ksize', 'object', PURE, UNSIGNED],
    [
      'kmem_cache_create',
      'name size align flags constructor',
      alloc('heap', 'unknown'),
      { ...SLEEPING, simplified: 'Constructors are not run.' },
    ],
    ['KMEM_CACHE', 'of flags', alloc('heap', 'unknown'), SLEEPING],
    ['kmem_cache_destroy', 'cache', free('heap'), SLEEPS],
    ['kmem_cache_shrink', 'cache', FRESH, { context: 'sleeps', returns: 'integer' }],
    ['kmem_cache_alloc', 'cache flags', alloc('slab', 'undefined'), gfp(1)],
    ['kmem_cache_zalloc', 'cache flags', alloc('slab', 'zero'), gfp(1)],
    ['kmem_cache_alloc_node', 'cache flags node', alloc('slab', 'undefined'), gfp(1)],
    ['kmem_cache_free', 'cache object', free('slab', 1)],
    ['kmem_cache_free_bulk', 'cache count objects', freeArray('slab', 2)],
    [
      'kmem_cache_alloc_bulk',
      'cache flags count objects',
      forget(3),
      {
        context: { gfp: 1 },
        returns: 'unsigned',
        fails: NO_MEMORY,
        simplified: 'The objects are not told apart.',
      },
    ],
  ]),
  ...primitives('include/linux/string.h', [
    ['kstrdup kstrdup_const', 'text flags', alloc('heap', 'unknown', [], 0), { ...gfp(1), simplified: TEXT }],
    ['kstrndup', 'text most flags', alloc('heap', 'unknown', [], 0), { ...gfp(2), simplified: TEXT }],
    ['kmemdup_nul', 'text length flags', alloc('heap', 'unknown', [], 0), { ...gfp(2), simplified: TEXT }],
    ['kmemdup', 'from size flags', alloc('heap', 'undefined', [1], 0), gfp(2)],
    ['kvmemdup', 'from size flags', alloc('heap', 'undefined', [1], 0), gfp(2)],
    ['kmemdup_array', 'from count size flags', alloc('heap', 'undefined', [1, 2], 0), gfp(3)],
    ['kfree_const', 'text', free('heap'), { simplified: 'Constant strings are freed like others.' }],
    ['memdup_user vmemdup_user', 'from size', alloc('heap', 'unknown', [1]), FROM_USER],
    ['memdup_user_nul', 'from size', alloc('heap', 'unknown'), FROM_USER],
    ['memdup_array_user vmemdup_array_user', 'from count size', alloc('heap', 'unknown', [1, 2]), FROM_USER],
    ['strndup_user', 'from most', alloc('heap', 'unknown'), FROM_USER],
  ]),
  ...primitives('include/linux/sprintf.h', [
    ['kasprintf', 'flags format', alloc('heap', 'unknown'), { ...gfp(0), simplified: TEXT }],
    ['kvasprintf', 'flags format list', alloc('heap', 'unknown'), { ...gfp(0), simplified: TEXT }],
    ['kvasprintf_const', 'flags format list', alloc('heap', 'unknown'), { ...gfp(0), simplified: TEXT }],
  ]),
  ...primitives('include/linux/rcupdate.h', [
    ['kfree_rcu kvfree_rcu', 'object member', { do: 'rcu', what: 'free', object: 0 }],
    ['kfree_rcu_mightsleep kvfree_rcu_mightsleep', 'object', { do: 'rcu', what: 'free', object: 0 }, SLEEPS],
  ]),
  ...primitives('include/linux/vmalloc.h', [
    ['vmalloc vmalloc_user vmalloc_32', 'size', alloc('heap', 'undefined', [0]), SLEEPING],
    ['vzalloc', 'size', alloc('heap', 'zero', [0]), SLEEPING],
    ['vmalloc_node', 'size node', alloc('heap', 'undefined', [0]), SLEEPING],
    ['vzalloc_node', 'size node', alloc('heap', 'zero', [0]), SLEEPING],
    ['vmalloc_array', 'n size', alloc('heap', 'undefined', [0, 1]), SLEEPING],
    ['vcalloc', 'n size', alloc('heap', 'zero', [0, 1]), SLEEPING],
    ['vfree', 'object', free('heap'), SLEEPS],
    ['vfree_atomic', 'object', free('heap')],
    ['vmap', 'pages count flags protection', alloc('heap', 'unknown'), SLEEPING],
    ['vunmap', 'object', free('heap'), SLEEPS],
  ]),
  ...primitives('include/linux/mm.h', [
    ['is_vmalloc_addr', 'object', PURE, { returns: 'bool' }],
    ['vmalloc_to_page', 'object', argument(0), { ...POINTER, simplified: 'A page is the memory in it.' }],
    ['get_page', 'page', hold('page')],
    ['folio_get', 'folio', hold('page')],
    ['put_page', 'page', release('page')],
    ['folio_put', 'folio', release('page')],
    ['split_page', 'page order', NOTHING],
  ]),
  ...primitives('include/linux/gfp.h', [
    ['alloc_pages', 'flags order', alloc('page', 'undefined'), gfp(0)],
    ['alloc_page', 'flags', alloc('page', 'undefined'), gfp(0)],
    ['alloc_pages_node __alloc_pages_node', 'node flags order', alloc('page', 'undefined'), gfp(1)],
    ['folio_alloc', 'flags order', alloc('page', 'undefined'), gfp(0)],
    ['__get_free_pages', 'flags order', alloc('page', 'undefined'), gfp(0)],
    ['__get_free_page', 'flags', alloc('page', 'undefined'), gfp(0)],
    ['__get_dma_pages', 'flags order', alloc('page', 'undefined'), gfp(0)],
    ['get_zeroed_page', 'flags', alloc('page', 'zero'), gfp(0)],
    ['alloc_pages_exact', 'size flags', alloc('page', 'undefined', [0]), gfp(1)],
    ['free_pages_exact', 'address size', free('page')],
    ['__free_pages', 'page order', free('page')],
    ['__free_page', 'page', free('page')],
    ['free_pages', 'address order', free('page')],
    ['free_page', 'address', free('page')],
    [
      'alloc_pages_bulk_array alloc_pages_bulk',
      'flags count pages',
      forget(2),
      { context: { gfp: 0 }, returns: 'unsigned', simplified: 'The pages are not told apart.' },
    ],
    ['gfpflags_allow_blocking', 'flags', { do: 'may-sleep', gfp: 0 }, { returns: 'bool' }],
  ]),
  ...primitives('include/linux/percpu.h', [
    ['alloc_percpu', 'type', alloc('heap', 'zero'), { ...SLEEPING, simplified: ONE_CPU }],
    ['alloc_percpu_gfp', 'type flags', alloc('heap', 'zero'), { ...gfp(1), simplified: ONE_CPU }],
    ['__alloc_percpu', 'size align', alloc('heap', 'zero', [0]), { ...SLEEPING, simplified: ONE_CPU }],
    [
      '__alloc_percpu_gfp',
      'size align flags',
      alloc('heap', 'zero', [0]),
      { ...gfp(2), simplified: ONE_CPU },
    ],
    ['free_percpu', 'object', free('heap')],
  ]),
  ...primitives('include/linux/device.h', [
    ['devm_kmalloc', 'device size flags', alloc('managed', 'undefined', [1]), gfp(2)],
    [
      'devm_krealloc',
      'device object size flags',
      alloc('managed', 'unknown', [2]),
      { ...gfp(3), simplified: 'The old memory stays until the device is unbound.' },
    ],
    ['devm_kmemdup', 'device from size flags', alloc('managed', 'undefined', [2], 1), gfp(3)],
    ['devm_kasprintf', 'device flags format', alloc('managed', 'unknown'), { ...gfp(1), simplified: TEXT }],
    ['devm_alloc_percpu', 'device type', alloc('managed', 'zero'), { ...SLEEPING, simplified: ONE_CPU }],
    [
      'devm_add_action',
      'device action data',
      { do: 'managed', action: 1, data: 2 },
      { context: 'sleeps', returns: 'errno', fails: NO_MEMORY_ERRNO, mustCheck: true },
    ],
    [
      'devm_add_action_or_reset',
      'device action data',
      { do: 'managed', action: 1, data: 2 },
      {
        context: 'sleeps',
        returns: 'errno',
        fails: NO_MEMORY_ERRNO,
        simplified: 'When it fails the action is not run at once.',
      },
    ],
    ['devm_remove_action devm_release_action', 'device action data', NOTHING, SLEEPS],
  ]),
  ...primitives('include/linux/device/devres.h', [
    ['devm_kzalloc', 'device size flags', alloc('managed', 'zero', [1]), gfp(2)],
    ['devm_kmalloc_array', 'device n size flags', alloc('managed', 'undefined', [1, 2]), gfp(3)],
    ['devm_kcalloc', 'device n size flags', alloc('managed', 'zero', [1, 2]), gfp(3)],
    [
      'devm_kstrdup devm_kstrdup_const',
      'device text flags',
      alloc('managed', 'unknown'),
      { ...gfp(2), simplified: TEXT },
    ],
    ['devm_get_free_pages', 'device flags order', alloc('managed', 'undefined'), gfp(1)],
    ['devm_kfree', 'device object', free('managed', 1)],
    ['devm_free_pages', 'device address', free('managed', 1)],
  ]),
  ...primitives('include/linux/kmemleak.h', [
    ['kmemleak_alloc', 'object size count flags', NOTHING],
    ['kmemleak_free kmemleak_ignore kmemleak_not_leak kmemleak_transient_leak', 'object', NOTHING],
  ]),
];
