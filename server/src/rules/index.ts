/** All rules, in the order in which they are listed. */
import { busIommuOps } from './bus-iommu-ops.js';
import { domainReusedUnchecked } from './domain-reused-unchecked.js';
import { ignoredConditionalGet } from './ignored-conditional-get.js';
import { mmKeptWithoutGrab } from './mm-kept-without-grab.js';
import { pasidAsOnlyKey } from './pasid-as-only-key.js';
import { pasidInDomain } from './pasid-in-domain.js';
import { refcountInDomain } from './refcount-in-domain.js';
import type { Rule } from './rule.js';
import { unlockedLookupThenFill } from './unlocked-lookup-then-fill.js';
import { unusedStaticFunction } from './unused-static-function.js';
import { vagueObjectName } from './vague-object-name.js';

export type { Explanation, Objection, Rule, RuleInput } from './rule.js';

export const RULES: readonly Rule[] = [
  busIommuOps,
  domainReusedUnchecked,
  ignoredConditionalGet,
  mmKeptWithoutGrab,
  pasidAsOnlyKey,
  pasidInDomain,
  refcountInDomain,
  unlockedLookupThenFill,
  unusedStaticFunction,
  vagueObjectName,
];
