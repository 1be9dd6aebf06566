/**
 * Whether a function ever asks if a domain suits a device: a condition, or a
 * result that is tested or returned, which depends on both.
 */
import type { Span } from '../base/index.js';
import { calledName, type Expression } from '../syntax/index.js';
import type { Body } from './body.js';
import { involvesCall, namesIn } from './names.js';
import { leavesOf } from './values.js';

/** The decisions about what `result` names and any of `devices`, both variables of the function. */
export function decisionsAbout(body: Body, result: string, devices: Iterable<string>): Span[] {
  const { tests, weighsBoth } = weigher(body, result, devices, true);
  const returned = body.flow.returns
    .flatMap(({ value }) => leavesOf(value))
    .filter((value) => involvesCall(value) && weighsBoth(value));
  return [...tests, ...returned];
}

/**
 * Those that name the two in one test. Who gets a domain from elsewhere and
 * tests what came of the attach (`ret = attach(domain, dev); if (ret) goto
 * err;`) learns too late that it does not fit: the choice was made before.
 */
export function choicesAbout(body: Body, result: string, devices: Iterable<string>): Span[] {
  return weigher(body, result, devices, false).tests;
}

function weigher(
  body: Body,
  result: string,
  devices: Iterable<string>,
  countsOutcomes: boolean,
): { tests: Expression[]; weighsBoth: (atom: Expression) => boolean } {
  const same = aliasesOf(body, result);
  const ofDomain = body.carried(same);
  // What comes from a device through the domain itself (`domain = alloc(dev)` on a miss) says nothing of the pair.
  const ofDevice = body.carried(devices, same);
  const weighsBoth = (atom: Expression): boolean => {
    const names = namesIn(atom);
    const fromDevice = names.filter((name) => ofDevice.has(name) && !same.has(name));
    return fromDevice.some(
      (device) =>
        names.some((name) => name !== device && ofDomain.has(name)) ||
        // `ret = attach(domain, dev); if (ret)`: one value that came from both.
        (countsOutcomes && ofDomain.has(device) && !isDomainPointer(body, device)),
    );
  };
  return { tests: testsOf(body).filter((test) => atomsOf(test).some(weighsBoth)), weighsBoth };
}

/** Whether a test compares an mm with something that comes from what `result` names. */
export function comparesMm(body: Body, result: string): boolean {
  const found = body.carried(aliasesOf(body, result));
  return testsOf(body).some((test) =>
    atomsOf(test).some((atom) => {
      if (!namesIn(atom).some((name) => found.has(name))) return false;
      if (atom.kind === 'binary') return body.involvesMm(atom.left) || body.involvesMm(atom.right);
      return atom.kind === 'call' && atom.args.length > 1 && body.involvesMm(atom);
    }),
  );
}

/** The variables that may be the object which `result` names. */
function aliasesOf(body: Body, result: string): ReadonlySet<string> {
  const names = body.scope.names.filter((name) => body.values.areSame(name, result));
  const base = /^\w+/.exec(result)?.[0];
  return new Set(names.length > 0 ? names : base ? [base] : []);
}

const WARNINGS = /^(?:WARN|BUG)(?:_ON)?(?:_ONCE)?$/;

/** Conditions, and what WARN_ON() is asked, which says at least that somebody thought of it. */
function testsOf({ flow }: Body): Expression[] {
  const warned = flow.steps.flatMap(({ node }) =>
    node.kind === 'call' && WARNINGS.test(calledName(node) ?? '') && node.args[0] ? [node.args[0]] : [],
  );
  return [...flow.decisions.map(({ condition }) => condition), ...warned];
}

/** The parts that `&&`, `||`, `!`, likely() and WARN_ON() combine. */
function atomsOf(test: Expression): Expression[] {
  if (test.kind === 'binary' && (test.operator === '&&' || test.operator === '||')) {
    return [...atomsOf(test.left), ...atomsOf(test.right)];
  }
  if (test.kind === 'unary' && test.operator === '!') return atomsOf(test.operand);
  const name = calledName(test);
  const isAround = name !== null && (WARNINGS.test(name) || name === 'likely' || name === 'unlikely');
  return isAround && test.kind === 'call' && test.args[0] ? atomsOf(test.args[0]) : [test];
}

function isDomainPointer(body: Body, name: string): boolean {
  const { base, pointers } = body.scope.typeOfName(name);
  return pointers === 1 && body.domains.has(base);
}
