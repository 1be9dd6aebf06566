/**
 * File names as diffs write them: quoted with octal escapes, followed by time
 * stamps, with `a/` and `b/` or whatever else stands before the real path.
 */
import { decodeLeniently, decoderOf } from './charset.js';

/** Two names for one file, before and after; null for `/dev/null`. */
export interface PathPair {
  readonly old: string | null;
  readonly new: string | null;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
};
/** git's own prefixes: a/ b/, and of `diff.mnemonicPrefix` index, worktree, commit, object; 1/ 2/ of `--no-index`. */
const GIT_PREFIX = /^[abiwco12]\//;
const TIME_STAMP =
  /\s(?:\w{3} )?(?:\w{3} +\d{1,2} \d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?).*$/;
const QUOTED = /^"((?:[^"\\]|\\.)*)"/;

/** The name in a `---` or `+++` line, without the three marks: unquoted, no time stamp; null for `/dev/null`. */
export function nameInHeader(rest: string): string | null {
  const trimmed = rest.trimStart();
  const name = QUOTED.test(trimmed)
    ? unquote(trimmed)
    : trimmed.replace(/\t.*$/s, '').replace(TIME_STAMP, '').trimEnd();
  return name === '/dev/null' || name === '' ? null : name;
}

/** A name that stands alone on its line, as in `rename from …`. */
export function nameAlone(rest: string): string {
  return QUOTED.test(rest) ? unquote(rest) : rest.trimEnd();
}

/**
 * The two names of a `diff --git` line. Unquoted names with spaces can be told
 * apart only because both are the same after their prefix.
 */
export function namesInGitLine(line: string): PathPair | null {
  const rest = line.trimEnd();
  const first = QUOTED.exec(rest);
  if (first) return { old: unquote(rest), new: nameAlone(rest.slice(first[0].length).trim()) };
  if (rest.endsWith('"')) {
    const at = rest.indexOf(' "');
    return at < 0 ? null : { old: rest.slice(0, at), new: unquote(rest.slice(at + 1)) };
  }
  // Far longer than any two paths: not worth the search.
  if (rest.length > 10_000) return null;
  let loose: PathPair | null = null;
  for (let at = rest.indexOf(' '); at >= 0; at = rest.indexOf(' ', at + 1)) {
    const pair = { old: rest.slice(0, at), new: rest.slice(at + 1) };
    if (pair.old === pair.new || isSameAfterFirst(pair.old, pair.new)) return pair;
    loose ??= pair;
  }
  return loose;
}

/**
 * Both names without what the diff put before them. It is a prefix when git
 * writes it, or when the names differ in nothing else (`linux.orig/`, `linux/`);
 * a diff made without prefixes has the same name twice and keeps it.
 */
export function withoutPrefixes(pair: PathPair): PathPair {
  const { old: before, new: after } = pair;
  const both = [before, after].filter((name) => name !== null);
  const fromGit = both.length > 0 && both.every((name) => GIT_PREFIX.test(name));
  const samePath = before !== null && before === after;
  const differInFirst = before !== null && after !== null && !samePath && isSameAfterFirst(before, after);
  const strip = (fromGit && !samePath) || differInFirst;
  const plain = (name: string | null): string | null => {
    if (name === null) return null;
    return (strip ? (withoutFirst(name) ?? name) : name).replace(/^(?:\.\/)+/, '');
  };
  return { old: plain(before), new: plain(after) };
}

/** The name after its first folder; null when it has none. */
function withoutFirst(name: string): string | null {
  const slash = name.indexOf('/');
  return slash < 0 ? null : name.slice(slash + 1);
}

function isSameAfterFirst(one: string, other: string): boolean {
  const rest = withoutFirst(one);
  return rest !== null && rest === withoutFirst(other);
}

/** C escapes of git's quoted names; the octal ones are bytes of UTF-8. */
function unquote(text: string): string {
  const inner = QUOTED.exec(text)?.[1] ?? text;
  const plain = inner.replace(/\\([0-7]{1,3}|.)/g, (_, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(parseInt(code, 8) & 0xff) : (SIMPLE_ESCAPES[code] ?? code),
  );
  return decodeLeniently(decoderOf('utf-8'), plain);
}
