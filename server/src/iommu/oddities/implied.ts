/** Conditions that a call beside them asks already: `sm_supported(iommu) && intel_iommu_sm`. */

import { Snippets } from '../../ir/index.js';
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { operandsOf, testOf } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const IMPLIED: OddityReader = { around: [{ words: null, read: impliedIn }] };

const snippets = new Snippets();

function impliedIn(body: Body, bodies: Bodies): OddityFact[] {
  return body.flow.decisions.flatMap(({ condition }) => {
    const parts = operandsOf(condition);
    if (parts.length < 2) return [];
    const calls = parts.flatMap((part) => {
      const test = testOf(part);
      const name = test?.subject.kind === 'call' ? calledName(test.subject) : null;
      return test && name !== null ? [{ part, name, isTrue: test.says === 'set' }] : [];
    });
    return parts.flatMap((part) => {
      const test = testOf(part);
      // A variable of the file means the same here and in the callee.
      if (test?.subject.kind !== 'name' || body.scope.isLocal(test.subject.name)) return [];
      const { name } = test.subject;
      if (/^[A-Z0-9_]+$/.test(name)) return [];
      const by = calls.find(
        (call) => call.isTrue === (test.says === 'set') && asks(call.name, body, bodies).has(name),
      );
      return by ? [oddity('implied-condition', body.spot(part), name, { other: by.name })] : [];
    });
  });
}

/** The variables without which a function or macro is never true. */
function asks(name: string, body: Body, bodies: Bodies): ReadonlySet<string> {
  const macro = bodies.program.macroNamed(name, body.fn.unit);
  if (macro) {
    const { start, end } = macro.item.bodySpan;
    const snippet = snippets.body(macro.unit.image.text.slice(start, end));
    return snippet.kind === 'expression' ? needed(snippet.expression) : new Set();
  }
  const called = bodies.called(name, body);
  const only = called && called.block.statements.length === 1 ? called.block.statements[0] : null;
  return only?.kind === 'return' && only.value ? needed(only.value) : new Set();
}

function needed(value: Expression): ReadonlySet<string> {
  if (value.kind !== 'binary' || value.operator !== '&&')
    return new Set(value.kind === 'name' ? [value.name] : []);
  return new Set([...needed(value.left), ...needed(value.right)]);
}
