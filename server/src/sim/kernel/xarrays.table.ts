/** XArrays and what stands on them: idr, ida, and the PASID allocator of kernels up to 6.2. */
import type { CursorEffect, Effect, IdsEffect, XarrayEffect } from './effects.js';
import { NO_MEMORY_ERRNO, type Options, type Primitive, primitives } from './primitive.js';
import {
  BOOL,
  constant,
  ERRNO,
  FRESH,
  failsWith,
  forget,
  NOTHING,
  POINTER,
  POINTER_OR_NULL,
  PURE,
  SUCCEEDS,
  UNSIGNED,
} from './rows.js';

type Slots = Pick<XarrayEffect, 'index' | 'entry' | 'expected' | 'givesId'>;

const array = (what: XarrayEffect['what'], slots: Slots = {}): XarrayEffect => ({
  do: 'xarray',
  what,
  array: 0,
  isLocked: false,
  ...slots,
});
const locked = (what: XarrayEffect['what'], slots: Slots = {}): XarrayEffect => ({
  ...array(what, slots),
  isLocked: true,
});
const ids = (what: IdsEffect['what'], more: Partial<IdsEffect> = {}): IdsEffect => ({
  do: 'ids',
  what,
  pool: 0,
  ...more,
});

const previous = (gfp: number): Options => ({
  context: { gfp },
  returns: 'pointer-or-null',
  fails: failsWith('ENOMEM', 'xa-error'),
});
const errno = (gfp: number): Options => ({ context: { gfp }, returns: 'errno', fails: NO_MEMORY_ERRNO });
const id = (gfp: number): Options => ({ context: { gfp }, returns: 'id', fails: NO_MEMORY_ERRNO });
/** __xa_alloc() gives EBUSY where the range is full (lib/xarray.c), idr_alloc() and ida_alloc_range() ENOSPC (lib/idr.c). */
const orFull = (options: Options, exhausted: number): Options => ({
  ...options,
  fails: { ...NO_MEMORY_ERRNO, exhausted },
});
const checked = (options: Options): Options => ({ ...options, mustCheck: true });
const LIMIT = 'The limit is not looked into.';
const cursor = (what: CursorEffect['what'], slots: Partial<CursorEffect> = {}): Effect => ({
  do: 'cursor',
  what,
  ...slots,
});
const MARKS = 'Marks are not followed: entries come from nowhere.';
const ORDERS = 'The order is not looked into.';
const MAPLE = 'Cursors over maple trees are not followed: entries come from nowhere.';
const MAPLE_ENTRY: Options = { ...POINTER_OR_NULL, simplified: MAPLE };
const DECLARED: Effect = forget(0);

export const XARRAYS: readonly Primitive[] = [
  ...primitives('include/linux/xarray.h', [
    ['xa_init', 'array', array('init')],
    ['xa_init_flags', 'array flags', array('init')],
    ['xa_load', 'array index', array('load', { index: 1 }), POINTER_OR_NULL],
    [
      'xa_store xa_store_bh xa_store_irq',
      'array index entry gfp',
      array('store', { index: 1, entry: 2 }),
      previous(3),
    ],
    ['__xa_store', 'array index entry gfp', locked('store', { index: 1, entry: 2 }), previous(3)],
    ['xa_erase xa_erase_bh xa_erase_irq', 'array index', array('erase', { index: 1 }), POINTER_OR_NULL],
    ['__xa_erase', 'array index', locked('erase', { index: 1 }), POINTER_OR_NULL],
    [
      'xa_insert xa_insert_bh xa_insert_irq',
      'array index entry gfp',
      array('insert', { index: 1, entry: 2 }),
      checked(errno(3)),
    ],
    ['__xa_insert', 'array index entry gfp', locked('insert', { index: 1, entry: 2 }), checked(errno(3))],
    [
      'xa_cmpxchg xa_cmpxchg_bh xa_cmpxchg_irq',
      'array index old entry gfp',
      array('exchange', { index: 1, expected: 2, entry: 3 }),
      checked(previous(4)),
    ],
    [
      '__xa_cmpxchg',
      'array index old entry gfp',
      locked('exchange', { index: 1, expected: 2, entry: 3 }),
      checked({ ...previous(4), simplified: 'The lock is not dropped while memory is found.' }),
    ],
    [
      'xa_reserve xa_reserve_bh xa_reserve_irq',
      'array index gfp',
      array('reserve', { index: 1 }),
      checked(errno(2)),
    ],
    ['xa_release', 'array index', array('release', { index: 1 })],
    [
      'xa_alloc xa_alloc_bh xa_alloc_irq',
      'array id entry limit gfp',
      array('alloc', { index: 1, entry: 2 }),
      checked({ ...orFull(errno(4), ERRNO.EBUSY), simplified: LIMIT }),
    ],
    [
      '__xa_alloc',
      'array id entry limit gfp',
      locked('alloc', { index: 1, entry: 2 }),
      checked({ ...orFull(errno(4), ERRNO.EBUSY), simplified: LIMIT }),
    ],
    [
      'xa_alloc_cyclic xa_alloc_cyclic_bh xa_alloc_cyclic_irq',
      'array id entry limit next gfp',
      array('alloc', { index: 1, entry: 2 }),
      checked({ ...orFull(errno(5), ERRNO.EBUSY), simplified: LIMIT }),
    ],
    [
      '__xa_alloc_cyclic',
      'array id entry limit next gfp',
      locked('alloc', { index: 1, entry: 2 }),
      checked({ ...orFull(errno(5), ERRNO.EBUSY), simplified: LIMIT }),
    ],
    ['xa_empty', 'array', array('empty'), BOOL],
    ['xa_find', 'array index last filter', array('find', { index: 1 }), POINTER_OR_NULL],
    ['xa_find_after', 'array index last filter', array('find-after', { index: 1 }), POINTER_OR_NULL],
    ['xa_destroy', 'array', array('destroy')],
    ['xa_get_mark', 'array index mark', FRESH, BOOL],
    ['xa_marked', 'array mark', FRESH, BOOL],
    ['xa_set_mark xa_clear_mark __xa_set_mark __xa_clear_mark', 'array index mark', NOTHING],
    ['xa_to_value', 'entry', PURE, UNSIGNED],
    ['xa_mk_value', 'value', PURE, POINTER],
    ['xa_is_value', 'entry', PURE, BOOL],
    ['xa_is_zero', 'entry', cursor('is-reserved', { entry: 0 }), BOOL],
    ['xa_is_retry', 'entry', constant(0), BOOL],
    ['XA_LIMIT', 'low high', PURE, { simplified: LIMIT }],
    ['XA_STATE_ORDER', 'state array index order', cursor('declare', { index: 2 }), { simplified: ORDERS }],
    ['XA_STATE', 'state array index', cursor('declare', { index: 2 })],
    ['xas_load', 'state', cursor('load'), POINTER_OR_NULL],
    ['xas_next', 'state', cursor('next'), POINTER_OR_NULL],
    ['xas_prev', 'state', cursor('prev'), POINTER_OR_NULL],
    ['xas_find xas_next_entry', 'state last', cursor('find', { index: 1 }), POINTER_OR_NULL],
    ['xas_find_marked', 'state last mark', FRESH, { ...POINTER_OR_NULL, simplified: MARKS }],
    [
      'xas_store',
      'state entry',
      cursor('store', { entry: 1 }),
      { ...POINTER_OR_NULL, fails: failsWith('ENOMEM', 'xa-error') },
    ],
    ['xas_retry', 'state entry', cursor('is-reserved', { entry: 1 }), BOOL],
    ['xas_reset xas_pause', 'state', cursor('reset')],
    ['xas_create_range', 'state', NOTHING, { simplified: 'Slots are not made before something is stored.' }],
    ['xas_set', 'state index', cursor('set', { index: 1 })],
    ['xas_set_err', 'state error', cursor('set-error', { index: 1 })],
    ['xas_set_order', 'state index order', cursor('set', { index: 1 }), { simplified: ORDERS }],
    ['xas_error', 'state', cursor('error'), { returns: 'errno' }],
    ['xas_invalid', 'state', cursor('error'), BOOL],
    [
      'xas_nomem',
      'state gfp',
      constant(0),
      { returns: 'bool', context: { gfp: 1 }, simplified: 'What failed is not tried again.' },
    ],
    ['xas_set_mark xas_clear_mark', 'state mark', NOTHING],
    ['xas_get_mark', 'state mark', FRESH, BOOL],
  ]),
  ...primitives('include/linux/idr.h', [
    ['idr_init', 'idr', array('init')],
    ['idr_init_base', 'idr base', array('init')],
    [
      'idr_alloc idr_alloc_cyclic',
      'idr entry start end gfp',
      array('alloc', { entry: 1, givesId: true }),
      checked({ ...orFull(id(4), ERRNO.ENOSPC), simplified: LIMIT }),
    ],
    [
      'idr_alloc_u32',
      'idr entry id last gfp',
      array('alloc', { index: 2, entry: 1 }),
      checked({ ...orFull(errno(4), ERRNO.ENOSPC), simplified: LIMIT }),
    ],
    ['idr_find', 'idr id', array('load', { index: 1 }), POINTER_OR_NULL],
    ['idr_remove', 'idr id', array('erase', { index: 1 }), POINTER_OR_NULL],
    ['idr_replace', 'idr entry id', array('store', { index: 2, entry: 1 }), POINTER_OR_NULL],
    ['idr_destroy', 'idr', array('destroy')],
    ['idr_is_empty', 'idr', array('empty'), BOOL],
    ['idr_get_next idr_get_next_ul', 'idr id', array('find', { index: 1 }), POINTER_OR_NULL],
    [
      'idr_for_each',
      'idr function data',
      { do: 'call', function: 1, args: [-1, -1, 2], each: true },
      { returns: 'integer', simplified: 'The function is called once, for an entry of any number.' },
    ],
    ['idr_preload', 'gfp', { do: 'preempt', what: 'off', isIrq: false }, { context: { gfp: 0 } }],
    ['idr_preload_end', '', { do: 'preempt', what: 'on', isIrq: false }],
    ['ida_init', 'ida', ids('init')],
    ['ida_alloc', 'ida gfp', ids('alloc', { low: { value: 0 } }), checked(orFull(id(1), ERRNO.ENOSPC))],
    ['ida_alloc_min', 'ida low gfp', ids('alloc', { low: 1 }), checked(orFull(id(2), ERRNO.ENOSPC))],
    [
      'ida_alloc_max',
      'ida high gfp',
      ids('alloc', { low: { value: 0 }, high: 1 }),
      checked(orFull(id(2), ERRNO.ENOSPC)),
    ],
    [
      'ida_alloc_range',
      'ida low high gfp',
      ids('alloc', { low: 1, high: 2 }),
      checked(orFull(id(3), ERRNO.ENOSPC)),
    ],
    ['ida_free', 'ida id', ids('free', { id: 1 })],
    ['ida_destroy', 'ida', ids('destroy')],
    [
      'ida_simple_get',
      'ida low end gfp',
      ids('alloc', { low: 1 }),
      checked({ ...orFull(id(3), ERRNO.ENOSPC), simplified: 'The end of the range is not looked at.' }),
    ],
    ['ida_simple_remove', 'ida id', ids('free', { id: 1 })],
    ['ida_is_empty', 'ida', FRESH, BOOL],
  ]),
  ...primitives('drivers/iommu/ioasid.c', [
    [
      'ioasid_alloc',
      'set low high data',
      ids('alloc', { pool: 'global', low: 1, high: 2 }),
      {
        context: 'sleeps',
        returns: 'unsigned',
        simplified: 'Keeps no data, and fails only when no id is left.',
      },
    ],
    ['ioasid_free', 'id', ids('free', { pool: 'global', id: 0 }), { context: 'sleeps' }],
    [
      'ioasid_find',
      'set id getter',
      FRESH,
      { ...POINTER_OR_NULL, simplified: 'The data is not what was given, and the getter is not called.' },
    ],
    ['ioasid_get', 'id', NOTHING, { simplified: 'References to an id are not counted.' }],
    ['ioasid_put', 'id', FRESH, { ...BOOL, simplified: 'References to an id are not counted.' }],
    ['ioasid_set_data', 'id data', SUCCEEDS, { returns: 'errno', simplified: 'The data is not kept.' }],
  ]),
  ...primitives('include/linux/maple_tree.h', [
    ['MA_STATE', 'state tree first last', DECLARED, { simplified: MAPLE }],
    ['mas_find', 'state last', FRESH, MAPLE_ENTRY],
    ['mas_next_range', 'state last', FRESH, MAPLE_ENTRY],
    ['mas_walk', 'state', FRESH, MAPLE_ENTRY],
  ]),
];
