/** Functions that are there to do the opposite of one another, and set one thing to the same value. */
import type { Expression } from '../syntax/index.js';
import type { Bodies, Body } from './body.js';
import type { KnownFunction, Spot } from './program.js';
import { nodesIn } from './shapes.js';

export interface OppositeFact {
  /** Where the later of the two sets it. */
  readonly spot: Spot;
  readonly function: string;
  readonly target: string;
  readonly value: string;
  readonly other: { readonly function: string; readonly spot: Spot };
}

/** Words of names that say one thing and its opposite. */
const OPPOSITE: readonly (readonly [string, string])[] = [
  ['enable', 'disable'],
  ['enabled', 'disabled'],
  ['on', 'off'],
  ['set', 'clear'],
  ['set', 'unset'],
  ['lock', 'unlock'],
  ['start', 'stop'],
  ['mask', 'unmask'],
  ['suspend', 'resume'],
  ['block', 'unblock'],
  ['up', 'down'],
  ['begin', 'end'],
  ['freeze', 'thaw'],
  ['allow', 'forbid'],
];

/** Pairs of functions of one reviewed file. */
export function oppositesIn(bodies: Bodies): OppositeFact[] {
  return bodies.program.units.flatMap((unit) => {
    if (!unit.isReviewed) return [];
    const functions = bodies.program.definitionsIn(unit).filter(({ item }) => item.name !== '');
    const byName = new Map(functions.map((fn) => [fn.item.name, fn]));
    return functions.flatMap((fn) =>
      oppositeNames(fn.item.name).flatMap((name) => {
        const other = byName.get(name);
        return other ? sameSets(fn, other, bodies) : [];
      }),
    );
  });
}

/** What functions that do the opposite of `name` would be called; of each pair only one side has the other. */
function oppositeNames(name: string): readonly string[] {
  const words = name.split('_');
  return words.flatMap((word, at) => {
    const others = OPPOSITE.flatMap(([one, other]) => (word === one ? [other] : []));
    // iommu_set_strict and iommu_set_nostrict
    if (word.length > 3 && !word.startsWith('no') && at > 0) others.push(`no${word}`, `no_${word}`);
    return others.map((each) => [...words.slice(0, at), each, ...words.slice(at + 1)].join('_'));
  });
}

interface Set_ {
  readonly node: Expression;
  readonly target: string;
  readonly member: string;
  readonly operator: string;
  readonly value: string;
}

/** What both of them set to the same constant, and neither of them to another one. */
function sameSets(fn: KnownFunction, other: KnownFunction, bodies: Bodies): OppositeFact[] {
  const [one, two] = [bodies.of(fn), bodies.of(other)];
  const theirs = setsIn(two);
  const own = setsIn(one);
  return own.flatMap((each) => {
    const same = theirs.filter(({ member }) => member === each.member);
    const isOnly = same.length === 1 && own.filter(({ member }) => member === each.member).length === 1;
    const [match] = same;
    if (!isOnly || !match || match.operator !== each.operator || match.value !== each.value) return [];
    if (each.value === '' || !isAbout(fn.item.name, other.item.name, each)) return [];
    const [first, later] = each.node.start < match.node.start || one === two ? [one, two] : [two, one];
    const [at, before] = later === two ? [match, each] : [each, match];
    return [
      {
        ...{ spot: later.spot(at.node), function: later.fn.item.name, target: later.text(targetOf(at.node)) },
        value: later.text(at.node).replace(/\s+/g, ' '),
        other: { function: first.fn.item.name, spot: first.spot(before.node) },
      },
    ];
  });
}

function targetOf(node: Expression): Expression {
  return node.kind === 'assign' ? node.target : node;
}

/** Members and variables of the file that get a value; one that is no constant is ''. */
function setsIn(body: Body): readonly Set_[] {
  return body.reading.nodes.flatMap((node): Set_[] => {
    if (node.kind !== 'assign') return [];
    const { target, value, operator } = node;
    const member = target.kind === 'member' || target.kind === 'name' ? target.name : null;
    if (member === null || (target.kind === 'name' && body.scope.isLocal(member))) return [];
    return [{ node, target: body.values.plain(target), member, operator, value: constantText(body, value) }];
  });
}

function constantText(body: Body, value: Expression): string {
  const isConstant = nodesIn(value).every(
    (each) =>
      each.kind === 'literal' ||
      (each.kind === 'name' && /^(?:[A-Z][A-Z0-9_]*|true|false)$/.test(each.name)) ||
      (each.kind === 'unary' && each.operator === '~') ||
      (each.kind === 'binary' && each.operator === '|') ||
      each.kind === 'call',
  );
  return isConstant && !/^\w+\(/.test(body.text(value)) ? body.values.plain(value) : '';
}

/** Words that say that something has to be done again, whichever way it went. */
const EITHER_WAY = /dirty|chang|updat|pend|need|sync|valid|init|error|count|last|busy|seq/i;

/** Whether what is set is what the functions switch: they share a word that not all names of the file begin with. */
function isAbout(name: string, other: string, { member, value }: Set_): boolean {
  if (EITHER_WAY.test(member) || EITHER_WAY.test(value)) return false;
  const words = (text: string): string[] =>
    text
      .toLowerCase()
      .split('_')
      .filter((each) => each.length > 1);
  const shared = words(name).slice(1);
  const theirs = words(other);
  const told = new Set([...words(member), ...words(value)]);
  const stems = (word: string): string[] => [word, word.replace(/^no/, ''), `${word}d`, `${word}ed`];
  const differs = shared.filter((each) => !theirs.includes(each));
  const isOfSwitch = differs.some((each) => stems(each).some((stem) => told.has(stem)));
  const isOfObject = shared.some((each) => theirs.includes(each) && told.has(each));
  return isOfSwitch || isOfObject;
}
