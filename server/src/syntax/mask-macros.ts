/**
 * How a macro call is written over so that the grammar can read what it
 * stands for: a loop, a declaration, a member, an expression with a type in
 * it. Which macros: dialect.table.ts.
 */
import type { Span } from '../base/index.js';
import { DECLARING, LOOPS_BY_NAME, NOT_LOOPS, TYPE_ARGUMENTS } from './dialect.table.js';
import { type Pairs, skipBlank, splitArguments, wordEnd } from './lexing.js';
import type { Sheet } from './sheet.js';

/** Where the masker stands, and what it writes on. */
export interface Place {
  readonly text: string;
  readonly pairs: Pairs;
  readonly sheet: Sheet;
  /** The last character of the token before. */
  readonly last: string;
  /** That token when it is a word, else ''. */
  readonly lastWord: string;
  /** How many braces are open. */
  readonly depth: number;
  /** Whether the innermost brace is of code. */
  readonly isCode: boolean;
}

/** A macro's name and its opening parenthesis. */
export interface Call {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  readonly open: number;
}

/** Where to go on, and the token that the masker is to think it has seen. */
export interface Taken {
  readonly at: number;
  readonly last: string;
  readonly word: string;
}

/** Masks the call if it is a macro that the grammar must not see as a call; else null. */
export function maskMacro(place: Place, call: Call): Taken | null {
  const { word } = call;
  const typeAt = TYPE_ARGUMENTS.get(word);
  if (typeAt) return typeArguments(place, call, typeAt);
  const declaring = DECLARING.get(word);
  const mayDeclare = atStatement(place) || place.lastWord === 'static' || place.lastWord === 'extern';
  if (declaring && mayDeclare) return declares(place, call, declaring.nameAt);
  if (/^struct_group(?:_attr|_tagged)?$/.test(word)) return memberGroup(place, call);
  if (place.isCode) return word.startsWith('__alignof') ? alignof(place, call) : loop(place, call);
  return place.depth > 0 ? amongEntries(place, call) : atFileScope(place, call);
}

function atStatement({ last, lastWord }: Place): boolean {
  return ';{}):'.includes(last) || lastWord === 'else' || lastWord === 'do';
}

/** The first character after the call that is neither blank nor comment. */
function following({ text }: Place, close: number): string | undefined {
  return text[skipBlank(text, close + 1)];
}

function loop(place: Place, { word, start, end, open }: Call): Taken | null {
  if (NOT_LOOPS.has(word) || word.length < 5 || !atStatement(place)) return null;
  const close = place.pairs.closing(open);
  if (close < 0) return null;
  const next = following(place, close);
  const isNamed = LOOPS_BY_NAME.has(word) || /(?:^|_)for_each/.test(word);
  const isLoop = next === '{' || (isNamed && next !== undefined && !';,)=.-[?:&|'.includes(next));
  if (!isLoop) return null;
  place.sheet.mark('loop', word, start, close + 1);
  place.sheet.write(start, 'while'.padEnd(end - start));
  return { at: end, last: 'a', word: 'while' };
}

function declares({ text, pairs, sheet }: Place, { word, start, open }: Call, nameAt: number): Taken | null {
  const close = pairs.closing(open);
  const named = close < 0 ? undefined : splitArguments(text, open, close)[nameAt];
  if (!named) return null;
  sheet.mark('declares', word, start, close + 1);
  sheet.blank(open, named.start);
  sheet.blank(named.end, close + 1);
  return { at: close + 1, last: 'a', word };
}

/** `__alignof__(*pointer)`: the grammar wants a type there. */
function alignof(place: Place, { open }: Call): null {
  const close = place.pairs.closing(open);
  if (close > 0) joinWords(place, '', open + 1, close);
  return null;
}

/** `struct_group(name, members)`: the members stay, the wrapping goes. */
function memberGroup({ text, pairs, sheet }: Place, { word, start, open }: Call): Taken | null {
  const close = pairs.closing(open);
  const names = word === 'struct_group' ? 1 : 2;
  const first = close < 0 ? undefined : splitArguments(text, open, close)[names];
  if (!first) return null;
  sheet.mark('dropped', word, start, first.start);
  sheet.blank(start, first.start);
  sheet.blank(close, skipBlank(text, close + 1) + 1);
  return { at: first.start, last: ';', word: '' };
}

/** A macro that stands for whole entries of an initialiser (`SET_RUNTIME_PM_OPS(a, b, c)` without a comma). */
function amongEntries(place: Place, { word, start, open }: Call): Taken | null {
  const { last, pairs, sheet, lastWord } = place;
  if (last !== '{' && last !== ',' && last !== ';') return null;
  const close = pairs.closing(open);
  const next = close < 0 ? ',' : following(place, close);
  if (next === undefined || !/[\w.[}]/.test(next) || !/^[A-Z]/.test(word)) return null;
  sheet.mark('dropped', word, start, close + 1);
  sheet.blank(start, close + 1);
  return { at: close + 1, last, word: lastWord };
}

/** A macro call between functions: kept when it reads as a statement, else blanked and remembered. */
function atFileScope(place: Place, { word, start, open }: Call): Taken | null {
  const { text, pairs, sheet } = place;
  if (!atStatement(place) && place.lastWord !== 'static') return null;
  const close = pairs.closing(open);
  if (close < 0) return null;
  const next = following(place, close);
  if (next === '{' || next === '=' || next === ',') return null;
  if (next === ';' && /^[A-Z_]+$/.test(word) && splitArguments(text, open, close).length < 2) return null;
  const isMacro = /^[A-Z][A-Z0-9_]*$/.test(word) || /^module_|_initcall$|^builtin_/.test(word);
  if (next !== ';' && !isMacro) return null;
  const from = place.lastWord === 'static' ? text.lastIndexOf('static', start) : start;
  sheet.mark('invocation', word, start, close + 1);
  sheet.blank(from, next === ';' ? skipBlank(text, close + 1) + 1 : close + 1);
  return { at: close + 1, last: ';', word: '' };
}

function typeArguments(place: Place, { word, end, open }: Call, indices: readonly number[]): Taken | null {
  const { text, pairs, sheet } = place;
  const close = pairs.closing(open);
  if (close < 0) return null;
  const spans = splitArguments(text, open, close);
  for (const index of indices) {
    const span: Span | undefined = spans[index];
    if (span) joinWords(place, word, span.start, span.end);
  }
  if (word === 'offsetof') {
    // The grammar knows offsetof(type, member) but not member[i].b: hide all but the member's first word.
    const member = spans[1];
    if (member) sheet.blank(wordEnd(text, member.start), member.end);
  }
  return { at: end, last: 'a', word };
}

/** `struct foo *` as an argument of a macro that the table does not know; `start` is where `struct` begins. */
export function maskTypeArgument(place: Place, start: number): Taken | null {
  const { text } = place;
  // No name of a type is that long; the bound keeps an endless row of words from being read again at each.
  const rest = text.slice(start, start + 200);
  const [raw = ''] = /^(?:struct|union|enum)\s+\w+[\s*]*(?=[,)])/.exec(rest) ?? [];
  const type = raw.trimEnd();
  if (type === '') return null;
  joinWords(place, '', start, start + type.length);
  return { at: start + type.length, last: 'a', word: type };
}

const ONE_WORD_TYPE =
  /^(?:int|char|short|long|unsigned|signed|void|float|double|bool|u8|u16|u32|u64|s8|s16|s32|s64|\w+_t)$/;

/** `struct foo *` → `Struct_foo__`, `int` → `Int`: one identifier of the same length. */
function joinWords({ text, sheet }: Place, macro: string, start: number, end: number): void {
  const raw = text.slice(start, end);
  if (/^\w+$/.test(raw) && !ONE_WORD_TYPE.test(raw)) return;
  if (!/^[\w\s*().>&[\]-]+$/.test(raw)) return;
  sheet.mark('type-argument', macro, start, end);
  const joined = raw.replace(/[^\w\r\n]/g, '_');
  sheet.write(start, joined[0]!.toUpperCase() + joined.slice(1));
}
