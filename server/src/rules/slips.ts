/**
 * Slips of the pen: a long word that is none, and of which one letter makes a
 * word that kernel comments are full of. Words that may be others are let be.
 */
import { KNOWN_SLIPS, STEMS, STEMS_BESIDE } from './slips.table.js';

/** Shorter ones are too often another word, a name or an abbreviation: for letters that changed places, came or went, or are wrong. */
const SHORTEST = 7;
const SHORTEST_BY_LENGTH = 8;
const SHORTEST_BY_LETTER = 9;

/** The word that was meant; null for a word, a name, or anything that cannot be told. */
export function meantBy(word: string): string | null {
  const low = word.toLowerCase();
  const known = KNOWN_SLIPS.get(low);
  if (known !== undefined) return known;
  if (low.length < SHORTEST) return null;
  const { forms, shortened } = lexicon();
  if (forms.has(low) || forms.has(british(low))) return null;
  const meant = new Set<string>();
  for (const key of [low, ...withoutOne(low)])
    for (const form of shortened.get(key) ?? []) if (isOneSlip(low, form)) meant.add(form);
  // Of several nobody knows which was meant, unless they are forms of one stem.
  const [first, ...more] = [...meant];
  return first !== undefined && more.every((each) => each.slice(0, 5) === first.slice(0, 5)) ? first : null;
}

interface Lexicon {
  /** What may be a word. */
  readonly forms: ReadonlySet<string>;
  /** Those that are surely words, by themselves and by what is left of them without one of their letters. */
  readonly shortened: ReadonlyMap<string, readonly string[]>;
}

let made: Lexicon | null = null;

function lexicon(): Lexicon {
  if (made) return made;
  const shortened = new Map<string, string[]>();
  for (const form of new Set(STEMS.flatMap(surelyOf))) {
    if (form.length < SHORTEST) continue;
    for (const key of new Set([form, ...withoutOne(form)])) {
      const there = shortened.get(key);
      if (there) there.push(form);
      else shortened.set(key, [form]);
    }
  }
  made = { forms: new Set([...STEMS, ...STEMS_BESIDE].flatMap(formsOf)), shortened };
  return made;
}

/** A stem with the few endings that nearly all of them have. */
function surelyOf(stem: string): readonly string[] {
  const root = stem.replace(/e$/, '');
  if (stem.endsWith('y')) return [stem, `${stem.slice(0, -1)}ies`, `${stem.slice(0, -1)}ily`];
  const ly = stem.endsWith('le') ? `${root}y` : stem.endsWith('ic') ? `${stem}ally` : `${stem}ly`;
  return stem.endsWith('ous') ? [stem, ly] : [stem, `${stem}s`, `${root}ed`, `${root}ing`, ly];
}

/** A stem with the endings that it may have; some of these are no words, which does no harm to those that are. */
function formsOf(stem: string): readonly string[] {
  const root = stem.replace(/e$/, '');
  const endings = [
    's',
    'es',
    'ed',
    'ing',
    'er',
    'ers',
    'or',
    'ors',
    'ion',
    'ions',
    'able',
    'ly',
    'al',
    'ally',
  ];
  const ofY = stem.endsWith('y')
    ? ['ies', 'ied', 'ily'].map((ending) => stem.slice(0, -1) + ending)
    : [`${stem.replace(/le$/, '')}ly`];
  return [
    stem,
    ...endings.map((ending) => root + ending),
    ...['ly', 's', 'ing', 'ally', 'ment', 'ments', 'ness', 'ity'].map((ending) => stem + ending),
    ...ofY,
    stem.replace(/nt$/, 'nce'),
    stem.replace(/nt$/, 'ncy'),
    `${stem}${stem.at(-1)}ed`,
    `${stem}${stem.at(-1)}ing`,
  ];
}

/** As an American writes it. */
function british(word: string): string {
  return word
    .replace(/is(e[drs]?|ing|ation|ations|able)$/, 'iz$1')
    .replace(/our(s|ed|ing)?$/, 'or$1')
    .replace(/ll(ed|ing|er|ers)$/, 'l$1');
}

function withoutOne(word: string): string[] {
  return Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

/** Whether one letter too many, too few or wrong, or two that changed places, lead from one to the other. */
function isOneSlip(word: string, form: string): boolean {
  // Hardly anybody gets the first letter wrong; a word with another one is another word.
  if (word[0] !== form[0] || isEnding(word, form) || british(word) === british(form)) return false;
  if (Math.abs(word.length - form.length) > 1) return false;
  let at = 0;
  while (at < word.length && word[at] === form[at]) at++;
  let tail = 0;
  const most = Math.min(word.length, form.length) - at;
  while (tail < most && word.at(-1 - tail) === form.at(-1 - tail)) tail++;
  const [left, right] = [word.slice(at, word.length - tail), form.slice(at, form.length - tail)];
  if (left.length + right.length === 1) return Math.max(word.length, form.length) >= SHORTEST_BY_LENGTH;
  if (left.length === 1 && right.length === 1) return form.length >= SHORTEST_BY_LETTER;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

/** The same word with another ending: `implements`, `implementor`. */
function isEnding(word: string, form: string): boolean {
  let at = 0;
  while (at < word.length && word[at] === form[at]) at++;
  return at >= Math.min(word.length, form.length) - 1 && at >= 5;
}
