/** One function's body as everything in this room reads it: scope, flow, values, and what comes from what. Made once per function. */
import { type AnyNode, calledName, type Expression, type FunctionItem, walk } from '../syntax/index.js';
import { type Flow, flowOf } from './flow.js';
import { namesIn } from './names.js';
import type { Located, Program, Spot } from './program.js';
import { pointsTo, Scope } from './scope.js';
import { type Store, storesOf, Values } from './values.js';

const DEVICES = new Set(['struct device', 'struct pci_dev', 'struct platform_device']);

export class Body {
  readonly scope: Scope;
  readonly flow: Flow;
  readonly values: Values;
  readonly stores: readonly Store[];
  /** The parameters that are devices. */
  readonly devices: readonly string[];
  private readonly flows: { readonly into: string; readonly from: readonly string[] }[] = [];
  private deviceNames: ReadonlySet<string> | null = null;

  constructor(
    readonly fn: Located<FunctionItem>,
    program: Program,
    readonly domains: ReadonlySet<string>,
  ) {
    this.scope = new Scope(program, fn);
    this.flow = flowOf(this.scope.body, (node) => this.text(node));
    this.values = new Values(this.scope, (node) => this.text(node), domains);
    this.stores = storesOf(this.flow, (node) => this.text(node));
    this.devices = fn.item.parameters
      .filter(({ type }) => type.pointers === 1 && DEVICES.has(type.base))
      .map(({ name }) => name);
    walk(this.scope.body, (node) => this.readFlows(node));
  }

  private readFlows(node: AnyNode): void {
    if (node.kind === 'assign' && node.target.kind === 'name') this.flowInto(node.target.name, node.value);
    if (node.kind === 'declaration') {
      for (const each of node.declarators) if (each.initial) this.flowInto(each.name, each.initial);
    }
    if (node.kind !== 'call') return;
    // A callee may write what it got through `&out`.
    for (const out of node.args) {
      if (out.kind !== 'unary' || out.operator !== '&' || out.operand.kind !== 'name') continue;
      // A container of the file is no result, whatever is put into it.
      if (!this.scope.isLocal(out.operand.name)) continue;
      for (const other of node.args) if (other !== out) this.flowInto(out.operand.name, other);
    }
  }

  private flowInto(into: string, value: Expression): void {
    this.flows.push({ into, from: namesIn(value) });
  }

  /** The variables that some assignment makes depend on one of `seeds`; none of `barrier` is gone through. */
  carried(seeds: Iterable<string>, barrier: ReadonlySet<string> = new Set()): ReadonlySet<string> {
    const reached = new Set(seeds);
    for (let changed = true; changed; ) {
      changed = false;
      for (const { into, from } of this.flows) {
        if (reached.has(into) || barrier.has(into) || !from.some((each) => reached.has(each))) continue;
        reached.add(into);
        changed = true;
      }
    }
    return reached;
  }

  /** Whether an expression comes from a device that was passed in. */
  isOfDevice(value: Expression): boolean {
    if (this.devices.length === 0) return false;
    this.deviceNames ??= this.carried(this.devices);
    return namesIn(value).some((name) => this.deviceNames!.has(name));
  }

  text(node: { start: number; end: number }): string {
    return this.fn.unit.image.text.slice(node.start, node.end);
  }

  spot({ start, end }: { start: number; end: number }): Spot {
    return { unit: this.fn.unit, span: { start, end } };
  }

  /** Whether some part of the expression is an mm_struct pointer. */
  involvesMm(value: Expression): boolean {
    let found = false;
    walk(value, (node) => {
      if (node.kind === 'name' || node.kind === 'member')
        found ||= pointsTo(this.scope.typeOf(node), 'struct mm_struct');
    });
    return found;
  }

  /** Which parameter a variable is, or -1. */
  parameterAt(name: string): number {
    return this.fn.item.parameters.findIndex((each) => each.name === name);
  }

  /** The calls of one function by name. */
  callsOf(name: string): Extract<Expression, { kind: 'call' }>[] {
    return this.flow.steps.flatMap(({ node }) =>
      node.kind === 'call' && calledName(node) === name ? [node] : [],
    );
  }
}

/** All bodies, each read once. */
export class Bodies {
  private readonly known = new Map<FunctionItem, Body>();

  constructor(
    readonly program: Program,
    readonly domains: ReadonlySet<string>,
  ) {}

  of(fn: Located<FunctionItem>): Body {
    let body = this.known.get(fn.item);
    if (!body) {
      body = new Body(fn, this.program, this.domains);
      this.known.set(fn.item, body);
    }
    return body;
  }

  /** The body that a call by this name runs, when it is at hand. */
  called(name: string | null, from: Body): Body | null {
    const fn = name === null ? null : this.program.definitionOf(name, from.fn.unit);
    return fn ? this.of(fn) : null;
  }
}
