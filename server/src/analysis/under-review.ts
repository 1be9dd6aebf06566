/**
 * The code under review as something that scenarios can run: which functions
 * bind and unbind, which time of the core it is written for, and where the
 * simulated world stands to see its types.
 */
import { TreeDeclarations, type Unit, unitOf } from '../iommu/index.js';
import { type Declarations, DeclarationsOf, type Found, type NamedFile } from '../ir/index.js';
import { type Implementation, kitOf, OPERATIONS, type Time, worldFile } from '../sim/worlds/index.js';
import { CFile, type FunctionItem, type StructItem } from '../syntax/index.js';
import { CORE, definitionOf, type SourceTree, wholeFileImage } from '../tree/index.js';

/** The file of the core that sees every type that a world is made of. */
const CORE_FILE = `${CORE}/iommu.c`;

/** The units as an implementation of shared virtual addressing; null when they do not bind and unbind. */
export function implementationUnderReview(
  units: readonly Unit[],
  tree: SourceTree | null,
): { readonly implementation: Implementation; readonly time: Time } | null {
  const files = namedFiles(units);
  const kit = kitOf(files);
  if (!kit) return null;
  const time = timeOf(units, tree);
  return {
    time,
    implementation: {
      files,
      kit,
      operations: OPERATIONS[time],
      core: tree || time !== '2022' ? [] : ['core-2022.c'],
      declarations: (world) => declarationsWith(units, world, tree, time),
      configuration: new Map([
        ['CONFIG_IOMMU_SVA', true],
        ['CONFIG_PCI', true],
        ['CONFIG_X86', false],
      ]),
    },
  };
}

/** In a series a later patch says how things are in the end; what an earlier one shows of a file has a name of its own. */
function namedFiles(units: readonly Unit[]): NamedFile[] {
  const taken = new Set<string>();
  return [...units]
    .sort((one, other) => other.patch - one.patch)
    .map(({ image, c, patch }) => {
      const path = taken.has(image.path) ? `${patch}/${image.path}` : image.path;
      taken.add(image.path);
      return { path, file: c };
    });
}

function declarationsWith(
  units: readonly Unit[],
  world: readonly NamedFile[],
  tree: SourceTree | null,
  time: Time,
): Declarations {
  const files = namedFiles(units);
  if (!tree) return new FragmentDeclarations(units, wholeStructs(units, time), [...files, ...world]);
  const worldUnits = world.map(({ file, path }) => ({
    ...unitOf(wholeFileImage(path, ''), 0, false),
    image: wholeFileImage(path, file.text),
    c: file,
  }));
  return new WorldDeclarations([...units, ...worldUnits], tree, new Set(world.map(({ file }) => file)));
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
      const item = file.items.find(
        (each): each is FunctionItem =>
          each.kind === 'function' &&
          each.name === name &&
          each.bodySpan !== null &&
          each.missing.length === 0,
      );
      if (item) return { item, file, path };
    }
    return found;
  }

  override record(tag: string, from: CFile): Found<StructItem> | null {
    return this.whole.record(tag, from) ?? super.record(tag, from);
  }
}

/**
 * The core's structs of that time with what the hunks show of them: a struct
 * of which only some members are seen has the others all the same.
 */
function wholeStructs(units: readonly Unit[], time: Time): NamedFile {
  const seen = units.flatMap(({ image, c }) =>
    c.items.flatMap((item) => (item.kind === 'struct' ? [{ text: image.text, item }] : [])),
  );
  const written = [`core-${time}.h`, 'kernel.h'].flatMap((name) => {
    const { file } = worldFile(name);
    return file.items.flatMap((item) => {
      if (item.kind !== 'struct' || item.fields.length === 0) return [];
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

/** The tree's declarations, for code that may call all of the core and a world that stands in it. */
class WorldDeclarations extends TreeDeclarations {
  constructor(
    units: readonly Unit[],
    private readonly around: SourceTree,
    world: ReadonlySet<CFile>,
  ) {
    super(units, around);
    for (const file of world) this.place(file, CORE_FILE);
  }

  /** Of a function that is only declared where it is called, the core's body. */
  override function(name: string, from: CFile): Found<FunctionItem> | null {
    const found = super.function(name, from);
    if (found && found.item.bodySpan === null) {
      const defined = definitionOf(this.around, name, this.pathOf(from) ?? CORE_FILE);
      if (defined) {
        this.place(defined.file, defined.path);
        return defined;
      }
    }
    return found;
  }
}

/** The interfaces of the core that the code is written for: told from what is declared, never from a version number. */
function timeOf(units: readonly Unit[], tree: SourceTree | null): Time {
  const declares = (words: RegExp): boolean =>
    units.some(({ image }) => words.test(image.text)) ||
    (tree !== null && words.test(tree.read('include/linux/iommu.h') ?? ''));
  if (declares(/\bdomain_alloc_sva\b|\biommu_attach_handle\b|\bsva_domains\b/)) return '6.8';
  if (declares(/\bset_dev_pasid\b/)) return '6.2';
  return '2022';
}
