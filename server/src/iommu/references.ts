/** Who refers to a function: by name, anywhere in the code at hand, comments and its own definition left out. */
import type { FunctionItem } from '../syntax/index.js';
import type { Located, Program, Unit } from './program.js';

/** Whether anything at hand but its own definition names the function. */
export function isReferenced({ unit: home, item }: Located<FunctionItem>, program: Program): boolean {
  // Seen in pieces, a function that was there before may be called by what is not shown.
  if (home.image.basis === 'hunks' && wasThere(home, item.name, program)) return true;
  return program.units.some((unit) => {
    // A static function is out of reach of other files; the same file occurs once for each patch of a series.
    if (item.isStatic && unit.image.path !== home.image.path) return false;
    return (
      words(unit, item.name).some((at) => {
        const around = program
          .functionsNamed(item.name)
          .find((each) => each.unit === unit && each.item.start <= at && at < each.item.end);
        return around === undefined;
      }) || isPasted(unit, item.name)
    );
  });
}

/** Whether the patch moves or changes something of this name rather than adding it. */
function wasThere({ image }: Unit, name: string, program: Program): boolean {
  const word = new RegExp(`\\b${name}\\b`);
  if (image.removed.some((line) => word.test(line))) return true;
  // Another piece of it stands on a line that the patch does not add: one of two `#if` arms, or its body in the next hunk.
  return program.functionsNamed(name).some(({ unit, item }) => {
    const line = unit.image.text.slice(0, item.nameSpan.start).split('\n').length - 1;
    return unit.image.path === image.path && !unit.image.lines[line]?.isAdded;
  });
}

function words(unit: Unit, name: string): number[] {
  const { text } = unit.image;
  const found: number[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const isWord = !/\w/.test(text[at - 1] ?? ' ') && !/\w/.test(text[at + name.length] ?? ' ');
    if (isWord && !isInComment(text, at)) found.push(at);
  }
  return found;
}

function isInComment(text: string, at: number): boolean {
  const open = text.lastIndexOf('/*', at);
  if (open >= 0 && text.indexOf('*/', open) > at) return true;
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at);
  return line.includes('//');
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
