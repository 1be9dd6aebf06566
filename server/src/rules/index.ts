/** All rules, in the order in which they are listed. */
import { alwaysZero } from './always-zero.js';
import { anyFlagForAll } from './any-flag-for-all.js';
import { arrayWithoutNumbers } from './array-without-numbers.js';
import { attachFailureMessage } from './attach-failure-message.js';
import { attachedDomainFreed } from './attached-domain-freed.js';
import { badAllowance } from './bad-allowance.js';
import { bareBarrier } from './bare-barrier.js';
import { booleanArguments } from './boolean-arguments.js';
import { bugOn } from './bug-on.js';
import { busIommuOps } from './bus-iommu-ops.js';
import { byteOrder } from './byte-order.js';
import { castAgainstTest } from './cast-against-test.js';
import { checkedAfterUse } from './checked-after-use.js';
import { coherencyClaimed } from './coherency-claimed.js';
import { conditionalCode } from './conditional-code.js';
import { configStub } from './config-stub.js';
import { copiedBeforeLock } from './copied-before-lock.js';
import { copiedTwice } from './copied-twice.js';
import { copySlip } from './copy-slip.js';
import { countBesideFile } from './count-beside-file.js';
import { deadReference } from './dead-reference.js';
import { deadStore } from './dead-store.js';
import { deadlock } from './deadlock.js';
import { detachOp } from './detach-op.js';
import { deviceInDomain } from './device-in-domain.js';
import { dmaMisused } from './dma-misused.js';
import { doesNotCompile } from './does-not-compile.js';
import { domainFlagBit } from './domain-flag-bit.js';
import { domainGrows } from './domain-grows.js';
import { domainOpInWrongTable } from './domain-op-in-wrong-table.js';
import { domainReusedUnchecked } from './domain-reused-unchecked.js';
import { domainTypeSwitch } from './domain-type-switch.js';
import { endBehindRange } from './end-behind-range.js';
import { endlessPoll } from './endless-poll.js';
import { errnoChanged } from './errno-changed.js';
import { errorOrNullTest } from './error-or-null-test.js';
import { errorPointerFreed } from './error-pointer-freed.js';
import { externInSource } from './extern-in-source.js';
import { foreignDomainAccepted } from './foreign-domain-accepted.js';
import { forwardDeclaration } from './forward-declaration.js';
import { forwardingWrapper } from './forwarding-wrapper.js';
import { freedByAnotherAllocator } from './freed-by-another-allocator.js';
import { freedUnattached } from './freed-unattached.js';
import { freedWhileReachable } from './freed-while-reachable.js';
import { genericCapability } from './generic-capability.js';
import { gfpIgnored } from './gfp-ignored.js';
import { gfpWithoutContext } from './gfp-without-context.js';
import { gotoWithoutErrno } from './goto-without-errno.js';
import { groupLockInFaultPath } from './group-lock-in-fault-path.js';
import { halfAttached } from './half-attached.js';
import { ignoredConditionalGet } from './ignored-conditional-get.js';
import { ignoredPasid } from './ignored-pasid.js';
import { ignoredResult } from './ignored-result.js';
import { incompatibleDomain } from './incompatible-domain.js';
import { incompleteUnwind } from './incomplete-unwind.js';
import { interruptRequest } from './interrupt-request.js';
import { interruptsOn } from './interrupts-on.js';
import { invalidFree } from './invalid-free.js';
import { invertedNumber } from './inverted-number.js';
import { isolationAssumed } from './isolation-assumed.js';
import { kernelDocForm } from './kernel-doc-form.js';
import { kernelDocMismatch } from './kernel-doc-mismatch.js';
import { leftRunning } from './left-running.js';
import { listCorruption } from './list-corruption.js';
import { lockImbalance } from './lock-imbalance.js';
import { logFlood } from './log-flood.js';
import { lookupWithoutReference } from './lookup-without-reference.js';
import { loopDirection } from './loop-direction.js';
import { loopLeftAtOnce } from './loop-left-at-once.js';
import { lostBits } from './lost-bits.js';
import { lostError } from './lost-error.js';
import { managedPerAttach } from './managed-per-attach.js';
import { memoryLeak } from './memory-leak.js';
import { messageWithoutDevice } from './message-without-device.js';
import { messageWithoutNewline } from './message-without-newline.js';
import { misleadingName } from './misleading-name.js';
import { misplacedBits } from './misplaced-bits.js';
import { missingBreak } from './missing-break.js';
import { missingFixesTag } from './missing-fixes-tag.js';
import { missingInclude } from './missing-include.js';
import { mistakenCount } from './mistaken-count.js';
import { mmKeptWithoutGrab } from './mm-kept-without-grab.js';
import { mmUsedAfterExit } from './mm-used-after-exit.js';
import { mmapLockWithoutMmget } from './mmap-lock-without-mmget.js';
import { movedToAnotherCpu } from './moved-to-another-cpu.js';
import { needlessCode } from './needless-code.js';
import { needlessGlobal } from './needless-global.js';
import { needlessMessage } from './needless-message.js';
import { needlessMmReference } from './needless-mm-reference.js';
import { needlessParameter } from './needless-parameter.js';
import { needlessStub } from './needless-stub.js';
import { needlessSynchronisation } from './needless-synchronisation.js';
import { negatedLeftSide } from './negated-left-side.js';
import { notAnErrno } from './not-an-errno.js';
import { notKeptAwake } from './not-kept-awake.js';
import { nullBesideErrors } from './null-beside-errors.js';
import { nullDereference } from './null-dereference.js';
import { opCannotFail } from './op-cannot-fail.js';
import { opWithoutInverse } from './op-without-inverse.js';
import { openCoded } from './open-coded.js';
import { otherProcessDomain } from './other-process-domain.js';
import { outdatedCall } from './outdated-call.js';
import { overlappingOperations } from './overlapping-operations.js';
import { pageRequestUnanswered } from './page-request-unanswered.js';
import { pasidAsOnlyKey } from './pasid-as-only-key.js';
import { pasidFreedBeforeTeardown } from './pasid-freed-before-teardown.js';
import { pasidFreedInUse } from './pasid-freed-in-use.js';
import { pasidInDomain } from './pasid-in-domain.js';
import { pasidLimitNotProbed } from './pasid-limit-not-probed.js';
import { pasidOutOfRange } from './pasid-out-of-range.js';
import { perBusInterface } from './per-bus-interface.js';
import { plainExport } from './plain-export.js';
import { poorComment } from './poor-comment.js';
import { probeDeferralMessage } from './probe-deferral-message.js';
import { propertyOfAttachedOnly } from './property-of-attached-only.js';
import { publicNameWithoutPrefix } from './public-name-without-prefix.js';
import { publishedBeforeSet } from './published-before-set.js';
import { rangeInOneFlag } from './range-in-one-flag.js';
import { redundantTest } from './redundant-test.js';
import { refcountInDomain } from './refcount-in-domain.js';
import { referenceLeak } from './reference-leak.js';
import { repeatedBlock } from './repeated-block.js';
import { repeatedStatement } from './repeated-statement.js';
import { repeatedVersionTest } from './repeated-version-test.js';
import { requestIgnored } from './request-ignored.js';
import { restoreUnchecked } from './restore-unchecked.js';
import { returnPastUnwind } from './return-past-unwind.js';
import { roundaboutReturn } from './roundabout-return.js';
import type { Rule } from './rule.js';
import { sectionMismatch } from './section-mismatch.js';
import { setAfterUnlock } from './set-after-unlock.js';
import { shadowedVariable } from './shadowed-variable.js';
import { singleInstance } from './single-instance.js';
import { sizeOfPointer } from './size-of-pointer.js';
import { sleepInAtomicContext } from './sleep-in-atomic-context.js';
import { sleepingOperation } from './sleeping-operation.js';
import { spuriousChange } from './spurious-change.js';
import { staleTranslation } from './stale-translation.js';
import { swappedArguments } from './swapped-arguments.js';
import { timeoutUnnoticed } from './timeout-unnoticed.js';
import { uapiChanged } from './uapi-changed.js';
import { uapiLayout } from './uapi-layout.js';
import { uapiNotExtensible } from './uapi-not-extensible.js';
import { unboundedScan } from './unbounded-scan.js';
import { uncheckedIndex } from './unchecked-index.js';
import { uncheckedUserInput } from './unchecked-user-input.js';
import { undocumentedInterface } from './undocumented-interface.js';
import { undocumentedSetting } from './undocumented-setting.js';
import { unexplainedRemoval } from './unexplained-removal.js';
import { uninitialisedValue } from './uninitialised-value.js';
import { unitChangedEachRound } from './unit-changed-each-round.js';
import { unlockedAccess } from './unlocked-access.js';
import { unlockedField } from './unlocked-field.js';
import { unlockedLookupThenFill } from './unlocked-lookup-then-fill.js';
import { unreadResult } from './unread-result.js';
import { unsignedBelowZero } from './unsigned-below-zero.js';
import { untypedObject } from './untyped-object.js';
import { unusedCode } from './unused-code.js';
import { useAfterFree } from './use-after-free.js';
import { vendorInCore } from './vendor-in-core.js';
import { whoeverRuns } from './whoever-runs.js';
import { wrongConnective } from './wrong-connective.js';
import { wrongErrno } from './wrong-errno.js';
import { wrongErrorTest } from './wrong-error-test.js';
import { yesOrNoAsInt } from './yes-or-no-as-int.js';

export {
  isBackport,
  type MailSpot,
  NO_SERIES,
  type PatchFact,
  type SeriesFacts,
  seriesOf,
} from './context.js';
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
  alwaysZero,
  anyFlagForAll,
  arrayWithoutNumbers,
  attachFailureMessage,
  attachedDomainFreed,
  badAllowance,
  bareBarrier,
  booleanArguments,
  bugOn,
  busIommuOps,
  byteOrder,
  castAgainstTest,
  checkedAfterUse,
  coherencyClaimed,
  conditionalCode,
  configStub,
  copiedBeforeLock,
  copiedTwice,
  copySlip,
  countBesideFile,
  deadReference,
  deadStore,
  deadlock,
  detachOp,
  deviceInDomain,
  dmaMisused,
  doesNotCompile,
  domainFlagBit,
  domainGrows,
  domainOpInWrongTable,
  domainReusedUnchecked,
  domainTypeSwitch,
  endBehindRange,
  endlessPoll,
  errnoChanged,
  errorOrNullTest,
  errorPointerFreed,
  externInSource,
  foreignDomainAccepted,
  forwardDeclaration,
  forwardingWrapper,
  freedByAnotherAllocator,
  freedUnattached,
  freedWhileReachable,
  genericCapability,
  gfpIgnored,
  gfpWithoutContext,
  gotoWithoutErrno,
  groupLockInFaultPath,
  halfAttached,
  ignoredConditionalGet,
  ignoredPasid,
  ignoredResult,
  incompatibleDomain,
  incompleteUnwind,
  lostBits,
  interruptRequest,
  interruptsOn,
  invalidFree,
  invertedNumber,
  isolationAssumed,
  kernelDocForm,
  kernelDocMismatch,
  leftRunning,
  listCorruption,
  lockImbalance,
  logFlood,
  lookupWithoutReference,
  loopDirection,
  loopLeftAtOnce,
  lostError,
  managedPerAttach,
  memoryLeak,
  messageWithoutDevice,
  messageWithoutNewline,
  misleadingName,
  misplacedBits,
  missingBreak,
  missingFixesTag,
  mistakenCount,
  mmKeptWithoutGrab,
  mmUsedAfterExit,
  mmapLockWithoutMmget,
  missingInclude,
  movedToAnotherCpu,
  needlessCode,
  needlessGlobal,
  needlessMessage,
  needlessMmReference,
  needlessParameter,
  needlessStub,
  needlessSynchronisation,
  negatedLeftSide,
  notAnErrno,
  notKeptAwake,
  nullBesideErrors,
  nullDereference,
  opWithoutInverse,
  opCannotFail,
  openCoded,
  otherProcessDomain,
  outdatedCall,
  overlappingOperations,
  pageRequestUnanswered,
  pasidAsOnlyKey,
  pasidFreedBeforeTeardown,
  pasidFreedInUse,
  pasidInDomain,
  pasidLimitNotProbed,
  pasidOutOfRange,
  perBusInterface,
  plainExport,
  poorComment,
  probeDeferralMessage,
  propertyOfAttachedOnly,
  publicNameWithoutPrefix,
  publishedBeforeSet,
  rangeInOneFlag,
  redundantTest,
  refcountInDomain,
  referenceLeak,
  repeatedBlock,
  repeatedStatement,
  repeatedVersionTest,
  requestIgnored,
  restoreUnchecked,
  returnPastUnwind,
  roundaboutReturn,
  sectionMismatch,
  setAfterUnlock,
  shadowedVariable,
  singleInstance,
  sizeOfPointer,
  sleepInAtomicContext,
  sleepingOperation,
  spuriousChange,
  staleTranslation,
  swappedArguments,
  uapiChanged,
  timeoutUnnoticed,
  uapiLayout,
  uapiNotExtensible,
  unboundedScan,
  uncheckedIndex,
  uncheckedUserInput,
  undocumentedInterface,
  undocumentedSetting,
  unexplainedRemoval,
  uninitialisedValue,
  unitChangedEachRound,
  unlockedAccess,
  unlockedField,
  unlockedLookupThenFill,
  unreadResult,
  unsignedBelowZero,
  untypedObject,
  unusedCode,
  useAfterFree,
  vendorInCore,
  whoeverRuns,
  wrongConnective,
  wrongErrno,
  wrongErrorTest,
  yesOrNoAsInt,
];
