/** "Compose Review Reply": the comments on a patch as mails, each in a new document. Nothing is sent. */
import * as vscode from 'vscode';
import {
  DecodedScheme,
  type Replies,
  type RepliesParams,
  RepliesRequest,
  SettingsSection,
  sourceUriOf,
} from '../../server/src/protocol/index.js';
import { documentInFront } from './active-document.js';
import type { ReviewComments } from './review-comments.js';
import type { ReviewServer } from './review-server.js';
import { complain, inform, warn } from './say.js';

/** Of the document in front. */
export async function composeReplies(server: ReviewServer, comments: ReviewComments): Promise<void> {
  const document = documentInFront();
  const said = document ? comments.placed(document) : [];
  if (!document || said.length === 0) {
    void inform(
      'IOMMU Review: there is nothing to say yet. Click the + beside a line of a patch, or use the light bulb of a finding.',
    );
    return;
  }
  const isDecoded = document.uri.scheme === DecodedScheme;
  const uri = (isDecoded ? sourceUriOf(document.uri.toString()) : null) ?? document.uri.toString();
  // The server knows what is open.
  if (isDecoded) await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const from = vscode.workspace.getConfiguration(SettingsSection, document).get('replyFrom', '');
  const params: RepliesParams = { uri, isDecoded, comments: said, from };
  const replies = await server.ask<Replies>(RepliesRequest, params);
  if (!replies) {
    void complain('IOMMU Review: the server did not answer. Your comments are kept; try again.');
    return;
  }
  for (const content of replies.mails) {
    const mail = await vscode.workspace.openTextDocument({ language: 'kernel-patch', content });
    await vscode.window.showTextDocument(mail, { preview: false });
  }
  for (const remark of replies.remarks) void warn(`IOMMU Review: ${remark}.`);
}
