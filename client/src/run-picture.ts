/** Saves a picture of a run where the user says. */
import { posix } from 'node:path';
import * as vscode from 'vscode';
import {
  type ScenarioPicture,
  ScenarioPictureRequest,
  type ScenarioRunParams,
} from '../../server/src/protocol/index.js';
import type { ReviewServer } from './review-server.js';
import { complain, inform } from './say.js';

export async function saveRunPicture(server: ReviewServer, params: ScenarioRunParams): Promise<void> {
  const picture = await server.ask<ScenarioPicture>(ScenarioPictureRequest, params);
  if (!picture) {
    void inform('IOMMU Review: there is no picture of this run; the document is being simulated anew.');
    return;
  }
  const to = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(
      folderFor(params.uri),
      `${params.run.scenario.replace(/[^\w+-]+/g, '-')}.svg`,
    ),
    filters: { 'SVG picture': ['svg'] },
    title: 'Save a picture of the run',
  });
  if (!to) return;
  try {
    await vscode.workspace.fs.writeFile(to, new TextEncoder().encode(picture.svg));
  } catch (error) {
    void complain(
      `IOMMU Review: ${vscode.workspace.asRelativePath(to)} was not written: ${error instanceof Error ? error.message : String(error)}`,
    );
    return;
  }
  vscode.window.setStatusBarMessage(`${posix.basename(to.path)} is written`, 3000);
}

/** That of the document, if it is a file; else the first of the workspace. */
function folderFor(uri: string): vscode.Uri {
  const document = vscode.Uri.parse(uri);
  if (document.scheme === 'file') return vscode.Uri.joinPath(document, '..');
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(process.cwd());
}
