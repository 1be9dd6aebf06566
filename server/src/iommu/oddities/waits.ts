/** Waiting for hardware: with no end, or with a barrier that is there already; and tests and masks that DMA does not need. */
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { namesIn } from '../names.js';
import { assignmentsIn, ifsIn, loopsIn, nodesIn, sequencesIn, statementsOf, testOf } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const WAITS: OddityReader = {
  own: [endlessPolls, orderedTwice, maskFallbacks, dmaFlags],
};

const READS = /^(?:read[bwlq]|ioread(?:8|16|32|64))(?:_relaxed)?$/;
const IDLES =
  /^(?:cpu_relax|udelay|ndelay|mdelay|msleep|usleep_range|fsleep|cond_resched|schedule|barrier|rmb)$/;

/** `while (readl(base) & BUSY) cpu_relax();`: hardware that hangs takes the CPU with it. */
function endlessPolls(body: Body): OddityFact[] {
  return loopsIn(body).flatMap((loop) => {
    if (loop.form !== 'while' && loop.form !== 'do') return [];
    const condition = loop.header[0] as Expression | undefined;
    if (!condition) return [];
    const inside = nodesIn(loop.body);
    const polled = [...nodesIn(condition), ...inside].find((each) => READS.test(calledName(each) ?? ''));
    const calls = inside.flatMap((each) => (each.kind === 'call' ? [calledName(each) ?? ''] : []));
    const isIdle =
      statementsOf(loop.body).every((each) => isIdling(each)) &&
      calls.every((name) => IDLES.test(name) || READS.test(name));
    if (polled?.kind !== 'call' || !isIdle) return [];
    // A count, a clock, or another way out ends it.
    const decides = nodesIn(condition).some(
      (each) =>
        each.kind === 'update' ||
        /time|jiffies|ktime|signal_pending/.test(calledName(each) ?? '') ||
        (each.kind === 'binary' && (each.operator === '&&' || each.operator === '||')),
    );
    const isPolled = readsInCondition(body, loop.body, condition);
    if (decides || !isPolled) return [];
    return [oddity('endless-poll', body.spot(condition), body.text(polled), { other: calledName(polled)! })];
  });
}

function isIdling(statement: Statement): boolean {
  if (statement.kind === 'empty') return true;
  if (statement.kind !== 'expression') return false;
  const { expression } = statement;
  if (expression.kind === 'call') return IDLES.test(calledName(expression) ?? '');
  return expression.kind === 'assign' && READS.test(calledName(expression.value) ?? '');
}

/** Whether the condition is of what is read, and of nothing else that may change. */
function readsInCondition(body: Body, inner: Statement, condition: Expression): boolean {
  if (nodesIn(condition).some((each) => READS.test(calledName(each) ?? ''))) return true;
  const read = new Set(
    nodesIn(inner).flatMap((each) =>
      each.kind === 'assign' && each.target.kind === 'name' && READS.test(calledName(each.value) ?? '')
        ? [each.target.name]
        : [],
    ),
  );
  const locals = namesIn(condition).filter((name) => body.scope.isLocal(name));
  return locals.length > 0 && locals.some((name) => read.has(name));
}

/** `wmb(); writel(…);`: writel() orders what was written before it. Documentation/memory-barriers.txt, KERNEL I/O BARRIER EFFECTS. */
function orderedTwice(body: Body): OddityFact[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      const barrier = statement.kind === 'expression' ? calledName(statement.expression) : null;
      const next = statements[at + 1];
      const write = next?.kind === 'expression' ? calledName(next.expression) : null;
      if (barrier === null || write === null || !/^(?:dma_)?wmb$/.test(barrier)) return [];
      return /^(?:write[bwlq]|iowrite(?:8|16|32|64))$/.test(write)
        ? [oddity('ordered-twice', body.spot(statement), barrier, { other: write })]
        : [];
    }),
  );
}

const SETS_MASK = /^dma_set_(?:coherent_)?mask(?:_and_coherent)?$/;

/** A mask of 64 bits that is refused, and one of 32 tried then: a wider one is refused nowhere. */
function maskFallbacks(body: Body): OddityFact[] {
  return ifsIn(body).flatMap(({ condition, consequence }) => {
    const test = testOf(condition);
    if (!test || test.says === 'zero') return [];
    const text = body.values.plain(test.subject);
    const first =
      test.subject.kind === 'call'
        ? test.subject
        : test.subject.kind === 'assign'
          ? test.subject.value
          : assignmentsIn(body).findLast(({ target, at }) => target === text && at.start < condition.start)
              ?.value;
    if (!first || !isMaskOf(first, 64)) return [];
    const then = nodesIn(consequence).find((each) => isMaskOf(each as Expression, 32));
    return then ? [oddity('mask-tried-again', body.spot(then), body.text(then))] : [];
  });
}

function isMaskOf(value: Expression, bits: number): boolean {
  if (value.kind !== 'call' || !SETS_MASK.test(calledName(value) ?? '')) return false;
  const mask = value.args[1];
  const width = mask?.kind === 'call' && calledName(mask) === 'DMA_BIT_MASK' ? mask.args[0] : undefined;
  return width?.kind === 'literal' && Number(width.text) === bits;
}

/** Flags that dma_alloc_coherent() has no use for: its memory is zero, and where it lies the mask of the device says. */
function dmaFlags(body: Body): OddityFact[] {
  return body.reading.nodes.flatMap((node) => {
    const name = calledName(node) ?? '';
    if (node.kind !== 'call' || !/^dmam?_alloc_(?:coherent|attrs|wc)$/.test(name)) return [];
    return node.args
      .slice(3, 4)
      .flatMap((flags) =>
        nodesIn(flags).flatMap((each) =>
          each.kind === 'name' && /^(?:__GFP_ZERO|(?:__)?GFP_DMA(?:32)?)$/.test(each.name)
            ? [oddity('dma-flag-ignored', body.spot(each), each.name, { other: name })]
            : [],
        ),
      );
  });
}
