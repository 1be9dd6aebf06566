/** Numbers that a function reads from properties of the device tree or ACPI, and uses for an array of known size as they are. */
import { contains } from '../../base/index.js';
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { namesIn } from '../names.js';
import { assignmentsIn, loopsIn } from '../shapes.js';
import { isArrayOfSize } from './array-size.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

/** Fill a variable with what a property says. include/linux/of.h, include/linux/property.h (6.12). */
const READS =
  /^(?:of_property_read_u(?:8|16|32|64)(?:_index)?|(?:device|fwnode)_property_read_u(?:8|16|32|64))$/;
/** Give how many entries or nodes there are. */
const COUNTS =
  /^(?:of_count_phandle_with_args|of_property_count_\w+|of_get_(?:available_)?child_count|of_clk_get_parent_count|(?:device|fwnode)_property_count_u\d+)$/;

export const FIRMWARE_PROPERTIES: OddityReader = {
  around: [{ words: new RegExp(`${READS.source}|${COUNTS.source}`), read: propertyNumbers }],
};

function propertyNumbers(body: Body, bodies: Bodies): OddityFact[] {
  return [...readAsIndex(body, bodies), ...countsOfEntries(body, bodies)];
}

/** `of_property_read_u32(np, "id", &id); x->entries[id] = …`. */
function readAsIndex(body: Body, bodies: Bodies): OddityFact[] {
  const read = new Set(
    body.flow.steps.flatMap(({ node }) => {
      if (node.kind !== 'call' || !READS.test(calledName(node) ?? '')) return [];
      const out = node.args.at(-1);
      return out?.kind === 'unary' && out.operator === '&' && out.operand.kind === 'name'
        ? [out.operand.name]
        : [];
    }),
  );
  return entriesBy(body, bodies, read).map(({ node, name }) =>
    oddity('firmware-index', body.spot(node), body.text(node), { other: name }),
  );
}

/** `n = of_count_phandle_with_args(…); for (i = 0; i < n; i++) x->entries[i] = …`. */
function countsOfEntries(body: Body, bodies: Bodies): OddityFact[] {
  const counts = new Set(
    assignmentsIn(body).flatMap(({ target, value }) =>
      COUNTS.test(calledName(value) ?? '') ? [target] : [],
    ),
  );
  return loopsIn(body).flatMap((loop) => {
    const condition = loop.parts?.condition;
    if (condition?.kind !== 'binary' || condition.operator !== '<') return [];
    if (condition.left.kind !== 'name' || condition.right.kind !== 'name') return [];
    const [index, count] = [condition.left.name, condition.right.name];
    if (!counts.has(count) || isBounded(body, count, condition)) return [];
    const entry = entriesBy(body, bodies, new Set([index]), condition).find(({ node }) =>
      contains(loop, node),
    );
    return entry
      ? [oddity('firmware-index', body.spot(entry.node), body.text(entry.node), { other: count })]
      : [];
  });
}

interface Entry {
  readonly node: Expression;
  readonly name: string;
}

/** The first entry of an array of known size that each variable picks, unless something bounds it. */
function entriesBy(body: Body, bodies: Bodies, names: ReadonlySet<string>, allowed?: Expression): Entry[] {
  const found = new Map<string, Entry>();
  for (const { node } of body.flow.steps) {
    if (node.kind !== 'index' || node.index.kind !== 'name' || node.object.kind !== 'member') continue;
    const { name } = node.index;
    if (!names.has(name) || found.has(name) || !isArrayOfSize(body, bodies, node.object)) continue;
    if (!isBounded(body, name, allowed)) found.set(name, { node, name });
  }
  return [...found.values()];
}

/** Whether anything but `allowed` asks how large it is, limits it, or takes it to ask that. */
function isBounded(body: Body, name: string, allowed?: Expression): boolean {
  return body.flow.steps.some(({ node }) => {
    if (node === allowed) return false;
    if (node.kind === 'binary') {
      if (node.right.kind === 'literal' && Number(node.right.text) === 0) return false;
      return ['<', '>', '<=', '>=', '&', '%'].includes(node.operator) && namesIn(node).includes(name);
    }
    const called = node.kind === 'call' ? (calledName(node) ?? '') : '';
    return /^(?:min|max|clamp|ARRAY_SIZE)/.test(called) && namesIn(node).includes(name);
  });
}
