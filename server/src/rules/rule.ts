/** What a rule is: its documentation, which is required, and its check. */
import {
  type Confidence,
  type FormDoc,
  type RuleDoc,
  SEVERITIES,
  type Severity,
  type Tag,
  type Trace,
} from '../findings/index.js';
import type { DesignFacts, FunctionFact, Spot, TreeFacts } from '../iommu/index.js';
import type { HunkLine } from '../patch/index.js';
import type { Naming, ProtectedField } from '../project/index.js';
import type { MonitorId } from '../sim/engine/index.js';
import type { MailSpot, PatchFact, SeriesFacts } from './context.js';

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

/** An objection to what a mail says: to its subject, a sentence, a tag. */
export interface MailObjection extends Omit<Objection, 'at' | 'function' | 'fix' | 'trace'> {
  readonly at: MailSpot;
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
  readonly severity?: 'info' | 'hint';
  /** A test that the run passed and that was there to refuse what went wrong: the place to mend. */
  readonly guard?: { readonly spot: Spot; readonly function: string };
  /** The scenario that shows it; absent for a function that is run alone. */
  readonly scenario?: string;
  readonly trace: () => Trace;
}

/** A comment that allows an objection, and what is wrong with it. */
export interface AllowanceFact {
  readonly spot: Spot;
  /** Null when the comment names none. */
  readonly rule: string | null;
  readonly problem: 'unreadable' | 'unknown-rule' | 'no-reason' | 'unused';
}

export interface RuleInput {
  readonly facts: DesignFacts;
  /** What broke when the functions under review were run; empty when nothing was run. */
  readonly breaches: readonly BreachFact[];
  /** The mails that bring the code. */
  readonly series: SeriesFacts;
  /** The kernel around it. */
  readonly tree: TreeFacts;
  /** What the project says of its code. */
  readonly project: { readonly naming: Naming; readonly fields: readonly ProtectedField[] };
  /** Comments that allow objections and do not do what they are there for; told once all other rules have spoken. */
  readonly allowances: readonly AllowanceFact[];
  /** `changed`: only what a patch brings in is of interest. */
  readonly scope: 'changed' | 'all';
  /** Whether the place is new: added by the patch under review, or in a file that is reviewed as it stands. */
  isNew(spot: Spot): boolean;
  /** Whether it is new and no line that the patch takes out elsewhere: moved code is not the patch's doing. */
  isFresh(spot: Spot): boolean;
  /** Whether the input shows it, changed or not. */
  isShown(spot: Spot): boolean;
  /** Where a line of a patch stands in the code; null for one that no unit has. */
  spotOf(patch: PatchFact, line: HunkLine): Spot | null;
  /** The function or struct around a place; null outside of any. */
  functionAt(spot: Spot): string | null;
  /** Whether the place belongs to a patch: code that is not in the kernel yet, where names can still be chosen. */
  isPatch(spot: Spot): boolean;
}

export interface Rule extends RuleDoc {
  /** Monitors whose breaches in a scenario prove what this rule objects to. */
  readonly confirmedBy?: readonly MonitorId[];
  /** Whether it is a matter of taste or of habit: of code that is in the kernel already it is a hint. */
  readonly quietInTree?: true;
  /** Rules whose runs of one function prove it, where the objection names the place that the run is about. */
  readonly provedBy?: readonly string[];
  readonly check: (input: RuleInput) => Iterable<Objection | MailObjection>;
}

/** One form of a fault: what finds it, and how loud and how sure to be about it where the objection does not say. */
export interface Form extends FormDoc {
  /** The same for one form alone. */
  readonly quietInTree?: true;
  readonly check: (input: RuleInput) => Iterable<Objection>;
}

/** A rule as it is declared: with one check, or with the forms that its fault takes. */
type Declared =
  | Rule
  | (Omit<Rule, 'check' | 'forms' | 'severity' | 'confidence'> & { readonly forms: readonly Form[] });

/** Declares a rule; a missing part of its documentation does not compile. One of several forms is as loud as the loudest. */
export function defineRule(declared: Declared): Rule {
  if ('check' in declared) {
    const { check } = declared;
    return declared.quietInTree ? { ...declared, check: (input) => quieted(check(input), input) } : declared;
  }
  const { forms } = declared;
  const severity = SEVERITIES.find((each) => forms.some((form) => form.severity === each)) ?? 'info';
  const isCertain = forms.some((form) => form.severity === severity && form.confidence === 'certain');
  return {
    ...declared,
    severity,
    confidence: isCertain ? 'certain' : 'possible',
    check: (input) =>
      declared.quietInTree ? quieted(objectionsIn(forms, input), input) : objectionsIn(forms, input),
  };
}

function* objectionsIn(forms: readonly Form[], input: RuleInput): Iterable<Objection> {
  for (const { severity, confidence, check, quietInTree } of forms) {
    const objections = quietInTree ? quieted(check(input), input) : check(input);
    for (const objection of objections) yield { severity, confidence, ...objection };
  }
}

/** Objections of which those about code that no patch brings are hints. */
function* quieted<Said extends Objection | MailObjection>(
  objections: Iterable<Said>,
  input: RuleInput,
): Iterable<Said> {
  for (const objection of objections)
    yield 'unit' in objection.at && isInTree(input, objection.at)
      ? { ...objection, severity: 'hint' }
      : objection;
}

/** The tag of `struct name`, which is how findings name a struct. */
export function tagOf(struct: string): string {
  return struct.replace(/^(?:struct|union) /, '');
}

/** Whether the author is free to choose the head of a function: it is seen whole, new, and called by name alone. */
export function freshly({ signature, nameSpot }: FunctionFact): boolean {
  const isInHeader = nameSpot.unit.image.path.endsWith('.h');
  return signature.isWhole && !signature.isDictated && !signature.wasThere && !isInHeader;
}

/** Whether the kernel has the place already: there its taste and habits have had their discussion. */
export function isInTree({ isPatch }: Pick<RuleInput, 'isPatch'>, spot: Spot): boolean {
  return !isPatch(spot);
}
