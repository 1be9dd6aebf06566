/**
 * A language client that leaves talking to the user to us: its own failures go
 * to the output channel and never pop up, since one fault of the server would
 * otherwise give three messages, none of which names a remedy.
 */
import { LanguageClient } from 'vscode-languageclient/node';

export class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  override warn(message: string, data?: unknown): void {
    super.warn(message, data, false);
  }
}
