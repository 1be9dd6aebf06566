/**
 * The server as a process: starts it, hands over the two ends of its message
 * channel and everything it writes on standard error, and tells how it ended,
 * which the language client's own transports do not.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { IPCMessageReader, IPCMessageWriter, type MessageTransports } from 'vscode-languageclient/node';

/** How long a server that was asked to leave may take. */
const GRACE_MILLISECONDS = 2000;

export interface ServerExit {
  readonly code: number | null;
  readonly signal: string | null;
}

export class ServerProcess {
  readonly transports: MessageTransports;
  /** Settles when the process is gone. */
  readonly ended: Promise<ServerExit>;
  readonly #child: ChildProcess;

  constructor(module: string, onErrorLine: (line: string) => void) {
    const child = fork(module, ['--node-ipc', `--clientProcessId=${process.pid}`], {
      silent: true,
      execArgv: [],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1' },
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', onErrorLine);
    }
    this.ended = new Promise((resolve) => {
      child.on('error', () => resolve({ code: null, signal: null }));
      // `close`, not `exit`: by then standard error has been read to its end.
      child.on('close', (code, signal) => resolve({ code, signal }));
    });
    this.transports = {
      reader: new IPCMessageReader(child),
      writer: new IPCMessageWriter(child),
      detached: true,
    };
  }

  /** Makes sure that the process goes, once the protocol's own goodbye was said. */
  async seeOff(): Promise<void> {
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), GRACE_MILLISECONDS);
    await this.ended;
    clearTimeout(timer);
  }
}
