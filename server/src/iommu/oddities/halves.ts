/** A register of 64 bits that is read or written in two halves, which io-64-nonatomic-hi-lo.h and its twin have names for. */
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { callOf, sequencesIn } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const HALVES: OddityReader = { own: [readInHalves, writtenInHalves] };

/** One half of a register, as it is read or written. */
interface Half {
  readonly isHigh: boolean;
  /** `_relaxed` or nothing. */
  readonly suffix: string;
  readonly address: string;
  readonly at: Expression;
}

/** `v = (u64)readl(r + 4) << 32; v |= readl(r);`, the other way round, or both in one expression. */
function readInHalves(body: Body): OddityFact[] {
  if (!body.fn.words.match(/^readl(?:_relaxed)?$/)) return [];
  const inTwo = sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      const first = valueStored(statement, '=');
      const next = statements[at + 1];
      const second = first && next ? valueStored(next, '|=') : null;
      if (!first || !second || body.values.plain(first.into) !== body.values.plain(second.into)) return [];
      return named(body, halfRead(first.value, body), halfRead(second.value, body), 'readq');
    }),
  );
  const inOne = body.reading.nodes.flatMap((node) =>
    node.kind === 'binary' && (node.operator === '|' || node.operator === '+')
      ? named(body, halfRead(node.left, body), halfRead(node.right, body), 'readq')
      : [],
  );
  return [...inTwo, ...inOne];
}

/** `writel(upper_32_bits(v), r + 4); writel(lower_32_bits(v), r);` and the other way round. */
function writtenInHalves(body: Body): OddityFact[] {
  if (!body.fn.words.called.has('upper_32_bits') || !body.fn.words.match(/^writel(?:_relaxed)?$/)) return [];
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      const next = statements[at + 1];
      const [first, second] = [halfWritten(statement, body), next ? halfWritten(next, body) : null];
      return first && second && first.of === second.of ? named(body, first, second, 'writeq') : [];
    }),
  );
}

function named(body: Body, first: Half | null, second: Half | null, whole: 'readq' | 'writeq'): OddityFact[] {
  if (!first || !second || first.isHigh === second.isHigh || first.suffix !== second.suffix) return [];
  const [high, low] = first.isHigh ? [first, second] : [second, first];
  if (high.address.replace(/\+(?:0x0*)?4$/, '') !== low.address || high.address === low.address) return [];
  const name = `${first.isHigh ? 'hi_lo' : 'lo_hi'}_${whole}${first.suffix}`;
  return [
    oddity('written-out', body.spot(first.at), `${name}()`, {
      other: 'it takes the two halves in this order on every machine',
      related: [{ spot: body.spot(second.at), message: 'the other half' }],
    }),
  ];
}

/** What a statement gives a variable by that operator. */
function valueStored(
  statement: Statement,
  operator: '=' | '|=',
): { readonly into: Expression; readonly value: Expression } | null {
  if (statement.kind !== 'expression' || statement.expression.kind !== 'assign') return null;
  const { target, value, operator: used } = statement.expression;
  return used === operator ? { into: target, value } : null;
}

function halfRead(value: Expression, body: Body): Half | null {
  const plain = value.kind === 'cast' ? value.operand : value;
  if (plain.kind === 'binary' && plain.operator === '<<')
    return plain.right.kind === 'literal' && plain.right.text === '32'
      ? upperOf(halfRead(plain.left, body))
      : null;
  const suffix = /^readl(_relaxed)?$/.exec(calledName(plain) ?? '');
  const [address] = plain.kind === 'call' ? plain.args : [];
  if (!suffix || !address) return null;
  return { isHigh: false, suffix: suffix[1] ?? '', address: body.values.plain(address), at: plain };
}

const upperOf = (half: Half | null): Half | null => half && { ...half, isHigh: true };

function halfWritten(statement: Statement, body: Body): (Half & { readonly of: string }) | null {
  const call = callOf(statement);
  const suffix = /^writel(_relaxed)?$/.exec((call && calledName(call)) ?? '');
  const [value, address] = call?.args ?? [];
  const part = /^(upper|lower)_32_bits$/.exec((value && calledName(value)) ?? '');
  const [of] = value?.kind === 'call' ? value.args : [];
  if (!call || !suffix || !address || !part || !of) return null;
  return {
    ...{ isHigh: part[1] === 'upper', suffix: suffix[1] ?? '', address: body.values.plain(address) },
    ...{ at: call, of: body.values.plain(of) },
  };
}
