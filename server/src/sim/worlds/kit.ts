/** The functions of an implementation that scenarios call, found by what they take and give. */

import type { NamedFile } from '../../ir/index.js';
import {
  type Expression,
  type FunctionItem,
  spellingOf,
  type VariableItem,
  walk,
} from '../../syntax/index.js';

/** A function that plays a part, with what its arguments are. */
export interface Part {
  readonly name: string;
  readonly returns: 'handle' | 'nothing' | 'number';
  readonly parameters: readonly string[];
  readonly item: FunctionItem;
  readonly path: string;
}

/** The parts of an implementation of shared virtual addressing. */
export interface Kit {
  /** Gives a handle, or a domain, for a device and an mm. */
  readonly bind: Part;
  readonly unbind: Part;
  /** Gives the PASID of a device a domain, or takes it away; null when the code at hand does not. */
  readonly attach: Part | null;
  readonly detach: Part | null;
  /** Takes a page request of a device; null when the code at hand does not. */
  readonly report: Part | null;
  /** What a worker does with a page request, where the code at hand shows the worker only in part; null when it shows none. */
  readonly worker: Worker | null;
  /** Resets what the code keeps in an mm, for the copy that a child gets; null when the code at hand does not. */
  readonly fork: Part | null;
}

/** A worker finds the domain of a page request, has it handle the request, and lets it go. */
export interface Worker {
  /** By its name; the hunks show it only in part. */
  readonly name: string;
  readonly find: Part;
  readonly putBack: Part | null;
  /** Members of the domain: the function that handles a request, and what it is given beside that. */
  readonly handler: string;
  readonly data: string;
}

/** Whether it gives a domain that its caller attaches, not a bond. */
export const givesDomain = ({ item }: Part): boolean => item.returns.base === 'struct iommu_domain';

/** Whether page requests are taken as the core queues them, since 6.9. */
export const takesQueued = ({ parameters }: Part): boolean => parameters[1] === 'struct iopf_fault *';

/**
 * The kit of some files; null when no function binds, or none unbinds. What
 * else scenarios call may also be in the files around.
 */
export function kitOf(
  files: readonly NamedFile[],
  around: () => readonly NamedFile[] = () => [],
): Kit | null {
  const parts = definitionsIn(files).filter(isWhole);
  for (const handle of HANDLES) {
    const { bind, unbind } = pairOf(parts, handle, files);
    if (bind && unbind) {
      const all = [...parts, ...definitionsIn(around())];
      const first = (is: (item: FunctionItem) => boolean): Part | null =>
        all.find(({ item }) => is(item)) ?? null;
      const { attach, detach } = attachingOf(all, files);
      const worker = workerOf(parts, files);
      const fork = first(isFork) ?? inlineFork(around());
      return { bind, unbind, attach, detach, report: first(isReport), worker, fork };
    }
  }
  return null;
}

/** What there is of a kit that lacks something, and what it lacks. */
interface Torso {
  readonly parts: readonly Part[];
  /** After "because". */
  readonly why: string;
}

/** For files that have no kit: a part of one that they have all the same; null when they have none. */
export function torsoOf(files: readonly NamedFile[]): Torso | null {
  const parts = definitionsIn(files);
  for (const handle of HANDLES) {
    const { bind, unbind } = pairOf(parts, handle, files);
    const torn = [bind, unbind].find((part) => part && !isWhole(part));
    if (bind && torn) return { parts: [bind], why: `the input shows ${torn.name}() only in part` };
    if (bind) return { parts: [bind], why: `nothing in the input takes back what ${bind.name}() gives` };
    // A domain is given back by every driver; a bond only by those who bind.
    if (unbind && handle === BOND)
      return { parts: [unbind], why: `nothing in the input gives what ${unbind.name}() takes back` };
  }
  return null;
}

const BOND = 'struct iommu_sva';

/** What a bond is known by: first the handle of its own, else the domain itself. */
const HANDLES = [BOND, 'struct iommu_domain'];

/** What scenarios look for, in words. */
export const KIT_WORDS =
  'a function that takes a device and an mm and gives a handle (struct iommu_sva) or a domain, and one that takes that back';

/** What a header has is left out: it may be the stub of a kernel that is configured without it. */
function definitionsIn(files: readonly NamedFile[]): Part[] {
  return files
    .filter(({ path }) => !path.endsWith('.h'))
    .flatMap(({ file, path }) =>
      file.items
        .filter((item): item is FunctionItem => item.kind === 'function' && item.bodySpan !== null)
        .map((item) => partOf(item, path)),
    );
}

/** Tells the operations of a driver, and what ties a domain to them: by the tables that the files have. */
function driverPartIn(files: readonly NamedFile[]): (part: Part) => boolean {
  const tables = files.flatMap(({ file }) =>
    file.items.filter(
      (item): item is VariableItem =>
        item.kind === 'variable' &&
        /^struct iommu_(?:domain_)?ops$/.test(item.type.base) &&
        item.initial !== null,
    ),
  );
  const operations = new Set(tables.flatMap(({ initial }) => (initial ? namesIn(initial) : [])));
  return (part) => {
    const text = bodyOf(part, files);
    return (
      operations.has(part.name) ||
      tables.some(({ name }) => new RegExp(`\\bops\\s*=\\s*&${name}\\b`).test(text))
    );
  };
}

/** The names in an initialiser, nested ones too. */
function namesIn(initial: Expression): string[] {
  const names: string[] = [];
  walk(initial, (node) => {
    if (node.kind === 'name') names.push(node.name);
  });
  return names;
}

const isWhole = ({ item }: Part): boolean => item.missing.length === 0;

function pairOf(parts: readonly Part[], handle: string, files: readonly NamedFile[]) {
  // A driver's own operations are what the core calls, and no core.
  const isOfDriver = handle === BOND ? () => false : driverPartIn(files);
  const binding = parts.filter((part) => isBind(part.item, handle) && !isOfDriver(part));
  const unbinding = parts.filter((part) => isUnbind(part.item, handle) && !isOfDriver(part));
  return { bind: outermost(binding, files), unbind: outermost(unbinding, files) };
}

function partOf(item: FunctionItem, path: string): Part {
  const { pointers, base } = item.returns;
  const returns = pointers > 0 ? 'handle' : base === 'void' ? 'nothing' : 'number';
  return {
    name: item.name,
    returns,
    parameters: item.parameters.map(({ type }) => spellingOf(type)),
    item,
    path,
  };
}

/** Of several, the one that none of the others is called from: get before alloc. */
function outermost(parts: readonly Part[], files: readonly NamedFile[]): Part | null {
  const inner = new Set(
    parts.flatMap((part) => {
      const text = bodyOf(part, files);
      return parts
        .filter((other) => other !== part && new RegExp(`\\b${other.name}\\s*\\(`).test(text))
        .map(({ name }) => name);
    }),
  );
  // What others call comes before what is static, as a driver's own is.
  const outer = parts.filter(({ name }) => !inner.has(name));
  return outer.find(({ item }) => !item.isStatic) ?? outer[0] ?? parts[0] ?? null;
}

function bodyOf({ item, path }: Part, files: readonly NamedFile[]): string {
  const file = files.find((each) => each.path === path)?.file;
  return file && item.bodySpan ? file.text.slice(item.bodySpan.start, item.bodySpan.end) : '';
}

function isBind({ returns, parameters }: FunctionItem, handle: string): boolean {
  const types = parameters.map(({ type }) => spellingOf(type));
  return (
    spellingOf(returns) === `${handle} *` &&
    types.includes('struct device *') &&
    types.includes('struct mm_struct *')
  );
}

function isUnbind({ returns, parameters }: FunctionItem, handle: string): boolean {
  return (
    spellingOf(returns) === 'void' &&
    parameters.length === 1 &&
    spellingOf(parameters[0]!.type) === `${handle} *`
  );
}

/** One is of no use without the other. */
function attachingOf(parts: readonly Part[], files: readonly NamedFile[]): Pick<Kit, 'attach' | 'detach'> {
  const isOfDriver = driverPartIn(files);
  const both = parts.filter(
    (part) => !part.item.isStatic && takesDomainDevicePasid(part.item) && !isOfDriver(part),
  );
  const attach = both.find(({ returns }) => returns === 'number') ?? null;
  const detach = both.find(({ returns }) => returns === 'nothing') ?? null;
  return attach && detach ? { attach, detach } : { attach: null, detach: null };
}

function takesDomainDevicePasid({ parameters }: FunctionItem): boolean {
  const [domain, device, pasid] = parameters;
  return (
    pasid !== undefined &&
    spellingOf(domain!.type) === 'struct iommu_domain *' &&
    spellingOf(device!.type) === 'struct device *' &&
    PASID_TYPES.includes(spellingOf(pasid.type)) &&
    parameters.slice(3).every(({ type }) => type.pointers > 0)
  );
}

/** A work function of which only parts are shown, when these tell what it does with a page request. */
function workerOf(parts: readonly Part[], files: readonly NamedFile[]): Worker | null {
  const finders = parts.filter(({ item }) => findsDomain(item));
  const putting = parts.filter(({ item }) => isPut(item));
  for (const torn of definitionsIn(files).filter((part) => !isWhole(part) && takesWork(part))) {
    const text = bodyOf(torn, files);
    const isCalled = ({ name }: Part): boolean => new RegExp(`\\b${name}\\s*\\(`).test(text);
    const find = finders.find(isCalled);
    const call = HANDLES_REQUEST.exec(text);
    if (find && call)
      return {
        name: torn.name,
        find,
        putBack: putting.find(isCalled) ?? null,
        handler: call.groups!.handler!,
        data: call.groups!.data!,
      };
  }
  return null;
}

/** `domain->handler(&request->fault, domain->data)`. */
const HANDLES_REQUEST =
  /\b(?<domain>\w+)->(?<handler>\w+)\(&[^,()]*fault\b[^,()]*,\s*\k<domain>->(?<data>\w+)\)/;

const takesWork = ({ parameters }: Part): boolean =>
  parameters.length === 1 && parameters[0] === 'struct work_struct *';

function findsDomain({ returns, parameters }: FunctionItem): boolean {
  return (
    spellingOf(returns) === 'struct iommu_domain *' &&
    parameters.length === 2 &&
    spellingOf(parameters[0]!.type) === 'struct device *' &&
    PASID_TYPES.includes(spellingOf(parameters[1]!.type))
  );
}

function isPut({ returns, parameters }: FunctionItem): boolean {
  return (
    spellingOf(returns) === 'void' &&
    parameters.length === 1 &&
    spellingOf(parameters[0]!.type) === 'struct iommu_domain *'
  );
}

const PASID_TYPES = ['ioasid_t', 'u32'];

function isReport({ name, parameters }: FunctionItem): boolean {
  if (!name.includes('report')) return false;
  const types = parameters.map(({ type }) => spellingOf(type));
  return (
    types.length === 2 &&
    types[0] === 'struct device *' &&
    /^struct \w*(?:fault|fault_event) \*$/.test(types[1]!)
  );
}

/** What a header has inline (Linux 6.12, include/linux/iommu.h:mm_pasid_init()); what does nothing there is the stub of a kernel without it. */
function inlineFork(around: readonly NamedFile[]): Part | null {
  for (const { file, path } of around)
    for (const item of path.endsWith('.h') ? file.items : [])
      if (item.kind === 'function' && isFork(item) && doesSomething(item, file.text))
        return partOf(item, path);
  return null;
}

function doesSomething({ bodySpan }: FunctionItem, text: string): boolean {
  return bodySpan !== null && /\w/.test(text.slice(bodySpan.start, bodySpan.end));
}

function isFork({ name, returns, parameters }: FunctionItem): boolean {
  return (
    /init/.test(name) &&
    spellingOf(returns) === 'void' &&
    parameters.length === 1 &&
    spellingOf(parameters[0]!.type) === 'struct mm_struct *'
  );
}
