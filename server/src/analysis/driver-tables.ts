/** The tables of operations that a driver has, in its file and beside it, and the functions that they name. */
import type { Argument } from '../sim/worlds/index.js';
import type { Expression, FunctionItem } from '../syntax/index.js';
import {
  CORE,
  definitionOf,
  directoryOf,
  type OpsTable,
  opsTablesOf,
  type SourceTree,
} from '../tree/index.js';
import { definitionIn } from './definition-in.js';
import type { InFile } from './driver-parts.js';

export class DriverTables {
  private known: OpsTable[] | null = null;

  constructor(
    readonly tree: SourceTree,
    readonly path: string,
  ) {}

  /** Tables of the file itself. */
  own(name: string): OpsTable[] {
    return opsTablesOf(this.tree, name, this.path).filter(({ path }) => path === this.path);
  }

  /** The driver's operations, which may stand in a file beside this one. */
  ops(): OpsTable[] {
    if (this.known) return this.known;
    const own = this.own('iommu_ops');
    this.known =
      own.length > 0 ? own : opsTablesOf(this.tree, 'iommu_ops', this.path).filter(isBeside(this.path));
    return this.known;
  }

  /** The files of the driver that have tables of operations for domains, this one first. */
  files(): string[] {
    const beside = opsTablesOf(this.tree, 'iommu_domain_ops', this.path).filter(isBeside(this.path));
    return [...new Set([this.path, ...beside.map(({ path }) => path)])];
  }

  /** The functions in a slot of the driver's operations. */
  inOps(slot: string): InFile[] {
    return this.ops().flatMap((table) => this.inSlot(table, slot) ?? []);
  }

  /** The function in a slot of a table; null where it has none. */
  inSlot({ entries, path }: OpsTable, slot: string): InFile | null {
    const value = entries.find(({ member }) => member === slot)?.value;
    const name = value ? nameIn(value) : null;
    if (name === null) return null;
    return this.definition(name) ?? definitionOf(this.tree, name, path);
  }

  definition(name: string): InFile | null {
    const own = this.tree.file(this.path);
    const item = own && definitionIn(own, name);
    return item ? { item, file: own, path: this.path } : definitionOf(this.tree, name, this.path);
  }
}

/** Drivers of one file share the folder of the core; a folder of its own is one driver. */
function isBeside(from: string): (table: OpsTable) => boolean {
  return ({ path }) => directoryOf(path) === directoryOf(from) && directoryOf(from) !== CORE;
}

/** The name that a slot is given: a function, or a variable by its address. */
export function nameIn(value: Expression): string | null {
  const inner = value.kind === 'unary' || value.kind === 'cast' ? value.operand : value;
  return inner.kind === 'name' ? inner.name : null;
}

/** What the parameters of an operation are given. */
export function argumentsOf({ parameters }: FunctionItem): Argument[] {
  return parameters.map(({ type: { base, pointers } }): Argument => {
    if (pointers === 1 && base === 'struct iommu_domain') return 'domain';
    if (pointers === 1 && base === 'struct device') return 'device';
    if (pointers === 1 && base === 'struct mm_struct') return 'mm';
    if (pointers > 0) return 'zero';
    return /^(?:ioasid_t|u32)$/.test(base) ? 'pasid' : /^unsigned(?: int)?$/.test(base) ? 'type' : 'zero';
  });
}
