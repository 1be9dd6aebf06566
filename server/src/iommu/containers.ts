/** Containers: whose they are, and what is put into them and taken out. */
import { contains } from '../base/index.js';
import { calledName, type Expression } from '../syntax/index.js';
import type { Body } from './body.js';
import type { ContainerFact, FillFact, RemovalFact } from './facts.js';
import { CONTAINER_TYPES, FILLS, REMOVES } from './kernel-api.table.js';
import { baseName, namesIn } from './names.js';
import type { ShortType } from './scope.js';

/** The container that an argument names. */
export function containerOf(body: Body, argument: Expression): ContainerFact {
  const base = baseName(argument);
  const text = body.text(argument).replace(/^&\s*/, '');
  const inner = argument.kind === 'unary' && argument.operator === '&' ? argument.operand : argument;
  const isBare = inner.kind === 'name';
  const isVariable = base !== null && body.scope.isVariable(base);
  const isFileScope =
    isBare &&
    base !== null &&
    !body.scope.isLocal(base) &&
    (!isVariable || CONTAINER_TYPES.has(body.scope.typeOf(inner).base));
  return {
    text,
    isFileScope,
    isOfDevice: body.isOfDevice(argument) || isMemberOfDevice(inner, body),
  };
}

/** Whether it lies in an object that stands for a device or a group: struct iommu_group, or what embeds or points to a device. */
function isMemberOfDevice(value: Expression, body: Body): boolean {
  if (value.kind !== 'member' && value.kind !== 'index') return false;
  const type = body.scope.typeOf(value.object);
  return isPerDevice(type, body) || isMemberOfDevice(value.object, body);
}

function isPerDevice({ base }: ShortType, body: Body): boolean {
  if (base === 'struct iommu_group' || base === 'struct dev_iommu' || base === 'struct device') return true;
  return body.scope.hasDevice(base);
}

/** What the function puts into containers. */
export function fillsOf(body: Body): FillFact[] {
  return body
    .kept(fillsOf, () => readFills(body))
    .map(({ node, ...fill }) => ({ ...fill, spot: body.spot(node) }));
}

function readFills(body: Body): (Omit<FillFact, 'spot'> & { readonly node: Expression })[] {
  return body.flow.steps.flatMap(({ node, locks, mayLocks }) => {
    const call = calledName(node);
    const row = call === null ? undefined : FILLS.get(call);
    const container = row && node.kind === 'call' ? node.args[row.container] : undefined;
    if (!call || !row || !container) return [];
    return [
      {
        node,
        call,
        container: containerOf(body, container),
        overwrites: row.overwrites,
        seesPrevious: row.overwrites && seesPrevious(body, node),
        locks,
        mayLocks,
      },
    ];
  });
}

/** Whether the entry that was there before is looked at, and not only whether the call failed. */
function seesPrevious(body: Body, fill: Expression): boolean {
  const previous = body.values.resultOf(fill);
  return body.flow.decisions.some(({ condition }) => {
    if (contains(condition, fill)) return !/\bxa_(?:is_)?err\b/.test(body.text(condition));
    if (previous === null || !namesIn(condition).includes(previous)) return false;
    const asked = body.text(condition).replace(/\b(?:xa_err|xa_is_err|IS_ERR)\s*\(\s*\w+\s*\)/g, '');
    return new RegExp(`\\b${previous}\\b`).test(asked);
  });
}

/** What the function takes out of containers that it names. */
export function removalsOf(body: Body): readonly RemovalFact[] {
  return body.kept(removalsOf, () =>
    body.flow.steps.flatMap(({ node, locks }) => {
      const at = REMOVES.get(calledName(node) ?? '');
      const container = at !== undefined && node.kind === 'call' ? node.args[at] : undefined;
      return container ? [{ container: containerOf(body, container), locks }] : [];
    }),
  );
}
