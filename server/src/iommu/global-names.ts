/**
 * Functions and variables of C files that the linker sees though only their
 * own file knows them, as far as a patch tells: what it brings in, and what it
 * takes out of a header.
 */
import type { Item } from '../syntax/index.js';
import { isAddedAt } from '../tree/index.js';
import type { Program, Spot, Unit } from './program.js';

export interface GlobalNameFact {
  readonly kind: 'function' | 'variable';
  readonly name: string;
  readonly spot: Spot;
  /** Whether the patch takes its declaration out of a header, rather than bringing it in. */
  readonly lostHeader: boolean;
}

/** What a C file declares by itself though another file defines it. */
export type ForeignDeclaration = Pick<GlobalNameFact, 'kind' | 'name' | 'spot'>;

/** Those that a patch brings in. */
export function foreignDeclarations(program: Program): ForeignDeclaration[] {
  return program.units
    .filter(
      ({ isReviewed, image }) => isReviewed && image.basis !== 'whole-file' && image.path.endsWith('.c'),
    )
    .flatMap((unit) =>
      unit.c.items.flatMap((item): ForeignDeclaration[] => {
        if (!isForeign(unit, item) || !isAddedAt(unit.image, item.nameSpan.start)) return [];
        const isMoved = unit.image.removed.some((line) => line.includes(item.name));
        const isOwn = unit.c.items.some((each) => each.name === item.name && defines(each));
        if (isMoved || isOwn) return [];
        const kind = item.kind === 'variable' ? 'variable' : 'function';
        return [{ kind, name: item.name, spot: { unit, span: item.nameSpan } }];
      }),
    );
}

function defines(item: Item): boolean {
  return item.kind === 'function' ? item.bodySpan !== null : item.kind === 'variable' && !item.isExtern;
}

/** Symbols that the linker script or assembly brings have no header of their own. */
const OF_THE_LINKER = /^__|_start$|_end$|^_/;

/** `extern int toy;`, and a prototype that says extern: without it, it may be of a function that a hunk does not show. */
function isForeign({ image }: Unit, item: Item): boolean {
  if ((item.kind !== 'function' && item.kind !== 'variable') || defines(item)) return false;
  const line = image.text.lastIndexOf('\n', item.start) + 1;
  if (OF_THE_LINKER.test(item.name) || item.name === '' || line !== item.start) return false;
  return /^extern\b/.test(image.text.slice(item.start, item.nameSpan.start));
}

/** Those that no other file at hand mentions. */
export function globalNames(program: Program): GlobalNameFact[] {
  const patches = program.units.filter(({ isReviewed, image }) => isReviewed && image.basis !== 'whole-file');
  if (patches.length === 0) return [];
  const gone = declarationsTakenOut(patches);
  return patches
    .filter(({ image }) => image.path.endsWith('.c'))
    .flatMap((unit) =>
      unit.c.items.flatMap((item): GlobalNameFact[] => {
        if (!isGlobal(unit, item)) return [];
        const isAdded = isAddedAt(unit.image, item.nameSpan.start);
        // What the patch takes out may be the definition itself, where it moves.
        const lostHeader = gone.has(item.name) && !isAdded;
        const isNew = isAdded && !wasGlobal(patches, item.name) && isUsedIn(unit, item);
        if ((!isNew && !lostHeader) || isNamedAround(item, unit, program)) return [];
        const kind = item.kind === 'variable' ? 'variable' : 'function';
        return [{ kind, name: item.name, spot: { unit, span: item.nameSpan }, lostHeader }];
      }),
    );
}

/** Whether it is a definition that other files can link to, by what is shown of it. */
function isGlobal({ image }: Unit, item: Item): boolean {
  if ((item.kind !== 'function' && item.kind !== 'variable') || item.name === '' || item.isStatic)
    return false;
  if (item.attributes.some(({ name }) => !/^__(?:init|exit|ro_after_init|read_mostly|initdata)$/.test(name)))
    return false;
  // Where a hunk begins within a body, its declarations look like those of the file; they are indented.
  const line = image.text.lastIndexOf('\n', item.start) + 1;
  if (line !== item.start || BY_CONVENTION.test(item.name)) return false;
  const head = image.text.slice(item.start, item.nameSpan.start);
  // A macro before the type may say anything: DECLARE_…, asmlinkage, __visible.
  if (!/^[\w\s*]+$/.test(head) || /\b(?:[A-Z_]{3,}|asmlinkage|notrace|inline)\b/.test(head)) return false;
  return item.kind === 'variable' ? !item.isExtern : item.bodySpan !== null && !item.isInline;
}

/** Whether its file mentions it once more; what does not is meant for others, which an earlier patch may have told of it. */
function isUsedIn({ image }: Unit, { name }: Item): boolean {
  return [...image.text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].length > 1;
}

/** Names that something other than a header knows: the linker, generic code that has a weak one. */
const BY_CONVENTION = /^(?:arch_|main$|init_module|cleanup_module|pcibios_|__)/;

/** What headers declare no longer once the patches are applied. */
function declarationsTakenOut(patches: readonly Unit[]): ReadonlySet<string> {
  const headers = patches.filter(({ image }) => image.path.endsWith('.h'));
  return new Set(
    headers.flatMap(({ image }) =>
      image.removed.flatMap((line) => {
        const name = /^(?!static\b)(?:extern\s+)?\w[\w\s*]*?\b(\w+)\(/.exec(line)?.[1];
        return name === undefined ? [] : [name];
      }),
    ),
  );
}

/** Whether a patch takes out a line that the linker saw: then it is moved or changed. */
function wasGlobal(patches: readonly Unit[], name: string): boolean {
  const definition = new RegExp(`^(?!static\\b|\\s).*\\b${name}\\b`);
  return patches.some(({ image }) => image.removed.some((line) => definition.test(line)));
}

/** Whether another file at hand mentions it, or its own exports or declares it. */
function isNamedAround(item: Item, { image }: Unit, program: Program): boolean {
  const word = new RegExp(`\\b${item.name}\\b`);
  if (program.units.some((each) => each.image.path !== image.path && word.test(each.image.text))) return true;
  return program
    .unitsAt(image.path)
    .some(({ c }) =>
      c.items.some(
        (each) =>
          (each.kind === 'invocation' && each.args.some((arg) => arg.includes(item.name))) ||
          (each.kind === 'function' && each.name === item.name && each.bodySpan === null) ||
          (each.kind === 'variable' && each.name === item.name && each.isExtern) ||
          (each.kind === 'macro' && word.test(image.text.slice(each.bodySpan.start, each.bodySpan.end))),
      ),
    );
}
