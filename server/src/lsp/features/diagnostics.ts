/** Findings as the squiggles of an editor, on the lines of the document they stand in. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
} from 'vscode-languageserver/node';
import type { Finding, Region, Related, Severity } from '../../findings/index.js';
import type { DocumentRange } from '../../review/index.js';
import { addressOf } from '../addresses.js';
import type { ClientFacts } from '../client-facts.js';
import type { Reviewed } from '../reviewed.js';
import { applicableFix } from './fixes.js';

/** Named as the source of every diagnostic. */
export const DiagnosticSource = 'iommu-review';

const SEVERITY_OF: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const TAG_OF = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

/** The address of a rule's page, or null when it has none. */
export type RulePage = (rule: string) => string | null;

/** Pages under the address that the client names, else the files beside the server. */
export function rulePages(client: ClientFacts, folder: string | null): RulePage {
  const base = client.options.rulePages;
  if (typeof base === 'string') return (rule) => `${base}${rule}.md`;
  if (folder === null) return () => null;
  return (rule) => {
    const page = join(folder, `${rule}.md`);
    return existsSync(page) ? addressOf(page) : null;
  };
}

/** The diagnostics of a document in its own text. */
export function diagnosticsOf(reviewed: Reviewed, client: ClientFacts, page: RulePage): Diagnostic[] {
  const { document, findings, uri } = reviewed;
  const isEncoded = document.decoded() !== null;
  return findings.flatMap((finding) => {
    const range = document.rangeOf(finding);
    if (range === null) return [];
    const related = document.explanationOf(finding).map((place) => {
      const here = document.rangeOfRegion(place.region, place.source);
      return here
        ? { location: { uri, range: here }, message: place.message }
        : inTree(place, reviewed, range);
    });
    const fix = applicableFix(finding, reviewed);
    const data = { fixes: fix ? [fix] : [] };
    // A whole encoded line struck through or faded would say it of code that nobody can see.
    const shown = isEncoded && range.start.character === 0 ? { ...finding, tags: [] } : finding;
    return [{ ...diagnostic(shown, range, related, client, page), ...(client.diagnosticData && { data }) }];
  });
}

/** A diagnostic without what depends on the text it is shown in. */
export function diagnostic(
  finding: Finding,
  range: DocumentRange,
  related: readonly DiagnosticRelatedInformation[],
  client: ClientFacts,
  page: RulePage,
): Diagnostic {
  const href = client.codeDescription ? page(finding.rule) : null;
  return {
    range,
    severity: SEVERITY_OF[finding.severity],
    code: finding.rule,
    source: DiagnosticSource,
    message: messageOf(finding),
    ...(href !== null && { codeDescription: { href } }),
    ...(client.diagnosticTags && finding.tags.length > 0 && { tags: finding.tags.map((tag) => TAG_OF[tag]) }),
    ...(client.relatedInformation && related.length > 0 && { relatedInformation: [...related] }),
  };
}

/** A place outside the document: in the tree's file, or, where there is none, beside the finding in words. */
export function inTree(
  place: Related,
  { tree, uri }: Reviewed,
  otherwise: DocumentRange,
): DiagnosticRelatedInformation {
  const file = place.source === null ? (tree?.locate(place.region.file) ?? null) : null;
  if (file !== null)
    return { location: { uri: addressOf(file), range: rangeInFile(place.region) }, message: place.message };
  const where = `${place.region.file}:${place.region.line}`;
  return { location: { uri, range: otherwise }, message: `${place.message} (${where})` };
}

function messageOf({ message, assumptions }: Finding): string {
  return assumptions.length === 0 ? message : `${message}\nAssumed: ${assumptions.join('; ')}.`;
}

function rangeInFile({ line, column, endLine, endColumn }: Region): DocumentRange {
  return {
    start: { line: line - 1, character: column - 1 },
    end: { line: endLine - 1, character: endColumn - 1 },
  };
}
