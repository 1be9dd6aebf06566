/**
 * What plain comments say beside the code that they stand in: names that are
 * gone, what stands under them, barriers that nobody explains.
 */
import {
  CFile,
  type Comment,
  type CommentLine,
  calledName,
  type FunctionItem,
  type Statement,
  walk,
} from '../syntax/index.js';
import { commentsOf } from './comments.js';
import type { KnownFunction, Program, Spot, Unit } from './program.js';

export interface CommentFact {
  readonly spot: Spot;
  /** Each with its text, without the comment's marks. */
  readonly lines: readonly { readonly text: string; readonly spot: Spot }[];
  /** The function or struct that it stands in. */
  readonly owner: string | null;
  /** Names in it that the patch takes out of the code, with what came in their place. */
  readonly goneNames: readonly { readonly name: string; readonly spot: Spot; readonly now: string | null }[];
  /** Whether it is nothing but statements: code that was switched off. */
  readonly isCode: boolean;
  /** A call further down that it describes, when what stands right under it does something else. */
  readonly describesLater: { readonly called: string; readonly spot: Spot } | null;
}

/** A memory barrier, and whether a comment says what it pairs with. */
export interface BarrierFact {
  readonly name: string;
  readonly spot: Spot;
  readonly function: string;
}

export function commentFacts(program: Program): CommentFact[] {
  const units = program.units.filter(({ isReviewed, image }) => isReviewed && image.basis !== 'whole-file');
  if (units.length === 0) return [];
  // What one mail of a series takes out says nothing of what another shows: it may come later.
  const gone = new Map(
    [...new Set(units.map(({ patch }) => patch))].map((patch) => [
      patch,
      goneNames(
        program,
        units.filter((unit) => unit.patch === patch),
      ),
    ]),
  );
  return units.flatMap((unit) =>
    commentsOf(unit).map((comment) => factOf(comment, unit, gone.get(unit.patch)!)),
  );
}

function factOf(comment: Comment, unit: Unit, gone: ReadonlyMap<string, string | null>): CommentFact {
  const spotOf = ({ start, end }: { start: number; end: number }): Spot => ({ unit, span: { start, end } });
  const owner = unit.c.items.find(
    ({ kind, start, end }) =>
      /^(?:function|struct|union|enum)$/.test(kind) && start < comment.start && comment.end < end,
  );
  return {
    spot: spotOf(comment),
    lines: comment.lines.map((line) => ({ text: line.text, spot: spotOf(line) })),
    owner: owner?.name || null,
    goneNames: gone.size === 0 ? [] : comment.lines.flatMap((line) => goneIn(line, unit, gone)),
    isCode: owner?.kind === 'function' && isCode(comment),
    describesLater: owner?.kind === 'function' ? describedLater(comment, unit, owner) : null,
  };
}

/** Whether the text of a comment parses as statements that do something. */
function isCode({ isDoc, lines }: Comment): boolean {
  const text = lines.map((line) => line.text).join('\n');
  if (isDoc || !/[;}]\s*$/.test(text) || !/[(=]/.test(text)) return false;
  const file = new CFile(`void commented(void)\n{\n${text}\n}\n`);
  const [item, ...more] = file.items;
  const statements = item?.kind === 'function' ? file.bodyOf(item)?.statements : undefined;
  if (!statements || statements.length === 0 || more.length > 0) return false;
  let isWhole = true;
  for (const statement of statements)
    walk(statement, ({ kind }) => {
      if (kind === 'opaque' || kind === 'opaque-statement' || kind === 'label') isWhole = false;
    });
  return isWhole && statements.every(doesSomething);
}

function doesSomething(statement: Statement): boolean {
  switch (statement.kind) {
    case 'expression':
      return /^(?:call|assign|update)$/.test(statement.expression.kind);
    case 'if':
    case 'loop':
    case 'return':
      return true;
    default:
      return false;
  }
}

function goneIn(
  line: CommentLine,
  unit: Unit,
  gone: ReadonlyMap<string, string | null>,
): CommentFact['goneNames'] {
  return [...line.text.matchAll(/[A-Za-z_]\w*/g)].flatMap((match) => {
    const now = gone.get(match[0]);
    if (now === undefined) return [];
    const start = line.start + match.index;
    return [{ name: match[0], now, spot: { unit, span: { start, end: start + match[0].length } } }];
  });
}

/** What a removed line defines: a function, a macro, a member. */
const DEFINES = [
  /^(?:[A-Za-z_][\w\s*]*[\s*])([a-z_]\w+)\([^;]*$/,
  /^#\s*define\s+(\w+)/,
  /^\s+(?:(?:const|unsigned|struct|enum|union)\s+)*\w+[\s*]+(\w+)(?:\[[^\]]*\])?(?:\s*:\s*\d+)?;/,
];

/**
 * Names of several words that the patches define no more and no code at hand
 * mentions, with the name that the next added line defines in the same way.
 */
function goneNames(program: Program, units: readonly Unit[]): ReadonlyMap<string, string | null> {
  const candidates = new Set<string>();
  for (const { image } of units)
    for (const line of image.removed)
      for (const form of DEFINES) {
        const name = form.exec(line)?.[1];
        // One word may mean anything in a sentence.
        if (name?.includes('_') && name.length > 5) candidates.add(name);
      }
  if (candidates.size === 0) return new Map();
  const gone = new Map<string, string | null>([...candidates].map((name) => [name, null]));
  for (const unit of program.units) {
    let from = 0;
    const read = (to: number): void => {
      for (const [word] of unit.image.text.slice(from, to).matchAll(/[A-Za-z_]\w*/g)) {
        gone.delete(word);
        // A name that got a prefix is still called by what it was.
        for (let at = word.indexOf('_'); at >= 0; at = word.indexOf('_', at + 1))
          gone.delete(word.slice(at + 1));
      }
    };
    for (const { start, end } of commentsOf(unit)) {
      read(start);
      from = end;
    }
    read(unit.image.text.length);
  }
  return gone;
}

/** What comments begin with, and what calls that do it are called. */
const VERBS: ReadonlyMap<string, RegExp> = new Map([
  ['allocate', /alloc/],
  ['free', /free|release|put|destroy/],
  ['attach', /attach/],
  ['detach', /detach/],
  ['enable', /enable/],
  ['disable', /disable/],
  ['register', /(?:^|_)register/],
  ['unregister', /unregister/],
  ['flush', /flush/],
  ['invalidate', /inv/],
  ['map', /map/],
  ['unmap', /unmap/],
  ['lock', /lock/],
  ['unlock', /unlock/],
  ['copy', /copy|memcpy/],
]);

/** Of `Allocate the PASID if necessary.`: whether the next lines allocate nothing, and a call after them does. */
function describedLater(comment: Comment, unit: Unit, owner: FunctionItem): CommentFact['describesLater'] {
  const said = comment.lines
    .map(({ text }) => text)
    .join(' ')
    .trim();
  const verb = /^([A-Z]?[a-z]+)\b/.exec(said)?.[1]?.toLowerCase() ?? '';
  const does = VERBS.get(verb);
  // More than a short sentence explains more than the next call.
  if (!does || said.length > 60 || owner.missing.includes('end')) return null;
  const { text } = unit.image;
  const rest = text.slice(comment.end, owner.end);
  const paragraph = /^[\s\S]*?(?=\n[ \t]*\n|\n[ \t]*\/\*|$)/.exec(rest)![0];
  if (does.test(paragraph.toLowerCase()) || paragraph.trim() === '') return null;
  const objects =
    said
      .toLowerCase()
      .match(/[a-z]{4,}/g)
      ?.slice(1) ?? [];
  const body = unit.c.bodyOf(owner);
  const from = comment.end + paragraph.length;
  let found: CommentFact['describesLater'] = null;
  if (body)
    walk(body, (node) => {
      const called = calledName(node);
      if (called === null || found || node.start < from || !does.test(called)) return;
      const names = `${called} ${text.slice(node.start, node.end)}`.toLowerCase();
      if (objects.some((each) => names.includes(each)))
        found = { called, spot: { unit, span: { start: node.start, end: node.end } } };
    });
  return found;
}

const BARRIERS = new Set([
  ...['smp_mb', 'smp_rmb', 'smp_wmb', 'mb', 'rmb', 'wmb', 'dma_rmb', 'dma_wmb', 'smp_store_mb'],
  ...['smp_mb__before_atomic', 'smp_mb__after_atomic', 'smp_mb__after_spinlock'],
]);

/** Barriers with no comment on their line or right above. */
export function bareBarriers(program: Program): BarrierFact[] {
  return program.units
    .filter(({ isReviewed }) => isReviewed)
    .flatMap((unit) => program.definitionsIn(unit).flatMap((fn) => barriersIn(fn, unit)));
}

function barriersIn(fn: KnownFunction, unit: Unit): BarrierFact[] {
  if (!fn.words.meet(BARRIERS)) return [];
  const { text } = unit.image;
  const found: BarrierFact[] = [];
  const body = unit.c.bodyOf(fn.item);
  if (body)
    walk(body, (node) => {
      const name = calledName(node);
      if (name === null || !BARRIERS.has(name)) return;
      const lineStart = text.lastIndexOf('\n', node.start) + 1;
      const above = text.lastIndexOf('\n', lineStart - 2) + 1;
      const near = text.slice(above, (text.indexOf('\n', node.end) + 1 || text.length) - 1);
      if (/\/\*|\*\/|\/\//.test(near)) return;
      found.push({
        name,
        spot: { unit, span: { start: node.start, end: node.end } },
        function: fn.item.name,
      });
    });
  return found;
}
