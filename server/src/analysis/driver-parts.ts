/**
 * The structs that an operation of an IOMMU driver works on, told from types
 * alone: the hardware instance embeds struct iommu_device, the domain embeds
 * struct iommu_domain, and the private data of a device are what the result of
 * dev_iommu_priv_get() is kept in.
 */
import type { DriverPart, Start } from '../sim/worlds/index.js';
import type { CFile, CType, Field, FunctionItem, StructItem } from '../syntax/index.js';
import { definitionOf, directoryOf, type SourceTree } from '../tree/index.js';

/** A function with the file that it stands in. */
export interface InFile {
  readonly item: FunctionItem;
  readonly file: CFile;
  readonly path: string;
}

/** How deep members are looked at, and callees. */
const DEEPEST = 3;

const CONTAINERS: ReadonlyMap<string, Start['as']> = new Map([
  ['struct list_head', 'list'],
  ['struct xarray', 'xarray'],
  ['struct ida', 'ida'],
  ['struct idr', 'idr'],
]);

/** A member by value, or a pointer to one object. */
const isPlain = ({ type }: Field, pointers: number): boolean =>
  type.pointers === pointers && !type.isArray && type.parameters === null;

export class DriverParts {
  constructor(private readonly tree: SourceTree) {}

  /** A struct by its spelling, as a file sees it. */
  struct(type: string, from: string): StructItem | null {
    const [kind, name = ''] = type.split(' ');
    if (kind !== 'struct' || name === '') return null;
    const found = this.tree.declarationOf('struct', name, from);
    return found && found.item.members.length > 0 ? found.item : null;
  }

  /** The member by which a struct embeds another; null when it does not. */
  embeds(type: string, wanted: string, from: string): string | null {
    const fields = this.struct(type, from)?.fields ?? [];
    return fields.find((field) => field.type.base === wanted && isPlain(field, 0))?.name ?? null;
  }

  private isDomain(type: string, from: string): boolean {
    return type === 'struct iommu_domain' || this.embeds(type, 'struct iommu_domain', from) !== null;
  }

  // ---- which struct plays which part

  /** What the private data of devices are, by what the function or its callees keep them in. */
  privateOf(fn: InFile, depth = DEEPEST): string | null {
    const text = bodyOf(fn);
    const [, type, name = ''] =
      /(?:\bstruct\s+(\w+)\s*\*\s*)?(\w+)\s*=\s*dev_iommu_priv_get\s*\(/.exec(text) ?? [];
    if (type) return `struct ${type}`;
    const declared = name && new RegExp(`\\bstruct\\s+(\\w+)\\s*\\*[^;()]*\\b${name}\\b`).exec(text)?.[1];
    if (declared) return `struct ${declared}`;
    if (/\breturn\s+dev_iommu_priv_get\s*\(/.test(text)) return pointedTo(fn.item.returns);
    if (depth === 0) return null;
    return this.firstOf(fn, 'struct device', (callee) => this.privateOf(callee, depth - 1));
  }

  /** The driver's own struct around the domain that a function is given. */
  domainOf(fn: InFile): string | null {
    const embedding = (type: string | null): string | null =>
      type !== null && this.embeds(type, 'struct iommu_domain', fn.path) !== null ? type : null;
    const direct = /container_of\s*\([^;]*?,\s*(struct\s+\w+)\s*,/.exec(bodyOf(fn))?.[1] ?? null;
    return (
      embedding(direct) ??
      this.firstOf(fn, 'struct iommu_domain', ({ item }) => embedding(pointedTo(item.returns))) ??
      this.firstOf(fn, 'struct iommu_domain', (callee) =>
        this.firstOf(callee, 'struct iommu_domain', ({ item }) => embedding(pointedTo(item.returns))),
      )
    );
  }

  /** The first answer among the callees that are passed the parameter of such a type. */
  private firstOf(fn: InFile, type: string, ask: (callee: InFile) => string | null): string | null {
    const parameter = fn.item.parameters.find((each) => each.type.base === type)?.name;
    if (!parameter) return null;
    const calls = bodyOf(fn).matchAll(new RegExp(`\\b(\\w+)\\s*\\(([^()]*\\b${parameter}\\b[^()]*)\\)`, 'g'));
    for (const name of new Set([...calls].map(([, called]) => called!))) {
      const callee = definitionOf(this.tree, name, fn.path);
      const answer = callee && ask(callee);
      if (answer) return answer;
    }
    return null;
  }

  /** The file, and those of its folder that it includes. */
  filesNear(from: string): string[] {
    return [from, ...this.tree.closure(from)].filter(
      (path) => path === from || directoryOf(path) === directoryOf(from),
    );
  }

  /** The hardware instance: the private data themselves, what they point to, else what the driver has. */
  instanceOf(own: string | null, from: string): string | null {
    const isInstance = (type: string): boolean => this.embeds(type, 'struct iommu_device', from) !== null;
    if (own && isInstance(own)) return own;
    for (const { type } of this.pointers(own, from)) if (isInstance(type)) return type;
    for (const path of this.filesNear(from))
      for (const item of this.tree.file(path)?.items ?? [])
        if (item.kind === 'struct' && isInstance(`struct ${item.name}`)) return `struct ${item.name}`;
    return null;
  }

  /** Whether the one instance that there is stands in a variable, with no struct of the driver around it. */
  isVariable(from: string): boolean {
    return this.filesNear(from).some((path) =>
      (this.tree.file(path)?.items ?? []).some(
        (item) => item.kind === 'variable' && item.type.base === 'struct iommu_device' && !item.type.isArray,
      ),
    );
  }

  /** Whether a variable of the file points to the one instance that there is. */
  isSingleton(instance: string, from: string): boolean {
    const items = this.tree.file(from)?.items ?? [];
    return items.some(
      (item) =>
        item.kind === 'variable' && item.type.base === instance && !item.type.isArray && !item.isExtern,
    );
  }

  /** The pointers of a struct to others, those in the first elements of its arrays among them. */
  private pointers(type: string | null, from: string): { readonly member: string; readonly type: string }[] {
    const fields = (type && this.struct(type, from)?.fields) || [];
    return fields.flatMap((field) => {
      if (isPlain(field, 1)) return [{ member: field.name, type: field.type.base }];
      if (!field.type.isArray || field.type.pointers > 0) return [];
      const inner = this.struct(field.type.base, from)?.fields ?? [];
      return inner
        .filter((each) => isPlain(each, 1))
        .map((each) => ({ member: `${field.name}[0].${each.name}`, type: each.type.base }));
    });
  }

  // ---- how a fresh one looks

  /** An instance that no domain is attached to. */
  instancePart(type: string, from: string): DriverPart {
    return { type, starts: [...this.fresh(type, from), ...this.noDomains(type, from)] };
  }

  /** The private data of a device behind an instance. */
  privatePart(type: string, instance: string | null, from: string): DriverPart {
    const links = this.pointers(type, from).flatMap(({ member, type: to }): Start[] => {
      if (to === instance) return [{ member, as: 'instance' }];
      return to === 'struct device' ? [{ member, as: 'device' }] : [];
    });
    const lists = links.some(({ as }) => as === 'instance') ? [] : this.listsOf(type, instance, from);
    return { type, starts: [...this.fresh(type, from), ...this.noDomains(type, from), ...links, ...lists] };
  }

  domainPart(type: string, from: string, isNested = false): DriverPart {
    return { type, starts: [...this.fresh(type, from), ...(isNested ? this.parentOf(type, from) : [])] };
  }

  /** The domain that one for a guest stands on: the pointer of its struct to a domain. */
  private parentOf(type: string, from: string): Start[] {
    for (const { member, type: to } of this.pointers(type, from)) {
      const inner = this.embeds(to, 'struct iommu_domain', from);
      if (inner !== null) return [{ member, as: 'parent', name: `${to}, ${inner}` }];
    }
    return [];
  }

  /** The struct of the driver that a device is a member of: what the function finds around the device it is given. */
  holderOf({ item, file, path }: InFile): { readonly type: string; readonly member: string } | null {
    const device = item.parameters.find((each) => each.type.base === 'struct device')?.name;
    if (!device) return null;
    const around = new RegExp(`container_of\\s*\\(\\s*${device}\\s*,\\s*(struct\\s+\\w+)\\s*,`);
    const type = around.exec(bodyOf({ item, file, path }))?.[1] ?? null;
    const member = type && this.embeds(type, 'struct device', path);
    return type && member ? { type, member } : null;
  }

  /** No domain is attached yet: where drivers keep that, they have none, or the one that translates nothing. */
  private noDomains(type: string, from: string): Start[] {
    const rest = this.domainAtRest(from);
    return this.pointers(type, from)
      .filter((each) => this.isDomain(each.type, from))
      .map(({ member, type: to }) =>
        rest !== null && to === 'struct iommu_domain'
          ? { member, as: 'at-rest', name: rest }
          : { member, as: 'nothing' },
      );
  }

  /** The domain of a driver's devices before any is attached; null when it has no variable for that. */
  private domainAtRest(from: string): string | null {
    for (const item of this.tree.file(from)?.items ?? []) {
      if (item.kind !== 'variable' || item.type.base !== 'struct iommu_domain') continue;
      const entries = item.initial?.kind === 'initializers' ? item.initial.entries : [];
      const type = entries.find(({ member }) => member === 'type')?.value;
      if (type?.kind === 'name' && type.name === 'IOMMU_DOMAIN_IDENTITY') return item.name;
    }
    return null;
  }

  /** Lists and containers are empty, wherever in the struct they are. */
  private fresh(type: string, from: string, depth = DEEPEST): Start[] {
    return this.freshIn(this.struct(type, from)?.fields ?? [], from, depth);
  }

  private freshIn(fields: readonly Field[], from: string, depth: number): Start[] {
    return fields.flatMap((field): Start[] => {
      if (!isPlain(field, 0) || field.name === '') return [];
      const as = CONTAINERS.get(field.type.base);
      if (as) return [{ member: field.name, as }];
      const { definition } = field.type;
      if (depth === 0 || (definition && definition.kind !== 'struct')) return [];
      if (!definition && KERNELS_OWN.test(field.type.base)) return [];
      const inner = definition
        ? this.freshIn(definition.fields, from, depth - 1)
        : this.fresh(field.type.base, from, depth - 1);
      return inner.map((each) => ({ ...each, member: `${field.name}.${each.member}` }));
    });
  }

  /** A list of instances that a device has: `list_add(&data->node, &owner->controllers)` somewhere in the driver. */
  private listsOf(type: string, instance: string | null, from: string): Start[] {
    const heads = this.listMembers(type, from);
    const nodes = instance ? this.listMembers(instance, from) : [];
    const text = this.tree.read(from) ?? '';
    for (const [, node = '', head = ''] of text.matchAll(
      /\blist_add(?:_tail)?\s*\(\s*&\w+->(\w+)\s*,\s*&\w+->(\w+)\s*\)/g,
    ))
      if (nodes.includes(node) && heads.includes(head)) return [{ member: head, as: 'on-list', name: node }];
    return [];
  }

  private listMembers(type: string, from: string): string[] {
    const fields = this.struct(type, from)?.fields ?? [];
    return fields.filter((each) => each.type.base === 'struct list_head').map(({ name }) => name);
  }
}

/** Structs of the kernel's core, into which no driver looks: what they hold is made when it is asked for. */
const KERNELS_OWN =
  /^struct (?:device|iommu_device|kobject|platform_device|pci_dev|work_struct|mutex|resource)$/;

export function bodyOf({ item, file }: InFile): string {
  return item.bodySpan ? file.text.slice(item.bodySpan.start, item.bodySpan.end) : '';
}

function pointedTo({ base, pointers }: CType): string | null {
  return pointers === 1 && base.startsWith('struct ') ? base : null;
}
