/** The comments that a user or a bot gives as JSON, with a clear word on each that cannot be used. */
import { readFileSync } from 'node:fs';
import type { Wanted } from '../reply/index.js';
import { asUnreadable } from './read-file.js';
import { UsageError } from './usage-error.js';

/** What is said, and where; no place for the whole mail. */
export interface GivenComment {
  readonly text: string;
  readonly at: Wanted | null;
  /** As the user knows it, for complaints: `comment 3`. */
  readonly name: string;
}

/** Throws `UsageError`. Fields that are not known are passed over: a finding of `check` with a text is a comment. */
export function readComments(path: string, shown: string): GivenComment[] {
  const fail = (what: string): never => {
    throw new UsageError(`--comments ${shown}: ${what}`, "Try 'iommu-review reply --help'.");
  };
  let list: unknown;
  try {
    list = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return fail(`not JSON: ${error.message}`);
    return fail(asUnreadable(error).message);
  }
  if (!Array.isArray(list)) return fail('not a list of comments');
  return list.map((entry: unknown, index) => {
    const name = `comment ${index + 1}`;
    const given = fieldsOf(entry) ?? fail(`${name} is not an object`);
    const text = textOf(given, 'text') ?? fail(`${name} has no "text"`);
    const { source } = given;
    const rawLine = numberOf(fieldsOf(source) ?? {}, 'line');
    const [file, line] = [textOf(given, 'file'), numberOf(given, 'line')];
    const [side, message] = [textOf(given, 'side'), textOf(given, 'message')];
    if (side !== undefined && side !== 'new' && side !== 'old')
      return fail(`${name}: "side" is "new" or "old", not "${side}"`);
    if ((file === undefined) !== (line === undefined)) return fail(`${name} needs both "file" and "line"`);
    const at: Wanted = {
      ...(rawLine === undefined ? {} : { rawLine }),
      ...(file === undefined || line === undefined ? {} : { file, line }),
      ...(side === undefined ? {} : { side }),
      ...(message === undefined ? {} : { message }),
    };
    return { text, name, at: rawLine === undefined && file === undefined ? null : at };
  });
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

function textOf(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
}

function numberOf(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
}
