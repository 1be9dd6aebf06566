/** All readers of oddities, asked of one function. */
import type { Span } from '../../base/index.js';
import type { Bodies, Body } from '../body.js';
import type { Spot } from '../program.js';
import { ATTACH } from './attach.js';
import { BYTE_ORDER } from './byte-order.js';
import { CHECKS } from './checks.js';
import { CONNECTIVES } from './connectives.js';
import { COUNTED_NUMBERS } from './counted-numbers.js';
import { DECIDED } from './decided.js';
import { DETOURS } from './detours.js';
import { DEVICE_TIES } from './device-ties.js';
import { DMA } from './dma.js';
import { DROPPED_LOCKS } from './dropped-locks.js';
import { EARLY_INTERRUPTS } from './early-interrupts.js';
import { EARLY_READS } from './early-reads.js';
import { ENDS_OF_RANGES } from './ends.js';
import { ERROR_POINTERS } from './error-pointers.js';
import { ERRORS } from './errors.js';
import { EXITS } from './exits.js';
import { PASSED_OVER } from './failures-passed-over.js';
import { FIELD_SHIFTS } from './field-shifts.js';
import { FIRMWARE_PROPERTIES } from './firmware-properties.js';
import { FREED_FIRST } from './freed-first.js';
import { FREED_MEMBERS } from './freed-members.js';
import { GIVEN_KEYS } from './given-keys.js';
import { GRACE_PERIODS } from './grace-periods.js';
import { HALVES } from './halves.js';
import { IMPLIED } from './implied.js';
import { INIT_ONLY } from './init-only.js';
import { INPUTS } from './inputs.js';
import { INTERRUPTS } from './interrupts.js';
import { IOCTLS } from './ioctls.js';
import { IRQ_LOCKS } from './irq-locks.js';
import { LEFT_MEMBERS } from './left-members.js';
import { LEFT_PRIVATE } from './left-private.js';
import { LEFT_RUNNING } from './left-running.js';
import { LOCKS } from './locks.js';
import { LOST_MEMBERS } from './lost-members.js';
import { MASKS } from './masks.js';
import { OBJECTS } from './objects.js';
import type { AroundReader, OddityFact, OddityKind, OddityReader } from './oddity.js';
import { OPEN_FILES } from './open-files.js';
import { ORDERS } from './orders.js';
import { OUTCOMES } from './outcomes.js';
import { OWN_CPU } from './own-cpu.js';
import { PASSING } from './passing.js';
import { PATHS } from './paths.js';
import { POWER } from './power.js';
import { REGISTER_FIELDS } from './register-fields.js';
import { REGISTRATIONS_LEFT } from './registrations.js';
import { REQUESTS } from './requests.js';
import { RESULTS } from './results.js';
import { ROUNDS } from './rounds.js';
import { SAID_NOT_TOLD } from './said-not-told.js';
import { NEVER_SET_UP } from './set-up.js';
import { SHADOWS } from './shadows.js';
import { SIGNS } from './signs.js';
import { ATOMIC_SLEEPS } from './sleeps.js';
import { SLIPS } from './slips.js';
import { SWITCHES } from './switches.js';
import { TAKEN_OUT } from './taken-out.js';
import { TEXTS } from './texts.js';
import { TOLD_FAILURES } from './told-failures.js';
import { TWICE } from './twice.js';
import { UNATTACHED } from './unattached.js';
import { UNAWAITED } from './unawaited.js';
import { UNDONE_ONCE } from './undone-once.js';
import { UNLOCKED_USES } from './unlocked-uses.js';
import { UNLOCKED_WRITES } from './unlocked-writes.js';
import { UNREAD_RESULTS } from './unread-results.js';
import { UNTESTED } from './untested.js';
import { UNWINDS } from './unwinds.js';
import { USER_SIZES } from './user-sizes.js';
import { VALUES } from './values.js';
import { VENDORS } from './vendors.js';
import { WAITS } from './waits.js';
import { LOOPS } from './walks.js';
import { WAYS_BACK } from './ways-back.js';
import { WIDTHS } from './widths.js';
import { WITHOUT_ERRNO } from './without-errno.js';
import { WRITTEN_OUT } from './written-out.js';
import { WRONG_RETURNS } from './wrong-returns.js';

const READERS: readonly OddityReader[] = [
  ATTACH,
  BYTE_ORDER,
  CHECKS,
  CONNECTIVES,
  DECIDED,
  DETOURS,
  DEVICE_TIES,
  DMA,
  ENDS_OF_RANGES,
  EARLY_READS,
  ERROR_POINTERS,
  ERRORS,
  EXITS,
  FREED_MEMBERS,
  GIVEN_KEYS,
  GRACE_PERIODS,
  IMPLIED,
  FIRMWARE_PROPERTIES,
  INIT_ONLY,
  INPUTS,
  IOCTLS,
  IRQ_LOCKS,
  LEFT_MEMBERS,
  LOCKS,
  LOOPS,
  MASKS,
  OBJECTS,
  OPEN_FILES,
  ORDERS,
  OUTCOMES,
  SWITCHES,
  PASSED_OVER,
  PASSING,
  OWN_CPU,
  PATHS,
  POWER,
  REGISTRATIONS_LEFT,
  RESULTS,
  ROUNDS,
  SAID_NOT_TOLD,
  NEVER_SET_UP,
  SHADOWS,
  UNATTACHED,
  UNAWAITED,
  ATOMIC_SLEEPS,
  SLIPS,
  TWICE,
  UNTESTED,
  UNWINDS,
  USER_SIZES,
  VALUES,
  TEXTS,
  VENDORS,
  WAYS_BACK,
  WIDTHS,
  WITHOUT_ERRNO,
  WRITTEN_OUT,
  HALVES,
  FIELD_SHIFTS,
  LOST_MEMBERS,
  UNDONE_ONCE,
  FREED_FIRST,
  COUNTED_NUMBERS,
  TOLD_FAILURES,
  UNLOCKED_USES,
  UNLOCKED_WRITES,
  UNREAD_RESULTS,
  TAKEN_OUT,
  WRONG_RETURNS,
  DROPPED_LOCKS,
  REGISTER_FIELDS,
  REQUESTS,
  EARLY_INTERRUPTS,
  INTERRUPTS,
  WAITS,
  SIGNS,
  LEFT_PRIVATE,
  LEFT_RUNNING,
];

/** What is odd in a body, by kind. */
export function odditiesOf(body: Body, bodies: Bodies): ReadonlyMap<OddityKind, readonly OddityFact[]> {
  const kinds = new Map<OddityKind, OddityFact[]>();
  for (const { own, around = [] } of READERS) {
    const found = [
      ...(own ? ownOddities(body, own) : []),
      ...around.flatMap(({ words, read }) => (hasWord(body, words) ? read(body, bodies) : [])),
    ];
    for (const oddity of found) {
      const same = kinds.get(oddity.kind);
      if (same) same.push(oddity);
      else kinds.set(oddity.kind, [oddity]);
    }
  }
  return kinds;
}

function hasWord({ fn }: Body, words: AroundReader['words']): boolean {
  if (words === null) return true;
  return words instanceof RegExp ? fn.words.match(words) : fn.words.meet(words);
}

/** An oddity of one body with the offsets of its nodes, which no edit of the code around it moves. */
interface OwnOddity extends Omit<OddityFact, 'spot' | 'related'> {
  readonly at: Span;
  readonly related: readonly { readonly at: Span; readonly message: string }[];
}

function ownOddities(body: Body, own: NonNullable<OddityReader['own']>): readonly OddityFact[] {
  const { shift } = body.fn.original;
  const unmoved = ({ span: { start, end } }: Spot): Span => ({ start: start - shift, end: end - shift });
  const found = body.kept(own, () =>
    own
      .flatMap((read) => read(body))
      .map(({ spot, related, ...rest }): OwnOddity => {
        return {
          ...rest,
          at: unmoved(spot),
          related: related.map((each) => ({ at: unmoved(each.spot), message: each.message })),
        };
      }),
  );
  return found.map(({ at, related, ...rest }) => ({
    ...rest,
    spot: body.spot(at),
    related: related.map((each) => ({ spot: body.spot(each.at), message: each.message })),
  }));
}
