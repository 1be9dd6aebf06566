/** The real process as the commands see it: the one place of the command line that knows its streams. */

import { type Dependencies, type Io, UNUSABLE } from './io.js';
import { run } from './run.js';
import { helperProcesses, helpOut, isHelper } from './share-process.js';

/** Runs with the process's own arguments and streams and leaves the exit status in `process.exitCode`. */
export async function runInProcess(dependencies: Omit<Dependencies, 'helpers'>): Promise<void> {
  const argv = process.argv.slice(2);
  try {
    if (isHelper(argv)) {
      helpOut(processIo());
      return;
    }
    const helpers = helperProcesses(process.argv[1]);
    // process.exit would cut off what a pipe has not taken yet.
    process.exitCode = await run(argv, processIo(), { ...dependencies, helpers });
  } catch (error) {
    quiet(process.stderr).write(`iommu-review: internal error, please report it\n${stackOf(error)}\n`);
    process.exitCode = UNUSABLE;
  }
}

function processIo(): Io {
  return {
    cwd: process.cwd(),
    env: process.env,
    columns: process.stdout.isTTY ? process.stdout.columns || 80 : null,
    readStandardInput,
    write: (text) => new Promise((done) => quiet(process.stdout).write(text, () => done())),
    complain: (line) => void quiet(process.stderr).write(`${line}\n`),
    progress,
    now: () => performance.now(),
  };
}

/** One line that is written over by the next. */
function progress(words: string | null): void {
  const { stderr } = process;
  if (!stderr.isTTY || process.env.TERM === 'dumb') return;
  const room = (stderr.columns || 80) - 1;
  quiet(stderr).write(`\r\u001b[K${(words ?? '').slice(0, room)}`);
}

/** Somebody who pipes into `head` wants the first lines and no complaint about the rest. */
function quiet(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if (stream.listenerCount('error', ignoreLeavers) === 0) stream.on('error', ignoreLeavers);
  return stream;
}

function ignoreLeavers(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
