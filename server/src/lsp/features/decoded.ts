/**
 * The readable view of a quoted-printable or base64 mail. The editor shows it
 * under an address of its own; while it is on screen, the findings of the mail
 * are published there too, on the decoded lines.
 */
import type { Connection, Diagnostic } from 'vscode-languageserver/node';
import { LineIndex } from '../../base/index.js';
import type { Finding, Related } from '../../findings/index.js';
import {
  DecodedChangedNotification,
  type DecodedDocumentParams,
  type DecodedPatch,
  type DecodedPatchParams,
  decodedUriOf,
  sourceUriOf,
} from '../../protocol/index.js';
import type { DocumentRange } from '../../review/index.js';
import type { ClientFacts } from '../client-facts.js';
import type { Reviewed } from '../reviewed.js';
import { diagnostic, inTree, type RulePage } from './diagnostics.js';

/** The decoded documents on screen. */
export class DecodedViews {
  /** Address of each view by the address of its mail. */
  private readonly views = new Map<string, string>();
  /** The text each mail was last decoded to, to tell the editor when it changes. */
  private readonly texts = new Map<string, string>();

  constructor(private readonly connection: Connection) {}

  /** Notes that a view is on screen; true when its address is the one we give to that mail. */
  opened({ uri, decodedUri }: DecodedDocumentParams): boolean {
    if (sourceUriOf(decodedUri) !== uri) return false;
    this.views.set(uri, decodedUri);
    return true;
  }

  closed({ uri }: { readonly uri: string }): void {
    this.withdraw(uri);
    this.views.delete(uri);
  }

  /** Publishes a new review of a mail on its view, if that is on screen. */
  publish(reviewed: Reviewed, client: ClientFacts, page: RulePage): void {
    const view = this.views.get(reviewed.uri);
    const text = reviewed.document.decoded()?.text;
    if (text === undefined) {
      this.withdraw(reviewed.uri);
      return;
    }
    this.tellChange(reviewed.uri, text, client);
    if (view === undefined) return;
    const diagnostics = decodedDiagnostics(reviewed, view, text, client, page);
    void this.connection.sendDiagnostics({ uri: view, diagnostics });
  }

  /** Takes the diagnostics off the view of a mail that is not reviewed any more. */
  withdraw(uri: string): void {
    this.texts.delete(uri);
    const view = this.views.get(uri);
    if (view !== undefined) void this.connection.sendDiagnostics({ uri: view, diagnostics: [] });
  }

  private tellChange(uri: string, text: string, client: ClientFacts): void {
    const before = this.texts.get(uri);
    this.texts.set(uri, text);
    if (before === undefined || before === text || !client.knowsOurMessages) return;
    const params: DecodedPatchParams = { uri };
    void this.connection.sendNotification(DecodedChangedNotification, params);
  }
}

/** Answers the request for the decoded text; null when nothing in the mail is encoded. */
export function decodedPatch({ uri, document }: Reviewed): DecodedPatch | null {
  const decoded = document.decoded();
  return decoded && { text: decoded.text, uri: decodedUriOf(uri) };
}

/** The diagnostics of a mail in the positions of its decoded text. */
export function decodedDiagnostics(
  reviewed: Reviewed,
  view: string,
  text: string,
  client: ClientFacts,
  page: RulePage,
): Diagnostic[] {
  const lines = new LineIndex(text);
  return reviewed.findings.flatMap((finding) => {
    const range = decodedRange(finding, lines);
    if (range === null) return [];
    const related = reviewed.document.explanationOf(finding).map((place: Related) => {
      const here = decodedRange(place, lines);
      return here
        ? { location: { uri: view, range: here }, message: place.message }
        : inTree(place, { ...reviewed, uri: view }, range);
    });
    return [diagnostic(finding, range, related, client, page)];
  });
}

/** Columns of a region count without the diff's marker, those of the decoded line with it. */
function decodedRange(
  { region, source }: Pick<Finding, 'region'> & Pick<Related, 'source'>,
  lines: LineIndex,
): DocumentRange | null {
  if (source === null || source.decodedLine === null || source.decodedLine > lines.lineCount) return null;
  const line = source.decodedLine - 1;
  const length = lines.textOf(line).length;
  const from = region === null ? 0 : Math.min(region.column, length);
  const to = region === null || region.endLine !== region.line ? length : Math.min(region.endColumn, length);
  return { start: { line, character: from }, end: { line, character: Math.max(from, to) } };
}
