/** Arguments: those that stand where another parameter of the callee has their name, and casts that a test forbids. */

import { contains } from '../../base/index.js';
import { calledName, type Expression, type Parameter, type Statement } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { lastName } from '../names.js';
import { type Call, exitOf, nodesIn, sequencesIn } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const PASSING: OddityReader = {
  own: [castsAgainstTests],
  around: [{ words: null, read: swappedArguments }],
};

/** `flush(dev, 0, size, pasid)` where the callee is `flush(dev, pasid, address, size)`. */
function swappedArguments(body: Body, bodies: Bodies): OddityFact[] {
  return body.flow.steps.flatMap(({ node }) => {
    const name = calledName(node);
    if (name === null || node.kind !== 'call' || node.args.length < 3) return [];
    const parameters = bodies.calledFunction(name, body)?.item.parameters ?? [];
    if (parameters.length !== node.args.length) return [];
    const said = node.args.map(lastName);
    const at = said.findIndex((each, index) => {
      const other = each === null ? -1 : parameters.findIndex((parameter) => parameter.name === each);
      return (
        other >= 0 &&
        other !== index &&
        each!.length > 2 &&
        isNumber(parameters[index]!) &&
        isNumber(parameters[other]!) &&
        // Whoever passes it twice, or something of the same name by another way, means it.
        said[other] !== each &&
        (said[other] === parameters[index]!.name ||
          (isPlainNumber(node.args[other]!) && isTypedAs(body, node.args[index]!, parameters, other, index)))
      );
    });
    if (at < 0) return [];
    const argument = node.args[at]!;
    const meant = parameters.findIndex((parameter) => parameter.name === said[at]);
    return [
      oddity('swapped-arguments', body.spot(argument), body.text(argument), {
        other: `${name}(${parameters.map((each) => each.name).join(', ')})`,
        related: [{ spot: body.spot(node.args[meant]!), message: `stands where ${said[at]} belongs` }],
      }),
    ];
  });
}

function isNumber({
  type,
}: {
  readonly type: { readonly base: string; readonly pointers: number };
}): boolean {
  return type.pointers === 0 && !/^(?:struct|union|enum|bool)/.test(type.base);
}

/** Whether an argument has the very type of the parameter that has its name, and not that of the one it stands for. */
function isTypedAs(
  body: Body,
  argument: Expression,
  parameters: readonly Parameter[],
  named: number,
  taken: number,
): boolean {
  const { base } = body.scope.typeOf(argument);
  return base === parameters[named]!.type.base && base !== parameters[taken]!.type.base;
}

/** A constant: nothing that has a name of its own to be told by. */
function isPlainNumber(value: Expression): boolean {
  return value.kind === 'literal' || (value.kind === 'name' && /^[A-Z][A-Z0-9_]+$/.test(value.name));
}

/** What a test says of a device, and the cast that needs it to be so. */
const CASTS: ReadonlyMap<string, string> = new Map([
  ['dev_is_pci', 'to_pci_dev'],
  ['dev_is_platform', 'to_platform_device'],
]);

/** `if (!dev_is_pci(dev)) one(dev);` goes on to to_pci_dev(dev), which is then something else. */
function castsAgainstTests(body: Body): OddityFact[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      const test = testedAgainst(statement, body);
      if (!test) return [];
      const cast = CASTS.get(test.name)!;
      const found = statements
        .slice(at + 1)
        .flatMap((each) => nodesIn(each))
        .find(
          (node): node is Call =>
            node.kind === 'call' &&
            calledName(node) === cast &&
            node.args[0] !== undefined &&
            body.values.plain(node.args[0]) === test.device,
        );
      if (!found || isAskedFor(body, found, test)) return [];
      return [
        oddity('cast-against-test', body.spot(found), test.device, {
          other: test.name,
          related: [{ spot: body.spot(test.at), message: 'here it may be none, and goes on' }],
        }),
      ];
    }),
  );
}

interface DeviceTest {
  readonly name: string;
  readonly device: string;
  readonly at: Expression;
}

/** An `if` that acts where the device is not of that bus, and then goes on. */
function testedAgainst(statement: Statement, body: Body): DeviceTest | null {
  if (statement.kind !== 'if' || statement.alternative || exitOf(statement.consequence)) return null;
  const { condition } = statement;
  const inner = condition.kind === 'unary' && condition.operator === '!' ? condition.operand : null;
  const name = inner ? calledName(inner) : null;
  const device = inner?.kind === 'call' ? inner.args[0] : undefined;
  if (name === null || !CASTS.has(name) || !device) return null;
  return { name, device: body.values.plain(device), at: condition };
}

/** Whether a condition around the cast, or before it in the same expression, asks for the bus. */
function isAskedFor(body: Body, cast: Call, { name }: DeviceTest): boolean {
  const step = body.flow.steps.find(({ node }) => node === cast);
  const asks = (value: Expression): boolean => nodesIn(value).some((each) => calledName(each) === name);
  return (
    step === undefined ||
    step.under.some(asks) ||
    body.reading.nodes.some((node) => node.kind === 'binary' && contains(node, cast) && asks(node))
  );
}
