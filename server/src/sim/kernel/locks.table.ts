/** Locks of every kind, what asserts them, and what switches interrupts and preemption off. */
import type { Effect, LockEffect, Operand } from './effects.js';
import { type Failure, type Options, type Primitive, primitives } from './primitive.js';
import { BOOL, constant, failsWith, INTEGER, member, NOTHING, SLEEPS, UNSIGNED } from './rows.js';

type Kind = LockEffect['kind'];

const change =
  (verb: LockEffect['do'], irq: boolean) =>
  (kind: Kind, mode: LockEffect['mode'] = 'exclusive', of: Operand = 0): LockEffect => ({
    do: verb,
    lock: of,
    kind,
    mode,
    irq,
  });

const lock = change('lock', false);
const unlock = change('unlock', false);
const tryLock = change('try-lock', false);
const lockIrq = change('lock', true);
const unlockIrq = change('unlock', true);
const tryLockIrq = change('try-lock', true);
const init: Effect = { do: 'lock-init', lock: 0 };
const dead: Effect = { do: 'lock-dead', lock: 0 };
const query: Effect = { do: 'lock-query', lock: 0 };
const held = (of: Operand = 0): Effect => ({ do: 'lock-held', lock: of, isWanted: true });
const notHeld: Effect = { do: 'lock-held', lock: 0, isWanted: false };

const MMAP = member(0, 'struct mm_struct', 'mmap_lock');
const MMAP_USERS = member(0, 'struct mm_struct', 'mm_users');
const mmap = (mode: LockEffect['mode']): LockEffect => ({ ...lock('rwsem', mode, MMAP), users: MMAP_USERS });
const DEVICE = member(0, 'struct device', 'mutex');
const PCI_DEVICE = member(0, 'struct pci_dev', 'dev.mutex');
const BASE = member(0, 'struct xa_state', 'xa');

/** A lock that a signal may keep from being taken: 0 when it was. */
const interrupted: Failure = failsWith('EINTR');
const SIGNAL: Options = { context: 'sleeps', returns: 'errno', fails: interrupted, mustCheck: true };
const BOTTOM_HALVES = 'Bottom halves are not switched off: only the lock is taken.';
const bh: Options = { simplified: BOTTOM_HALVES };
const STATE = 'The lock counts as one of the state, not as that of its array.';
const NO_RETRY: Options = {
  ...UNSIGNED,
  simplified: 'Readers never see a writer at work, so they never read again.',
};
const CLASSES = 'Classes of locks are told by their members, not by keys.';

export const LOCKS: readonly Primitive[] = [
  ...primitives('include/linux/mutex.h', [
    ['mutex_lock mutex_lock_io', 'lock', lock('mutex'), SLEEPS],
    ['mutex_lock_nested mutex_lock_io_nested', 'lock subclass', lock('mutex'), SLEEPS],
    ['mutex_lock_nest_lock', 'lock outer', lock('mutex'), SLEEPS],
    ['mutex_lock_interruptible mutex_lock_killable', 'lock', lock('mutex'), SIGNAL],
    ['mutex_lock_interruptible_nested mutex_lock_killable_nested', 'lock subclass', lock('mutex'), SIGNAL],
    ['mutex_trylock', 'lock', tryLock('mutex'), { returns: 'bool', mustCheck: true }],
    ['mutex_unlock', 'lock', unlock('mutex')],
    ['mutex_init', 'lock', init],
    ['__mutex_init', 'lock name key', init],
    ['mutex_destroy', 'lock', dead],
    ['devm_mutex_init', 'device lock', { do: 'lock-init', lock: 1 }, { returns: 'errno' }],
    ['mutex_is_locked', 'lock', query, BOOL],
  ]),
  ...primitives('include/linux/spinlock.h', [
    ['spin_lock', 'lock', lock('spin')],
    ['spin_lock_bh', 'lock', lock('spin'), bh],
    ['spin_lock_nested', 'lock subclass', lock('spin')],
    ['spin_lock_nest_lock', 'lock outer', lock('spin')],
    ['spin_lock_irq', 'lock', lockIrq('spin')],
    ['spin_lock_irqsave', 'lock flags', lockIrq('spin')],
    ['spin_lock_irqsave_nested', 'lock flags subclass', lockIrq('spin')],
    ['spin_trylock', 'lock', tryLock('spin'), { returns: 'bool', mustCheck: true }],
    [
      'spin_trylock_bh',
      'lock',
      tryLock('spin'),
      { returns: 'bool', mustCheck: true, simplified: BOTTOM_HALVES },
    ],
    ['spin_trylock_irq', 'lock', tryLockIrq('spin'), { returns: 'bool', mustCheck: true }],
    ['spin_trylock_irqsave', 'lock flags', tryLockIrq('spin'), { returns: 'bool', mustCheck: true }],
    ['spin_unlock', 'lock', unlock('spin')],
    ['spin_unlock_bh', 'lock', unlock('spin'), bh],
    ['spin_unlock_irq', 'lock', unlockIrq('spin')],
    ['spin_unlock_irqrestore', 'lock flags', unlockIrq('spin')],
    ['spin_lock_init', 'lock', init],
    ['spin_is_locked', 'lock', query, BOOL],
    ['assert_spin_locked', 'lock', held(), { simplified: 'Another task that holds it does not count.' }],
    ['raw_spin_lock', 'lock', lock('spin')],
    ['raw_spin_lock_bh', 'lock', lock('spin'), bh],
    ['raw_spin_lock_nested', 'lock subclass', lock('spin')],
    ['raw_spin_lock_irq', 'lock', lockIrq('spin')],
    ['raw_spin_lock_irqsave', 'lock flags', lockIrq('spin')],
    ['raw_spin_lock_irqsave_nested', 'lock flags subclass', lockIrq('spin')],
    ['raw_spin_trylock', 'lock', tryLock('spin'), { returns: 'bool', mustCheck: true }],
    [
      'raw_spin_trylock_bh',
      'lock',
      tryLock('spin'),
      { returns: 'bool', mustCheck: true, simplified: BOTTOM_HALVES },
    ],
    ['raw_spin_trylock_irq', 'lock', tryLockIrq('spin'), { returns: 'bool', mustCheck: true }],
    ['raw_spin_trylock_irqsave', 'lock flags', tryLockIrq('spin'), { returns: 'bool', mustCheck: true }],
    ['raw_spin_unlock', 'lock', unlock('spin')],
    ['raw_spin_unlock_bh', 'lock', unlock('spin'), bh],
    ['raw_spin_unlock_irq', 'lock', unlockIrq('spin')],
    ['raw_spin_unlock_irqrestore', 'lock flags', unlockIrq('spin')],
    ['raw_spin_lock_init', 'lock', init],
    ['raw_spin_is_locked', 'lock', query, BOOL],
  ]),
  ...primitives('include/linux/rwsem.h', [
    ['init_rwsem', 'lock', init],
    ['down_read', 'lock', lock('rwsem', 'shared'), SLEEPS],
    ['down_read_nested', 'lock subclass', lock('rwsem', 'shared'), SLEEPS],
    ['down_read_interruptible down_read_killable', 'lock', lock('rwsem', 'shared'), SIGNAL],
    ['down_read_trylock', 'lock', tryLock('rwsem', 'shared'), { returns: 'bool', mustCheck: true }],
    ['down_write', 'lock', lock('rwsem'), SLEEPS],
    ['down_write_nested', 'lock subclass', lock('rwsem'), SLEEPS],
    ['down_write_nest_lock', 'lock outer', lock('rwsem'), SLEEPS],
    ['down_write_killable', 'lock', lock('rwsem'), SIGNAL],
    ['down_write_trylock', 'lock', tryLock('rwsem'), { returns: 'bool', mustCheck: true }],
    ['up_read', 'lock', unlock('rwsem', 'shared')],
    ['up_write', 'lock', unlock('rwsem')],
    [
      'downgrade_write',
      'lock',
      NOTHING,
      { simplified: 'The lock stays exclusive, and may be given back either way.' },
    ],
    ['rwsem_is_locked', 'lock', query, BOOL],
    ['rwsem_assert_held rwsem_assert_held_write', 'lock', held()],
  ]),
  ...primitives('include/linux/rwlock.h', [
    ['rwlock_init', 'lock', init],
    ['read_lock', 'lock', lock('rwlock', 'shared')],
    ['read_lock_bh', 'lock', lock('rwlock', 'shared'), bh],
    ['read_lock_irq', 'lock', lockIrq('rwlock', 'shared')],
    ['read_lock_irqsave', 'lock flags', lockIrq('rwlock', 'shared')],
    ['read_trylock', 'lock', tryLock('rwlock', 'shared'), { returns: 'bool', mustCheck: true }],
    ['read_unlock', 'lock', unlock('rwlock', 'shared')],
    ['read_unlock_bh', 'lock', unlock('rwlock', 'shared'), bh],
    ['read_unlock_irq', 'lock', unlockIrq('rwlock', 'shared')],
    ['read_unlock_irqrestore', 'lock flags', unlockIrq('rwlock', 'shared')],
    ['write_lock', 'lock', lock('rwlock')],
    ['write_lock_nested', 'lock subclass', lock('rwlock')],
    ['write_lock_bh', 'lock', lock('rwlock'), bh],
    ['write_lock_irq', 'lock', lockIrq('rwlock')],
    ['write_lock_irqsave', 'lock flags', lockIrq('rwlock')],
    ['write_trylock', 'lock', tryLock('rwlock'), { returns: 'bool', mustCheck: true }],
    ['write_unlock', 'lock', unlock('rwlock')],
    ['write_unlock_bh', 'lock', unlock('rwlock'), bh],
    ['write_unlock_irq', 'lock', unlockIrq('rwlock')],
    ['write_unlock_irqrestore', 'lock flags', unlockIrq('rwlock')],
  ]),
  ...primitives('include/linux/seqlock.h', [
    ['seqlock_init', 'lock', init],
    ['write_seqlock read_seqlock_excl', 'lock', lock('seqlock')],
    ['write_seqlock_bh', 'lock', lock('seqlock'), bh],
    ['write_seqlock_irq', 'lock', lockIrq('seqlock')],
    ['write_seqlock_irqsave', 'lock flags', lockIrq('seqlock')],
    ['write_sequnlock read_sequnlock_excl', 'lock', unlock('seqlock')],
    ['write_sequnlock_bh', 'lock', unlock('seqlock'), bh],
    ['write_sequnlock_irq', 'lock', unlockIrq('seqlock')],
    ['write_sequnlock_irqrestore', 'lock flags', unlockIrq('seqlock')],
    ['seqcount_init', 'counter', NOTHING],
    ['seqcount_spinlock_init seqcount_raw_spinlock_init seqcount_mutex_init', 'counter lock', NOTHING],
    [
      'write_seqcount_begin write_seqcount_end raw_write_seqcount_begin raw_write_seqcount_end',
      'counter',
      NOTHING,
    ],
    ['write_seqcount_invalidate', 'counter', NOTHING],
    [
      'read_seqbegin read_seqcount_begin raw_read_seqcount_begin raw_read_seqcount',
      'counter',
      constant(0),
      NO_RETRY,
    ],
    ['read_seqretry read_seqcount_retry', 'counter start', constant(0), NO_RETRY],
  ]),
  ...primitives('include/linux/xarray.h', [
    ['xa_lock', 'array', lock('spin')],
    ['xa_lock_nested', 'array subclass', lock('spin')],
    ['xa_lock_bh', 'array', lock('spin'), bh],
    ['xa_lock_irq', 'array', lockIrq('spin')],
    ['xa_lock_irqsave', 'array flags', lockIrq('spin')],
    ['xa_trylock', 'array', tryLock('spin'), { returns: 'bool', mustCheck: true }],
    ['xa_unlock', 'array', unlock('spin')],
    ['xa_unlock_bh', 'array', unlock('spin'), bh],
    ['xa_unlock_irq', 'array', unlockIrq('spin')],
    ['xa_unlock_irqrestore', 'array flags', unlockIrq('spin')],
    ['xas_lock', 'state', lock('spin', 'exclusive', BASE), { simplified: STATE }],
    ['xas_lock_bh', 'state', lock('spin', 'exclusive', BASE), { simplified: `${STATE} ${BOTTOM_HALVES}` }],
    ['xas_lock_irq', 'state', lockIrq('spin', 'exclusive', BASE), { simplified: STATE }],
    ['xas_lock_irqsave', 'state flags', lockIrq('spin', 'exclusive', BASE), { simplified: STATE }],
    ['xas_unlock', 'state', unlock('spin', 'exclusive', BASE), { simplified: STATE }],
    [
      'xas_unlock_bh',
      'state',
      unlock('spin', 'exclusive', BASE),
      { simplified: `${STATE} ${BOTTOM_HALVES}` },
    ],
    ['xas_unlock_irq', 'state', unlockIrq('spin', 'exclusive', BASE), { simplified: STATE }],
    ['xas_unlock_irqrestore', 'state flags', unlockIrq('spin', 'exclusive', BASE), { simplified: STATE }],
  ]),
  ...primitives('include/linux/mmap_lock.h', [
    ['mmap_read_lock', 'mm', mmap('shared'), SLEEPS],
    ['mmap_read_lock_killable', 'mm', mmap('shared'), SIGNAL],
    ['mmap_read_trylock', 'mm', tryLock('rwsem', 'shared', MMAP), { returns: 'bool', mustCheck: true }],
    ['mmap_read_unlock mmap_read_unlock_non_owner', 'mm', unlock('rwsem', 'shared', MMAP)],
    ['mmap_write_lock', 'mm', mmap('exclusive'), SLEEPS],
    ['mmap_write_lock_nested', 'mm subclass', mmap('exclusive'), SLEEPS],
    ['mmap_write_lock_killable', 'mm', mmap('exclusive'), SIGNAL],
    ['mmap_write_trylock', 'mm', tryLock('rwsem', 'exclusive', MMAP), { returns: 'bool', mustCheck: true }],
    ['mmap_write_unlock', 'mm', unlock('rwsem', 'exclusive', MMAP)],
    ['mmap_write_downgrade', 'mm', NOTHING, { simplified: 'The lock stays exclusive.' }],
    ['mmap_assert_locked mmap_assert_write_locked', 'mm', held(MMAP)],
  ]),
  ...primitives('include/linux/device.h', [
    ['device_lock', 'device', lock('mutex', 'exclusive', DEVICE), SLEEPS],
    ['device_lock_interruptible', 'device', lock('mutex', 'exclusive', DEVICE), SIGNAL],
    ['device_trylock', 'device', tryLock('mutex', 'exclusive', DEVICE), { returns: 'bool', mustCheck: true }],
    ['device_unlock', 'device', unlock('mutex', 'exclusive', DEVICE)],
    ['device_lock_assert', 'device', held(DEVICE)],
  ]),
  ...primitives('include/linux/pci.h', [
    ['pci_dev_lock', 'pci_device', lock('mutex', 'exclusive', PCI_DEVICE), SLEEPS],
    [
      'pci_dev_trylock',
      'pci_device',
      tryLock('mutex', 'exclusive', PCI_DEVICE),
      { returns: 'bool', mustCheck: true },
    ],
    ['pci_dev_unlock', 'pci_device', unlock('mutex', 'exclusive', PCI_DEVICE)],
  ]),
  ...primitives('include/linux/semaphore.h', [
    ['sema_init', 'lock count', init],
    ['down', 'lock', lock('mutex'), { ...SLEEPS, simplified: 'A semaphore counts to one.' }],
    ['down_interruptible down_killable', 'lock', lock('mutex'), SIGNAL],
    ['up', 'lock', unlock('mutex')],
  ]),
  ...primitives('include/linux/percpu-rwsem.h', [
    [
      'percpu_init_rwsem',
      'lock',
      { do: 'lock-init', lock: 0 },
      { returns: 'errno', fails: failsWith('ENOMEM') },
    ],
    ['percpu_free_rwsem', 'lock', dead],
    ['percpu_down_read', 'lock', lock('rwsem', 'shared'), SLEEPS],
    ['percpu_up_read', 'lock', unlock('rwsem', 'shared')],
    ['percpu_down_write', 'lock', lock('rwsem'), SLEEPS],
    ['percpu_up_write', 'lock', unlock('rwsem')],
  ]),
  ...primitives('include/linux/cpuhplock.h', [
    ['cpus_read_lock cpus_write_lock', '', NOTHING, { ...SLEEPS, simplified: 'CPUs never come or go.' }],
    ['cpus_read_unlock cpus_write_unlock lockdep_assert_cpus_held', '', NOTHING],
    ['cpus_read_trylock', '', constant(1), BOOL],
  ]),
  ...primitives('include/linux/lockdep.h', [
    ['lockdep_assert_held lockdep_assert_held_read', 'lock', held()],
    ['lockdep_assert_held_once', 'lock', held()],
    ['lockdep_assert_held_write', 'lock', held(), { simplified: 'A shared hold passes as well.' }],
    ['lockdep_assert_not_held', 'lock', notHeld],
    ['lockdep_is_held', 'lock', query, { ...BOOL, simplified: 'True for whoever holds it.' }],
    ['lockdep_is_held_type', 'lock mode', query, BOOL],
    ['lockdep_assert lockdep_assert_once', 'condition', { do: 'warn', condition: 0, isFatal: false }],
    ['lockdep_set_class lockdep_set_subclass', 'lock key', NOTHING, { simplified: CLASSES }],
    ['lockdep_set_novalidate_class', 'lock', NOTHING],
    ['lockdep_set_class_and_name', 'lock key name', NOTHING, { simplified: CLASSES }],
    ['lockdep_off lockdep_on', '', NOTHING],
    ['lockdep_register_key lockdep_unregister_key', 'key', NOTHING, { simplified: CLASSES }],
    ['lockdep_init_map', 'map name key subclass', NOTHING, { simplified: CLASSES }],
    ['lock_map_acquire lock_map_acquire_read lock_map_release', 'map', NOTHING],
    ['lockdep_assert_irqs_disabled lockdep_assert_irqs_enabled lockdep_assert_in_irq', '', NOTHING],
    ['lockdep_assert_preemption_disabled lockdep_assert_preemption_enabled', '', NOTHING],
    ['lockdep_assert_none_held_once lockdep_assert_no_hardirq', '', NOTHING],
    ['lockdep_pin_lock', 'lock', NOTHING],
    ['lockdep_unpin_lock', 'lock cookie', NOTHING],
    ['might_lock might_lock_read', 'lock', { do: 'sleeps' }, SLEEPS],
    ['might_lock_nested', 'lock subclass', { do: 'sleeps' }, SLEEPS],
  ]),
  ...primitives('include/linux/irqflags.h', [
    ['local_irq_disable', '', { do: 'preempt', what: 'off', isIrq: true }],
    ['local_irq_enable', '', { do: 'preempt', what: 'on', isIrq: true }],
    ['local_irq_save', 'flags', { do: 'preempt', what: 'off', isIrq: true }],
    ['local_irq_restore', 'flags', { do: 'preempt', what: 'on', isIrq: true }],
    ['irqs_disabled', '', { do: 'fresh' }, BOOL],
  ]),
  ...primitives('include/linux/preempt.h', [
    ['preempt_disable preempt_disable_notrace', '', { do: 'preempt', what: 'off', isIrq: false }],
    ['preempt_enable preempt_enable_notrace', '', { do: 'preempt', what: 'on', isIrq: false }],
    ['migrate_disable migrate_enable', '', NOTHING],
    ['in_interrupt in_atomic in_task in_irq in_softirq in_hardirq', '', { do: 'fresh' }, INTEGER],
  ]),
  ...primitives('include/linux/bottom_half.h', [
    ['local_bh_disable', '', { do: 'preempt', what: 'off', isIrq: false }],
    ['local_bh_enable', '', { do: 'preempt', what: 'on', isIrq: false }],
  ]),
];
