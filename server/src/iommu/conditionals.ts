/**
 * What headers declare for a kernel with an option and for one without: the
 * declarations of both arms of an `#if`, as far as a patch shows them.
 */
import { contains } from '../base/index.js';
import { calledName, type FunctionItem, walk } from '../syntax/index.js';
import { isAddedAt } from '../tree/index.js';
import type { Program, Spot, Unit } from './program.js';
import { isNull } from './shapes.js';
import { wordsOf } from './words.js';

/** One function of a header that has, or should have, a stub. */
export interface StubbedFunctionFact {
  readonly name: string;
  readonly prototype: Spot | null;
  readonly stub: Spot | null;
  /** Why the stub does not stand for the function: in words that complete "it …"; null when it does. */
  readonly mismatch: string | null;
  /** What the stub returns where it can only fail: `NULL`, or an errno pointer. */
  readonly stubGives: 'NULL' | 'ERR_PTR' | null;
  /** What the function gives when it fails, as far as its body is at hand. */
  readonly functionGives: 'NULL' | 'ERR_PTR' | null;
  /** Whether the stub is inline; a plain static one is a copy in each file, and a warning where nobody calls it. */
  readonly isStubInline: boolean;
  /** Functions beside it, in the same arm as far as that is shown, with their stubs. */
  readonly siblings: readonly { readonly name: string; readonly stub: Spot }[];
  /** Whether other functions of its `#else` arm had stubs before the patch. */
  readonly hasOldNeighbours: boolean;
  /** Whether a C file at hand names it, other than the one that defines it. */
  readonly isNamedElsewhere: boolean;
}

/** An `#if` on an option around statements of a function. */
export interface ConditionalCodeFact {
  readonly spot: Spot;
  readonly option: string;
  readonly function: string;
  /** Whether the code in it does not compile without the option. */
  readonly isNeeded: boolean;
}

interface Directive {
  readonly name: string;
  readonly condition: string;
  readonly start: number;
  readonly end: number;
}

/** The directives that stand on lines of their own. */
function directivesIn(text: string): Directive[] {
  return [...text.matchAll(/^[ \t]*#[ \t]*(ifdef|ifndef|if|elif|else|endif)\b([^\n]*)/gm)].map((match) => ({
    name: match[1]!,
    condition: match[2]!,
    start: match.index + match[0].indexOf('#'),
    end: match.index + match[0].length,
  }));
}

export function stubsOf(program: Program): StubbedFunctionFact[] {
  return program.units
    .filter(({ isReviewed, image }) => isReviewed && image.path.endsWith('.h'))
    .flatMap((unit) => stubsIn(unit, program));
}

function stubsIn(unit: Unit, program: Program): StubbedFunctionFact[] {
  const functions = unit.c.items.filter(
    (item) => item.kind === 'function' && item.name !== '',
  ) as FunctionItem[];
  const isStub = (item: FunctionItem): boolean => item.bodySpan !== null && item.isStatic;
  const prototypes = functions.filter(({ bodySpan }) => bodySpan === null);
  const stubs = functions.filter(isStub);
  const macros = new Set(unit.c.items.flatMap((item) => (item.kind === 'macro' ? [item.name] : [])));
  const arms = armsIn(unit);
  return prototypes.flatMap((prototype): StubbedFunctionFact[] => {
    const stub = stubs.find(({ name }) => name === prototype.name) ?? null;
    if (!stub && (macros.has(prototype.name) || isBodyShown(unit, prototype.name))) return [];
    const arm = arms.find((each) => contains(each, prototype));
    const beside = arm?.isOfOption
      ? prototypes.filter(
          ({ start, end, name }) => start >= arm.start && end <= arm.end && name !== prototype.name,
        )
      : prototypes.filter((each) => isBeside(unit, prototype, each));
    return [
      {
        name: prototype.name,
        prototype: { unit, span: prototype.nameSpan },
        stub: stub && { unit, span: stub.nameSpan },
        mismatch: stub && mismatchOf(prototype, stub),
        isStubInline:
          stub?.isInline === true || stub?.attributes.some(({ name }) => /inline/.test(name)) === true,
        stubGives: stub && givenBy(unit, stub),
        functionGives: definitionGives(prototype.name, program),
        siblings: beside.flatMap(({ name }) =>
          stubs.flatMap((each) =>
            each.name === name ? [{ name, stub: { unit, span: each.nameSpan } }] : [],
          ),
        ),
        hasOldNeighbours: stub !== null && hasOldNeighbours(unit, stub, stubs),
        get isNamedElsewhere() {
          return isNamedElsewhere(prototype.name, program);
        },
      },
    ];
  });
}

/** Whether one prototype follows the other, with nothing but blank lines and a comment between them. */
function isBeside(unit: Unit, one: FunctionItem, other: FunctionItem): boolean {
  if (one === other) return false;
  const [from, to] = one.start < other.start ? [one.end, other.start] : [other.end, one.start];
  return to - from < 200 && !/[#}\w]/.test(unit.image.text.slice(from, to).replace(/\/\*[\s\S]*?\*\//g, ''));
}

interface ArmSpan {
  readonly start: number;
  readonly end: number;
  /** Whether it is the arm with the option of a conditional that has another arm. */
  readonly isOfOption: boolean;
}

/** First arms that an `#else` follows; of a hunk the start may not be shown. */
function armsIn(unit: Unit): ArmSpan[] {
  const { text, standIns } = unit.image;
  const arms: ArmSpan[] = [];
  const open: { start: number; isOption: boolean; isFirst: boolean }[] = [];
  // Where one hunk ends and another begins nothing is known of what is open.
  const breaks = [...standIns.map(({ start }) => start), ...gapsIn(unit)].sort((a, b) => a - b);
  let from = 0;
  for (const { name, condition, start, end } of directivesIn(text)) {
    const gap = breaks.findLast((each) => each > from && each <= start);
    if (gap !== undefined) open.length = 0;
    if (name.startsWith('if'))
      open.push({
        start: end,
        isOption: name !== 'ifndef' && /\bCONFIG_\w+/.test(condition) && !/!/.test(condition),
        isFirst: true,
      });
    else if (name === 'endif') open.pop();
    else {
      const top = open.at(-1);
      if (top) {
        if (top.isFirst && name === 'else')
          arms.push({ start: top.start, end: start, isOfOption: top.isOption });
        top.isFirst = false;
      } else if (name === 'else' && /CONFIG_\w+/.test(condition)) {
        // The comment says whose `#else` it is; its arm began before the hunk.
        arms.push({ start: gap ?? from, end: start, isOfOption: true });
      }
    }
    from = end;
  }
  return arms;
}

/** Offsets of lines that do not follow the one before. */
function gapsIn({ image }: Unit): number[] {
  const gaps: number[] = [];
  let offset = 0;
  image.text.split('\n').forEach((line, at) => {
    const [here, before] = [image.lines[at]?.line, image.lines[at - 1]?.line];
    if (at > 0 && here != null && before != null && here !== before + 1) gaps.push(offset);
    offset += line.length + 1;
  });
  return gaps;
}

function mismatchOf(prototype: FunctionItem, stub: FunctionItem): string | null {
  const [a, b] = [prototype.returns, stub.returns];
  if (a.base !== b.base || a.pointers !== b.pointers) return 'returns another type';
  if (prototype.parameters.length !== stub.parameters.length) return 'takes another number of parameters';
  const other = prototype.parameters.find(({ type }, at) => {
    const mine = stub.parameters[at]!.type;
    return mine.base !== type.base || mine.pointers !== type.pointers;
  });
  return other ? `takes another type for ${other.name || 'a parameter'}` : null;
}

/** What a stub of a function that gives a pointer gives. */
function givenBy(unit: Unit, stub: FunctionItem): StubbedFunctionFact['stubGives'] {
  const statement = unit.c.bodyOf(stub)?.statements.at(-1);
  if (stub.returns.pointers === 0 || statement?.kind !== 'return' || !statement.value) return null;
  if (calledName(statement.value) === 'ERR_PTR') return 'ERR_PTR';
  return isNull(statement.value) ? 'NULL' : null;
}

function definitionGives(name: string, program: Program): StubbedFunctionFact['functionGives'] {
  const definition = program
    .functionsNamed(name)
    .find(
      ({ item, unit }) =>
        item.bodySpan !== null && !unit.image.path.endsWith('.h') && item.returns.pointers > 0,
    );
  const body = definition?.unit.c.bodyOf(definition.item);
  if (!definition || !body || definition.item.missing.length > 0) return null;
  let gives: StubbedFunctionFact['functionGives'] = null;
  let isBoth = false;
  walk(body, (node) => {
    if (node.kind !== 'return' || !node.value) return;
    const isError = /^(?:ERR_PTR|ERR_CAST)$/.test(calledName(node.value) ?? '');
    if (!isError && !isNull(node.value)) return;
    const now = isError ? 'ERR_PTR' : 'NULL';
    isBoth ||= gives !== null && gives !== now;
    gives = now;
  });
  return isBoth ? null : gives;
}

/** Whether a body stands under the name: a stub, whatever the words before it are, a misspelt `static` among them. */
function isBodyShown({ image }: Unit, name: string): boolean {
  return new RegExp(`\\b${name}\\s*\\([^;{}]*\\)\\s*\\{`).test(image.text);
}

/** Whether stubs that the patch does not bring stand in the arm of one, as far as hunks tell. */
function hasOldNeighbours({ image }: Unit, stub: FunctionItem, stubs: readonly FunctionItem[]): boolean {
  return stubs.some((other) => {
    if (other === stub || isAddedAt(image, other.start)) return false;
    const [from, to] = other.start < stub.start ? [other.end, stub.start] : [stub.end, other.start];
    return directivesIn(image.text.slice(from, to)).length === 0;
  });
}

/** A neighbour in the same folder need not be built with the same option. */
function isNamedElsewhere(name: string, program: Program): boolean {
  const homes = new Set(
    program
      .functionsNamed(name)
      .filter(({ item }) => item.bodySpan !== null)
      .map(({ unit }) => unit.image.path),
  );
  return program.units.some(
    ({ image, c }) =>
      image.path.endsWith('.c') &&
      !homes.has(image.path) &&
      c.pieces.some(({ piece }) => wordsOf(piece).mentioned.has(name)),
  );
}

/** Buses that are declared only with their option: `if (IS_ENABLED())` around them would not compile. */
const WITH_OPTION = /&(?:pci|fsl_mc|cdx|host1x_context_device)_bus_type\b/;

/** What stands behind a directive, up to the next one. */
function armFrom(text: string, start: number): string {
  const length = text.slice(start).search(/^[ \t]*#/m);
  return text.slice(start, length < 0 ? text.length : start + length);
}

/** `#ifdef CONFIG_…` within bodies of functions in C files. */
export function conditionalCodeIn(program: Program): ConditionalCodeFact[] {
  return program.units
    .filter(({ isReviewed, image }) => isReviewed && image.path.endsWith('.c'))
    .flatMap((unit) => {
      const bodies = program.definitionsIn(unit);
      return directivesIn(unit.image.text).flatMap(
        ({ name, condition, start, end }): ConditionalCodeFact[] => {
          const option = /\b(CONFIG_\w+)/.exec(condition)?.[1];
          const home = bodies.find(
            ({ item: { bodySpan } }) => bodySpan !== null && bodySpan.start < start && end < bodySpan.end,
          );
          if (!option || !name.startsWith('if') || !home) return [];
          const isNeeded = WITH_OPTION.test(armFrom(unit.image.text, end));
          return [{ spot: { unit, span: { start, end } }, option, function: home.item.name, isNeeded }];
        },
      );
    });
}
