/**
 * The process of the language server: its arguments, its reviewer, its end.
 * The reviewer is loaded when everything else stands, because it brings a
 * native parser that does not exist for every system.
 */
import { extname, join } from 'node:path';
import { createConnection } from 'vscode-languageserver/node';
import { idsOf } from '../findings/index.js';
import { DEFAULT_SETTINGS, SettingsSection } from '../protocol/index.js';
import type { ServerDependencies } from './dependencies.js';
import { ForkedSimulator } from './forked-simulator.js';
import { describeError, type Log } from './log.js';
import { packageFacts } from './package-folder.js';
import { parserMissingMessage, refuseToServe } from './parser-missing.js';
import { startServer } from './server.js';

const HELP = `iommu-review-lsp: reviews Linux IOMMU patches and C in any editor that speaks LSP.

Usage: iommu-review-lsp --stdio | --node-ipc | --socket=PORT | --pipe=NAME
       iommu-review-lsp --version | --help

Documents: patch mails, diffs and mailboxes that touch kernel C, and C that
lies in a kernel tree or includes a linux/ header. Settings are those of the
section "${SettingsSection}":
  ${Object.keys(DEFAULT_SETTINGS).join(', ')}
`;

const TRANSPORT = /^--(stdio|node-ipc|socket|pipe)(=|$)/;
/** Arguments unusable, as in the command line. */
const EXIT_USAGE = 2;

async function main(args: readonly string[]): Promise<void> {
  const facts = packageFacts(__dirname);
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP);
  } else if (args.includes('--version')) {
    process.stdout.write(`${facts.version}\n`);
  } else if (!args.some((arg) => TRANSPORT.test(arg))) {
    process.stderr.write(`iommu-review-lsp: say how to talk to the editor, for example --stdio\n\n${HELP}`);
    process.exitCode = EXIT_USAGE;
  } else {
    await serve(facts);
  }
}

async function serve(facts: Pick<ServerDependencies, 'version' | 'rulePages'>): Promise<void> {
  const connection = createConnection();
  // Without its editor the server has nothing to do; the channel's end alone does not stop the process.
  process.on('disconnect', () => process.exit(1));
  try {
    const reviewer = await loadReviewer();
    const simulator = new ForkedSimulator(join(__dirname, `simulator-process${extname(__filename)}`));
    logStrayErrors(startServer(connection, { ...facts, ...reviewer, simulator }));
  } catch (error) {
    process.stderr.write(`iommu-review-lsp: ${parserMissingMessage(error)}\n${describeError(error)}\n`);
    refuseToServe(connection, error, (code) => process.exit(code));
  }
}

async function loadReviewer(): Promise<Pick<ServerDependencies, 'openDocument' | 'ruleIds' | 'readProject'>> {
  const { openDocument } = await import('../review/index.js');
  const { ruleCatalogue } = await import('../analysis/index.js');
  const { readProject } = await import('../project/index.js');
  const ruleIds = ruleCatalogue.flatMap(idsOf);
  // A parser that is loaded but does not fit this Node shows it only when it parses.
  openDocument({ path: 'start.c', content: 'int started;\n' }, { tree: null });
  return { openDocument, ruleIds, readProject: (text) => readProject(text, ruleIds) };
}

/** An error that nobody caught costs one answer, not the server; only the loss of the editor ends it. */
function logStrayErrors(log: Log): void {
  process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'ERR_IPC_CHANNEL_CLOSED') process.exit(1);
    log.failure('uncaught', error);
  });
  process.on('unhandledRejection', (reason) => log.failure('unhandled', reason));
}

void main(process.argv.slice(2));
