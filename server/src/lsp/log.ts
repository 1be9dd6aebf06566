/**
 * What the server writes down: to the editor's log, and the last lines once
 * more for a bug report. Errors are written without source text: only their
 * name, the first line of their message, and the functions on their stack.
 */
import { homedir } from 'node:os';
import type { RemoteConsole } from 'vscode-languageserver/node';

const KEPT_LINES = 200;
const LONGEST_MESSAGE = 200;

/** Name, first line of the message, and the stack with file names for paths. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${firstLine(String(error))}`;
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.replace(/(?:file:\/\/)?[^\s()]*[\\/](?=[^\\/\s()]+:\d+:\d+)/, ''));
  return [`${error.name}: ${firstLine(error.message)}`, ...frames].join('\n');
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]!.slice(0, LONGEST_MESSAGE);
}

type Level = 'info' | 'warn' | 'error';

export class Log {
  private readonly lines: string[] = [];

  constructor(private readonly console: Pick<RemoteConsole, Level>) {}

  info(message: string): void {
    this.write('info', message);
  }

  warn(message: string): void {
    this.write('warn', message);
  }

  error(message: string): void {
    this.write('error', message);
  }

  /** Says what failed while doing what. */
  failure(doing: string, error: unknown): void {
    this.error(`${doing}: ${describeError(error)}`);
  }

  /** The last lines, oldest first, with the home folder left out. */
  recent(): string {
    return this.lines.join('\n').replaceAll(homedir(), '~');
  }

  private write(level: Level, message: string): void {
    this.lines.push(`${new Date().toISOString()} ${level} ${message}`);
    if (this.lines.length > KEPT_LINES) this.lines.shift();
    try {
      this.console[level](message);
    } catch {
      // The editor is gone; whoever had something to log must not fail of that too.
    }
  }
}
