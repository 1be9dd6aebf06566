/**
 * Oddities: places where one function does what reviewers ask about, told by
 * the shape of its code. A reader (one file each, for one family) finds them;
 * a rule says what is wrong with one kind of them.
 */
import type { Bodies, Body } from '../body.js';
import type { Spot } from '../program.js';

export type OddityKind =
  | 'allocation-errno'
  | 'allocation-untested'
  | 'another-returned'
  | 'attach-errno'
  | 'attach-undone-unseen'
  | 'awake-unheld'
  | 'bit-number-as-count'
  | 'bits-overlap'
  | 'bits-shifted-out'
  | 'byte-order'
  | 'bytes-as-errno'
  | 'bytes-for-entries'
  | 'case-runs-on'
  | 'cast-against-test'
  | 'copied-before-lock'
  | 'count-as-index'
  | 'count-beside-file'
  | 'count-under-lock'
  | 'data-cleared'
  | 'decided-already'
  | 'device-in-domain'
  | 'discarded-store'
  | 'device-put-early'
  | 'driver-data-untested'
  | 'dma-direction'
  | 'dma-tested-zero'
  | 'dma-translated'
  | 'dma-unasked'
  | 'dma-unfit'
  | 'dropped-errno'
  | 'empty-before-walk'
  | 'end-against-last'
  | 'errno-ignored'
  | 'error-as-length'
  | 'errno-as-truth'
  | 'error-in-bool'
  | 'error-of-another'
  | 'error-of-no-error'
  | 'error-or-null'
  | 'error-overwritten'
  | 'error-pointer-freed'
  | 'error-pointer-untested'
  | 'error-then-zero'
  | 'failure-only-logged'
  | 'fault-only-printed'
  | 'field-shift'
  | 'firmware-index'
  | 'flush-unawaited'
  | 'first-left-done'
  | 'flag-as-truth'
  | 'flag-of-several'
  | 'followed-while-null'
  | 'freed-unattached'
  | 'freed-member-left'
  | 'freed-first'
  | 'freed-while-linked'
  | 'freed-without-grace'
  | 'foreign-free'
  | 'forgotten-release'
  | 'get-in-map-path'
  | 'gfp-ignored'
  | 'gfp-without-context'
  | 'goto-return'
  | 'goto-without-errno'
  | 'grown-but-unset'
  | 'group-handed-out'
  | 'guarded-free'
  | 'implied-condition'
  | 'index-of-caller'
  | 'init-only'
  | 'int-shift'
  | 'inverted-number'
  | 'later-undoes-less'
  | 'left-in-first-round'
  | 'limit-past-end'
  | 'lock-in-fault-path'
  | 'lock-of-nothing'
  | 'lock-of-one-read'
  | 'locked-with-interrupts-on'
  | 'loop-left-half-done'
  | 'loop-runs-away'
  | 'member-freed'
  | 'negated-side'
  | 'member-lost'
  | 'multiplied-before-widened'
  | 'never-empty'
  | 'never-equal'
  | 'never-set-up'
  | 'negative-index'
  | 'no-errno'
  | 'null-asked-for-error'
  | 'number-reused-unflushed'
  | 'outcome-settled'
  | 'own-cpu'
  | 'only-its-device'
  | 'own-entry-compared'
  | 'pasid-ignored'
  | 'published-early'
  | 'range-in-one-flag'
  | 'read-before-length'
  | 'reference-kept'
  | 'repeated-statement'
  | 'registered-early'
  | 'registration-left'
  | 'return-at-end'
  | 'return-skips-unwind'
  | 'same-sides'
  | 'shadowed-variable'
  | 'several-failures-one-null'
  | 'size-off-by-one'
  | 'shifted-each-round'
  | 'size-of-user'
  | 'stack-given-out'
  | 'success-leaves'
  | 'size-of-pointer'
  | 'swapped-arguments'
  | 'scanned-unbounded'
  | 'semicolon-missing'
  | 'sleeps-in-operation'
  | 'sleeps-under-spinlock'
  | 'test-of-another'
  | 'tested-given'
  | 'tested-private'
  | 'truth-in-steps'
  | 'type-tested-late'
  | 'undone-once'
  | 'unknown-command'
  | 'unset-after-failure'
  | 'store-replaced'
  | 'unlocked-first-use'
  | 'unlocked-internal'
  | 'use-beside-free'
  | 'unsigned-at-most-zero'
  | 'unsigned-below-zero'
  | 'vendor-asked'
  | 'void-cast'
  | 'walk-left-with-reference'
  | 'warned-and-used'
  | 'walk-without-lock'
  | 'warned-twice'
  | 'write-without-lock'
  | 'written-out'
  | 'zeroed-by-hand'
  | 'failure-not-told-so'
  | 'zero-as-error'
  | 'errno-of-unsigned'
  | 'fault-as-another'
  | 'private-left'
  | 'result-lost'
  | 'taken-and-lost'
  | 'result-replaced'
  | 'label-unused'
  | 'last-round-only'
  | 'narrow-mask'
  | 'narrow-shift'
  | 'narrow-address'
  | 'end-set-behind'
  | 'counter-past-zero'
  | 'bit-from-one'
  | 'pages-as-bytes'
  | 'bytes-as-order'
  | 'walk-with-gap'
  | 'tested-before-lock'
  | 'last-put-before-lock'
  | 'field-not-cleared'
  | 'turned-twice'
  | 'turned-short'
  | 'request-ignored'
  | 'null-beside-errors'
  | 'device-tlb-first'
  | 'managed-per-attach'
  | 'used-before-init'
  | 'thread-without-oneshot'
  | 'irq-unasked'
  | 'shared-always-handled'
  | 'managed-irq-freed'
  | 'endless-poll'
  | 'ordered-twice'
  | 'mask-tried-again'
  | 'dma-flag-ignored'
  | 'positive-errno'
  | 'round-too-many'
  | 'freed-while-running'
  | 'plain-under-rcu'
  | 'array-without-numbers'
  | 'claims-coherency';

/** One such place. */
export interface OddityFact {
  readonly kind: OddityKind;
  readonly spot: Spot;
  /** What it is about, as the code has it. */
  readonly subject: string;
  /** What stands against it; '' where the kind has only one side. */
  readonly other: string;
  readonly related: readonly { readonly spot: Spot; readonly message: string }[];
  /** What stands there in mechanical cases when it is put right. */
  readonly instead?: string;
}

/** Finds the oddities of one family in a body. */
export interface OddityReader {
  /** Those that ask nothing but the body and what its scope tells: what they find is kept while that stays as it is. */
  readonly own?: readonly ((body: Body) => readonly OddityFact[])[];
  /** Those that look at other bodies as well, or at what the patch takes out. */
  readonly around?: readonly AroundReader[];
}

export interface AroundReader {
  /** A body without any of these words has none; null when that cannot be told by words. */
  readonly words: ReadonlySet<string> | RegExp | null;
  readonly read: (body: Body, bodies: Bodies) => readonly OddityFact[];
}

/** An oddity at `spot`. */
export function oddity(
  kind: OddityKind,
  spot: Spot,
  subject: string,
  rest: Partial<Pick<OddityFact, 'other' | 'related' | 'instead'>> = {},
): OddityFact {
  return { kind, spot, subject, other: '', related: [], ...rest };
}
