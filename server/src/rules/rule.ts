/** What a rule is: its documentation, which is required, and its check. */
import type { Confidence, RuleDoc, Severity, Tag } from '../findings/index.js';
import type { DesignFacts, Spot } from '../iommu/index.js';

/** A place that explains an objection. */
export interface Explanation {
  readonly spot: Spot;
  readonly message: string;
}

/** One objection, as a rule makes it; where it stands in which input is found out by others. */
export interface Objection {
  readonly at: Spot;
  /** What is wrong, why it breaks the model, what to do instead. */
  readonly message: string;
  /** Exact name of the function or struct around it. */
  readonly function?: string | null;
  readonly related?: readonly Explanation[];
  readonly fix?: {
    readonly title: string;
    readonly edits: readonly { readonly spot: Spot; readonly text: string }[];
  };
  readonly tags?: readonly Tag[];
  /** Left out: as the rule declares. */
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  readonly assumptions?: readonly string[];
}

export interface RuleInput {
  readonly facts: DesignFacts;
  /** Whether the place is new: added by the patch under review, or in a file that is reviewed as it stands. */
  isNew(spot: Spot): boolean;
  /** Whether the place belongs to a patch: code that is not in the kernel yet, where names can still be chosen. */
  isPatch(spot: Spot): boolean;
}

export interface Rule extends RuleDoc {
  readonly check: (input: RuleInput) => Iterable<Objection>;
}

/** Declares a rule; a missing part of its documentation does not compile. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** The tag of `struct name`, which is how findings name a struct. */
export function tagOf(struct: string): string {
  return struct.replace(/^(?:struct|union) /, '');
}
