/** Opens a reference design as a document of its own, to read, to change, and to see what its scenarios say then. */
import * as vscode from 'vscode';
import {
  type DesignCode,
  type DesignCodeParams,
  DesignCodeRequest,
  type DesignEntry,
  DesignsRequest,
} from '../../server/src/protocol/index.js';
import type { ReviewServer } from './review-server.js';
import { inform } from './say.js';

/** Opens the design that is named, or one that the user picks. */
export async function openReferenceDesign(server: ReviewServer, wanted: unknown): Promise<void> {
  const designs = (await server.ask<DesignEntry[]>(DesignsRequest)) ?? [];
  const id = designs.some((each) => each.id === wanted) ? String(wanted) : await pick(designs);
  if (id === undefined) return;
  const params: DesignCodeParams = { id };
  const code = await server.ask<DesignCode>(DesignCodeRequest, params);
  if (!code) return;
  const document = await vscode.workspace.openTextDocument({ language: 'c', content: code.text });
  await vscode.window.showTextDocument(document, { preview: false });
}

async function pick(designs: readonly DesignEntry[]): Promise<string | undefined> {
  if (designs.length === 0) {
    void inform(
      'IOMMU Review: the server does not run, so there is no design to open. Restart Server starts it; Show Output says why it ended.',
    );
    return undefined;
  }
  const items = designs.map(({ id, title, story }) => ({ label: title, description: id, detail: story, id }));
  const options = { placeHolder: 'Which design of shared virtual addressing?', matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.id;
}
