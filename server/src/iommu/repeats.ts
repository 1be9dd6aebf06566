/** Runs of lines that a patch adds twice. */
import { lineIndexOf } from '../tree/index.js';
import type { Program, Spot, Unit } from './program.js';

export interface RepeatFact {
  /** The later one. */
  readonly spot: Spot;
  readonly function: string;
  readonly lines: number;
  /** The earlier one. */
  readonly first: Spot;
  readonly firstFunction: string;
}

interface Line {
  readonly unit: Unit;
  readonly function: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** So many telling lines, and so many characters in them, are no coincidence. */
const LINES = 6;
const CHARACTERS = 150;
/** How many of them must do something that a function could do for both. */
const DOING = 5;

/** Of the bodies of functions in patches. */
export function repeatsIn(program: Program): RepeatFact[] {
  const runs = program.units
    .filter(({ isReviewed, image }) => isReviewed && image.basis !== 'whole-file')
    .flatMap((unit) => program.lastingDefinitionsIn(unit).flatMap(({ item }) => addedRuns(unit, item)));
  const firsts = new Map<string, { run: readonly Line[]; at: number }>();
  const found: RepeatFact[] = [];
  for (const run of runs) {
    for (let at = 0; at + LINES <= run.length; at++) {
      const key = run
        .slice(at, at + LINES)
        .map(({ text }) => text)
        .join('\n');
      const before = firsts.get(key);
      if (!before) firsts.set(key, { run, at });
      if (!before || (before.run === run && at < before.at + LINES) || key.length < CHARACTERS) continue;
      let length = LINES;
      while (run[at + length] && run[at + length]!.text === before.run[before.at + length]?.text) length++;
      const block = run.slice(at, at + length);
      if (block.filter(({ text }, line) => doesSomething(text, block[line - 1]?.text)).length < DOING) {
        at += length;
        continue;
      }
      found.push({
        ...{ spot: spotOf(run[at]!), function: run[at]!.function, lines: length },
        ...{ first: spotOf(before.run[before.at]!), firstFunction: before.run[before.at]!.function },
      });
      at += length;
    }
  }
  return found;
}

function spotOf({ unit, start, end }: Line): Spot {
  return { unit, span: { start, end } };
}

/** The added lines of a body that say something, in runs. */
function addedRuns(
  unit: Unit,
  { name, bodySpan }: { readonly name: string; readonly bodySpan: { start: number; end: number } | null },
): Line[][] {
  if (bodySpan === null) return [];
  const runs: Line[][] = [[]];
  const { text, lines } = unit.image;
  let start = text.lastIndexOf('\n', bodySpan.start) + 1;
  let number = lineIndexOf(unit.image).lineAt(start);
  while (start < bodySpan.end) {
    const stop = text.indexOf('\n', start);
    const end = stop < 0 ? text.length : stop;
    const line = text.slice(start, end).trim();
    if (!lines[number]?.isAdded) runs.push([]);
    else if (isTelling(line)) {
      const indent = text.slice(start, end).search(/\S/);
      runs.at(-1)!.push({ unit, function: name, start: start + indent, end, text: line });
    }
    start = end + 1;
    number++;
  }
  return runs.filter((run) => run.length >= LINES);
}

/** Not a brace, a blank or a comment. */
function isTelling(line: string): boolean {
  return (
    line.length > 3 &&
    !/^(?:\/?\*|\/\/)/.test(line) &&
    !/^(?:break;|return;|else|continue;|default:)$/.test(line)
  );
}

const DECLARATION =
  /^(?:(?:const|static|struct|union|enum|unsigned|signed|volatile)\s+)*\w+\s+\**\w+(?:\[[^\]]*\])?(?:\s*,\s*\**\w+)*\s*(?:=[^=].*)?;$/;
const LOCK = /^\w*(?:lock|unlock)\w*\(.*\);$/;

/**
 * Neither a declaration, nor taking or giving back a lock, nor a way out, nor which case of a switch follows: these any
 * two functions share. More arguments of one call are still one call.
 */
function doesSomething(line: string, before: string | undefined): boolean {
  if (before?.endsWith(',')) return false;
  const isFrame = /^(?:return\b|goto\b|\w+:$|switch\b|case\b)/.test(line);
  return !isFrame && !DECLARATION.test(line) && !LOCK.test(line);
}
