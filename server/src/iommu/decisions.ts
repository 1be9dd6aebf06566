/**
 * Whether a function ever asks if a domain suits a device: a condition, or a
 * result that is returned, which depends on both, by more than whether the
 * pointer is there.
 */
import type { Span } from '../base/index.js';
import { calledName, type Expression, walk } from '../syntax/index.js';
import type { Flow } from './flow.js';
import { namesIn, type Root, type Roots } from './roots.js';
import type { Scope } from './scope.js';

/** The decisions about `domain` (from `root`) and the device. */
export function decisionsAbout(flow: Flow, roots: Roots, scope: Scope, root: Root, domain: string): Span[] {
  const decides = (test: Expression): boolean =>
    atomsOf(test).some((atom) => !isNullTest(atom) && weighsBoth(atom));
  const weighsBoth = (atom: Expression): boolean => {
    const names = namesIn(atom);
    const ofDomain = names.filter((name) => roots.has(name, root));
    const ofDevice = names.filter((name) => roots.has(name, 'device'));
    if (ofDomain.some((a) => ofDevice.some((b) => a !== b))) return true;
    // `ret = attach(domain, dev); if (ret)`: one plain value that came from both.
    return ofDomain.some(
      (name) => name !== domain && ofDevice.includes(name) && scope.typeOfName(name).pointers === 0,
    );
  };
  const returned = flow.returns
    .map(({ value }) => value)
    .filter((value) => involvesCall(value) && weighsBoth(value));
  return [...flow.decisions.map(({ condition }) => condition).filter(decides), ...returned];
}

/** The parts that `&&`, `||` and `!` combine. */
function atomsOf(test: Expression): Expression[] {
  if (test.kind === 'binary' && (test.operator === '&&' || test.operator === '||')) {
    return [...atomsOf(test.left), ...atomsOf(test.right)];
  }
  return test.kind === 'unary' && test.operator === '!' ? atomsOf(test.operand) : [test];
}

/** `p`, `p == NULL`, `IS_ERR(p)`: says whether there is something, not what it is. */
function isNullTest(atom: Expression): boolean {
  if (atom.kind === 'name') return false;
  if (atom.kind === 'binary')
    return [atom.left, atom.right].some((side) => side.kind === 'name' && side.name === 'NULL');
  const name = calledName(atom);
  return (
    name !== null &&
    /^(?:IS_ERR|IS_ERR_OR_NULL|WARN_ON|WARN_ON_ONCE|xa_is_err|xa_err)$/.test(name) &&
    namesIn(atom).length === 1
  );
}

function involvesCall(value: Expression): boolean {
  let found = false;
  walk(value, (node) => {
    if (node.kind === 'call') found = true;
  });
  return found;
}
