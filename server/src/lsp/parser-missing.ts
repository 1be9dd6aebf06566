/**
 * What a server does whose native parser does not load: it says once what
 * would help and ends with an exit code of its own, because starting it again
 * would not help.
 */
import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver/node';
import { EXIT_PARSER_MISSING } from '../protocol/index.js';
import { clientFacts } from './client-facts.js';
import { describeError } from './log.js';

/** An editor that never says `initialized` is not waited for any longer than this. */
const LONGEST_WAIT = 2000;

/** One message for the user: what is missing, why, and what to do about it. */
export function parserMissingMessage(error: unknown): string {
  const why = describeError(error).split('\n', 1)[0];
  const system = `${process.platform} ${process.arch}, Node ${process.versions.node}`;
  return [
    `IOMMU Review cannot load its C parser on this system (${system}).`,
    'There are prebuilt parsers for Linux with glibc, macOS and Windows.',
    'On Alpine and others install a C++ compiler, make and Python 3, run',
    '`npm run build-parser` in the folder of the extension or package, and start it again.',
    `(${why})`,
  ].join(' ');
}

/** Answers the editor's greeting with the message, then calls `exit`. */
export function refuseToServe(connection: Connection, error: unknown, exit: (code: number) => void): void {
  const leave = () => exit(EXIT_PARSER_MISSING);
  connection.onInitialize(async (params) => {
    // Our own client tells the user itself, by the exit code: one message is enough.
    if (!clientFacts(params).knowsOurMessages) {
      const message = parserMissingMessage(error);
      await connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message });
    }
    setTimeout(leave, LONGEST_WAIT);
    return { capabilities: {} };
  });
  connection.onInitialized(leave);
  connection.listen();
}
