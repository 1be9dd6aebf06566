/** Sends what the reviews bring to the editor: diagnostics, the views of decoded mails, status, and failures once. */
import {
  CodeLensRefreshRequest,
  type Connection,
  type Diagnostic,
  MessageType,
  ShowMessageNotification,
} from 'vscode-languageserver/node';
import {
  ReviewingNotification,
  StatusNotification,
  type StatusParams,
  withoutLinks,
} from '../protocol/index.js';
import { nameOf } from './addresses.js';
import { type ClientFacts, clientFacts } from './client-facts.js';
import type { DecodedViews } from './features/decoded.js';
import { diagnosticsOf, type RulePage } from './features/diagnostics.js';
import type { InlayHints } from './features/inlay-hints.js';
import { failedStatus, refusedStatus, statusOf } from './features/status.js';
import { describeError, type Log } from './log.js';
import type { Reviewed, ReviewListener } from './reviewed.js';
import type { Reviews } from './reviews.js';

export class Publisher implements ReviewListener {
  private client: ClientFacts = clientFacts({});
  private page: RulePage = () => null;
  private latest: Reviews['latest'] = () => null;
  /** Documents whose failure the user knows of, each with what went wrong last. */
  private readonly failures = new Map<string, string>();
  private refreshed: Promise<void> = Promise.resolve();
  /** Documents that have diagnostics on screen. */
  private readonly shown = new Set<string>();

  constructor(
    private readonly connection: Connection,
    private readonly decoded: DecodedViews,
    private readonly hints: InlayHints,
    private readonly log: Log,
  ) {}

  initialize(client: ClientFacts, page: RulePage, reviews: Reviews): void {
    this.client = client;
    this.page = page;
    this.latest = (uri) => reviews.latest(uri);
  }

  async starting(uri: string): Promise<void> {
    if (this.client.knowsOurMessages) await this.connection.sendNotification(ReviewingNotification, { uri });
  }

  reviewed(result: Reviewed): void {
    this.again(result);
    this.tell(statusOf(result));
  }

  simulated(result: Reviewed): void {
    this.reviewed(result);
  }

  /** The editor asks for the lines above functions again, where there are any. */
  played({ document, runs, uri }: Reviewed): void {
    const isUnderWay = runs.state === 'running' && runs.attach.length > 0;
    if (!isUnderWay) this.hints.changed(uri);
    const hasLenses = runs.drivers.flat().length > 0 || document.attachPlaces().length > 0;
    if (!this.client.refreshesLenses || isUnderWay || !hasLenses) return;
    const refresh = (): Promise<void> => this.connection.sendRequest(CodeLensRefreshRequest.type);
    this.refreshed = this.refreshed.then(refresh).catch((error) => this.log.failure('code lenses', error));
  }

  /** Publishes a review once more, for a view that was opened after it. */
  again(result: Reviewed | null): void {
    if (result === null) return;
    this.send(result.uri, diagnosticsOf(result, this.client, this.page), result.version);
    this.decoded.publish(result, this.client, this.page);
  }

  refused(uri: string, version: number, reason: string): void {
    this.send(uri, [], version);
    this.decoded.withdraw(uri);
    this.tell(refusedStatus(uri, reason));
  }

  failed(uri: string, error: unknown): void {
    const known = this.failures.get(uri);
    const what = describeError(error);
    this.failures.set(uri, what);
    // The same failure comes back with every key that is pressed.
    if (known !== what) this.log.error(`reviewing ${nameOf(uri)}: ${what}`);
    if (known === undefined) {
      const message = `IOMMU Review could not review ${withoutLinks(nameOf(uri))}: an internal error, written to its log. Earlier findings are kept.`;
      void this.connection.sendNotification(ShowMessageNotification.type, {
        type: MessageType.Warning,
        message,
      });
    }
    this.tell(failedStatus(uri, this.latest(uri)));
  }

  closed(uri: string): void {
    this.hints.closed(uri);
    this.failures.delete(uri);
    // A decoded view stays on screen without its mail, and cannot be edited: what is said there still holds.
    if (this.shown.delete(uri)) void this.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  private send(uri: string, diagnostics: Diagnostic[], version: number): void {
    this.shown.add(uri);
    void this.connection.sendDiagnostics({ uri, version, diagnostics });
  }

  private tell(status: StatusParams): void {
    if (this.client.knowsOurMessages) void this.connection.sendNotification(StatusNotification, status);
  }
}
