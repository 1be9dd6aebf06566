/** What a project says of its own code in `.iommu-review.json`: plain data, so that it can be handed to another process. */
import type { ObjectionClass, Severity } from '../findings/index.js';

export interface ProjectConfig {
  readonly severity: Readonly<Record<string, Severity | 'off'>>;
  /** The functions it declares, as C; each stands on the line of the file that declares it. */
  readonly code: string;
  readonly fields: readonly ProtectedField[];
  readonly naming: Naming;
  readonly rules: readonly QueryRule[];
}

/** A member that may be touched only under a lock. */
export interface ProtectedField {
  /** With its keyword. */
  readonly struct: string;
  readonly field: string;
  /** A member of the same struct, or a variable of the file. */
  readonly lock: string;
}

export interface Naming {
  /** Words that say nothing as the name of an object. */
  readonly vague: readonly string[];
  /** Words that the project does not use, each with the one that it uses. */
  readonly preferred: Readonly<Record<string, string>>;
}

/** A rule that is a pattern over the tree of C. */
export interface QueryRule {
  readonly id: string;
  readonly query: string;
  /** `{name}` stands for the text that `@name` caught. */
  readonly message: string;
  readonly severity: Severity;
  readonly class: ObjectionClass;
  /** Where it looks: paths that begin so; everywhere when there are none. */
  readonly paths: readonly string[];
}

export const NO_PROJECT: ProjectConfig = {
  severity: {},
  code: '',
  fields: [],
  naming: { vague: [], preferred: {} },
  rules: [],
};
