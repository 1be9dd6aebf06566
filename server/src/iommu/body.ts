/**
 * One function's body as everything in this room reads it: scope, flow,
 * values, and what comes from what. Nodes have the offsets of where the
 * function stood when it was read; `spot` and `span` say where they are now.
 */
import type { Span } from '../base/index.js';
import { type Block, calledName, type Expression, walk } from '../syntax/index.js';
import { Carriers } from './carriers.js';
import { domainStructs } from './domains.js';
import type { Flow } from './flow.js';
import type { Meaning } from './kept-bodies.js';
import { namesIn } from './names.js';
import type { KnownFunction, Program, Spot } from './program.js';
import { type Reading, readingOf } from './reading.js';
import { pointsTo, type Scope } from './scope.js';
import type { Store, Values } from './values.js';

const DEVICES = new Set(['struct device', 'struct pci_dev', 'struct platform_device']);

export class Body {
  readonly reading: Reading;

  constructor(
    readonly fn: KnownFunction,
    readonly meaning: Meaning,
  ) {
    this.reading = readingOf(fn.original);
  }

  get scope(): Scope {
    return this.meaning.scope;
  }

  get values(): Values {
    return this.meaning.values;
  }

  get domains(): ReadonlySet<string> {
    return this.meaning.domains;
  }

  /**
   * What `make` says of the body, kept by `key` for as long as the body and
   * what it asks of the code around it are as they are. It must have the
   * nodes' offsets, and depend on no other body.
   */
  kept<T>(key: unknown, make: () => T): T {
    return this.meaning.kept(key, make);
  }

  get block(): Block {
    return this.reading.block;
  }

  get flow(): Flow {
    return this.reading.flow;
  }

  get stores(): readonly Store[] {
    return this.reading.stores;
  }

  /** Where the function ends, as its nodes have it. */
  get end(): number {
    return this.reading.item.end;
  }

  /** The parameters that are devices. */
  get devices(): readonly string[] {
    return devicesAmong(this.fn);
  }

  /** The variables that some assignment makes depend on one of `seeds`; none of `barrier` is gone through. */
  carried(seeds: Iterable<string>, barrier: ReadonlySet<string> = new Set()): ReadonlySet<string> {
    const reached = new Set(seeds);
    for (let changed = true; changed; ) {
      changed = false;
      for (const { into, from } of this.reading.assignments) {
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
    const deviceNames = this.kept(devicesAmong, () => this.carried(this.devices));
    return namesIn(value).some((name) => deviceNames.has(name));
  }

  text(node: Span): string {
    return this.reading.text(node);
  }

  /** Where a part of the body stands in its unit. */
  span({ start, end }: Span): Span {
    const { shift } = this.fn.original;
    return { start: start + shift, end: end + shift };
  }

  spot(node: Span): Spot {
    return { unit: this.fn.unit, span: this.span(node) };
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

/** The parameters of a function that are devices. */
export function devicesAmong({ item }: KnownFunction): readonly string[] {
  return item.parameters
    .filter(({ type }) => type.pointers === 1 && DEVICES.has(type.base))
    .map(({ name }) => name);
}

/** All bodies of one version of a program. */
export class Bodies {
  private readonly known = new Map<KnownFunction, Body>();

  constructor(readonly program: Program) {}

  get domains(): ReadonlySet<string> {
    return this.program.surroundings.known(domainStructs, this.program);
  }

  get carriers(): Carriers {
    return this.program.surroundings.known(carriersOf, this.program);
  }

  of(fn: KnownFunction): Body {
    const meaning = this.program.keptBodies.of(fn, this.program);
    let body = this.known.get(fn);
    if (body?.meaning !== meaning) {
      body = new Body(fn, meaning);
      this.known.set(fn, body);
    }
    return body;
  }

  /** What other hunks show of the same function. */
  otherPartsOf({ fn }: Body): readonly Body[] {
    return this.program
      .definitionsIn(fn.unit)
      .filter((each) => each !== fn && each.item.name === fn.item.name)
      .map((each) => this.of(each));
  }

  /** The function that a call by this name runs, when it is at hand. */
  calledFunction(name: string | null, from: Body): KnownFunction | null {
    return name === null ? null : this.program.definitionOf(name, from.fn.unit);
  }

  /** Its body. */
  called(name: string | null, from: Body): Body | null {
    const fn = this.calledFunction(name, from);
    return fn && this.of(fn);
  }
}

function carriersOf(program: Program, before?: Carriers): Carriers {
  return new Carriers(program, before ?? null);
}
