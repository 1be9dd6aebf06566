/** All rules, in the order in which they are listed. */
import { allocationFailureMessage } from './allocation-failure-message.js';
import { alwaysZero } from './always-zero.js';
import { anyFlagForAll } from './any-flag-for-all.js';
import { assumedPasidWidth } from './assumed-pasid-width.js';
import { atomicUnderLock } from './atomic-under-lock.js';
import { attachErrno } from './attach-errno.js';
import { attachFailureMessage } from './attach-failure-message.js';
import { attachedDomainFreed } from './attached-domain-freed.js';
import { badAllowance } from './bad-allowance.js';
import { bareBarrier } from './bare-barrier.js';
import { booleanArguments } from './boolean-arguments.js';
import { bugOn } from './bug-on.js';
import { busIommuOps } from './bus-iommu-ops.js';
import { chattyMessage } from './chatty-message.js';
import { checkedAfterUse } from './checked-after-use.js';
import { coherencyClaimed } from './coherency-claimed.js';
import { commentWording } from './comment-wording.js';
import { conditionalCode } from './conditional-code.js';
import { configStub } from './config-stub.js';
import { copiedTwice } from './copied-twice.js';
import { countAsIndex } from './count-as-index.js';
import { countRaisedFromZero } from './count-raised-from-zero.js';
import { deadReference } from './dead-reference.js';
import { deadStore } from './dead-store.js';
import { deadlock } from './deadlock.js';
import { derivableArgument } from './derivable-argument.js';
import { detachOp } from './detach-op.js';
import { domainFlagBit } from './domain-flag-bit.js';
import { domainGrows } from './domain-grows.js';
import { domainOpInWrongTable } from './domain-op-in-wrong-table.js';
import { domainReusedUnchecked } from './domain-reused-unchecked.js';
import { domainTypeSwitch } from './domain-type-switch.js';
import { emptyTestBeforeWalk } from './empty-test-before-walk.js';
import { errnoChanged } from './errno-changed.js';
import { errnoReplaced } from './errno-replaced.js';
import { errorOrNullTest } from './error-or-null-test.js';
import { failuresAsOneNull } from './failures-as-one-null.js';
import { foreignDomainAccepted } from './foreign-domain-accepted.js';
import { forgottenRelease } from './forgotten-release.js';
import { forwardingWrapper } from './forwarding-wrapper.js';
import { freedByAnotherAllocator } from './freed-by-another-allocator.js';
import { freedWhileLinked } from './freed-while-linked.js';
import { freedWithoutGracePeriod } from './freed-without-grace-period.js';
import { genericCapability } from './generic-capability.js';
import { gfpIgnored } from './gfp-ignored.js';
import { givenParameterTested } from './given-parameter-tested.js';
import { gotoWithoutErrno } from './goto-without-errno.js';
import { groupCountAsIsolation } from './group-count-as-isolation.js';
import { groupLockInFaultPath } from './group-lock-in-fault-path.js';
import { guardedFree } from './guarded-free.js';
import { halfAttached } from './half-attached.js';
import { ignoredConditionalGet } from './ignored-conditional-get.js';
import { ignoredFlags } from './ignored-flags.js';
import { ignoredResult } from './ignored-result.js';
import { impliedTest } from './implied-test.js';
import { incompatibleDomain } from './incompatible-domain.js';
import { intShift } from './int-shift.js';
import { integerAsOwner } from './integer-as-owner.js';
import { invalidFree } from './invalid-free.js';
import { invertedNumber } from './inverted-number.js';
import { isolationByAcsAlone } from './isolation-by-acs-alone.js';
import { kernelDocForm } from './kernel-doc-form.js';
import { kernelDocMismatch } from './kernel-doc-mismatch.js';
import { laterUndoesLess } from './later-undoes-less.js';
import { limitPastEnd } from './limit-past-end.js';
import { listCorruption } from './list-corruption.js';
import { lockAroundOneRead } from './lock-around-one-read.js';
import { lockImbalance } from './lock-imbalance.js';
import { lookupWithoutReference } from './lookup-without-reference.js';
import { loopLeftHalfDone } from './loop-left-half-done.js';
import { memoryLeak } from './memory-leak.js';
import { messageWithoutDevice } from './message-without-device.js';
import { messageWithoutNewline } from './message-without-newline.js';
import { misfitLogged } from './misfit-logged.js';
import { misplacedComment } from './misplaced-comment.js';
import { missingFixesTag } from './missing-fixes-tag.js';
import { mmKeptAfterPut } from './mm-kept-after-put.js';
import { mmKeptWithoutGrab } from './mm-kept-without-grab.js';
import { mmOfWorker } from './mm-of-worker.js';
import { mmUsedAfterExit } from './mm-used-after-exit.js';
import { mmapLockWithoutMmget } from './mmap-lock-without-mmget.js';
import { needlessMmReference } from './needless-mm-reference.js';
import { needlessStub } from './needless-stub.js';
import { negatedLeftSide } from './negated-left-side.js';
import { negativeFlag } from './negative-flag.js';
import { neverNullTest } from './never-null-test.js';
import { notAnErrno } from './not-an-errno.js';
import { notifierWithoutInvalidate } from './notifier-without-invalidate.js';
import { nullDereference } from './null-dereference.js';
import { openCoded } from './open-coded.js';
import { otherProcessDomain } from './other-process-domain.js';
import { overlappingOperations } from './overlapping-operations.js';
import { ownEntryCompared } from './own-entry-compared.js';
import { pageRequestUnanswered } from './page-request-unanswered.js';
import { pasidAsOnlyKey } from './pasid-as-only-key.js';
import { pasidByAnotherName } from './pasid-by-another-name.js';
import { pasidFreedBeforeTeardown } from './pasid-freed-before-teardown.js';
import { pasidFreedInUse } from './pasid-freed-in-use.js';
import { pasidInDomain } from './pasid-in-domain.js';
import { pasidLimitSetLate } from './pasid-limit-set-late.js';
import { pasidOutOfRange } from './pasid-out-of-range.js';
import { perBusInterface } from './per-bus-interface.js';
import { probeDeferralMessage } from './probe-deferral-message.js';
import { propertyOfAttachedOnly } from './property-of-attached-only.js';
import { publicNameWithoutPrefix } from './public-name-without-prefix.js';
import { publishedBeforeSet } from './published-before-set.js';
import { refcountInDomain } from './refcount-in-domain.js';
import { referenceInMapPath } from './reference-in-map-path.js';
import { referenceLeak } from './reference-leak.js';
import { referenceNeverPut } from './reference-never-put.js';
import { repeatedBlock } from './repeated-block.js';
import { restoreUnchecked } from './restore-unchecked.js';
import type { Rule } from './rule.js';
import { setAfterUnlock } from './set-after-unlock.js';
import { singleInstance } from './single-instance.js';
import { sleepInAtomicContext } from './sleep-in-atomic-context.js';
import { spuriousChange } from './spurious-change.js';
import { staleComment } from './stale-comment.js';
import { tagReusedUnflushed } from './tag-reused-unflushed.js';
import { taskByNumber } from './task-by-number.js';
import { typeTestedLate } from './type-tested-late.js';
import { uapiDataMisaligned } from './uapi-data-misaligned.js';
import { uapiNotExtensible } from './uapi-not-extensible.js';
import { uapiPadding } from './uapi-padding.js';
import { uapiType } from './uapi-type.js';
import { uncheckedReserved } from './unchecked-reserved.js';
import { undocumentedInterface } from './undocumented-interface.js';
import { uninitialisedValue } from './uninitialised-value.js';
import { unlimitedMessage } from './unlimited-message.js';
import { unlockedCheckThenSet } from './unlocked-check-then-set.js';
import { unlockedField } from './unlocked-field.js';
import { unlockedFirstUse } from './unlocked-first-use.js';
import { unlockedLookupThenFill } from './unlocked-lookup-then-fill.js';
import { unlockedXarrayInternals } from './unlocked-xarray-internals.js';
import { unrelatedCast } from './unrelated-cast.js';
import { unsignedBelowZero } from './unsigned-below-zero.js';
import { untypedParameter } from './untyped-parameter.js';
import { unusedAddition } from './unused-addition.js';
import { unusedInclude } from './unused-include.js';
import { unusedParameter } from './unused-parameter.js';
import { unusedStaticFunction } from './unused-static-function.js';
import { useAfterFree } from './use-after-free.js';
import { userTriggeredMessage } from './user-triggered-message.js';
import { vagueObjectName } from './vague-object-name.js';
import { walkWithoutLock } from './walk-without-lock.js';
import { widthAsCount } from './width-as-count.js';
import { wrongAllocationErrno } from './wrong-allocation-errno.js';
import { wrongErrno } from './wrong-errno.js';
import { wrongErrorTest } from './wrong-error-test.js';
import { xarrayErrorUnseen } from './xarray-error-unseen.js';
import { yesOrNoAsInt } from './yes-or-no-as-int.js';

export { type MailSpot, NO_SERIES, type PatchFact, type SeriesFacts, seriesOf } from './context.js';
export type {
  AllowanceFact,
  BreachFact,
  Explanation,
  MailObjection,
  Objection,
  Rule,
  RuleInput,
} from './rule.js';

export const RULES: readonly Rule[] = [
  allocationFailureMessage,
  alwaysZero,
  anyFlagForAll,
  assumedPasidWidth,
  atomicUnderLock,
  attachErrno,
  attachFailureMessage,
  attachedDomainFreed,
  badAllowance,
  bareBarrier,
  booleanArguments,
  bugOn,
  busIommuOps,
  chattyMessage,
  checkedAfterUse,
  coherencyClaimed,
  commentWording,
  conditionalCode,
  configStub,
  copiedTwice,
  countAsIndex,
  countRaisedFromZero,
  deadReference,
  deadStore,
  deadlock,
  derivableArgument,
  detachOp,
  domainFlagBit,
  domainGrows,
  domainOpInWrongTable,
  domainReusedUnchecked,
  domainTypeSwitch,
  emptyTestBeforeWalk,
  errnoChanged,
  errnoReplaced,
  errorOrNullTest,
  failuresAsOneNull,
  foreignDomainAccepted,
  forgottenRelease,
  forwardingWrapper,
  freedByAnotherAllocator,
  freedWhileLinked,
  freedWithoutGracePeriod,
  genericCapability,
  gfpIgnored,
  givenParameterTested,
  gotoWithoutErrno,
  groupCountAsIsolation,
  groupLockInFaultPath,
  guardedFree,
  halfAttached,
  ignoredConditionalGet,
  ignoredFlags,
  ignoredResult,
  impliedTest,
  incompatibleDomain,
  intShift,
  integerAsOwner,
  invalidFree,
  invertedNumber,
  isolationByAcsAlone,
  kernelDocForm,
  kernelDocMismatch,
  laterUndoesLess,
  limitPastEnd,
  listCorruption,
  lockAroundOneRead,
  lockImbalance,
  lookupWithoutReference,
  loopLeftHalfDone,
  memoryLeak,
  messageWithoutDevice,
  messageWithoutNewline,
  misfitLogged,
  misplacedComment,
  missingFixesTag,
  mmKeptAfterPut,
  mmKeptWithoutGrab,
  mmOfWorker,
  mmUsedAfterExit,
  mmapLockWithoutMmget,
  needlessMmReference,
  needlessStub,
  negatedLeftSide,
  negativeFlag,
  neverNullTest,
  notAnErrno,
  notifierWithoutInvalidate,
  nullDereference,
  openCoded,
  otherProcessDomain,
  overlappingOperations,
  ownEntryCompared,
  pageRequestUnanswered,
  pasidAsOnlyKey,
  pasidByAnotherName,
  pasidFreedBeforeTeardown,
  pasidFreedInUse,
  pasidInDomain,
  pasidLimitSetLate,
  pasidOutOfRange,
  perBusInterface,
  probeDeferralMessage,
  propertyOfAttachedOnly,
  publicNameWithoutPrefix,
  publishedBeforeSet,
  refcountInDomain,
  referenceInMapPath,
  referenceLeak,
  referenceNeverPut,
  repeatedBlock,
  restoreUnchecked,
  setAfterUnlock,
  singleInstance,
  sleepInAtomicContext,
  spuriousChange,
  staleComment,
  tagReusedUnflushed,
  taskByNumber,
  typeTestedLate,
  uapiDataMisaligned,
  uapiNotExtensible,
  uapiPadding,
  uapiType,
  uncheckedReserved,
  undocumentedInterface,
  uninitialisedValue,
  unlimitedMessage,
  unlockedCheckThenSet,
  unlockedField,
  unlockedFirstUse,
  unlockedLookupThenFill,
  unlockedXarrayInternals,
  unrelatedCast,
  unsignedBelowZero,
  untypedParameter,
  unusedAddition,
  unusedInclude,
  unusedParameter,
  unusedStaticFunction,
  useAfterFree,
  userTriggeredMessage,
  vagueObjectName,
  walkWithoutLock,
  widthAsCount,
  wrongAllocationErrno,
  wrongErrno,
  wrongErrorTest,
  xarrayErrorUnseen,
  yesOrNoAsInt,
];
