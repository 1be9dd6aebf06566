/** What the contract of an ops table says of the functions in it: which error means what, and what is never NULL. */
import { contains } from '../../base/index.js';
import type { Expression, Statement } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { OPS_SLOTS } from '../kernel-ops.table.js';
import { namesIn } from '../names.js';
import type { KnownFunction, Program } from '../program.js';
import { errnoIn, ifsIn, statementsOf, testOf } from '../shapes.js';
import { functionKey, slotEntries } from '../tables.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const ATTACH: OddityReader = {
  around: [
    { words: /^E[A-Z]{2,}/, read: attachErrnos },
    { words: null, read: testsOfGivens },
  ],
};

/** The functions that tables have in a slot of the IOMMU ops, by path and name. */
export function slotFunctions(program: Program): ReadonlyMap<string, string> {
  return new Map(
    slotEntries(program)
      .filter(
        ({ slot, table }) =>
          OPS_SLOTS.has(slot) && /^struct iommu_(?:domain_)?ops$/.test(table.item.type.base),
      )
      .map(({ slot, function: name, table }) => [functionKey(table.unit.image.path, name), slot]),
  );
}

export function slotOf({ unit, item }: KnownFunction, { program }: Bodies): string | null {
  return (
    program.surroundings.known(slotFunctions, program).get(functionKey(unit.image.path, item.name)) ?? null
  );
}

const ATTACHES = new Set(['attach_dev', 'set_dev_pasid', 'attach_dev_pasid']);

/** Whether it is an attach op, or a function of the file that only attach ops call with their domain. */
export function isOfAttach(fn: KnownFunction, bodies: Bodies): boolean {
  const slot = slotOf(fn, bodies);
  if (slot !== null) return ATTACHES.has(slot);
  if (!fn.item.isStatic && !fn.item.parameters.some(({ type }) => type.base === 'struct iommu_domain'))
    return false;
  const callers = bodies.program.callersOf(fn);
  return callers.length > 0 && callers.every((caller) => ATTACHES.has(slotOf(caller, bodies) ?? ''));
}

/** Of the contract in include/linux/iommu.h: EINVAL means that domain and device do not fit, nothing else does. */
function attachErrnos(body: Body, bodies: Bodies): OddityFact[] {
  if (!isOfAttach(body.fn, bodies)) return [];
  const domains = body.fn.item.parameters
    .filter(({ type }) => type.pointers === 1 && body.domains.has(type.base))
    .map(({ name }) => name);
  const devices = new Set(body.devices);
  const ofDomain = body.carried(domains);
  if (domains.length === 0) return [];
  return ifsIn(body).flatMap(({ condition, consequence }) => {
    const names = namesIn(condition);
    const isOfDomain = names.some((name) => ofDomain.has(name));
    const isOfDevice = names.some((name) => devices.has(name) || body.carried(devices).has(name));
    return statementsOf(consequence).flatMap((statement) => {
      const value = statement.kind === 'return' ? statement.value : assigned(statement);
      const errno = errnoIn(value);
      if (!value || errno === null) return [];
      // What fails for the domain and is told as something else ends the search for one that fits.
      if (isOfDomain && isOfDevice && /^(?:EOPNOTSUPP|EFAULT|ENOTSUPP|EPERM|ERANGE)$/.test(errno))
        return [
          oddity('attach-errno', body.spot(value), errno, {
            other: 'EINVAL',
            instead: body.text(value).replace(errno, 'EINVAL'),
          }),
        ];
      if (!isOfDomain && isOfDevice && errno === 'EINVAL' && isAboutDevice(condition, body))
        return [
          oddity('attach-errno', body.spot(value), errno, {
            other: 'ENODEV',
            instead: body.text(value).replace(errno, 'ENODEV'),
          }),
        ];
      return [];
    });
  });
}

function assigned(statement: Statement): Expression | null {
  if (statement.kind !== 'expression' || statement.expression.kind !== 'assign') return null;
  return statement.expression.target.kind === 'name' ? statement.expression.value : null;
}

/**
 * Something that the device is without, or a call for it that failed. A flag of what its IOMMU can do is not: there, a
 * domain of another kind would fit.
 */
function isAboutDevice(condition: Expression, body: Body): boolean {
  const test = testOf(condition);
  if (test === null) return false;
  if (test.says === 'error' || test.says === 'negative') return true;
  if (test.says !== 'zero') return false;
  return test.subject.kind !== 'member' || body.scope.typeOf(test.subject).pointers > 0;
}

/** Tests for NULL of the domain or the device that a caller of an op always gives. */
function testsOfGivens(body: Body, bodies: Bodies): OddityFact[] {
  const slot = slotOf(body.fn, bodies);
  // The allocator may be called before there is a device.
  if (slot === null || slot.startsWith('domain_alloc')) return [];
  const given = body.fn.item.parameters.filter(
    ({ type }) => type.pointers === 1 && /^struct (?:device|iommu_domain)$/.test(type.base),
  );
  return body.flow.steps.flatMap(({ node }) => {
    const test = node.kind === 'unary' || node.kind === 'binary' ? testOf(node) : null;
    if (test?.subject.kind !== 'name' || (test.says !== 'zero' && test.says !== 'set')) return [];
    const { name } = test.subject;
    if (!given.some((each) => each.name === name) || body.stores.some(({ target }) => contains(node, target)))
      return [];
    return [oddity('tested-given', body.spot(node), name, { other: slot })];
  });
}
