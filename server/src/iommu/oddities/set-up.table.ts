/** Members that are of no use until they are set up, by type: read off include/linux/ of Linux 6.12. */

export interface SetUpRow {
  /** What sets it up, as advice has it. */
  readonly setter: string;
  /** All that sets one up from elsewhere: any call of these with the member is taken for it. */
  readonly setters: readonly string[];
  /** Calls that take for granted that it is set up, by the argument that is it. */
  readonly uses: ReadonlyMap<string, number>;
  /** Calls that do so and are no reason to have one: a list that is only asked whether it is empty. */
  readonly touches: ReadonlyMap<string, number>;
  /** Whether a walk over it is a use. */
  readonly isWalked: boolean;
}

/** `mutex_lock:0 queue_work:1`. */
function calls(words: string): ReadonlyMap<string, number> {
  return new Map(
    words.split(' ').map((each): [string, number] => {
      const [name = '', at = '0'] = each.split(':');
      return [name, Number(at)];
    }),
  );
}

const WORK = calls('cancel_work cancel_work_sync flush_work work_pending work_busy');
const DELAYED = calls('cancel_delayed_work cancel_delayed_work_sync flush_delayed_work delayed_work_pending');

/** By the type of the member. */
export const SET_UP: ReadonlyMap<string, SetUpRow> = new Map([
  [
    'struct list_head',
    {
      setter: 'INIT_LIST_HEAD',
      setters: ['INIT_LIST_HEAD', 'INIT_LIST_HEAD_RCU'],
      // include/linux/list.h, rculist.h
      uses: calls(
        'list_add:1 list_add_tail:1 list_add_rcu:1 list_add_tail_rcu:1 list_move:1 list_move_tail:1',
      ),
      touches: calls(
        'list_empty list_empty_careful list_is_singular list_first_entry list_first_entry_or_null list_last_entry ' +
          'list_is_last:1 list_is_first:1 list_count_nodes list_first_or_null_rcu',
      ),
      isWalked: true,
    },
  ],
  [
    'struct mutex',
    {
      setter: 'mutex_init',
      setters: ['mutex_init', '__mutex_init', 'devm_mutex_init'],
      // include/linux/mutex.h
      uses: calls('mutex_lock mutex_lock_nested mutex_lock_interruptible mutex_lock_killable mutex_trylock'),
      touches: calls('mutex_unlock mutex_destroy mutex_is_locked lockdep_assert_held'),
      isWalked: false,
    },
  ],
  [
    'spinlock_t',
    {
      setter: 'spin_lock_init',
      setters: ['spin_lock_init'],
      // include/linux/spinlock.h
      uses: calls('spin_lock spin_lock_bh spin_lock_irq spin_lock_irqsave spin_lock_nested spin_trylock'),
      touches: calls(
        'spin_unlock spin_unlock_bh spin_unlock_irq spin_unlock_irqrestore spin_is_locked assert_spin_locked lockdep_assert_held',
      ),
      isWalked: false,
    },
  ],
  [
    'struct rw_semaphore',
    {
      setter: 'init_rwsem',
      setters: ['init_rwsem', '__init_rwsem'],
      // include/linux/rwsem.h
      uses: calls(
        'down_read down_write down_read_trylock down_write_trylock down_write_nested down_read_killable',
      ),
      touches: calls(
        'up_read up_write downgrade_write lockdep_assert_held lockdep_assert_held_write lockdep_assert_held_read',
      ),
      isWalked: false,
    },
  ],
  [
    'struct work_struct',
    {
      setter: 'INIT_WORK',
      setters: ['INIT_WORK', 'INIT_WORK_ONSTACK', '__INIT_WORK'],
      // include/linux/workqueue.h
      uses: calls('queue_work:1 schedule_work queue_work_on:2 schedule_work_on:1'),
      touches: WORK,
      isWalked: false,
    },
  ],
  [
    'struct delayed_work',
    {
      setter: 'INIT_DELAYED_WORK',
      setters: ['INIT_DELAYED_WORK', 'INIT_DEFERRABLE_WORK', '__INIT_DELAYED_WORK'],
      uses: calls('queue_delayed_work:1 schedule_delayed_work mod_delayed_work:1'),
      touches: DELAYED,
      isWalked: false,
    },
  ],
  [
    'struct completion',
    {
      setter: 'init_completion',
      setters: ['init_completion', 'init_completion_map'],
      // include/linux/completion.h
      uses: calls(
        'wait_for_completion wait_for_completion_timeout wait_for_completion_interruptible ' +
          'wait_for_completion_killable wait_for_completion_interruptible_timeout',
      ),
      touches: calls('complete complete_all completion_done try_wait_for_completion'),
      isWalked: false,
    },
  ],
  [
    'wait_queue_head_t',
    {
      setter: 'init_waitqueue_head',
      setters: ['init_waitqueue_head', '__init_waitqueue_head'],
      // include/linux/wait.h
      uses: calls('wait_event wait_event_timeout wait_event_interruptible wait_event_interruptible_timeout'),
      touches: calls('wake_up wake_up_all wake_up_interruptible wake_up_interruptible_all'),
      isWalked: false,
    },
  ],
]);

/** The row of what is set up by `setter`. */
export function rowOf(setter: string): SetUpRow | null {
  return [...SET_UP.values()].find((row) => row.setter === setter) ?? null;
}
