/** "Copy Report": what a bug report needs, on the clipboard, without any source text or name of a file. */
import * as vscode from 'vscode';
import { type Report, ReportRequest } from '../../server/src/protocol/index.js';
import type { CrashGuard } from './crash-guard.js';
import type { Journal } from './journal.js';
import type { ReviewServer } from './review-server.js';
import { inform } from './say.js';

/** A server that hangs must not keep its own bug report back. */
const PATIENCE_MILLISECONDS = 2000;

export async function copyReport(
  version: string,
  server: ReviewServer,
  guard: CrashGuard,
  journal: Journal,
): Promise<void> {
  const fromServer = server.state === 'running' ? await within(server.ask<Report>(ReportRequest)) : null;
  await vscode.env.clipboard.writeText(
    [
      '### IOMMU Review',
      `- extension ${version}`,
      `- VS Code ${vscode.version}, Node ${process.versions.node}, ${process.platform} ${process.arch}`,
      `- ${vscode.env.remoteName ? `remote: ${vscode.env.remoteName}` : 'local'}`,
      `- server ${server.state}, crashes ${guard.crashes}, documents kept out ${guard.excluded.size}`,
      '',
      '### Log',
      '```text',
      ...journal.lines(),
      '```',
      ...(fromServer ? ['', fromServer.markdown] : []),
      '',
    ].join('\n'),
  );
  void inform('IOMMU Review: the report is on the clipboard. It contains no source text.');
}

function within<T>(work: Promise<T>): Promise<T | null> {
  return Promise.race([
    work,
    new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MILLISECONDS)),
  ]);
}
