/** Names that the code under review brings in and nobody uses, as far as it is shown: members, values, macros, declarations, exports. */
import type { Item } from '../syntax/index.js';
import { commentsOf } from './comments.js';
import { PastedNames } from './pasting.js';
import type { Program, Spot, Unit } from './program.js';
import { isTakenOut } from './references.js';

export interface UnusedNameFact {
  readonly kind: 'member' | 'value' | 'macro' | 'function' | 'export';
  readonly name: string;
  /** The struct or enum that it is of. */
  readonly owner: string | null;
  readonly spot: Spot;
  /**
   * How many names of its kind stand in the lines right before and after it, and of numbers in the block around it: a
   * table of registers is defined as a whole.
   */
  readonly neighbours: number;
  /** Whether the patch takes out a line with the name: it is moved or changed. */
  readonly wasThere: boolean;
}

/** A member that is there to be there: for the layout, or because a struct of no size has no address of its own. */
const PLACEHOLDER = /^_*(?:reserved|padding|pad|rsvd|unused|dummy|placeholder)\w*$/;

type Named = Omit<UnusedNameFact, 'wasThere'>;

/** Of the reviewed units that are patches; what stands in a whole file may be used by any other. */
export function unusedNames(program: Program): UnusedNameFact[] {
  const units = program.units.filter(({ isReviewed, image }) => isReviewed && image.basis !== 'whole-file');
  if (units.length === 0) return [];
  const counts = countWords(program);
  const pasted = new PastedNames(program);
  return units.flatMap((unit) =>
    [...namesIn(unit, program)]
      .filter(({ name, kind }) => isAlone(name, kind, counts, program) && !pasted.has(name))
      .map((each) => ({ ...each, wasThere: isTakenOut(unit.image, each.name) })),
  );
}

function isAlone(
  name: string,
  kind: UnusedNameFact['kind'],
  counts: ReadonlyMap<string, number>,
  program: Program,
): boolean {
  const count = counts.get(name) ?? 0;
  if (kind !== 'export') return count === 1;
  // Its definition, its prototypes, and the export itself.
  return count <= program.functionsNamed(name).length + 1;
}

function* namesIn(unit: Unit, program: Program): Iterable<Named> {
  const isHeader = unit.image.path.endsWith('.h');
  const isUapi = /(?:^|\/)uapi\//.test(unit.image.path);
  const macros = unit.c.items.flatMap((item) =>
    item.kind === 'macro' ? [{ line: lineOf(unit, item.start), isNumber: isNumber(unit, item) }] : [],
  );
  for (const item of unit.c.items) {
    const spot: Spot = { unit, span: item.nameSpan };
    switch (item.kind) {
      case 'struct':
      case 'union':
        if (isUapi) break;
        for (const { name, nameSpan, bits } of item.fields) {
          if (name === '' || bits !== null || PLACEHOLDER.test(name)) continue;
          yield {
            kind: 'member',
            name,
            owner: `${item.kind} ${item.name}`,
            spot: { unit, span: nameSpan },
            neighbours: 0,
          };
        }
        break;
      case 'enum':
        if (isUapi) break;
        for (const { name, start } of item.members)
          yield {
            ...{ kind: 'value', name, owner: `enum ${item.name}`, neighbours: item.members.length - 1 },
            spot: { unit, span: { start, end: start + name.length } },
          };
        break;
      case 'macro': {
        // A guard, or a switch for a header that reads it.
        if (isUapi || item.bodySpan.start === item.bodySpan.end || /^(?:pr_fmt|dev_fmt)$/.test(item.name))
          break;
        const line = lineOf(unit, item.start);
        const near = macros.filter((each) => each.line !== line && Math.abs(each.line - line) <= 2);
        const neighbours = isNumber(unit, item)
          ? Math.max(near.length, blockAround(line, macros))
          : near.length;
        yield { kind: 'macro', name: item.name, owner: null, spot, neighbours };
        break;
      }
      case 'function':
        if (isHeader && item.bodySpan === null && item.name !== '')
          yield { kind: 'function', name: item.name, owner: null, spot, neighbours: 0 };
        break;
      case 'invocation': {
        const [name] = item.args;
        const isExport = /^EXPORT_SYMBOL/.test(item.name) && name !== undefined;
        if (isExport && program.functionsNamed(name).some(({ item: { bodySpan } }) => bodySpan !== null))
          yield { kind: 'export', name, owner: null, spot: { unit, span: item }, neighbours: 0 };
        break;
      }
      default:
    }
  }
}

/** Whether a macro is a plain number, an offset, or bits of a register. */
function isNumber({ image }: Unit, { bodySpan }: Extract<Item, { kind: 'macro' }>): boolean {
  const text = image.text
    .slice(bodySpan.start, bodySpan.end)
    .replace(/\/\*.*$/s, '')
    .trim();
  return /^\(?(?:0x[\da-f]+|\d+)[ul]*\b|^\(?(?:BIT|GENMASK)(?:_ULL)?\(/i.test(text);
}

/** How many other numbers are defined in the same block, where no more than one line stands between two. */
function blockAround(
  line: number,
  macros: readonly { readonly line: number; readonly isNumber: boolean }[],
): number {
  const lines = macros.filter((each) => each.isNumber).map((each) => each.line);
  const own = lines.indexOf(line);
  const isNext = (at: number): boolean => (lines[at + 1] ?? Number.POSITIVE_INFINITY) - lines[at]! <= 2;
  let [first, last] = [own, own];
  while (first > 0 && isNext(first - 1)) first--;
  while (isNext(last)) last++;
  return last - first;
}

function lineOf({ image }: Unit, offset: number): number {
  let line = 0;
  for (let at = image.text.indexOf('\n'); at >= 0 && at < offset; at = image.text.indexOf('\n', at + 1))
    line++;
  return line;
}

/** How often each word stands in the code, comments left out. */
function countWords({ units }: Program): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const unit of units) {
    let from = 0;
    const read = (to: number): void => {
      for (const [word] of unit.image.text.slice(from, to).matchAll(/[A-Za-z_]\w*/g))
        counts.set(word, (counts.get(word) ?? 0) + 1);
    };
    for (const { start, end } of commentsOf(unit)) {
      read(start);
      from = end;
    }
    read(unit.image.text.length);
  }
  return counts;
}
