/** Numbers that come from outside of the function, used as what they may not be: an index past the end, a length below zero. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { namesIn } from '../names.js';
import { assignmentsIn, type Call, errnoIn, nodesIn } from '../shapes.js';
import { isArrayOfSize } from './array-size.js';
import { LENGTHS } from './kernel-calls.table.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

/** Structs whose numbers the device tree or ACPI wrote, and the member that has them. include/linux/iommu.h, of.h (6.12). */
const FIRMWARE_NUMBERS: ReadonlyMap<string, string> = new Map([
  ['struct iommu_fwspec', 'ids'],
  ['struct of_phandle_args', 'args'],
]);

export const INPUTS: OddityReader = {
  around: [
    { words: new Set(FIRMWARE_NUMBERS.values()), read: firmwareIndices },
    { words: null, read: callersIndices },
    { words: /^vm_pgoff$/, read: negativeIndices },
    { words: new Set(LENGTHS.keys()), read: errorsAsLengths },
  ],
};

/** An ID of the firmware is an index into an array of known size, and nobody compares it with anything. */
function firmwareIndices(body: Body, bodies: Bodies): OddityFact[] {
  const given = unlimitedNumbersIn(body);
  if (given.size === 0) return [];
  const seen = new Set<string>();
  return body.flow.steps.flatMap(({ node }) => {
    if (node.kind !== 'index' || node.index.kind !== 'name' || node.object.kind !== 'member') return [];
    const { name } = node.index;
    if (!given.has(name) || seen.has(name) || !isArrayOfSize(body, bodies, node.object)) return [];
    seen.add(name);
    if (isLookedAt(body, name) || isComparedElsewhere(body, bodies)) return [];
    return [oddity('firmware-index', body.spot(node), body.text(node), { other: name })];
  });
}

const INTEGERS = /^(?:int|unsigned(?: int| long)?|long|u8|u16|u32|u64|size_t|ioasid_t|__u\d+)$/;

/** A function for other files takes a number and looks up an array of its own by it, as it comes. */
function callersIndices(body: Body, bodies: Bodies): OddityFact[] {
  const { item, unit } = body.fn;
  if (item.isStatic || item.missing.length > 0 || unit.image.path.endsWith('.h')) return [];
  return body.flow.steps.flatMap(({ node }) => {
    if (node.kind !== 'index' || node.index.kind !== 'name' || node.object.kind !== 'name') return [];
    const { name } = node.index;
    const parameter = item.parameters.find((each) => each.name === name);
    if (!parameter || parameter.type.pointers > 0 || !INTEGERS.test(parameter.type.base)) return [];
    const array = body.scope.isLocal(node.object.name)
      ? null
      : bodies.program.variableNamed(node.object.name, unit);
    if (!array?.item.type.isArray || array.unit !== unit || isLookedAt(body, name)) return [];
    if (assignmentsIn(body).some(({ target }) => target === name)) return [];
    return [oddity('index-of-caller', body.spot(node), body.text(node), { other: name })];
  });
}

/** `int index = vma->vm_pgoff >> 28;`, compared with what is no less signed, and an index: what user space maps may make it negative. */
function negativeIndices(body: Body): OddityFact[] {
  const given = assignmentsIn(body).filter(
    ({ target, value }) =>
      // In 64 bits the number stays what it was.
      /^(?:int|s32|short|s16)$/.test(body.scope.typeOfName(target).base) &&
      [...nodesIn(value)].some((node) => node.kind === 'member' && node.name === 'vm_pgoff') &&
      // A mask leaves no sign.
      !(value.kind === 'binary' && ['&', '%'].includes(value.operator)),
  );
  return given.flatMap(({ target, value }) => {
    const isIt = (node: Expression): boolean => node.kind === 'name' && node.name === target;
    const index = body.flow.steps.find(({ node }) => node.kind === 'index' && isIt(node.index))?.node;
    const tests = body.flow.steps.flatMap(({ node }) =>
      node.kind === 'binary' && BOUNDS.includes(node.operator) && (isIt(node.left) || isIt(node.right))
        ? [node]
        : [],
    );
    const against = tests.map(({ left, right }) => (isIt(left) ? right : left));
    // Against what has no sign it is a large number.
    const isKnown = (other: Expression): boolean => isCount(other) || body.scope.typeOf(other).base !== '';
    const isSigned = (other: Expression): boolean =>
      isCount(other) ||
      SIGNED.test(body.scope.typeOf(other).base) ||
      NARROW.test(body.scope.typeOf(other).base);
    const isCaught = against.some((other) => isKnown(other) && !isSigned(other));
    const isTestedBelow = tests.some(({ left, right }) =>
      [left, right].some((side) => body.text(side) === '0'),
    );
    if (!index || tests.length === 0 || isCaught || isTestedBelow) return [];
    return [
      oddity('negative-index', body.spot(index), target, {
        other: body.text(value),
        related: [
          { spot: body.spot(value), message: 'user space says so' },
          ...against
            .filter((other) => !isKnown(other))
            .map((other) => ({ spot: body.spot(other), message: 'unless this has no sign' })),
        ],
      }),
    ];
  });
}

const SIGNED = /^(?:int|s32|long|ssize_t|s64|short|s16)$/;
const NARROW = /^(?:u8|u16|__u8|__u16|unsigned char|unsigned short|uint8_t|uint16_t|bool)$/;

/** A number written out or a constant: an int. */
function isCount(value: Expression): boolean {
  return value.kind === 'literal'
    ? /^\d+$/.test(value.text)
    : value.kind === 'name' && /^[A-Z]/.test(value.name);
}

/** The variables that get a number of the firmware as it is, or shifted. A mask limits it, and what a macro or function makes of it may be limited. */
function unlimitedNumbersIn(body: Body): ReadonlySet<string> {
  const limits = (value: Expression): boolean =>
    [...nodesIn(value)].some(
      (node) => node.kind === 'call' || (node.kind === 'binary' && ['&', '%'].includes(node.operator)),
    );
  const all = assignmentsIn(body);
  const unlimited = all.filter(({ value }) => isOfFirmware(body, value) && !limits(value));
  return new Set(
    unlimited.flatMap(({ target }) =>
      all.every((each) => each.target !== target || unlimited.includes(each)) ? [target] : [],
    ),
  );
}

/** The variables that depend on a number of the firmware. */
function firmwareNumbersIn(body: Body): ReadonlySet<string> {
  const seeds = assignmentsIn(body).flatMap(({ target, value }) => {
    return isOfFirmware(body, value) && /^\w+$/.test(target) ? [target] : [];
  });
  return body.carried(seeds);
}

function isOfFirmware(body: Body, value: Expression): boolean {
  return body.flow.steps.some(
    ({ node }) =>
      node.kind === 'index' &&
      node.object.kind === 'member' &&
      node.start >= value.start &&
      node.end <= value.end &&
      FIRMWARE_NUMBERS.get(body.scope.typeOf(node.object.object).base) === node.object.name,
  );
}

const BOUNDS = ['<', '>', '<=', '>='];

/** Whether something asks how large a variable is, masks it, or hands it to a function that may ask. Whether it is another number of its kind says nothing. */
function isLookedAt(body: Body, name: string): boolean {
  return body.flow.steps.some(({ node }) => {
    if (node.kind === 'binary')
      return [...BOUNDS, '&', '%'].includes(node.operator) && namesIn(node).includes(name);
    const called = calledName(node);
    return (
      node.kind === 'call' &&
      called !== null &&
      !/^(?:dev_|pr_|WARN|trace_|print|[A-Z_0-9]+$)/.test(called) &&
      node.args.some((arg) => arg.kind === 'name' && arg.name === name)
    );
  });
}

/** Whether the numbers were looked at before they came here, as where the firmware's words are translated. */
function isComparedElsewhere(body: Body, bodies: Bodies): boolean {
  return bodies.program.definitionsIn(body.fn.unit).some((fn) => {
    if (fn.item.name === body.fn.item.name) return false;
    if (![...FIRMWARE_NUMBERS.values()].some((member) => fn.words.all.has(member))) return false;
    const other = bodies.of(fn);
    const given = firmwareNumbersIn(other);
    return other.flow.steps.some(
      ({ node }) =>
        node.kind === 'binary' &&
        BOUNDS.includes(node.operator) &&
        (isOfFirmware(other, node) || namesIn(node).some((name) => given.has(name))),
    );
  });
}

/** What may be a negative error is handed on as a length, which is then a very large one. */
function errorsAsLengths(body: Body, bodies: Bodies): OddityFact[] {
  return body.flow.steps.flatMap(({ node }) => {
    const at = LENGTHS.get(calledName(node) ?? '');
    const length = at !== undefined && node.kind === 'call' ? node.args[at] : undefined;
    if (length?.kind !== 'name' || !body.scope.isLocal(length.name)) return [];
    const { name } = length;
    const source = assignmentsIn(body)
      .filter((each) => each.target === name && each.at.end <= node.start)
      .at(-1)?.value;
    if (source?.kind !== 'call' || !mayBeNegative(source, body, bodies)) return [];
    return isTested(body, name, source.end, node.start)
      ? []
      : [oddity('error-as-length', body.spot(length), name, { other: calledName(source)! })];
  });
}

/** Whether a variable is compared in between, or decides alone: `if (n)`. */
function isTested(body: Body, name: string, from: number, to: number): boolean {
  return body.reading.nodes.some((node) => {
    const asked =
      node.kind === 'if' || node.kind === 'conditional'
        ? node.condition
        : node.kind === 'binary'
          ? node
          : null;
    return asked !== null && asked.start >= from && asked.end <= to && namesIn(asked).includes(name);
  });
}

/** Whether a function at hand gives an error number for a length. */
function mayBeNegative(call: Call, from: Body, bodies: Bodies): boolean {
  const fn = bodies.calledFunction(calledName(call), from);
  if (!fn || fn.item.returns.pointers > 0 || !/^(?:int|long|ssize_t)$/.test(fn.item.returns.base))
    return false;
  return bodies.of(fn).flow.returns.some(({ value }) => errnoIn(value) !== null);
}
