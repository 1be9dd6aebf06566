/** What a rule says of itself: the source of its page, of `explain`, and of the list of rules. */
import type { Confidence, Severity } from './finding.js';
import type { ObjectionClass } from './objection-class.js';

/** A short piece of C that shows the fault, or the nearest code without it; both are tests. */
export interface RuleExample {
  readonly title: string;
  /**
   * `patch`: the body of a diff of drivers/iommu/example.c, each line with its
   * `+`, `-` or blank; `header`: of include/linux/example.h. Left out: a file.
   */
  readonly form?: 'patch' | 'header';
  /** A new file of the same patch. */
  readonly beside?: { readonly path: string; readonly code: string };
  /** Of the mail, when it says more than that something is done. */
  readonly subject?: string;
  /** Annotated C: `//  ^^^ rule-id: part of the message` under the line it is about. */
  readonly code: string;
  /** The text of the project's `.iommu-review.json`, for what a rule learns from there. */
  readonly project?: string;
}

/** One of several forms that the same fault takes. */
export interface FormDoc {
  /** One sentence: what is wrong in this form. */
  readonly of: string;
  readonly why: string;
  /** What to do instead, where it has this form. */
  readonly instead: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
}

export interface RuleDoc {
  /** Kebab-case and named after the fault, so that "allow ID" reads. */
  readonly id: string;
  /** Ids that it had in earlier versions, which go on to mean it wherever a user writes one. */
  readonly formerly?: readonly string[];
  readonly classes: readonly ObjectionClass[];
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Version of the first release that has it. */
  readonly since: string;
  /** One sentence: what is wrong. */
  readonly summary: string;
  /** The kernel rule behind it. */
  readonly why: string;
  /** What to do instead. */
  readonly remedy: string;
  /** Where the kernel says so: file:function, version, or a public review. */
  readonly source: string;
  /** Absent where it has but one. */
  readonly forms?: readonly FormDoc[];
  readonly bad: readonly RuleExample[];
  readonly good: readonly RuleExample[];
}

/** All ids that mean a rule: its own, and those that it had. */
export function idsOf({ id, formerly = [] }: Pick<RuleDoc, 'id' | 'formerly'>): readonly string[] {
  return [id, ...formerly];
}

/** The id that a rule has today, by any that it has or had. Of a rule of its own that takes over an old id, that one. */
export function presentIds(rules: readonly RuleDoc[]): ReadonlyMap<string, string> {
  return new Map([
    ...rules.flatMap((rule) => idsOf(rule).map((id) => [id, rule.id] as const)),
    ...rules.map(({ id }) => [id, id] as const),
  ]);
}
