/** All rules, in the order in which they are listed. */
import { anyFlagForAll } from './any-flag-for-all.js';
import { atomicUnderLock } from './atomic-under-lock.js';
import { attachErrno } from './attach-errno.js';
import { attachedDomainFreed } from './attached-domain-freed.js';
import { busIommuOps } from './bus-iommu-ops.js';
import { checkedAfterUse } from './checked-after-use.js';
import { coherencyClaimed } from './coherency-claimed.js';
import { countAsIndex } from './count-as-index.js';
import { deadReference } from './dead-reference.js';
import { deadlock } from './deadlock.js';
import { detachOp } from './detach-op.js';
import { domainReusedUnchecked } from './domain-reused-unchecked.js';
import { emptyTestBeforeWalk } from './empty-test-before-walk.js';
import { errnoReplaced } from './errno-replaced.js';
import { errorOrNullTest } from './error-or-null-test.js';
import { failuresAsOneNull } from './failures-as-one-null.js';
import { forgottenRelease } from './forgotten-release.js';
import { freedByAnotherAllocator } from './freed-by-another-allocator.js';
import { freedWhileLinked } from './freed-while-linked.js';
import { freedWithoutGracePeriod } from './freed-without-grace-period.js';
import { gfpIgnored } from './gfp-ignored.js';
import { givenParameterTested } from './given-parameter-tested.js';
import { gotoWithoutErrno } from './goto-without-errno.js';
import { groupLockInFaultPath } from './group-lock-in-fault-path.js';
import { guardedFree } from './guarded-free.js';
import { halfAttached } from './half-attached.js';
import { ignoredConditionalGet } from './ignored-conditional-get.js';
import { ignoredResult } from './ignored-result.js';
import { impliedTest } from './implied-test.js';
import { incompatibleDomain } from './incompatible-domain.js';
import { intShift } from './int-shift.js';
import { invalidFree } from './invalid-free.js';
import { invertedNumber } from './inverted-number.js';
import { laterUndoesLess } from './later-undoes-less.js';
import { limitPastEnd } from './limit-past-end.js';
import { listCorruption } from './list-corruption.js';
import { lockAroundOneRead } from './lock-around-one-read.js';
import { lockImbalance } from './lock-imbalance.js';
import { loopLeftHalfDone } from './loop-left-half-done.js';
import { memoryLeak } from './memory-leak.js';
import { messageInAttach } from './message-in-attach.js';
import { mmKeptWithoutGrab } from './mm-kept-without-grab.js';
import { mmUsedAfterExit } from './mm-used-after-exit.js';
import { negatedLeftSide } from './negated-left-side.js';
import { neverNullTest } from './never-null-test.js';
import { notAnErrno } from './not-an-errno.js';
import { notifierWithoutInvalidate } from './notifier-without-invalidate.js';
import { nullDereference } from './null-dereference.js';
import { otherProcessDomain } from './other-process-domain.js';
import { ownEntryCompared } from './own-entry-compared.js';
import { pageRequestUnanswered } from './page-request-unanswered.js';
import { pasidAsOnlyKey } from './pasid-as-only-key.js';
import { pasidFreedInUse } from './pasid-freed-in-use.js';
import { pasidInDomain } from './pasid-in-domain.js';
import { pasidOutOfRange } from './pasid-out-of-range.js';
import { publishedBeforeSet } from './published-before-set.js';
import { refcountInDomain } from './refcount-in-domain.js';
import { referenceInMapPath } from './reference-in-map-path.js';
import { referenceLeak } from './reference-leak.js';
import { referenceNeverPut } from './reference-never-put.js';
import { restoreUnchecked } from './restore-unchecked.js';
import type { Rule } from './rule.js';
import { setAfterUnlock } from './set-after-unlock.js';
import { sleepInAtomicContext } from './sleep-in-atomic-context.js';
import { tagReusedUnflushed } from './tag-reused-unflushed.js';
import { typeTestedLate } from './type-tested-late.js';
import { uninitialisedValue } from './uninitialised-value.js';
import { unlockedCheckThenSet } from './unlocked-check-then-set.js';
import { unlockedFirstUse } from './unlocked-first-use.js';
import { unlockedLookupThenFill } from './unlocked-lookup-then-fill.js';
import { unlockedXarrayInternals } from './unlocked-xarray-internals.js';
import { unsignedBelowZero } from './unsigned-below-zero.js';
import { unusedStaticFunction } from './unused-static-function.js';
import { useAfterFree } from './use-after-free.js';
import { vagueObjectName } from './vague-object-name.js';
import { walkWithoutLock } from './walk-without-lock.js';
import { widthAsCount } from './width-as-count.js';
import { wrongAllocationErrno } from './wrong-allocation-errno.js';
import { wrongErrno } from './wrong-errno.js';
import { wrongErrorTest } from './wrong-error-test.js';
import { xarrayErrorUnseen } from './xarray-error-unseen.js';

export type { BreachFact, Explanation, Objection, Rule, RuleInput } from './rule.js';

export const RULES: readonly Rule[] = [
  anyFlagForAll,
  atomicUnderLock,
  attachErrno,
  attachedDomainFreed,
  busIommuOps,
  checkedAfterUse,
  coherencyClaimed,
  countAsIndex,
  deadReference,
  deadlock,
  detachOp,
  domainReusedUnchecked,
  emptyTestBeforeWalk,
  errnoReplaced,
  errorOrNullTest,
  failuresAsOneNull,
  forgottenRelease,
  freedByAnotherAllocator,
  freedWhileLinked,
  freedWithoutGracePeriod,
  gfpIgnored,
  givenParameterTested,
  gotoWithoutErrno,
  groupLockInFaultPath,
  guardedFree,
  halfAttached,
  ignoredConditionalGet,
  ignoredResult,
  impliedTest,
  incompatibleDomain,
  intShift,
  invalidFree,
  invertedNumber,
  laterUndoesLess,
  limitPastEnd,
  listCorruption,
  lockAroundOneRead,
  lockImbalance,
  loopLeftHalfDone,
  memoryLeak,
  messageInAttach,
  mmKeptWithoutGrab,
  mmUsedAfterExit,
  negatedLeftSide,
  neverNullTest,
  notAnErrno,
  notifierWithoutInvalidate,
  nullDereference,
  otherProcessDomain,
  ownEntryCompared,
  pageRequestUnanswered,
  pasidAsOnlyKey,
  pasidFreedInUse,
  pasidInDomain,
  pasidOutOfRange,
  publishedBeforeSet,
  refcountInDomain,
  referenceInMapPath,
  referenceLeak,
  referenceNeverPut,
  restoreUnchecked,
  setAfterUnlock,
  sleepInAtomicContext,
  tagReusedUnflushed,
  typeTestedLate,
  uninitialisedValue,
  unlockedCheckThenSet,
  unlockedFirstUse,
  unlockedLookupThenFill,
  unlockedXarrayInternals,
  unsignedBelowZero,
  unusedStaticFunction,
  useAfterFree,
  vagueObjectName,
  walkWithoutLock,
  widthAsCount,
  wrongAllocationErrno,
  wrongErrno,
  wrongErrorTest,
  xarrayErrorUnseen,
];
