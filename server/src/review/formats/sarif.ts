/**
 * A review as SARIF 2.1.0, for code-scanning pages and SARIF viewers. Places
 * are paths in the kernel tree; what is about the mail itself stands in the
 * mail.
 */
import type { Edit, Finding, Region, Related, RuleDoc, Severity, Source } from '../../findings/index.js';
import { fingerprint, ruleHelpMarkdown, ruleHelpText, TOOL } from '../../findings/index.js';
import type { Against, InputReport, Review } from '../types.js';

/** What a SARIF log needs beside the review. */
export interface SarifContext {
  readonly rules: readonly RuleDoc[];
  /** The raw line of the input, or null where it cannot be shown. */
  lineOf(source: Source): string | null;
  /** An earlier version that the review is held against; null when there is none. */
  readonly against: Against | null;
}

/** SARIF has no level below `note`; `none` would say that there is nothing to see. */
const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

/** The name under which all paths of the kernel tree are relative. */
const TREE = 'SRCROOT';

/** The whole log, ending in a newline. */
export function sarifReport(review: Review, context: SarifContext): string {
  const ruleIndex = new Map(context.rules.map((rule, index) => [rule.id, index]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: TOOL.name,
            version: TOOL.version,
            semanticVersion: TOOL.version,
            rules: context.rules.map(descriptor),
          },
        },
        invocations: [invocation(review)],
        originalUriBaseIds: { [TREE]: { description: { text: 'The root of the kernel tree.' } } },
        columnKind: 'utf16CodeUnits',
        results: compared(review, context).map(([finding, state]) => ({
          ...result(finding, ruleIndex.get(finding.rule), context),
          ...(state && { baselineState: state }),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

type BaselineState = 'new' | 'unchanged' | 'updated' | 'absent';

/** The findings, and where they are held against an earlier version its own that are gone; each in SARIF's word for it. */
function compared(
  { findings }: Review,
  { against, lineOf }: SarifContext,
): [finding: Finding, state: BaselineState | null][] {
  if (!against) return findings.map((finding) => [finding, null]);
  const { still, gone } = against.comparison;
  const before = new Map(still.map((each) => [each.now.finding, each.before.finding]));
  const printOf = (finding: Finding): string => fingerprint(finding, lineOf(finding.source));
  const stateOf = (finding: Finding): BaselineState => {
    const earlier = before.get(finding);
    if (!earlier) return 'new';
    return printOf(earlier) === printOf(finding) ? 'unchanged' : 'updated';
  };
  return [
    ...findings.map((finding): [Finding, BaselineState] => [finding, stateOf(finding)]),
    ...gone.map(({ finding }): [Finding, BaselineState] => [finding, 'absent']),
  ];
}

function descriptor(rule: RuleDoc) {
  return {
    id: rule.id,
    name: rule.id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.why },
    help: { text: ruleHelpText(rule), markdown: ruleHelpMarkdown(rule) },
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: { tags: rule.classes, precision: rule.confidence === 'certain' ? 'very-high' : 'medium' },
  };
}

function invocation(review: Review) {
  return {
    executionSuccessful: review.inputs.every(({ status }) => status !== 'failed'),
    toolExecutionNotifications: review.inputs.flatMap((input) =>
      input.problems.map((problem) => notification(input, problem)),
    ),
  };
}

function notification(input: InputReport, problem: string) {
  return {
    level: input.status === 'failed' ? 'error' : 'warning',
    message: { text: problem },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(input.path) } } }],
  };
}

function result(finding: Finding, ruleIndex: number | undefined, context: SarifContext) {
  const { region, source, related, fix } = finding;
  return {
    ruleId: finding.rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [
      {
        physicalLocation: region ? inTree(region) : inInput(source),
        ...(finding.function === null
          ? {}
          : { logicalLocations: [{ name: finding.function, fullyQualifiedName: finding.function }] }),
      },
    ],
    ...(related.length === 0 ? {} : { relatedLocations: related.map(relatedLocation) }),
    ...(fix && fix.edits.length > 0
      ? { fixes: [{ description: { text: fix.title }, artifactChanges: changes(fix.edits) }] }
      : {}),
    partialFingerprints: { 'iommuReview/v1': fingerprint(finding, context.lineOf(source)) },
    properties: {
      severity: finding.severity,
      confidence: finding.confidence,
      classes: finding.classes,
      assumptions: finding.assumptions,
      source: { path: source.path, message: source.message, line: source.line },
    },
  };
}

function relatedLocation({ region, message }: Related, index: number) {
  return { id: index + 1, physicalLocation: inTree(region), message: { text: message } };
}

/** SARIF groups the replacements of a fix by file. */
function changes(edits: readonly Edit[]) {
  const byFile = new Map<string, Edit[]>();
  for (const edit of edits) {
    const list = byFile.get(edit.region.file);
    if (list) list.push(edit);
    else byFile.set(edit.region.file, [edit]);
  }
  return [...byFile].map(([file, list]) => ({
    artifactLocation: { uri: uriOf(file), uriBaseId: TREE },
    replacements: list.map(({ region, text }) => ({
      deletedRegion: regionOf(region),
      insertedContent: { text },
    })),
  }));
}

function inTree(region: Region) {
  return { artifactLocation: { uri: uriOf(region.file), uriBaseId: TREE }, region: regionOf(region) };
}

function inInput(source: Source) {
  return { artifactLocation: { uri: uriOf(source.path) }, region: { startLine: source.line } };
}

function regionOf({ line, column, endLine, endColumn }: Region) {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** A path as a URI reference; absolute paths become `file:` URIs, and a name with a colon cannot pass for a scheme. */
function uriOf(path: string): string {
  const encoded = path
    .replaceAll('\\', '/')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  if (encoded.startsWith('/')) return `file://${encoded}`;
  return /^[a-zA-Z]%3A\//.test(encoded) ? `file:///${encoded}` : encoded;
}
