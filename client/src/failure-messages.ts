/** What the user is told when the server dies: once for each cause, with a remedy. */
import * as vscode from 'vscode';
import { Command } from './names.js';
import type { ServerFailure } from './review-server.js';
import { complain, warn } from './say.js';

const OUTPUT = 'Show Output';
const REPORT = 'Copy Report';
const RESTART = 'Restart Server';

export async function tellFailure(failure: ServerFailure, extensionPath: string): Promise<void> {
  const choice = await show(failure, extensionPath);
  if (choice === OUTPUT) await vscode.commands.executeCommand(Command.showOutput);
  if (choice === REPORT) await vscode.commands.executeCommand(Command.copyReport);
  if (choice === RESTART) await vscode.commands.executeCommand(Command.restartServer);
}

function show({ kind, suspect }: ServerFailure, extensionPath: string): Thenable<string | undefined> {
  const name = suspect ? nameOf(suspect) : null;
  switch (kind) {
    case 'parser-missing':
      return complain(
        `IOMMU Review has no ready-made parser for this system (${process.platform}-${process.arch}); there are some for Windows, macOS and ` +
          'Linux with glibc. On Alpine and others install a C++ compiler, make and Python 3, run "npm run build-parser" in ' +
          `${extensionPath} and restart the server.`,
        RESTART,
        OUTPUT,
        REPORT,
      );
    case 'gave-up':
      return complain(
        `IOMMU Review stopped working${name ? ` while reading ${name}` : ''}, too often to be started again.`,
        RESTART,
        REPORT,
        OUTPUT,
      );
    case 'crashed':
      return warn(
        name
          ? `IOMMU Review stopped working while reading ${name} and was started again. That document is left out until you restart the server.`
          : 'IOMMU Review stopped working and was started again.',
        REPORT,
        OUTPUT,
      );
  }
}

function nameOf(uri: string): string {
  const { path } = vscode.Uri.parse(uri);
  return path.slice(path.lastIndexOf('/') + 1) || uri;
}
