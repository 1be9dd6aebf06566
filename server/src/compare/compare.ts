/**
 * The findings of two versions of a series: which are gone, which are new, and
 * which are still there. Lines move from one version to the next, patches are
 * split and functions renamed, so that nothing is told by a number: two
 * findings are one by their rule, where they stand and what stands there.
 */
import { type Finding, lineOfCode } from '../findings/index.js';

/** A finding with what its input says around it. */
export interface Told {
  readonly finding: Finding;
  /** The line of the input that it stands on; null where that cannot be shown. */
  readonly line: string | null;
  /** The subject of its mail, with or without its bracketed prefix; null where there is none. */
  readonly title: string | null;
}

export interface Still<T> {
  readonly before: T;
  readonly now: T;
}

/** Each finding of both versions in one of the three, in its own order; of what is still there that of the later version. */
export interface Comparison<T> {
  readonly gone: readonly T[];
  readonly fresh: readonly T[];
  readonly still: readonly Still<T>[];
}

export function compareFindings<T extends Told>(before: readonly T[], now: readonly T[]): Comparison<T> {
  const pairs = new Map<T, T>();
  const taken = new Set<T>();
  for (const { keyOf, isTelling } of ROUNDS) {
    const left = byKey(
      before.filter((each) => !taken.has(each)),
      keyOf,
    );
    const wanted = byKey(
      now.filter((each) => !pairs.has(each)),
      keyOf,
    );
    for (const [key, found] of wanted) {
      const earlier = left.get(key) ?? [];
      // Where several could be meant, a weak likeness means none of them.
      if (!isTelling && (found.length > 1 || earlier.length > 1)) continue;
      for (const [index, each] of found.entries()) {
        const match = earlier[index];
        if (!match) break;
        pairs.set(each, match);
        taken.add(match);
      }
    }
  }
  return {
    gone: before.filter((each) => !taken.has(each)),
    fresh: now.filter((each) => !pairs.has(each)),
    still: now.flatMap((each) => {
      const match = pairs.get(each);
      return match ? [{ before: match, now: each }] : [];
    }),
  };
}

interface Round {
  /** What two findings have to share; null for one that has nothing of the kind. */
  readonly keyOf: (told: Told) => string | null;
  /** Enough to tell several of a kind by their order; otherwise only what stands alone on both sides is the same. */
  readonly isTelling: boolean;
}

/** Strictest first: what one round leaves goes on to the next. */
const ROUNDS: readonly Round[] = [
  // Everything but the numbers.
  {
    isTelling: true,
    keyOf: (told) => keyOf(placeOf(told), fileOf(told), lineOf(told), wordsOf(told)),
  },
  // Something is said in other words of the same line: another variable, one more reason.
  { isTelling: true, keyOf: (told) => keyOf(placeOf(told), fileOf(told), lineOf(told)) },
  // The line has changed, and what is said of it has not.
  { isTelling: true, keyOf: (told) => keyOf(placeOf(told), fileOf(told), wordsOf(told)) },
  // The file has another name, or the function has; or, of what is said of a mail, its subject.
  { isTelling: false, keyOf: (told) => inCode(told, keyOf(placeOf(told), lineOf(told), wordsOf(told))) },
  { isTelling: false, keyOf: (told) => inCode(told, keyOf(fileOf(told), lineOf(told))) },
  { isTelling: false, keyOf: (told) => inMail(told, keyOf(lineOf(told), wordsOf(told))) },
];

function byKey<T extends Told>(all: readonly T[], key: Round['keyOf']): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const shared = key(each);
    if (shared === null) continue;
    const name = `${each.finding.rule}\0${shared}`;
    const group = groups.get(name);
    if (group) group.push(each);
    else groups.set(name, [each]);
  }
  return groups;
}

/** Null when a part of it is not known. */
function keyOf(...parts: readonly (string | null)[]): string | null {
  return parts.includes(null) ? null : parts.join('\0');
}

const inCode = ({ finding }: Told, key: string | null): string | null => (finding.region ? key : null);
const inMail = ({ finding }: Told, key: string | null): string | null => (finding.region ? null : key);

/** The function or struct around it; of what is said of a mail, which of the series it is. */
function placeOf({ finding, title }: Told): string {
  return finding.region ? (finding.function ?? '') : titled(title ?? '');
}

const fileOf = ({ finding }: Told): string => finding.region?.file ?? '';

/** Without the numbers of version and patch that a subject begins with. */
function titled(subject: string): string {
  return subject.replace(/^\s*(?:\[[^\]]*\]\s*)*/, '').trim();
}

/** Null where the line says nothing: a brace stands everywhere. */
function lineOf({ finding, line }: Told): string | null {
  if (line === null) return null;
  const text = lineOfCode(finding, line);
  if (finding.region) return /\w/.test(text) ? text : null;
  const [, subject] = /^Subject:(.*)$/i.exec(text) ?? [];
  return subject === undefined ? text : titled(subject);
}

const wordsOf = ({ finding }: Told): string => finding.message.replace(/\d+/g, '#');
