/** Functions and what stands in them, as the search for roles asks: by types and by calls. */
import { type CType, type Expression, type FunctionItem, spellingOf } from '../syntax/index.js';
import type { KnownFunction } from './program.js';
import { readingOf } from './reading.js';
import type { Signature } from './scaffold-plan.js';

export const DOMAIN = 'struct iommu_domain *';
export const DEVICE = 'struct device *';
export const MM = 'struct mm_struct *';
/** What a PASID is passed as. */
export const NUMBERS = new Set(['ioasid_t', 'u32', 'unsigned int', 'int']);

/** Whether it gives this for a device and an mm. */
export function gives({ returns, parameters }: FunctionItem, type: string): boolean {
  const takes = parameters.map((each) => spellingOf(each.type));
  const once = (wanted: string): boolean => takes.filter((each) => each === wanted).length === 1;
  return spellingOf(returns) === type && once(DEVICE) && once(MM);
}

/** Whether it ties a domain to a PASID of a device (`int`), or unties it. */
export function isTie({ returns, parameters }: FunctionItem, wanted: 'int' | 'void'): boolean {
  const [domain, device, pasid, ...more] = parameters.map(({ type }) => spellingOf(type));
  const isPasid = pasid !== undefined && NUMBERS.has(pasid) && more.length === 0;
  return spellingOf(returns) === wanted && domain === DOMAIN && device === DEVICE && isPasid;
}

/** Its head, with other names for its parameters. */
export function signatureOf({ item }: KnownFunction, names: readonly string[]): Signature {
  const parameters = item.parameters.map(({ type }, at) => ({ type: written(type), name: names[at] ?? '' }));
  return { returns: written(item.returns), name: item.name, parameters };
}

/** A type with its qualifier. */
const written = (type: CType): string => `${type.isConst ? 'const ' : ''}${spellingOf(type)}`;
/** `iommu_domain` of `struct iommu_domain`. */
export const tagOf = (struct: string): string => struct.replace(/^\w+ /, '');

export function callsIn(fn: KnownFunction): Extract<Expression, { kind: 'call' }>[] {
  return readingOf(fn.original).nodes.flatMap((node) => (node.kind === 'call' ? [node] : []));
}

/** What a function stores in members of a domain. */
export function storesInDomains(
  fn: KnownFunction,
): { readonly member: string; readonly value: Expression }[] {
  const { nodes, locals } = readingOf(fn.original);
  return nodes.flatMap((node) => {
    if (node.kind !== 'assign' || node.target.kind !== 'member') return [];
    const { object, name } = node.target;
    const type = object.kind === 'name' ? locals.get(object.name) : undefined;
    return type && spellingOf(type) === DOMAIN ? [{ member: name, value: node.value }] : [];
  });
}

/** The constant that an expression names. */
export function constantIn(value: Expression): string | null {
  return value.kind === 'name' && /^[A-Z][A-Z0-9_]*$/.test(value.name) ? value.name : null;
}
