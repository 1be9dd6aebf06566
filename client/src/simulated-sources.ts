/** Read-only documents with the C of the simulated world: scenarios, drivers, reference designs, as a run came by them. */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { FlowRun } from '../../server/src/protocol/index.js';

type Source = FlowRun['sources'][number];

const SCHEME = 'iommu-review-simulated';

export class SimulatedSources implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '/* The run that came by this file is not shown any more. */\n';
  }

  /** The address under which a text is shown: another text is another document. */
  add({ file, text }: Source): string {
    const name = file.slice(file.lastIndexOf('/') + 1);
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}`, query: fingerprintOf(text) }).toString();
    this.#texts.set(uri, text);
    return uri;
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

const fingerprintOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
