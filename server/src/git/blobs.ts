/**
 * Files of one commit, read by one git process for all of them: starting git
 * takes longer than what it reads. A review asks and waits, but a process can
 * only be talked to in turns, so that a thread of its own does the talking.
 */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';

export class GitBlobs {
  private readonly port: MessagePort;
  /** Set to 1 by the thread when it has answered. */
  private readonly answered = new Int32Array(new SharedArrayBuffer(4));

  /** `env`: that of the git process, which runs in `directory`; paths are below it. */
  constructor(
    private readonly commit: string,
    directory: string,
    env: NodeJS.ProcessEnv,
  ) {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    const worker = new Worker(TALKING, {
      eval: true,
      workerData: { port: port2, answered: this.answered, directory, env: { ...env } },
      transferList: [port2],
    });
    // Neither must keep the program from ending; git goes when nobody can ask any more.
    worker.unref();
    this.port.unref();
  }

  /** The file's bytes, or null when the commit has no file of this name. */
  read(path: string): Uint8Array | null {
    // One line is one question.
    if (path.includes('\n')) return null;
    Atomics.store(this.answered, 0, 0);
    this.port.postMessage(`${this.commit}:./${path}\n`);
    Atomics.wait(this.answered, 0, 0);
    const answer: { readonly message: Uint8Array | null } | undefined = receiveMessageOnPort(this.port);
    return answer?.message ?? null;
  }
}

/** What the thread runs; git answers `<id> blob <size>`, the bytes and a line end, or a line that ends in another word. */
const TALKING = `
const { workerData: { port, answered, directory, env } } = require('node:worker_threads');
const { spawn } = require('node:child_process');
const git = spawn('git', ['cat-file', '--batch'], { cwd: directory, env, stdio: ['pipe', 'pipe', 'ignore'] });
let isWaiting = false;
let isGone = false;
let head = Buffer.alloc(0);
let parts = null;
let missing = 0;
let isBlob = false;

function answer(bytes) {
  isWaiting = false;
  head = Buffer.alloc(0);
  parts = null;
  port.postMessage(bytes);
  Atomics.store(answered, 0, 1);
  Atomics.notify(answered, 0);
}

function take(chunk) {
  if (parts === null) {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf(10);
    if (end < 0) return;
    const [, type, size] = / (\\w+) (\\d+)$/.exec(head.toString('utf8', 0, end)) ?? [];
    if (size === undefined) return answer(null);
    isBlob = type === 'blob';
    missing = Number(size) + 1;
    parts = [];
    chunk = head.subarray(end + 1);
  }
  parts.push(chunk);
  missing -= chunk.length;
  if (missing <= 0) answer(isBlob ? new Uint8Array(Buffer.concat(parts).subarray(0, -1)) : null);
}

function gone() {
  isGone = true;
  if (isWaiting) answer(null);
}

git.stdout.on('data', take);
git.stdin.on('error', gone);
git.on('error', gone);
git.on('close', gone);
port.on('message', (question) => {
  isWaiting = true;
  if (isGone) answer(null);
  else git.stdin.write(question);
});
`;
