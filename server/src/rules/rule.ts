/** What a rule is: its documentation, which is required, and its check. */
import type { Confidence, RuleDoc, Severity, Tag, Trace } from '../findings/index.js';
import type { DesignFacts, Spot } from '../iommu/index.js';
import type { CommitMessage, HunkLine, PatchFile } from '../patch/index.js';
import type { MonitorId } from '../sim/engine/index.js';

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
  /** The run that shows it, made when it is asked for. */
  readonly trace?: () => Trace;
}

/** A broken rule that a run of one function shows, placed in the input. */
export interface BreachFact {
  readonly monitor: MonitorId;
  readonly function: string;
  readonly spot: Spot;
  /** What happened, beginning with a verb or a name. */
  readonly words: string;
  readonly related: readonly Explanation[];
  readonly confidence: Confidence;
  /** In words, with the code they are about. */
  readonly assumptions: readonly string[];
  /** Whether the patch brings it in: the function was run as it was before, and did not do it. Null where that is not known. */
  readonly isIntroduced: boolean | null;
  /** How bad it is where that is less than its monitor says. */
  readonly severity?: 'info';
  /** The scenario that shows it; absent for a function that is run alone. */
  readonly scenario?: string;
  readonly trace: () => Trace;
}

/** One patch of the series under review. */
export interface PatchFact {
  /** As units number it, from 1. */
  readonly number: number;
  readonly commit: CommitMessage;
  readonly files: readonly PatchFile[];
  /** Whether patches follow that are not at hand. */
  readonly hasUnseenSuccessors: boolean;
  /** Where a line of it stands in the code; null for one that no unit has. */
  spotOf(line: HunkLine): Spot | null;
  /** The function or struct around a place, null outside of any. */
  functionAt(spot: Spot): string | null;
}

export interface RuleInput {
  /** Empty for C files. */
  readonly patches: readonly PatchFact[];
  readonly facts: DesignFacts;
  /** What broke when the functions under review were run; empty when nothing was run. */
  readonly breaches: readonly BreachFact[];
  /** Whether the place is new: added by the patch under review, or in a file that is reviewed as it stands. */
  isNew(spot: Spot): boolean;
  /** Whether it is new and no line that the patch takes out elsewhere: moved code is not the patch's doing. */
  isFresh(spot: Spot): boolean;
  /** Whether the input shows it, changed or not. */
  isShown(spot: Spot): boolean;
  /** Whether the place belongs to a patch: code that is not in the kernel yet, where names can still be chosen. */
  isPatch(spot: Spot): boolean;
}

export interface Rule extends RuleDoc {
  /** Monitors whose breaches in a scenario prove what this rule objects to. */
  readonly confirmedBy?: readonly MonitorId[];
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

/** How loud to be about what is a matter of taste or of habit: what is in the kernel already has had its discussion. */
export function severityAt(
  { isPatch }: Pick<RuleInput, 'isPatch'>,
  spot: Spot,
  severity: Severity,
): Severity {
  return isPatch(spot) ? severity : 'hint';
}
