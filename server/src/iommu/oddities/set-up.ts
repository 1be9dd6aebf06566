/** Lists, locks and work of a fresh object that are used and that nobody sets up. */
import { type AnyNode, calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { ALLOCATES } from '../kernel-api.table.js';
import type { KnownFunction, Program, Spot, StructView } from '../program.js';
import { assignmentsIn } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { SET_UP, type SetUpRow } from './set-up.table.js';

export const NEVER_SET_UP: OddityReader = { around: [{ words: ALLOCATES, read: unsetMembers }] };

/**
 * Told where the object is allocated. Everything that the code at hand does with the member must be a use: an address
 * that is handed to anybody else, or a member of that name in an object of unknown type, may be the setting up.
 */
function unsetMembers(body: Body, bodies: Bodies): OddityFact[] {
  const { unit } = body.fn;
  if (unit.image.basis === 'hunks' || body.fn.item.missing.length > 0) return [];
  const told = new Set<string>();
  return assignmentsIn(body).flatMap(({ target, value }): OddityFact[] => {
    if (!isFresh(value) || !body.scope.isLocal(target)) return [];
    const { base, pointers } = body.scope.typeOfName(target);
    const view = pointers === 1 && !told.has(base) ? bodies.program.structNamed(base, unit) : null;
    if (!view || isCopied(view, body, bodies)) return [];
    told.add(base);
    return unsetIn(view, body, bodies).map(({ member, row, use }) =>
      oddity('never-set-up', body.spot(value), member.item.name, {
        other: `${row.setter} ${base}`,
        related: [
          ...(use ? [{ spot: use, message: 'it is used here' }] : []),
          { spot: { unit: member.unit, span: member.item.nameSpan }, message: 'it is declared here' },
        ],
      }),
    );
  });
}

/** Memory that has nothing of another object in it. */
function isFresh(value: Expression): boolean {
  const name = calledName(value) ?? '';
  return ALLOCATES.has(name) && !/dup/.test(name);
}

interface Unset {
  readonly member: StructView['fields'][number];
  readonly row: SetUpRow;
  /** Null where it is other files that use it. */
  readonly use: Spot | null;
}

function unsetIn(view: StructView, { fn: { unit } }: Body, bodies: Bodies): Unset[] {
  return view.fields.flatMap((member): Unset[] => {
    const { name, type, within } = member.item;
    const row = type.pointers === 0 ? SET_UP.get(type.base) : undefined;
    // Of a union, another member may be what is meant.
    if (!row || name === '' || within.includes('union') || type.isArray) return [];
    if (isSetUpByMacro(bodies.program, name, row)) return [];
    const mentions = functionsNaming(bodies.program, name).flatMap((fn) =>
      mentionsIn(bodies.of(fn), view.name, name, row),
    );
    if (mentions.some(({ is }) => is === 'other')) return [];
    const use = mentions.find(({ is, spot }) => is === 'use' && spot.unit === unit)?.spot ?? null;
    // That another file has a list of that name says little: a node is put on one as it is.
    const mayBeUsedAround = member.unit !== unit && !row.isWalked;
    return use || mayBeUsedAround ? [{ member, row, use }] : [];
  });
}

function functionsNaming(program: Program, name: string): KnownFunction[] {
  return program.allFunctions().filter(({ words }) => words.all.has(name));
}

/** Whether a macro names the member and does not walk over it or use it: it may set it up. */
function isSetUpByMacro({ units }: Program, name: string, { uses, touches, setters }: SetUpRow): boolean {
  return units.some(({ c }) =>
    c.items.some((item) => {
      if (item.kind !== 'macro') return false;
      const words = c.text.slice(item.start, item.end).split(/\W+/);
      if (!words.includes(name)) return false;
      const isUse = (word: string): boolean =>
        uses.has(word) || touches.has(word) || /^list_for_each/.test(word);
      return words.some((each) => setters.includes(each)) || !words.some(isUse);
    }),
  );
}

interface Mention {
  readonly is: 'use' | 'touch' | 'other';
  readonly spot: Spot;
}

/** What a function does with a member of such an object, or of one of which it is not known what it is. */
function mentionsIn(body: Body, struct: string, name: string, row: SetUpRow): Mention[] {
  const known = new Map<AnyNode, Mention['is']>();
  for (const node of body.reading.nodes) {
    if (node.kind !== 'call') continue;
    const called = calledName(node) ?? '';
    const use = row.uses.get(called);
    const touch = row.touches.get(called);
    note(known, node.args[use ?? touch ?? -1], use === undefined ? 'touch' : 'use');
  }
  if (row.isWalked)
    for (const { form, args } of body.flow.walks)
      if (form.startsWith('list_for_each')) for (const each of args) note(known, each, 'use');
  return body.reading.nodes.flatMap((node): Mention[] => {
    if (node.kind === 'initializers')
      return node.entries.some(({ member }) => member === name)
        ? [{ is: 'other', spot: body.spot(node) }]
        : [];
    if (node.kind !== 'member' || node.name !== name) return [];
    const { base } = body.scope.typeOf(node.object);
    if (base !== struct && base.startsWith('struct ')) return [];
    const is = base === struct ? (known.get(node) ?? 'other') : 'other';
    return [{ is, spot: body.spot(node) }];
  });
}

function note(known: Map<AnyNode, Mention['is']>, argument: Expression | undefined, is: Mention['is']): void {
  if (argument?.kind === 'unary' && argument.operator === '&') known.set(argument.operand, is);
}

/** Whether some object of the type is filled as a whole: what it was copied from may have been set up. */
function isCopied({ name }: StructView, { fn: { unit } }: Body, bodies: Bodies): boolean {
  return bodies.program.definitionsIn(unit).some((fn) => {
    const body = bodies.of(fn);
    return body.reading.nodes.some((node) => {
      if (node.kind !== 'assign' || node.target.kind === 'name') return false;
      const { base, pointers } = body.scope.typeOf(node.target);
      return base === name && pointers === 0;
    });
  });
}
