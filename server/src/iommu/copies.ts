/** What a patch adds several times over: tables, bodies of functions, expressions. */
import { type AnyNode, partsOf } from '../syntax/index.js';
import { isAddedAt } from '../tree/index.js';
import type { Bodies, Body } from './body.js';
import type { Program, Spot, Unit } from './program.js';

export interface CopyFact {
  readonly kind: 'table' | 'body' | 'expression';
  /** The last of them. */
  readonly spot: Spot;
  readonly name: string;
  /** Those before it, in their order. */
  readonly others: readonly { readonly spot: Spot; readonly name: string }[];
}

interface Found {
  readonly spot: Spot;
  readonly name: string;
}

/** Those of the reviewed units of which a patch adds every one. */
export function copiesIn(bodies: Bodies): CopyFact[] {
  const units = bodies.program.units.filter(
    ({ isReviewed, image }) => isReviewed && image.basis !== 'whole-file',
  );
  return [
    ...grouped(
      'table',
      2,
      units.flatMap((unit) => tablesOf(bodies.program, unit)),
    ),
    ...grouped(
      'body',
      2,
      units.flatMap((unit) => bodiesOf(bodies.program, unit)),
    ),
    ...grouped(
      'expression',
      3,
      units.flatMap((unit) => expressionsOf(bodies, unit)),
    ),
  ];
}

function grouped(
  kind: CopyFact['kind'],
  least: number,
  found: readonly (Found & { readonly key: string })[],
): CopyFact[] {
  const groups = new Map<string, Found[]>();
  for (const { key, ...each } of found) groups.set(key, [...(groups.get(key) ?? []), each]);
  return [...groups.values()].flatMap((group) => {
    const last = group.at(-1);
    return last && group.length >= least ? [{ kind, ...last, others: group.slice(0, -1) }] : [];
  });
}

/** Comments and white space do not make two things different. */
function plain(text: string): string {
  return text
    .replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Constant tables with an initialiser that says something. */
function tablesOf(program: Program, unit: Unit): (Found & { key: string })[] {
  return program.lastingVariablesIn(unit).flatMap((item) => {
    if (!item.type.isConst || item.initial?.kind !== 'initializers') return [];
    if (item.initial.entries.length < 3 || item.missing.length > 0) return [];
    if (!isAddedAt(unit.image, item.nameSpan.start)) return [];
    const text = plain(unit.image.text.slice(item.initial.start, item.initial.end));
    return [{ key: `${item.type.base} ${text}`, name: item.name, spot: { unit, span: item.nameSpan } }];
  });
}

/** So short a body is no copy: two functions may well ask one and the same thing. */
const STATEMENTS = 3;
const CHARACTERS = 75;

function bodiesOf(program: Program, unit: Unit): (Found & { key: string })[] {
  return program.lastingDefinitionsIn(unit).flatMap((fn) => {
    const { name, nameSpan, missing, parameters } = fn.item;
    if (missing.length > 0 || name === '' || !isAddedAt(unit.image, nameSpan.start)) return [];
    const text = plain(fn.bodyText).replace(new RegExp(`\\b${name}\\b`, 'g'), '@');
    const statements = text.split(';').length - 1;
    if (statements < STATEMENTS || text.length < CHARACTERS) return [];
    const head = parameters.map(({ type }) => `${type.base}${type.pointers}`).join();
    const homes = [...new Set(`${head} ${text}`.match(/\b(?:struct|union) \w+/g))].map((each) =>
      homeOf(program, unit, each),
    );
    return [{ key: `${head} ${homes.join()} ${text}`, name, spot: { unit, span: nameSpan } }];
  });
}

/** Structs of the whole kernel, told as one where no header is at hand. include/linux/ (6.12). */
const SHARED =
  /^struct (?:device|platform_device|pci_dev|iommu_domain|iommu_group|iommu_device|iommu_ops|device_node|fwnode_handle|file|inode)$/;

/** Which file a struct is of: two drivers may each have one of that name, and then no function could serve both. */
function homeOf(program: Program, unit: Unit, struct: string): string {
  if (SHARED.test(struct)) return '';
  return program.structNamed(struct, unit)?.path ?? unit.image.path;
}

/** How many operators, and among them how many shifts or masks by a constant, make an expression that deserves a name. */
const OPERATORS = 3;

function expressionsOf(bodies: Bodies, unit: Unit): (Found & { key: string })[] {
  return bodies.program.lastingDefinitionsIn(unit).flatMap((fn) => {
    if (!/<<|>>/.test(fn.bodyText)) return [];
    const body = bodies.of(fn);
    return outermost(body.block).flatMap((node) => {
      const operators = operatorsIn(node);
      const isPacking =
        operators.length >= OPERATORS &&
        operators.some((each) => each === '<<' || each === '>>') &&
        operators.some((each) => each === '&' || each === '|');
      const spot = body.spot(node);
      if (!isPacking || !isAddedAt(unit.image, spot.span.start)) return [];
      return [{ key: patternOf(body, node), name: fn.item.name, spot }];
    });
  });
}

const isArithmetic = (node: AnyNode): boolean =>
  node.kind === 'binary' && ['<<', '>>', '&', '|', '+', '-', '^'].includes(node.operator);

/** The arithmetic expressions that are no part of another one. */
function outermost(node: AnyNode): AnyNode[] {
  return isArithmetic(node) ? [node] : partsOf(node).flatMap((each) => outermost(each));
}

function operatorsIn(node: AnyNode): string[] {
  const own = node.kind === 'binary' ? [node.operator] : [];
  return [...own, ...partsOf(node).flatMap((each) => operatorsIn(each))];
}

/** Its text with what differs from place to place left out: which local it is of. */
function patternOf(body: Body, node: AnyNode): string {
  return plain(body.text(node)).replace(/(?<![\w.>])[a-z_]\w*/g, (word) =>
    body.scope.isLocal(word) ? '@' : word,
  );
}
