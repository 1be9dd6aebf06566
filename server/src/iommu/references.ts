/** Who refers to a function: by name, anywhere in the code at hand, comments and its own definition left out. */
import type { FunctionItem, Piece } from '../syntax/index.js';
import { isAddedAt } from '../tree/index.js';
import type { Located, Program, Unit } from './program.js';
import { steady } from './surroundings.js';
import { wordsOf } from './words.js';

/** Annotations by which something that names no caller uses the function: the linker, a section, another name. */
const USED_BY_LINKER =
  /^(?:__used|__section|__attribute__|__attribute|__alias|__weak|__visible|__cleanup|__copy|__bpf_kfunc)$/;

/** What a file, or a piece of it, says of functions. */
interface Mentions {
  /** Names that stand outside of their own definitions. */
  readonly any: ReadonlySet<string>;
  /** Those that stand there without being called, declared or exported. */
  readonly asValue: ReadonlySet<string>;
}

/** Answers for the functions of a file from that file; it occurs once for each patch of a series. */
export class References {
  private readonly mentions = new Map<string, Mentions>();

  constructor(private readonly program: Program) {}

  /** Whether anything at hand but its own definition names a static function, which is out of reach of other files. */
  has({ unit, item }: Located<FunctionItem>): boolean {
    if (item.attributes.some(({ name }) => USED_BY_LINKER.test(name))) return true;
    // Seen in pieces, a function that was there before may be called by what is not shown.
    if (unit.image.basis === 'hunks' && this.wasThere(unit, item.name)) return true;
    const { path } = unit.image;
    return (
      this.mentionsIn(path).any.has(item.name) ||
      this.program.unitsAt(path).some((each) => isPasted(each, item.name))
    );
  }

  /** Whether its file passes the function on as a value. */
  hasAddressTaken({ unit, item }: Located<FunctionItem>): boolean {
    return this.isPassedOn(unit.image.path, item.name);
  }

  /** Whether the file at `path` passes a function of this name on as a value. */
  isPassedOn(path: string, name: string): boolean {
    return this.mentionsIn(path).asValue.has(name);
  }

  /** Whether a macro of its file makes a table out of a part of its name. */
  isPasted({ unit, item }: Located<FunctionItem>): boolean {
    return this.program.unitsAt(unit.image.path).some((each) => isPasted(each, item.name));
  }

  private mentionsIn(path: string): Mentions {
    const known = this.mentions.get(path);
    if (known) return known;
    const any = new Set<string>();
    const asValue = new Set<string>();
    const names = this.program.surroundings.known(functionNames, this.program);
    for (const { c } of this.program.unitsAt(path)) {
      for (const { piece } of c.pieces) {
        const mentions = mentionsOf(piece, names);
        for (const name of mentions.any) any.add(name);
        for (const name of mentions.asValue) asValue.add(name);
      }
    }
    const found = { any, asValue };
    this.mentions.set(path, found);
    return found;
  }

  /** Whether the patch moves or changes a function of this name rather than adding it. */
  wasThere({ image }: Unit, name: string): boolean {
    if (isTakenOut(image, name)) return true;
    // Another piece of it stands on a line that the patch does not add: one of two `#if` arms, or its body in the next hunk.
    return this.program
      .functionsNamed(name)
      .some(
        ({ unit, item }) => unit.image.path === image.path && !isAddedAt(unit.image, item.nameSpan.start),
      );
  }
}

/** Whether the patch takes out a line with this name: what it is of was there before, and is moved or changed. */
export function isTakenOut({ removed }: Unit['image'], name: string): boolean {
  if (removed.length === 0 || name === '') return false;
  const word = new RegExp(`\\b${name}\\b`);
  return removed.some((line) => word.test(line));
}

function functionNames(program: Program, before?: ReadonlySet<string>): ReadonlySet<string> {
  return steady(new Set(program.allDeclaredFunctions().map(({ item }) => item.name)), before);
}

const mentionsOfNames = new WeakMap<ReadonlySet<string>, WeakMap<Piece, Mentions>>();

/** What a piece says of the functions called `names`, read once for each piece. */
function mentionsOf(piece: Piece, names: ReadonlySet<string>): Mentions {
  const known = mentionsOfNames.get(names) ?? new WeakMap<Piece, Mentions>();
  mentionsOfNames.set(names, known);
  let mentions = known.get(piece);
  if (!mentions) {
    const among = (words: ReadonlySet<string>): ReadonlySet<string> =>
      new Set([...words].filter((word) => names.has(word)));
    const { mentioned, asValue } = wordsOf(piece);
    mentions = { any: among(mentioned), asValue: among(asValue) };
    known.set(piece, mentions);
  }
  return mentions;
}

/** Whether a macro call at file scope makes the name out of one of its arguments: DEFINE_SHOW_ATTRIBUTE(foo) uses foo_show(). */
function isPasted(unit: Unit, name: string): boolean {
  return pastedWords(unit).some(
    (word) =>
      name === word || name.startsWith(`${word}_`) || name.endsWith(`_${word}`) || name.includes(`_${word}_`),
  );
}

const pasted = new WeakMap<Unit, readonly string[]>();

/** The arguments of the macro calls at file scope. */
function pastedWords(unit: Unit): readonly string[] {
  const known = pasted.get(unit);
  if (known) return known;
  const words = [
    ...unit.c.marks.flatMap((mark) => {
      if (mark.kind !== 'dropped' && mark.kind !== 'declares') return [];
      const [, list = ''] = /\(([\s\S]*)\)/.exec(unit.image.text.slice(mark.start, mark.end)) ?? [];
      return list.split(',').map((argument) => argument.trim());
    }),
    ...unit.c.items.flatMap((item) => {
      if (item.kind === 'invocation') return item.args;
      // `static DEVICE_ATTR_RO(version);` reads as a variable of a type in capitals.
      return item.kind === 'variable' && /^[A-Z][A-Z0-9_]+$/.test(item.type.base) ? [item.name] : [];
    }),
  ].filter((word) => /^\w{2,}$/.test(word));
  pasted.set(unit, words);
  return words;
}
