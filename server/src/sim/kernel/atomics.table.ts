/** Atomic numbers and exchanges. In a sequentially consistent model every order is the same. */
import type { AtomicEffect, CountEffect, Effect } from './effects.js';
import { type Options, type Primitive, primitives, type Row } from './primitive.js';
import { argument, BOOL, FRESH, forget, INTEGER, NOTHING, UNSIGNED } from './rows.js';

type Width = AtomicEffect['width'];

const CHECKED: Options = { returns: 'bool', mustCheck: true };
const BITS = 'The number becomes unknown.';

/** `names('atomic_add_return', …)` with the suffixes that say an order. */
const ordered = (...names: readonly string[]): string =>
  names.flatMap((name) => [name, `${name}_relaxed`, `${name}_acquire`, `${name}_release`]).join(' ');

/** The family of one type: `atomic_…`, `atomic64_…`, `atomic_long_…`. */
function family(prefix: string, width: Width): Row[] {
  const named = (...names: readonly string[]): string[] => names.map((name) => `${prefix}_${name}`);
  const at = (
    what: AtomicEffect['what'],
    gives: AtomicEffect['gives'],
    more: Partial<AtomicEffect> = {},
  ): Effect => ({
    do: 'atomic',
    what,
    width,
    place: 0,
    gives,
    ...more,
  });
  const add = (gives: AtomicEffect['gives']): Effect => at('add', gives, { place: 1, value: 0 });
  // Minus one beside an argument: the argument is taken away.
  const subtract = (gives: AtomicEffect['gives']): Effect => at('add', gives, { place: 1, value: 0, by: -1 });
  const step = (by: number, gives: AtomicEffect['gives']): Effect => at('add', gives, { by });
  const count = (what: CountEffect['what']): Effect => ({ do: 'count', what, of: 0, isRefcount: false });
  return [
    [named('read', 'read_acquire').join(' '), 'counter', at('read', 'old'), INTEGER],
    [named('set', 'set_release').join(' '), 'counter value', at('set', 'nothing', { value: 1 })],
    [named('add').join(' '), 'value counter', add('nothing')],
    [named('sub').join(' '), 'value counter', subtract('nothing')],
    [named('inc').join(' '), 'counter', step(1, 'nothing')],
    [named('dec').join(' '), 'counter', step(-1, 'nothing')],
    [ordered(...named('add_return')), 'value counter', add('new'), INTEGER],
    [ordered(...named('sub_return')), 'value counter', subtract('new'), INTEGER],
    [ordered(...named('inc_return')), 'counter', step(1, 'new'), INTEGER],
    [ordered(...named('dec_return')), 'counter', step(-1, 'new'), INTEGER],
    [ordered(...named('fetch_add')), 'value counter', add('old'), INTEGER],
    [ordered(...named('fetch_sub')), 'value counter', subtract('old'), INTEGER],
    [ordered(...named('fetch_inc')), 'counter', step(1, 'old'), INTEGER],
    [ordered(...named('fetch_dec')), 'counter', step(-1, 'old'), INTEGER],
    [named('inc_and_test').join(' '), 'counter', step(1, 'is-zero'), BOOL],
    [named('dec_and_test').join(' '), 'counter', step(-1, 'is-zero'), CHECKED],
    [named('sub_and_test').join(' '), 'value counter', subtract('is-zero'), CHECKED],
    [named('add_negative').join(' '), 'value counter', add('is-negative'), BOOL],
    [named('inc_not_zero').join(' '), 'counter', count('get-unless-zero'), { returns: 'bool' }],
    [named('add_unless').join(' '), 'counter value unless', forget(0), { returns: 'bool', simplified: BITS }],
    [
      named('dec_if_positive', 'inc_unless_negative', 'dec_unless_positive').join(' '),
      'counter',
      forget(0),
      { ...INTEGER, simplified: BITS },
    ],
    [named('or', 'and', 'xor', 'andnot').join(' '), 'value counter', forget(1), { simplified: BITS }],
    [
      ordered(...named('fetch_or', 'fetch_and', 'fetch_xor', 'fetch_andnot')),
      'value counter',
      forget(1),
      { ...INTEGER, simplified: BITS },
    ],
    [ordered(...named('xchg')), 'counter value', at('exchange', 'old', { value: 1 }), INTEGER],
    [
      ordered(...named('cmpxchg')),
      'counter expected value',
      at('compare-exchange', 'old', { expected: 1, value: 2 }),
      INTEGER,
    ],
    [
      ordered(...named('try_cmpxchg')),
      'counter expected value',
      at('try-compare-exchange', 'is-not-zero', { expected: 1, value: 2 }),
      BOOL,
    ],
    [
      named('cond_read_relaxed', 'cond_read_acquire').join(' '),
      'counter condition',
      FRESH,
      { ...INTEGER, simplified: 'Does not wait.' },
    ],
  ];
}

const exchange = (what: AtomicEffect['what'], width: Width, more: Partial<AtomicEffect>): Effect => ({
  do: 'atomic',
  what,
  width,
  place: 0,
  gives: what === 'try-compare-exchange' ? 'is-not-zero' : 'old',
  ...more,
});

export const ATOMICS: readonly Primitive[] = [
  ...primitives('include/linux/atomic/atomic-instrumented.h', [
    ...family('atomic', 4),
    ...family('atomic64', 8),
    ...family('atomic_long', 8),
    [`${ordered('xchg')} arch_xchg`, 'place value', exchange('exchange', 0, { value: 1 }), UNSIGNED],
    [
      `${ordered('cmpxchg')} cmpxchg_local arch_cmpxchg`,
      'place expected value',
      exchange('compare-exchange', 0, { expected: 1, value: 2 }),
      UNSIGNED,
    ],
    [
      `${ordered('cmpxchg64')} cmpxchg64_local __cmpxchg64`,
      'place expected value',
      exchange('compare-exchange', 8, { expected: 1, value: 2 }),
      UNSIGNED,
    ],
    [
      `${ordered('try_cmpxchg')} try_cmpxchg_local`,
      'place expected value',
      exchange('try-compare-exchange', 0, { expected: 1, value: 2 }),
      BOOL,
    ],
    [
      `${ordered('try_cmpxchg64')} try_cmpxchg64_local`,
      'place expected value',
      exchange('try-compare-exchange', 8, { expected: 1, value: 2 }),
      BOOL,
    ],
    [
      'cmpxchg128 cmpxchg128_local arch_cmpxchg128_local',
      'place expected value',
      forget(0),
      { simplified: 'Sixteen bytes are more than a number: what lies there becomes unknown.' },
    ],
    [
      'try_cmpxchg128 try_cmpxchg128_local',
      'place expected value',
      forget(0, 1),
      { ...BOOL, simplified: 'Sixteen bytes are more than a number: what lies there becomes unknown.' },
    ],
  ]),
  ...primitives('include/linux/types.h', [['ATOMIC_INIT', 'value', argument(0), INTEGER]]),
  ...primitives('include/asm-generic/atomic64.h', [['ATOMIC64_INIT', 'value', argument(0), INTEGER]]),
  ...primitives('include/linux/atomic/atomic-long.h', [['ATOMIC_LONG_INIT', 'value', argument(0), INTEGER]]),
  ...primitives('include/asm-generic/local64.h', [
    ['local64_read', 'counter', exchange('read', 8, {}), INTEGER],
    ['local64_set', 'counter value', exchange('set', 8, { value: 1, gives: 'nothing' })],
    ['local64_add', 'value counter', exchange('add', 8, { place: 1, value: 0, gives: 'nothing' })],
    ['local64_sub', 'value counter', exchange('add', 8, { place: 1, value: 0, by: -1, gives: 'nothing' })],
    ['local64_inc', 'counter', exchange('add', 8, { by: 1, gives: 'nothing' })],
    ['local64_xchg', 'counter value', exchange('exchange', 8, { value: 1 }), INTEGER],
    [
      'local64_cmpxchg',
      'counter expected value',
      exchange('compare-exchange', 8, { expected: 1, value: 2 }),
      INTEGER,
    ],
    [
      'local64_try_cmpxchg',
      'counter expected value',
      exchange('try-compare-exchange', 8, { expected: 1, value: 2 }),
      BOOL,
    ],
  ]),
  ...primitives('include/asm-generic/local.h', [
    ['local_read', 'counter', exchange('read', 8, {}), INTEGER],
    ['local_set', 'counter value', exchange('set', 8, { value: 1, gives: 'nothing' })],
    ['local_add', 'value counter', exchange('add', 8, { place: 1, value: 0, gives: 'nothing' })],
  ]),
  ...primitives('include/asm-generic/barrier.h', [
    [
      'smp_cond_load_relaxed smp_cond_load_acquire',
      'place condition',
      FRESH,
      { ...UNSIGNED, simplified: 'Does not wait.' },
    ],
    ['mb rmb wmb smp_mb smp_rmb smp_wmb dma_mb dma_rmb dma_wmb', '', NOTHING],
    ['smp_mb__before_atomic smp_mb__after_atomic', '', NOTHING],
    ['io_stop_wc mmiowb', '', NOTHING],
    ['smp_store_mb', 'place value', NOTHING, { simplified: 'The value is not stored.' }],
  ]),
  ...primitives('include/linux/compiler.h', [['barrier', '', NOTHING]]),
  ...primitives('include/linux/rcupdate.h', [['smp_mb__after_unlock_lock', '', NOTHING]]),
  ...primitives('include/linux/spinlock.h', [['smp_mb__after_spinlock', '', NOTHING]]),
  ...primitives('arch/arm64/include/asm/barrier.h', [['dgh wfe sev', '', NOTHING]]),
  ...primitives('arch/arm64/include/asm/io.h', [['iomb __iomb', '', NOTHING]]),
  ...primitives('include/linux/nospec.h', [['barrier_nospec', '', NOTHING]]),
];
