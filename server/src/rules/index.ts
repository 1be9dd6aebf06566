/** All rules, in the order in which they are listed. */

import { allocationFailureMessage } from './allocation-failure-message.js';
import { attachFailureMessage } from './attach-failure-message.js';
import { attachedDomainFreed } from './attached-domain-freed.js';
import { bareBarrier } from './bare-barrier.js';
import { bugOn } from './bug-on.js';
import { busIommuOps } from './bus-iommu-ops.js';
import { chattyMessage } from './chatty-message.js';
import { checkedAfterUse } from './checked-after-use.js';
import { commentWording } from './comment-wording.js';
import { conditionalCode } from './conditional-code.js';
import { configStub } from './config-stub.js';
import { deadReference } from './dead-reference.js';
import { deadStore } from './dead-store.js';
import { deadlock } from './deadlock.js';
import { domainReusedUnchecked } from './domain-reused-unchecked.js';
import { errnoChanged } from './errno-changed.js';
import { forwardingWrapper } from './forwarding-wrapper.js';
import { halfAttached } from './half-attached.js';
import { ignoredConditionalGet } from './ignored-conditional-get.js';
import { ignoredResult } from './ignored-result.js';
import { incompatibleDomain } from './incompatible-domain.js';
import { invalidFree } from './invalid-free.js';
import { kernelDocForm } from './kernel-doc-form.js';
import { kernelDocMismatch } from './kernel-doc-mismatch.js';
import { listCorruption } from './list-corruption.js';
import { lockImbalance } from './lock-imbalance.js';
import { memoryLeak } from './memory-leak.js';
import { messageWithoutDevice } from './message-without-device.js';
import { messageWithoutNewline } from './message-without-newline.js';
import { misplacedComment } from './misplaced-comment.js';
import { missingFixesTag } from './missing-fixes-tag.js';
import { mmKeptWithoutGrab } from './mm-kept-without-grab.js';
import { mmUsedAfterExit } from './mm-used-after-exit.js';
import { needlessStub } from './needless-stub.js';
import { nullDereference } from './null-dereference.js';
import { openCoded } from './open-coded.js';
import { otherProcessDomain } from './other-process-domain.js';
import { pageRequestUnanswered } from './page-request-unanswered.js';
import { pasidAsOnlyKey } from './pasid-as-only-key.js';
import { pasidFreedInUse } from './pasid-freed-in-use.js';
import { pasidInDomain } from './pasid-in-domain.js';
import { pasidOutOfRange } from './pasid-out-of-range.js';
import { probeDeferralMessage } from './probe-deferral-message.js';
import { refcountInDomain } from './refcount-in-domain.js';
import { referenceLeak } from './reference-leak.js';
import { repeatedBlock } from './repeated-block.js';
import type { Rule } from './rule.js';
import { setAfterUnlock } from './set-after-unlock.js';
import { sleepInAtomicContext } from './sleep-in-atomic-context.js';
import { spuriousChange } from './spurious-change.js';
import { staleComment } from './stale-comment.js';
import { undocumentedInterface } from './undocumented-interface.js';
import { uninitialisedValue } from './uninitialised-value.js';
import { unlimitedMessage } from './unlimited-message.js';
import { unlockedCheckThenSet } from './unlocked-check-then-set.js';
import { unlockedLookupThenFill } from './unlocked-lookup-then-fill.js';
import { unusedAddition } from './unused-addition.js';
import { unusedInclude } from './unused-include.js';
import { unusedParameter } from './unused-parameter.js';
import { unusedStaticFunction } from './unused-static-function.js';
import { useAfterFree } from './use-after-free.js';
import { userTriggeredMessage } from './user-triggered-message.js';
import { vagueObjectName } from './vague-object-name.js';
import { wrongErrno } from './wrong-errno.js';
import { wrongErrorTest } from './wrong-error-test.js';

export type { BreachFact, Explanation, Objection, PatchFact, Rule, RuleInput } from './rule.js';

export const RULES: readonly Rule[] = [
  allocationFailureMessage,
  attachFailureMessage,
  attachedDomainFreed,
  bareBarrier,
  bugOn,
  busIommuOps,
  chattyMessage,
  checkedAfterUse,
  commentWording,
  conditionalCode,
  configStub,
  deadReference,
  deadStore,
  deadlock,
  domainReusedUnchecked,
  errnoChanged,
  forwardingWrapper,
  halfAttached,
  ignoredConditionalGet,
  ignoredResult,
  incompatibleDomain,
  invalidFree,
  kernelDocForm,
  kernelDocMismatch,
  listCorruption,
  lockImbalance,
  memoryLeak,
  messageWithoutDevice,
  messageWithoutNewline,
  misplacedComment,
  missingFixesTag,
  mmKeptWithoutGrab,
  mmUsedAfterExit,
  needlessStub,
  nullDereference,
  openCoded,
  otherProcessDomain,
  pageRequestUnanswered,
  pasidAsOnlyKey,
  pasidFreedInUse,
  pasidInDomain,
  pasidOutOfRange,
  probeDeferralMessage,
  refcountInDomain,
  referenceLeak,
  repeatedBlock,
  setAfterUnlock,
  sleepInAtomicContext,
  spuriousChange,
  staleComment,
  undocumentedInterface,
  uninitialisedValue,
  unlimitedMessage,
  unlockedCheckThenSet,
  unlockedLookupThenFill,
  unusedAddition,
  unusedInclude,
  unusedParameter,
  unusedStaticFunction,
  useAfterFree,
  userTriggeredMessage,
  vagueObjectName,
  wrongErrno,
  wrongErrorTest,
];
