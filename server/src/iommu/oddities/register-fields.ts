/** Fields of registers and descriptors: written over what was there, or with their bytes turned twice. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { lastName } from '../names.js';
import { assignmentsIn, nodesIn } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const REGISTER_FIELDS: OddityReader = { own: [fieldsNotCleared, turnedTwice, turnedShort] };

const READS =
  /^(?:__raw_)?(?:read[bwlq]|ioread(?:8|16|32|64)(?:be)?)(?:_relaxed)?$|_(?:read|readl|readq)(?:_reg|_relaxed)?$|_reg_read$/;
const WRITES = /^(?:write[wlq]|iowrite(?:16|32|64))(?:_relaxed)?$/;

/** `v = readl(r); v |= FIELD_PREP(MODE, m); writel(v, r);`: the bits of the old mode stay. */
function fieldsNotCleared(body: Body): OddityFact[] {
  return body.reading.nodes.flatMap((node) => {
    if (node.kind !== 'assign' || node.operator !== '|=' || node.target.kind !== 'name') return [];
    const { target, value } = node;
    const fields = nodesIn(value).flatMap((each) => {
      const mask = each.kind === 'call' && calledName(each) === 'FIELD_PREP' ? each.args[0] : undefined;
      return mask?.kind === 'name' ? [mask] : [];
    });
    const [field] = fields;
    const last = assignmentsIn(body).findLast(
      (each) => each.target === target.name && each.at.start < node.start,
    );
    if (!field || !last || !READS.test(calledName(last.value) ?? '')) return [];
    // Whoever clears anything of it has looked after what is there.
    const isCleared = body.reading.nodes.some(
      (each) =>
        (each.kind === 'unary' && each.operator === '~') ||
        (each.kind === 'assign' && each.operator === '&=' && lastName(each.target) === target.name),
    );
    const isWritten = body.reading.nodes.some(
      (each) =>
        each.kind === 'call' &&
        each.start > node.end &&
        /write/.test(calledName(each) ?? '') &&
        each.args.some((arg) => arg.kind === 'name' && arg.name === target.name),
    );
    return !isCleared && isWritten
      ? [oddity('field-not-cleared', body.spot(node), field.name, { other: target.name })]
      : [];
  });
}

/** `writel(cpu_to_le32(v), r)`, `le32_to_cpu(readl(r))`: the accessors turn the bytes themselves. asm-generic/io.h. */
function turnedTwice(body: Body): OddityFact[] {
  return body.reading.nodes.flatMap((node) => {
    if (node.kind !== 'call') return [];
    const name = calledName(node) ?? '';
    const inner = node.args[0];
    const turn = inner ? (calledName(inner) ?? '') : '';
    const isTwice =
      (WRITES.test(name) && /^cpu_to_le(?:16|32|64)$/.test(turn)) ||
      (/^le(?:16|32|64)_to_cpu$/.test(name) && /^(?:read[wlq]|ioread(?:16|32|64))(?:_relaxed)?$/.test(turn));
    return isTwice && inner ? [oddity('turned-twice', body.spot(node), name, { other: turn })] : [];
  });
}

const BITS = /(\d+)$/;

/** `cmd->addr = cpu_to_le32(addr)` of an `__le64`: half of it stays zero, or the wrong half is there. */
function turnedShort(body: Body): OddityFact[] {
  return body.reading.nodes.flatMap((node) => {
    if (node.kind !== 'assign' || !/^\|?=$/.test(node.operator)) return [];
    const turn = /^cpu_to_[lb]e(16|32|64)$/.exec(calledName(node.value) ?? '');
    const { base, pointers } = body.scope.typeOf(node.target);
    const bits = /^__[lb]e(?:16|32|64)$/.test(base) && pointers === 0 ? BITS.exec(base)?.[1] : undefined;
    if (!turn || bits === undefined || bits === turn[1] || isDeclaredTwice(body, node.target)) return [];
    return [
      oddity('turned-short', body.spot(node.value), body.text(node.target as Expression), {
        other: `${calledName(node.value)} ${base}`,
      }),
    ];
  });
}

/** Whether two blocks have a variable of the name: which of them is meant, its type here does not tell. */
function isDeclaredTwice(body: Body, target: Expression): boolean {
  if (target.kind !== 'name') return false;
  const { name } = target;
  const declared = body.reading.nodes.flatMap((node) =>
    node.kind === 'declaration' ? node.declarators : [],
  );
  return declared.filter((each) => each.name === name).length > 1;
}
