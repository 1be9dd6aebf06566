/** Functions that go a long way to what they return, and statements that say what C or the driver core do by themselves. */
import type { Span } from '../../base/index.js';
import { type AnyNode, calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { callOf, isNull, isZero, nodesIn, sequencesIn, statementsOf } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const DETOURS: OddityReader = {
  own: [errorsThenZero, truthsInSteps, gotosToReturn, voidCasts, dataCleared, returnsAtEnd],
};

/** `ret = f(); if (ret) return ret; return 0;` where the function has no other such test. */
function errorsThenZero(body: Body): OddityFact[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      if (statement.kind !== 'if' || statement.alternative || statement.condition.kind !== 'name') return [];
      const { name } = statement.condition;
      const given = returned(statement.consequence);
      const next = statements[at + 1];
      if (given?.kind !== 'name' || given.name !== name || next?.kind !== 'return' || !next.value) return [];
      if (next.value.kind !== 'literal' || !isZero(next.value)) return [];
      const before = statements[at - 1];
      const call = before && callOf(before);
      const isOfCall = call && before && body.values.resultOf(call) === name;
      // In a row of steps that are all tested, the last one looks like the others.
      const isAlone = body.reading.nodes.filter((node) => isTestOf(node, name)).length === 1;
      if (!isOfCall || !isAlone) return [];
      return [
        oddity('error-then-zero', body.spot(headOf(statement)), `${calledName(call) ?? ''}()`, {
          other: name,
        }),
      ];
    }),
  );
}

/** `if (…)` without what it decides about. */
function headOf({ start, condition }: Extract<Statement, { kind: 'if' }>): Span {
  return { start, end: condition.end + 1 };
}

function isTestOf(node: AnyNode, name: string): boolean {
  if (node.kind !== 'if') return false;
  return nodesIn(node.condition).some((each) => each.kind === 'name' && each.name === name);
}

/** What a branch returns when that is all it does. */
function returned(branch: Statement): Expression | null {
  const [only, ...more] = statementsOf(branch);
  return only?.kind === 'return' && more.length === 0 ? only.value : null;
}

/** `if (c) return true; return false;`, with or without `else`. */
function truthsInSteps(body: Body): OddityFact[] {
  const { returns } = body.fn.item;
  if (returns.base !== 'bool' || returns.pointers > 0) return [];
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      if (statement.kind !== 'if') return [];
      const next = statements[at + 1];
      const [first, second] = [
        returned(statement.consequence),
        statement.alternative ? returned(statement.alternative) : next?.kind === 'return' ? next.value : null,
      ];
      if (!first || !second || !isTruth(first) || !isTruth(second)) return [];
      if (isZero(first) === isZero(second)) return [];
      // One of several tests, each with its answer.
      if (statements.some((each) => each !== statement && each.kind === 'if')) return [];
      const condition = body.text(statement.condition);
      // What takes several lines is easier to read as it is.
      if (condition.includes('\n') || /&&|\|\||!=|WARN/.test(condition)) return [];
      const isPlain = /^!?[\w>.()&, -]+$/.test(condition);
      if (!isPlain) return [];
      const instead = !isZero(first)
        ? condition
        : condition.startsWith('!')
          ? condition.slice(1)
          : `!${condition}`;
      return [
        oddity('truth-in-steps', body.spot(headOf(statement)), instead.includes(' & ') ? `…` : instead),
      ];
    }),
  );
}

function isTruth(value: Expression): boolean {
  return value.kind === 'name' && (value.name === 'true' || value.name === 'false');
}

/** Gotos to a label under which nothing stands but a return, in a function that has no other label. */
function gotosToReturn(body: Body): OddityFact[] {
  if (body.fn.item.missing.length > 0) return [];
  const { nodes } = body.reading;
  const labels = nodes.filter((node) => node.kind === 'label');
  const [label, ...more] = labels;
  if (label?.kind !== 'label' || more.length > 0 || label.body === null) return [];
  const all = body.block.statements;
  const next = label.body.kind === 'return' ? label.body : all[all.indexOf(label) + 1];
  if (label.body.kind !== 'return' && !(label.body.kind === 'empty' && next?.kind === 'return')) return [];
  if (next?.kind !== 'return' || (next.value && next.value.kind !== 'name')) return [];
  const gotos = nodes.filter((node) => node.kind === 'goto');
  const [first, ...others] = gotos;
  // Out of nested loops, it is a jump like any other.
  if (!first || gotos.some((each) => isInLoop(body, each))) return [];
  return [
    oddity('goto-return', body.spot(first), label.name, {
      other: next.value ? body.text(next.value) : '',
      related: others.map((each) => ({ spot: body.spot(each), message: 'and here' })),
    }),
  ];
}

function isInLoop(body: Body, { start, end }: AnyNode): boolean {
  return body.reading.nodes.some(
    (node) => (node.kind === 'loop' || node.kind === 'switch') && node.start < start && end <= node.end,
  );
}

/** Functions that give a void pointer. slab.h, device.h, platform_device.h, pci.h, iommu.h (6.12). */
const GIVES_VOID =
  /^(?:devm_)?k[vmzc]*(?:alloc|alloc_array|memdup|alloc_node)$|^v[mz]alloc$|^(?:dev|platform|pci|driver)_get_drvdata$|^dev_(?:iommu_priv_get|get_platdata)$|^kmem_cache_z?alloc$|^dma_alloc_coherent$|^page_address$|^phys_to_virt$/;

/** `(struct toy *)kzalloc(…)`: C converts a void pointer by itself. */
function voidCasts(body: Body): OddityFact[] {
  const values = body.reading.nodes.flatMap((node): readonly (Expression | null)[] => {
    if (node.kind === 'assign' && node.operator === '=') return [node.value];
    return node.kind === 'declaration' ? node.declarators.map(({ initial }) => initial) : [];
  });
  return values.flatMap((value) => {
    if (value?.kind !== 'cast' || value.type.pointers === 0) return [];
    const { operand } = value;
    const marks = body.text({ start: value.start, end: operand.start });
    // Sparse tells those apart.
    if (/__\w+/.test(marks) || /^(?:__)?[bl]e\d/.test(value.type.base)) return [];
    const called = calledName(operand);
    const type = operand.kind === 'name' ? body.scope.typeOf(operand) : null;
    const isVoid = called !== null ? GIVES_VOID.test(called) : type?.base === 'void' && type.pointers === 1;
    if (!isVoid) return [];
    return [
      oddity('void-cast', body.spot(value), called === null ? body.text(operand) : `${called}()`, {
        instead: body.text(operand),
      }),
    ];
  });
}

/** The driver core clears the data of a driver when it lets go of a device. drivers/base/dd.c:device_unbind_cleanup. */
const SETS_DATA = /^(?:platform|pci|dev|amba)_set_drvdata$/;

function dataCleared(body: Body): OddityFact[] {
  if (!/(?:remove|probe|exit|detach)/.test(body.fn.item.name)) return [];
  if (
    !body.fn.item.parameters.some(({ type }) =>
      /^struct (?:platform_device|pci_dev|amba_device)$/.test(type.base),
    )
  )
    return [];
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement) => {
      const call = callOf(statement);
      const [, value] = call?.args ?? [];
      const name = call && calledName(call);
      if (!call || !name || !SETS_DATA.test(name) || !value || !isNull(value)) return [];
      return [oddity('data-cleared', body.spot(statement), name)];
    }),
  );
}

/** `return;` as the last statement of a function that gives nothing. */
function returnsAtEnd(body: Body): OddityFact[] {
  if (body.fn.item.missing.includes('end')) return [];
  const { statements } = body.block;
  const last = statements.at(-1);
  const before = statements.at(-2);
  if (last?.kind !== 'return' || last.value !== null || !before || before.kind === 'label') return [];
  return [oddity('return-at-end', body.spot(last), 'return')];
}
