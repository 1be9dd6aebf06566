/**
 * What happened, for the output channel and for "Copy Report". The report must
 * never carry source text, so it holds only sentences of our own and what is
 * left of the server's standard error once everything but names and stack
 * frames is taken away.
 */
import type { LogOutputChannel } from 'vscode';

/** Enough to see how the last crash came about. */
const KEPT_LINES = 200;

const ERROR_HEAD = /^(?:Uncaught )?([A-Z]\w*(?:Error|Exception)|Error)\b/;
const STACK_FRAME = /^\s+at /;

/** A line of standard error without anything that may come from a user's file, or null. */
export function withoutSource(line: string, homes: readonly (readonly [string, string])[]): string | null {
  if (STACK_FRAME.test(line)) {
    return homes.reduce((text, [path, name]) => (path ? text.replaceAll(path, name) : text), line.trimEnd());
  }
  const head = ERROR_HEAD.exec(line);
  return head ? `${head[1]} (message left out)` : null;
}

export class Journal {
  readonly #channel: LogOutputChannel;
  readonly #homes: readonly (readonly [string, string])[];
  readonly #lines: string[] = [];

  /** `homes`: folders, outermost last, and what the report writes for them. */
  constructor(channel: LogOutputChannel, homes: readonly (readonly [string, string])[]) {
    this.#channel = channel;
    this.#homes = homes;
  }

  /** Something that we did or saw; `inChannelOnly` is for what may name a user's files. */
  note(what: string, inChannelOnly = ''): void {
    this.#channel.info(inChannelOnly ? `${what}: ${inChannelOnly}` : what);
    this.#keep(what);
  }

  /** One line that the server wrote on its standard error. */
  serverSaid(line: string): void {
    this.#channel.error(line);
    const kept = withoutSource(line, this.#homes);
    if (kept) this.#keep(kept);
  }

  lines(): readonly string[] {
    return this.#lines;
  }

  #keep(line: string): void {
    this.#lines.push(`${new Date().toISOString()} ${line}`);
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
  }
}
