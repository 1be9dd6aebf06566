/** What runs later or elsewhere: work, timers, threads, callbacks after a grace period; and waiting for it. */
import type { Effect, NotifierEffect, RcuEffect, WaitEffect, WorkEffect } from './effects.js';
import { NO_MEMORY, NO_MEMORY_ERRNO, type Options, type Primitive, primitives } from './primitive.js';
import {
  BOOL,
  constant,
  FRESH,
  failsWith,
  forget,
  INTEGER,
  NOTHING,
  OPAQUE,
  POINTER,
  POINTER_OR_NULL,
  SLEEPS,
  sleepsAndMayFail,
  UNSIGNED,
} from './rows.js';

const work = (what: WorkEffect['what'], of = 0): Effect => ({ do: 'work', what, work: of });
const bind = (of: number, to: number): Effect => ({ do: 'work', what: 'init', work: of, function: to });
const afterGrace = (head: number, to: number): Effect => ({
  do: 'work',
  what: 'call-rcu',
  work: head,
  function: to,
});
const wait = (what: WaitEffect['what'], on = 0): Effect => ({ do: 'wait', what, on });
const rcu = (what: RcuEffect['what']): Effect => ({ do: 'rcu', what });
const notifier = (what: NotifierEffect['what'], of = 0, mm?: number): Effect =>
  mm === undefined ? { do: 'notifier', what, notifier: of } : { do: 'notifier', what, notifier: of, mm };
const srcu = (verb: 'lock' | 'unlock'): Effect => ({
  do: verb,
  lock: 0,
  kind: 'srcu',
  mode: 'shared',
  irq: false,
});

const PENDING: Options = { returns: 'bool' };
const SLEEPS_BOOL: Options = { context: 'sleeps', returns: 'bool' };
const LATER = 'Delays are not kept: it may run at once.';
const ATOMIC = 'The handler runs like work, where it may sleep.';
const ONCE = 'The condition is looked at once, as it was when the call was made.';
const QUEUE: Options = {
  context: 'sleeps',
  returns: 'pointer-or-null',
  fails: NO_MEMORY,
  simplified: 'A queue that is never destroyed is not noticed.',
};
const THREAD: Options = {
  context: 'sleeps',
  returns: 'pointer',
  fails: failsWith('ENOMEM', 'error-pointer'),
  simplified: 'The thread does not run.',
};
const READERS = 'Waits for no reader: the read sections of this domain are only balanced.';
const queue: Effect = { do: 'alloc', lifetime: 'managed', fill: 'unknown', size: [] };

export const WORK: readonly Primitive[] = [
  ...primitives('include/linux/workqueue.h', [
    ['INIT_WORK INIT_WORK_ONSTACK INIT_DELAYED_WORK INIT_DELAYED_WORK_ONSTACK', 'work function', bind(0, 1)],
    ['INIT_DEFERRABLE_WORK INIT_RCU_WORK', 'work function', bind(0, 1)],
    ['destroy_work_on_stack destroy_delayed_work_on_stack', 'work', NOTHING],
    ['queue_work', 'queue work', work('queue', 1), PENDING],
    ['queue_work_on queue_work_node', 'cpu queue work', work('queue', 2), PENDING],
    [
      'queue_delayed_work mod_delayed_work',
      'queue work delay',
      work('queue', 1),
      { ...PENDING, simplified: LATER },
    ],
    [
      'queue_delayed_work_on mod_delayed_work_on',
      'cpu queue work delay',
      work('queue', 2),
      { ...PENDING, simplified: LATER },
    ],
    [
      'queue_rcu_work',
      'queue work',
      work('queue', 1),
      { ...PENDING, simplified: 'Waits for no grace period.' },
    ],
    ['schedule_work', 'work', work('queue'), PENDING],
    ['schedule_work_on', 'cpu work', work('queue', 1), PENDING],
    ['schedule_delayed_work', 'work delay', work('queue'), { ...PENDING, simplified: LATER }],
    ['schedule_delayed_work_on', 'cpu work delay', work('queue', 1), { ...PENDING, simplified: LATER }],
    ['flush_work flush_delayed_work flush_rcu_work', 'work', work('flush'), SLEEPS_BOOL],
    ['flush_workqueue drain_workqueue', 'queue', work('flush-all'), SLEEPS],
    [
      'destroy_workqueue',
      'queue',
      work('flush-all'),
      { ...SLEEPS, simplified: 'The queue may be used again.' },
    ],
    ['cancel_work cancel_delayed_work disable_work disable_delayed_work', 'work', work('cancel'), BOOL],
    ['cancel_work_sync cancel_delayed_work_sync', 'work', work('cancel-sync'), SLEEPS_BOOL],
    [
      'disable_work_sync disable_delayed_work_sync',
      'work',
      work('cancel-sync'),
      { ...SLEEPS_BOOL, simplified: 'It may be queued again.' },
    ],
    ['enable_work enable_delayed_work', 'work', constant(1), BOOL],
    ['work_pending delayed_work_pending', 'work', FRESH, BOOL],
    ['work_busy', 'work', FRESH, UNSIGNED],
    ['alloc_workqueue alloc_ordered_workqueue', 'format flags most', queue, QUEUE],
    ['create_workqueue create_singlethread_workqueue create_freezable_workqueue', 'name', queue, QUEUE],
  ]),
  ...primitives('include/linux/timer.h', [
    ['timer_setup timer_setup_on_stack', 'timer function flags', bind(0, 1), { simplified: ATOMIC }],
    ['add_timer', 'timer', work('queue'), { simplified: LATER }],
    [
      'mod_timer mod_timer_pending timer_reduce',
      'timer expires',
      work('queue'),
      { ...INTEGER, simplified: LATER },
    ],
    ['add_timer_on', 'timer cpu', work('queue'), { simplified: LATER }],
    ['del_timer timer_delete timer_shutdown', 'timer', work('cancel'), INTEGER],
    ['del_timer_sync timer_delete_sync timer_shutdown_sync', 'timer', work('cancel-sync'), INTEGER],
    ['timer_pending', 'timer', FRESH, BOOL],
    [
      'from_timer timer_container_of',
      'variable timer member',
      FRESH,
      { ...POINTER, simplified: 'The object is not the one that the timer is in.' },
    ],
  ]),
  ...primitives('include/linux/interrupt.h', [
    ['tasklet_setup', 'tasklet function', bind(0, 1), { simplified: ATOMIC }],
    ['tasklet_init', 'tasklet function data', OPAQUE, { simplified: 'The function does not run.' }],
    ['tasklet_schedule tasklet_hi_schedule', 'tasklet', work('queue')],
    ['tasklet_kill', 'tasklet', work('cancel-sync'), SLEEPS],
    ['tasklet_disable tasklet_enable', 'tasklet', NOTHING],
  ]),
  ...primitives('include/linux/irq_work.h', [
    ['init_irq_work', 'work function', bind(0, 1), { simplified: ATOMIC }],
    ['irq_work_queue', 'work', work('queue'), BOOL],
    ['irq_work_sync', 'work', work('flush'), SLEEPS],
  ]),
  ...primitives('include/linux/hrtimer.h', [
    ['hrtimer_init', 'timer clock mode', NOTHING, { simplified: 'The handler does not run.' }],
    ['hrtimer_setup', 'timer function clock mode', bind(0, 1), { simplified: ATOMIC }],
    ['hrtimer_start', 'timer time mode', OPAQUE, { simplified: 'The handler does not run.' }],
    ['hrtimer_cancel hrtimer_try_to_cancel', 'timer', FRESH, INTEGER],
  ]),
  ...primitives('include/linux/kthread.h', [
    ['kthread_create kthread_run', 'function data format', OPAQUE, THREAD],
    ['kthread_stop', 'task', OPAQUE, { context: 'sleeps', returns: 'integer' }],
    ['kthread_should_stop', '', FRESH, BOOL],
    ['kthread_use_mm kthread_unuse_mm', 'mm', NOTHING, { context: 'sleeps' }],
  ]),
  ...primitives('include/linux/sched.h', [
    ['wake_up_process', 'task', NOTHING, INTEGER],
    ['schedule', '', { do: 'yield' }, SLEEPS],
    [
      'schedule_timeout schedule_timeout_interruptible schedule_timeout_uninterruptible',
      'timeout',
      FRESH,
      { context: 'sleeps', returns: 'integer' },
    ],
    ['set_current_state __set_current_state', 'state', NOTHING],
    ['cond_resched', '', { do: 'yield' }, { context: 'sleeps', returns: 'integer' }],
    [
      'cond_resched_lock',
      'lock',
      { do: 'yield' },
      { returns: 'integer', simplified: 'The lock is not dropped.' },
    ],
    ['need_resched', '', FRESH, BOOL],
    ['cpu_relax yield', '', { do: 'yield' }],
  ]),
  ...primitives('include/linux/completion.h', [
    ['init_completion reinit_completion', 'completion', wait('init')],
    ['complete complete_all', 'completion', wait('complete')],
    ['wait_for_completion wait_for_completion_io', 'completion', wait('wait'), SLEEPS],
    [
      'wait_for_completion_timeout wait_for_completion_io_timeout',
      'completion timeout',
      wait('wait'),
      { context: 'sleeps', returns: 'unsigned', fails: failsWith('ETIMEDOUT', 'null') },
    ],
    [
      'wait_for_completion_interruptible wait_for_completion_killable',
      'completion',
      wait('wait'),
      sleepsAndMayFail('ERESTARTSYS'),
    ],
    [
      'wait_for_completion_interruptible_timeout wait_for_completion_killable_timeout',
      'completion timeout',
      wait('wait'),
      { context: 'sleeps', returns: 'integer', fails: failsWith('ETIMEDOUT', 'null') },
    ],
    ['try_wait_for_completion', 'completion', wait('try'), BOOL],
    ['completion_done', 'completion', FRESH, BOOL],
  ]),
  ...primitives('include/linux/wait.h', [
    ['init_waitqueue_head', 'queue', wait('init')],
    ['init_waitqueue_entry', 'entry task', NOTHING],
    ['init_waitqueue_func_entry', 'entry function', NOTHING],
    [
      'wake_up wake_up_all wake_up_interruptible wake_up_interruptible_all wake_up_locked',
      'queue',
      wait('wake'),
    ],
    ['wake_up_all_locked wake_up_interruptible_sync', 'queue', wait('wake')],
    ['wake_up_nr wake_up_poll wake_up_interruptible_poll wake_up_locked_poll', 'queue what', wait('wake')],
    [
      'wait_event wait_event_freezable',
      'queue condition',
      wait('condition', 1),
      { ...SLEEPS, simplified: ONCE },
    ],
    [
      'wait_event_interruptible wait_event_killable',
      'queue condition',
      wait('condition', 1),
      { ...sleepsAndMayFail('ERESTARTSYS'), simplified: ONCE },
    ],
    [
      'wait_event_timeout wait_event_interruptible_timeout wait_event_killable_timeout',
      'queue condition timeout',
      wait('condition', 1),
      { context: 'sleeps', returns: 'integer', fails: failsWith('ETIMEDOUT', 'null'), simplified: ONCE },
    ],
    [
      'wait_event_lock_irq',
      'queue condition lock',
      wait('condition', 1),
      {
        simplified: `${ONCE} That the lock is dropped meanwhile is not played, nor asked whether others are held.`,
      },
    ],
    [
      '___wait_event',
      'queue condition state exclusive result command',
      wait('condition', 1),
      { ...SLEEPS, simplified: ONCE },
    ],
    ['prepare_to_wait prepare_to_wait_exclusive', 'queue entry state', NOTHING],
    ['finish_wait add_wait_queue add_wait_queue_exclusive remove_wait_queue', 'queue entry', NOTHING],
    ['waitqueue_active wq_has_sleeper', 'queue', FRESH, BOOL],
    ['DEFINE_WAIT', 'entry', forget(0)],
    ['DEFINE_WAIT_FUNC', 'entry function', forget(0)],
    ['key_to_poll', 'key', FRESH, UNSIGNED],
  ]),
  ...primitives('include/linux/wait_bit.h', [
    ['wait_var_event', 'variable condition', wait('condition', 1), { ...SLEEPS, simplified: ONCE }],
    ['wake_up_var', 'variable', NOTHING],
  ]),
  ...primitives('include/linux/sched/signal.h', [
    ['signal_pending fatal_signal_pending', 'task', FRESH, { returns: 'bool' }],
  ]),
  ...primitives('include/linux/kernel.h', [
    ['might_sleep', '', { do: 'sleeps' }, SLEEPS],
    [
      'might_sleep_if',
      'condition',
      { do: 'nothing' },
      { simplified: 'Whether it may sleep here is not checked.' },
    ],
    ['might_fault', '', { do: 'nothing' }, SLEEPS],
  ]),
  ...primitives('include/linux/sched/mm.h', [
    ['might_alloc', 'gfp', { do: 'sleeps' }, { context: { gfp: 0 } }],
  ]),
  ...primitives('include/linux/delay.h', [
    ['udelay ndelay mdelay', 'time', NOTHING],
    ['msleep ssleep fsleep', 'time', { do: 'sleeps' }, SLEEPS],
    ['msleep_interruptible', 'time', constant(0), { context: 'sleeps', returns: 'unsigned' }],
    ['usleep_range', 'shortest longest', { do: 'sleeps' }, SLEEPS],
  ]),
  ...primitives('include/linux/rcupdate.h', [
    ['rcu_read_lock rcu_read_lock_bh rcu_read_lock_sched', '', rcu('enter')],
    ['rcu_read_unlock rcu_read_unlock_bh rcu_read_unlock_sched', '', rcu('exit')],
    ['synchronize_rcu', '', rcu('synchronize'), SLEEPS],
    ['call_rcu call_rcu_hurry', 'head function', afterGrace(0, 1)],
    ['rcu_read_lock_held rcu_read_lock_sched_held rcu_read_lock_bh_held', '', FRESH, INTEGER],
    ['rcu_lockdep_assert RCU_LOCKDEP_WARN', 'condition text', NOTHING],
    ['init_rcu_head destroy_rcu_head', 'head', NOTHING],
  ]),
  ...primitives('include/linux/rcutree.h', [
    ['synchronize_rcu_expedited', '', rcu('synchronize'), SLEEPS],
    ['rcu_barrier', '', work('rcu-barrier'), SLEEPS],
    ['get_state_synchronize_rcu start_poll_synchronize_rcu', '', FRESH, UNSIGNED],
  ]),
  ...primitives('include/linux/netdevice.h', [['synchronize_net', '', rcu('synchronize'), SLEEPS]]),
  ...primitives('include/linux/srcu.h', [
    ['srcu_read_lock', 'domain', srcu('lock'), INTEGER],
    ['srcu_read_unlock', 'domain index', srcu('unlock')],
    [
      'init_srcu_struct',
      'domain',
      { do: 'lock-init', lock: 0 },
      { context: 'sleeps', returns: 'errno', fails: NO_MEMORY_ERRNO },
    ],
    ['cleanup_srcu_struct', 'domain', { do: 'lock-dead', lock: 0 }, SLEEPS],
    ['synchronize_srcu', 'domain', { do: 'sleeps' }, { ...SLEEPS, simplified: READERS }],
    ['call_srcu', 'domain head function', afterGrace(1, 2)],
    ['srcu_read_lock_held', 'domain', FRESH, INTEGER],
  ]),
  ...primitives('include/linux/srcutree.h', [
    ['synchronize_srcu_expedited', 'domain', { do: 'sleeps' }, { ...SLEEPS, simplified: READERS }],
    ['srcu_barrier', 'domain', work('rcu-barrier'), SLEEPS],
  ]),
  ...primitives('include/linux/mmu_notifier.h', [
    [
      'mmu_notifier_register __mmu_notifier_register',
      'notifier mm',
      notifier('register', 0, 1),
      sleepsAndMayFail('ENOMEM'),
    ],
    [
      'mmu_notifier_get mmu_notifier_get_locked',
      'operations mm',
      notifier('get', 0, 1),
      { context: 'sleeps', returns: 'pointer', fails: failsWith('ENOMEM', 'error-pointer') },
    ],
    ['mmu_notifier_unregister', 'notifier mm', notifier('unregister', 0, 1), SLEEPS],
    ['mmu_notifier_put', 'notifier', notifier('put')],
    ['mmu_notifier_synchronize', '', notifier('synchronize'), SLEEPS],
    [
      'mmu_interval_notifier_insert',
      'subscription mm first length operations',
      OPAQUE,
      { ...sleepsAndMayFail('ENOMEM'), simplified: 'Nothing is ever invalidated through it.' },
    ],
    ['mmu_interval_notifier_remove', 'subscription', OPAQUE, SLEEPS],
    ['mmu_interval_read_begin', 'subscription', FRESH, UNSIGNED],
    ['mmu_interval_read_retry', 'subscription sequence', constant(0), BOOL],
    ['mmu_notifier_range_update_to_read_only', 'range', FRESH, BOOL],
    ['mmu_notifier_range_blockable', 'range', FRESH, BOOL],
  ]),
  ...primitives('include/linux/notifier.h', [
    ['BLOCKING_INIT_NOTIFIER_HEAD ATOMIC_INIT_NOTIFIER_HEAD', 'head', NOTHING],
    [
      'blocking_notifier_chain_register blocking_notifier_chain_unregister',
      'head block',
      OPAQUE,
      { context: 'sleeps', returns: 'errno' },
    ],
    [
      'atomic_notifier_chain_register atomic_notifier_chain_unregister',
      'head block',
      OPAQUE,
      { returns: 'errno' },
    ],
    ['blocking_notifier_call_chain', 'head value data', OPAQUE, { context: 'sleeps', returns: 'integer' }],
    ['atomic_notifier_call_chain', 'head value data', OPAQUE, INTEGER],
  ]),
  ...primitives('include/linux/poll.h', [
    ['poll_wait', 'file queue table', NOTHING],
    ['vfs_poll', 'file table', FRESH, UNSIGNED],
    ['init_poll_funcptr', 'table function', NOTHING],
  ]),
  ...primitives('include/asm-generic/current.h', [['get_current', '', FRESH, POINTER_OR_NULL]]),
];
