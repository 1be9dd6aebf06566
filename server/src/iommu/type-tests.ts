/** Where code goes different ways by the type of a domain. */
import { type AnyNode, calledName, type Expression, walk } from '../syntax/index.js';
import type { Body } from './body.js';
import type { TypeTestFact } from './facts.js';
import { isTakenOut } from './references.js';

const DOMAIN_TYPE = /^IOMMU_DOMAIN_[A-Z_]+$/;
/** Page tables that are mapped into: they share their ops. */
const PAGING = new Set(['IOMMU_DOMAIN_DMA', 'IOMMU_DOMAIN_DMA_FQ', 'IOMMU_DOMAIN_UNMANAGED']);
const GIVES_BACK = /(?:drop|put|free|release|destroy|unregister|deinit|exit)(?:_\w+)?$/;
const SAYS = /^(?:dev|pr)_|^printk|^WARN|^ERR_PTR$/;

export function typeTestsIn(body: Body): TypeTestFact[] {
  const tests: TypeTestFact[] = [];
  const test = (node: AnyNode, value: Expression, branch: AnyNode | null): void => {
    if (value.kind !== 'name' || !DOMAIN_TYPE.test(value.name) || PAGING.has(value.name)) return;
    const does = branch ? doesMoreThanLeave(branch) : false;
    const wasThere = isTakenOut(body.fn.unit.image, value.name);
    tests.push({
      ...{ spot: body.spot(node), type: value.name, branches: does && !wasThere },
      setsOps: branch !== null && setsOps(branch),
      givesBack: branch ? releasesOf(branch) : [],
    });
  };
  for (const node of body.reading.nodes) {
    if (node.kind === 'case' && node.value) test({ ...node, end: node.value.end }, node.value, node);
    if (node.kind !== 'if') continue;
    const { condition, consequence } = node;
    walk(condition, (part) => {
      if (part.kind !== 'binary' || part.operator !== '==' || !isType(part.left)) return;
      test(part, part.right, consequence);
    });
  }
  return tests;
}

/** `type`, `domain->type`. */
const isType = (value: Expression): boolean =>
  (value.kind === 'name' || value.kind === 'member') && /(?:^|_)type$/.test(value.name);

/** Whether a branch has work of its own, not just an answer and a message. */
function doesMoreThanLeave(branch: AnyNode): boolean {
  if (isHandedOn(branch)) return false;
  let works = false;
  walk(branch, (node) => {
    const isText = node.kind === 'assign' && node.value.kind === 'literal' && node.value.text.startsWith('"');
    if (node.kind === 'assign' && !isText) works = true;
    if (node.kind === 'call' && !SAYS.test(calledName(node) ?? '')) works = true;
  });
  return works;
}

/** `return toy_sva_domain_alloc();`: the type has an allocator of its own, and this is where it is chosen. */
function isHandedOn(branch: AnyNode): boolean {
  let given: Expression | null = null;
  let isMore = false;
  walk(branch, (node) => {
    if (node.kind === 'return') {
      if (given || !/_alloc(?:_|$)/.test(calledName(node.value ?? node) ?? '')) isMore = true;
      given = node.value;
    } else if (node.kind === 'assign' || node.kind === 'declaration') isMore = true;
  });
  return given !== null && !isMore;
}

/** `domain->ops = &toy_sva_ops`. */
function setsOps(branch: AnyNode): boolean {
  let sets = false;
  walk(branch, (node) => {
    if (node.kind === 'assign' && node.target.kind === 'member' && node.target.name === 'ops') sets = true;
  });
  return sets;
}

/** The names of the calls of a branch that does nothing but give back. */
function releasesOf(branch: AnyNode): string[] {
  const names: string[] = [];
  let doesMore = false;
  walk(branch, (node) => {
    const name = node.kind === 'call' ? (calledName(node) ?? '') : null;
    if (name !== null && GIVES_BACK.test(name)) names.push(name);
    else if (name !== null || node.kind === 'assign') doesMore = true;
  });
  return doesMore ? [] : names;
}
