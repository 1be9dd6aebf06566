/**
 * What the kernel around a patch says of its functions: how they were before,
 * who calls them, whether the kernel has them already. Each answer is worked
 * out when somebody asks, and null where nobody can tell.
 */

import { type AnyNode, walk } from '../syntax/index.js';
import { type CallSite, CORE, callersOf, contextImage, directoryOf, type SourceTree } from '../tree/index.js';
import { callShapeOf } from './call-shapes.js';
import { stubOf } from './config-stubs.js';
import type { CallerFact, CallShape, FunctionFact, HelperFact, StubFact } from './facts.js';
import { KernelApi, type KernelApiFacts } from './kernel-api.js';
import { rowOf } from './oddities/set-up.table.js';
import type { KnownFunction, Program, Unit } from './program.js';
import { helperLike, type KnownHelper } from './written-again.js';

/** The kernel around the code. */
export interface Around {
  /** As all patches leave it; null without a tree. */
  readonly tree: SourceTree | null;
  /** As it was before the first of them; null without a tree, and where nothing changes it. */
  readonly before: SourceTree | null;
}

export interface TreeFacts {
  readonly api: KernelApiFacts;
  /** How a function of this name was declared in this file before the patch; null where it was not there. */
  callShapeBefore(fn: FunctionFact): CallShape | null;
  /** Who calls it by its name once all patches are applied, in the code and in the folders around; null without a tree. */
  callersOf(fn: FunctionFact): readonly CallerFact[] | null;
  /**
   * What the folder of a file does with members of this name: whether somebody sets one up, as `setter` does, and
   * whether somebody uses one that needs it. Null without a tree.
   */
  setUpOf(
    setter: string,
    member: string,
    around: string,
  ): { readonly isSetUp: boolean; readonly isUsed: boolean } | null;
  /** A function of the kernel that does the same, of what can be called from there first. */
  existingHelper(fn: FunctionFact): HelperFact | null;
  /** Whether callers of a function find it when its option is off. */
  stubOf(name: string): StubFact | null;
  /** Whether this header had a struct, or a value of an enum, of this name before all patches; false without a tree. */
  hadInHeader(path: string, name: string): boolean;
}

/** Where functions of this subsystem are called from, beside the folders of the code. */
const CALLING = [CORE, 'drivers/vfio', 'include/linux'];

export function treeFacts(program: Program, around: Around): TreeFacts {
  return new FactsAround(program, around);
}

class FactsAround implements TreeFacts {
  readonly api: KernelApiFacts;
  private readonly units = new Map<string, Unit>();

  constructor(
    private readonly program: Program,
    private readonly around: Around,
  ) {
    this.api = new KernelApi(program, around.tree);
  }

  callShapeBefore(fn: FunctionFact): CallShape | null {
    const file = this.around.before?.file(fn.nameSpot.unit.image.path);
    const items = file?.items.filter((item) => item.kind === 'function' && item.name === fn.name) ?? [];
    const found = items.find((item) => item.kind === 'function' && item.bodySpan !== null) ?? items[0];
    return found?.kind === 'function' ? callShapeOf(found) : null;
  }

  hadInHeader(path: string, name: string): boolean {
    const file = (this.around.before ?? this.around.tree)?.file(path);
    return (file?.items ?? []).some(
      (item) =>
        (item.kind === 'struct' && item.name === name) ||
        (item.kind === 'enum' && item.members.some((each) => each.name === name)),
    );
  }

  callersOf(fn: FunctionFact): readonly CallerFact[] | null {
    const { tree } = this.around;
    if (!tree || fn.name === '') return null;
    const { path } = fn.nameSpot.unit.image;
    const reviewed = this.program.units.filter(({ isReviewed }) => isReviewed);
    const folders = reviewed.map(({ image }) => directoryOf(image.path));
    const directories = fn.isStatic && path.endsWith('.c') ? [directoryOf(path)] : [...folders, ...CALLING];
    const sites = callersOf(tree, fn.name, { directories: withoutInner(directories), definedIn: path });
    if (!sites) return null;
    const reachable = fn.isStatic && path.endsWith('.c') ? sites.filter((site) => site.path === path) : sites;
    return reachable.map(({ path: at, file, caller, call }) => ({
      name: caller.name,
      spot: { unit: this.unitAt(at, file), span: call },
      arguments: caller.kind === 'function' ? argumentsAt(file.bodyOf(caller), call.start) : null,
    }));
  }

  setUpOf(setter: string, member: string, around: string): ReturnType<TreeFacts['setUpOf']> {
    const { tree } = this.around;
    const row = rowOf(setter);
    if (!tree || !row) return null;
    const scope = { directories: [directoryOf(around)], definedIn: around };
    const isGivenTo = (name: string): boolean =>
      (callersOf(tree, name, scope) ?? []).some((site) => isGiven(site, member));
    if (callersOf(tree, setter, scope) === null) return null;
    const isSetUp = row.setters.some(isGivenTo);
    return { isSetUp, isUsed: !isSetUp && [...row.uses.keys()].some(isGivenTo) };
  }

  existingHelper(fn: FunctionFact): HelperFact | null {
    const tree = this.around.before ?? this.around.tree;
    const known = this.known(fn);
    if (!tree || !known || known.item.missing.length > 0) return null;
    const from = known.unit.image.path;
    const found = helperLike({ file: known.unit.c, item: known.item }, from, tree, (each) =>
      this.isMoved(each, known),
    );
    if (!found) return null;
    const { item, path, file } = found;
    return {
      name: item.name,
      spot: { unit: this.unitAt(path, file), span: item.nameSpan },
      isReachable: !item.isStatic || path === from || path.endsWith('.h'),
    };
  }

  stubOf(name: string): StubFact | null {
    return stubOf(name, this.program);
  }

  /** Whether it is the function itself, or one that the patches take away. */
  private isMoved({ path, item }: KnownHelper, { unit, item: own }: KnownFunction): boolean {
    if (item.name === own.name) return true;
    if (!this.around.before) return path === unit.image.path && item.start >= own.start;
    const after = this.around.tree?.file(path);
    return !after?.items.some((each) => each.kind === 'function' && each.name === item.name);
  }

  private known({ nameSpot }: FunctionFact): KnownFunction | null {
    const { unit, span } = nameSpot;
    return this.program.definitionsIn(unit).find(({ item }) => item.nameSpan.start === span.start) ?? null;
  }

  /** The unit under review that shows the file as it is in the end, or one that only explains. */
  private unitAt(path: string, file: Unit['c']): Unit {
    const own = this.program.unitsAt(path).findLast(({ c }) => c.text === file.text);
    if (own) return own;
    let unit = this.units.get(path);
    if (!unit) {
      unit = { image: contextImage(path, file.text), c: file, patch: 0, isReviewed: false };
      this.units.set(path, unit);
    }
    return unit;
  }
}

/** Whether a call names such a member; of a macro, whose body nobody parses, whether its words do. */
function isGiven({ file, caller, call }: CallSite, member: string): boolean {
  if (caller.kind === 'macro') return file.text.slice(caller.start, caller.end).split(/\W+/).includes(member);
  let isNamed = false;
  const body = file.bodyOf(caller);
  if (body)
    walk(body, (node) => {
      const isInCall = node.start >= call.start && node.end <= call.end;
      if (node.kind === 'member' && node.name === member && isInCall) isNamed = true;
    });
  return isNamed;
}

function argumentsAt(body: AnyNode | null, start: number): number | null {
  let count: number | null = null;
  if (body)
    walk(body, (node) => {
      if (node.kind === 'call' && node.start === start) count = node.args.length;
    });
  return count;
}

/** Folders below another one are searched with it. */
function withoutInner(folders: readonly string[]): string[] {
  const all = [...new Set(folders)];
  return all.filter((each) => !all.some((other) => other !== each && each.startsWith(`${other}/`)));
}
