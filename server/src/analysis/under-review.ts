/**
 * The code under review as something that scenarios can run: which functions
 * bind and unbind, which time of the core it is written for, and where the
 * simulated world stands to see its types.
 */
import { type Unit, unitOf } from '../iommu/index.js';
import { type Declarations, DeclarationsOf, type Found, type NamedFile } from '../ir/index.js';
import {
  type Implementation,
  type Kit,
  kitOf,
  OPERATIONS,
  operationsOf,
  type Part,
  type Time,
  torsoOf,
  worldFile,
} from '../sim/worlds/index.js';
import { CFile, type FunctionItem, type StructItem } from '../syntax/index.js';
import { CORE, type SourceTree } from '../tree/index.js';
import { definitionIn } from './definition-in.js';
import type { Surroundings } from './simulation.js';
import { WorldDeclarations } from './world-declarations.js';

/** The file of the core that sees every type that a world is made of. */
const CORE_FILE = `${CORE}/iommu.c`;

/** The code that scenarios run on: the units, or what a series of them shows together. */
interface CodeUnderReview {
  /** What is run under a path; null for files of the tree and of the world. */
  unitAt(path: string): Unit | null;
  /** The patch that a line of it is of, by its index; null when it has none of its own. */
  patchAt(path: string, line: number): number | null;
}

/** Ready for scenarios. */
export interface PlayableCode extends CodeUnderReview {
  readonly kind: 'playable';
  readonly implementation: Implementation;
  readonly time: Time;
}

/** It has functions that scenarios would call, and cannot be played. */
export interface UnplayableCode extends CodeUnderReview {
  readonly kind: 'not-modelled';
  readonly parts: readonly Part[];
  /** After "because". */
  readonly why: string;
}

/** `absent`: nothing in it binds. */
export type UnderReview = PlayableCode | UnplayableCode | { readonly kind: 'absent' };

/** The units as an implementation of shared virtual addressing, or why they are none. */
export function implementationUnderReview(
  reviewed: readonly Unit[],
  { tree: around, series }: Surroundings,
): UnderReview {
  // Hunks that do not apply are of another kernel than the tree.
  const tree = reviewed.some(({ isReviewed, image }) => isReviewed && image.basis === 'hunks')
    ? null
    : around;
  const joined = tree ? [] : (series?.() ?? []);
  const units =
    joined.length > 0
      ? joined.map(({ image }, index) => unitOf(image, joined.length - index, true))
      : reviewed;
  const named = namedUnits(units);
  const files = [...named].map(([path, { c }]) => ({ path, file: c }));
  const code: CodeUnderReview = {
    unitAt: (path) => named.get(path) ?? null,
    patchAt: (path, line) => joined.find((each) => each.path === path)?.patchOf(line) ?? null,
  };
  const kit = kitOf(files, () => coreFiles(tree));
  if (!kit) {
    const torso = torsoOf(files);
    return torso ? { kind: 'not-modelled', ...torso, ...code } : { kind: 'absent' };
  }
  if (callsDriver(kit.bind, named))
    return { kind: 'not-modelled', parts: [kit.bind, kit.unbind], why: whyDriver(kit), ...code };
  const time = timeOf(units, tree);
  return {
    kind: 'playable',
    time,
    ...code,
    implementation: {
      files,
      kit,
      operations: tree ? OPERATIONS[time] : (operationsOf(files) ?? OPERATIONS[time]),
      core: tree || time === '6.8' ? [] : ['core-before-6.8.c'],
      declarations: (world) => declarationsWith(units, files, world, { tree, time }),
      configuration: CONFIGURATION,
      textOf: (path) => tree?.file(path)?.text ?? null,
    },
  };
}

/** Where the core has what scenarios call beside binding: attaching to PASIDs, taking page requests, and what is reset in the mm of a child. */
const CORE_FILES = [CORE_FILE, `${CORE}/io-pgfault.c`, 'include/linux/iommu.h', 'include/linux/sched/mm.h'];

function coreFiles(tree: SourceTree | null): NamedFile[] {
  return CORE_FILES.flatMap((path) => {
    const file = tree?.file(path);
    return file ? [{ path, file }] : [];
  });
}

/** What the kernel is built with; of the rest nothing is said. */
const CONFIGURATION: ReadonlyMap<string, boolean> = new Map([
  ['CONFIG_IOMMU_SVA', true],
  ['CONFIG_PCI', true],
  ['CONFIG_X86', false],
]);

/** Until Linux 6.1 each driver has bound by itself, and the core only asked it to: there is nothing to run. */
function callsDriver({ item, path }: Kit['bind'], units: ReadonlyMap<string, Unit>): boolean {
  const { text } = units.get(path)!.image;
  return item.bodySpan !== null && /->sva_bind\b/.test(text.slice(item.bodySpan.start, item.bodySpan.end));
}

/** In a series a later patch says how things are in the end; what an earlier one shows of a file has a name of its own. */
function namedUnits(units: readonly Unit[]): ReadonlyMap<string, Unit> {
  const named = new Map<string, Unit>();
  for (const unit of [...units].sort((one, other) => other.patch - one.patch)) {
    const { path } = unit.image;
    named.set(named.has(path) ? `${unit.patch}/${path}` : path, unit);
  }
  return named;
}

function whyDriver({ bind }: Kit): string {
  return `${bind.name}() only asks the driver to bind, by its sva_bind, and the core does nothing that could be run`;
}

function declarationsWith(
  units: readonly Unit[],
  files: readonly NamedFile[],
  world: readonly NamedFile[],
  { tree, time }: { readonly tree: SourceTree | null; readonly time: Time },
): Declarations {
  if (tree) return new WorldDeclarations(units, tree, world, CORE_FILE);
  return new FragmentDeclarations(units, wholeStructs(units, time), [...files, ...world]);
}

/** Declarations of hunks: what they show of a struct of the core is not all of it. */
class FragmentDeclarations extends DeclarationsOf {
  private readonly whole: DeclarationsOf;
  /** Of each file, what all patches of the series show of it, the last first. */
  private readonly versions = new Map<CFile, readonly NamedFile[]>();

  constructor(units: readonly Unit[], structs: NamedFile, files: readonly NamedFile[]) {
    super([...files, structs]);
    this.whole = new DeclarationsOf([structs]);
    for (const { image, c } of units) {
      const shown = units.filter((each) => each.image.path === image.path);
      this.versions.set(
        c,
        files.filter(({ file }) => shown.some((each) => each.c === file)),
      );
    }
  }

  /** What is static is known in all that the series shows of its file. */
  override function(name: string, from: CFile): Found<FunctionItem> | null {
    const found = super.function(name, from);
    if (found?.item.bodySpan && found.item.missing.length === 0) return found;
    for (const { file, path } of this.versions.get(from) ?? []) {
      const item = definitionIn(file, name, ({ missing }) => missing.length === 0);
      if (item) return { item, file, path };
    }
    return found;
  }

  override record(tag: string, from: CFile): Found<StructItem> | null {
    return this.whole.record(tag, from) ?? super.record(tag, from);
  }
}

/** The structs that a file which is there as a whole defines: nothing is to be added to them. */
function definedWhole(units: readonly Unit[]): ReadonlySet<string> {
  const whole = units.filter(({ image }) => image.basis === 'whole-file');
  return new Set(
    whole.flatMap(({ c }) =>
      c.items.flatMap((item) => (item.kind === 'struct' && item.fields.length > 0 ? [item.name ?? ''] : [])),
    ),
  );
}

/**
 * The core's structs of that time with what the hunks show of them: a struct
 * of which only some members are seen has the others all the same.
 */
function wholeStructs(units: readonly Unit[], time: Time): NamedFile {
  const seen = units.flatMap(({ image, c }) =>
    c.items.flatMap((item) => (item.kind === 'struct' ? [{ text: image.text, item }] : [])),
  );
  const defined = definedWhole(units);
  const written = [`core-${time}.h`, 'kernel.h'].flatMap((name) => {
    const { file } = worldFile(name);
    return file.items.flatMap((item) => {
      if (item.kind !== 'struct' || item.fields.length === 0 || defined.has(item.name ?? '')) return [];
      const known = new Set(item.fields.map((field) => field.name));
      const more = new Map<string, string>();
      for (const { text, item: other } of seen)
        if (other.name === item.name)
          for (const field of other.fields)
            if (!known.has(field.name)) more.set(field.name, text.slice(field.start, field.end));
      const fields = item.fields.map(({ start, end }) => file.text.slice(start, end));
      return [`struct ${item.name} {\n${[...fields, ...more.values()].map(asField).join('\n')}\n};`];
    });
  });
  return { path: `simulated/structs-${time}.h`, file: new CFile(`${written.join('\n\n')}\n`) };
}

const asField = (text: string): string => `\t${text.trim().replace(/;?$/, ';')}`;

/** The interfaces of the core that the code is written for: told from what is declared, never from a version number. */
function timeOf(units: readonly Unit[], tree: SourceTree | null): Time {
  const declares = (words: RegExp): boolean =>
    units.some(({ image }) => words.test(image.text)) ||
    (tree !== null && words.test(tree.read('include/linux/iommu.h') ?? ''));
  if (declares(/\bdomain_alloc_sva\b|\biommu_attach_handle\b|\bsva_domains\b/)) return '6.8';
  if (declares(/\bset_dev_pasid\b/)) return '6.2';
  return '2022';
}
