/** What a caller asks for and silently does not get, and what it gets that lives longer than it. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { baseName, lastName } from '../names.js';
import type { Program } from '../program.js';
import { atomsOf, errnoIn, exitOf, ifsIn, nodesIn, sequencesIn, statementsOf, testOf } from '../shapes.js';
import { functionKey, slotEntries } from '../tables.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const REQUESTS: OddityReader = {
  own: [ignoredRequests, nullsBesideErrors, deviceTlbFirst],
  around: [{ words: /^devm_k/, read: managedPerAttach }],
};

/** `if ((flags & SNOOP) && hw_can_snoop(hw)) entry |= …;` with nothing for a request that cannot be met. */
function ignoredRequests(body: Body): OddityFact[] {
  const { returns } = body.fn.item;
  const mayRefuse = /^(?:int|long|ssize_t)$/.test(returns.base) || returns.pointers > 0;
  if (!mayRefuse) return [];
  return ifsIn(body).flatMap(({ condition, consequence, alternative }) => {
    if (alternative || condition.kind !== 'binary' || condition.operator !== '&&') return [];
    const atoms = atomsOf(condition);
    const asked = atoms.length === 2 ? atoms.find((each) => flagAsked(body, each)) : undefined;
    const can = atoms.find((each) => each !== asked);
    if (!asked || !can || !isAbility(can) || !onlySets(statementsOf(consequence))) return [];
    const flag = flagAsked(body, asked)!;
    const mentions = body.reading.nodes.filter((each) => each.kind === 'name' && each.name === flag);
    return mentions.length === 1
      ? [oddity('request-ignored', body.spot(condition), flag, { other: body.text(can) })]
      : [];
  });
}

/** The flag of `flags & FLAG`, where the flags are given by the caller. */
function flagAsked(body: Body, condition: Expression): string | null {
  if (condition.kind !== 'binary' || condition.operator !== '&') return null;
  const { left, right } = condition;
  const base = baseName(left);
  if (right.kind !== 'name' || !/^[A-Z][A-Z0-9_]+$/.test(right.name) || base === null) return null;
  return /flags$/.test(lastName(left) ?? '') && body.parameterAt(base) >= 0 ? right.name : null;
}

/** Whether a condition asks what the hardware can do. */
function isAbility(condition: Expression): boolean {
  return nodesIn(condition).some((each) => {
    const name = calledName(each) ?? lastName(each) ?? '';
    return /support|(?:^|_)(?:has|can|e?cap|caps|features?)(?:_|$)/i.test(name);
  });
}

const onlySets = (statements: readonly ReturnType<typeof statementsOf>[number][]): boolean =>
  statements.length > 0 &&
  statements.every(
    (each) =>
      each.kind === 'expression' &&
      (each.expression.kind === 'assign' || /set|enable/.test(calledName(each.expression) ?? '')),
  );

/** A function that returns error pointers, and NULL where a call told it of an error. */
function nullsBesideErrors(body: Body): OddityFact[] {
  if (body.fn.item.returns.pointers === 0) return [];
  const gives = body.flow.returns.find(
    ({ value }) => /^(?:ERR_PTR|ERR_CAST)$/.test(calledName(value) ?? '') || errnoIn(value) !== null,
  );
  if (!gives) return [];
  return ifsIn(body).flatMap(({ condition, consequence }) => {
    const test = testOf(condition);
    const left = exitOf(consequence);
    if (!test || test.says === 'zero' || test.says === 'error' || test.subject.kind !== 'name') return [];
    if (left?.kind !== 'return' || left.value?.kind !== 'name' || left.value.name !== 'NULL') return [];
    const { base, pointers } = body.scope.typeOf(test.subject);
    if (pointers > 0 || base !== 'int' || !/^(?:ret|err|rc|error|status)$/.test(test.subject.name)) return [];
    return [
      oddity('null-beside-errors', body.spot(left.value), test.subject.name, {
        other: body.text(gives.value),
        related: [{ spot: body.spot(gives.value), message: 'another failure is told like this' }],
      }),
    ];
  });
}

const DEVICE_TLB =
  /dev(?:ice)?_(?:io)?tlb|(?:^|_)(?:atc|ats)_(?:inv|flush)|(?:inv|flush)\w*_(?:ats|atc)(?:_|$)/i;
const MAIN_TLB = /(?:(?:flush|inv)\w*(?:io)?tlb|(?:io)?tlb_?(?:flush|inv|sync))/i;

/** The TLB of the device is flushed first: it may ask the IOMMU again, which still has the old translation. */
function deviceTlbFirst(body: Body): OddityFact[] {
  return sequencesIn(body).flatMap((statements) => {
    const calls = statements.map((each) => (each.kind === 'expression' ? calledName(each.expression) : null));
    const first = calls.findIndex(
      (name) => name !== null && DEVICE_TLB.test(name) && /inv|flush/i.test(name),
    );
    if (first < 0) return [];
    const isMain = (name: string | null): name is string =>
      name !== null && MAIN_TLB.test(name) && !DEVICE_TLB.test(name);
    if (calls.slice(0, first).some(isMain)) return [];
    const then = calls.findIndex((name, at) => at > first && isMain(name));
    const device = calls[first];
    const main = calls[then];
    if (then < 0 || !device || !main) return [];
    return [
      oddity('device-tlb-first', body.spot(statements[first]!), device, {
        other: main,
        related: [
          { spot: body.spot(statements[then]!), message: 'still has the old translation until here' },
        ],
      }),
    ];
  });
}

/** Slots of the tables of a driver that run more than once while it is bound. include/linux/iommu.h (6.1, 6.12). */
const EACH_TIME: ReadonlySet<string> = new Set(
  'attach_dev set_dev_pasid domain_alloc domain_alloc_paging domain_alloc_user domain_alloc_sva map map_pages'.split(
    ' ',
  ),
);

/** `devm_kzalloc()` in an attach or where a domain is allocated: it is freed when the driver goes, not when the domain does. */
function managedPerAttach(body: Body, bodies: Bodies): OddityFact[] {
  const slot = bodies.program.surroundings
    .known(repeatedSlots, bodies.program)
    .get(functionKey(body.fn.unit.image.path, body.fn.item.name));
  if (slot === undefined) return [];
  return body.flow.steps.flatMap(({ node }) => {
    const name = calledName(node);
    return name !== null && /^devm_k\w*alloc/.test(name)
      ? [oddity('managed-per-attach', body.spot(node), name, { other: slot })]
      : [];
  });
}

function repeatedSlots(program: Program): ReadonlyMap<string, string> {
  return new Map(
    slotEntries(program)
      .filter(({ type, slot }) => /^(?:struct iommu_(?:domain_)?ops)?$/.test(type) && EACH_TIME.has(slot))
      .map(({ function: name, slot, table }) => [functionKey(table.unit.image.path, name), slot]),
  );
}
