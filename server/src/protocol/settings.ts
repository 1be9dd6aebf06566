/**
 * What a user can set, under the section `iommuReview` of the editor's
 * configuration. The client declares the same names in package.json; the
 * server reads them from `workspace/configuration`, from
 * `workspace/didChangeConfiguration`, or from the initialization options.
 */
import type { Severity } from '../findings/index.js';

/** Section of the editor's configuration that holds `Settings`. */
export const SettingsSection = 'iommuReview';

/**
 * `auto`: what the patch introduces in a patch, everything in a C file.
 * `changed`: in a C file of a git repository what differs from the last commit.
 */
export const SCOPES = ['auto', 'changed', 'all'] as const;
export type Scope = (typeof SCOPES)[number];

export interface Settings {
  /** False: no document is reviewed and all diagnostics are withdrawn. */
  readonly enable: boolean;
  readonly scope: Scope;
  /** Severity by rule id; `off` drops the rule's findings. */
  readonly severity: Readonly<Record<string, Severity | 'off'>>;
  /** Findings weaker than this are not published. */
  readonly minimumSeverity: Severity;
  /** Whether functions are run on the simulated kernel, after everything else was said. */
  readonly simulate: boolean;
  /** Whether a line above a function that binds says what came of its scenarios. */
  readonly codeLens: boolean;
  /** Whether each line that a run which fails goes through says what the run does there. */
  readonly inlayHints: boolean;
  /** A kernel tree to use instead of the nearest one around the document; empty: look for it. */
  readonly kernelTree: string;
}

/** What holds where the editor says nothing. */
export const DEFAULT_SETTINGS: Settings = {
  enable: true,
  scope: 'auto',
  severity: {},
  minimumSeverity: 'hint',
  simulate: true,
  codeLens: true,
  inlayHints: false,
  kernelTree: '',
};
