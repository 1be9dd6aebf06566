/**
 * The code under review as something that scenarios can run: which functions
 * bind and unbind, which time of the core it is written for, and where the
 * simulated world stands to see its types.
 */
import { TreeDeclarations, type Unit, unitOf } from '../iommu/index.js';
import { type Declarations, DeclarationsOf, type Found, type NamedFile } from '../ir/index.js';
import { type Implementation, kitOf, OPERATIONS, type Time, worldFile } from '../sim/worlds/index.js';
import { CFile, type FunctionItem } from '../syntax/index.js';
import { CORE, definitionOf, type SourceTree, wholeFileImage } from '../tree/index.js';

/** The file of the core that sees every type that a world is made of. */
const CORE_FILE = `${CORE}/iommu.c`;

/** The units as an implementation of shared virtual addressing; null when they do not bind and unbind. */
export function implementationUnderReview(
  units: readonly Unit[],
  tree: SourceTree | null,
): { readonly implementation: Implementation; readonly time: Time } | null {
  const files = units.map(({ image, c }) => ({ path: image.path, file: c }));
  const kit = kitOf(files);
  if (!kit) return null;
  const time = timeOf(units, tree);
  return {
    time,
    implementation: {
      files,
      kit,
      operations: OPERATIONS[time],
      declarations: (world) => declarationsWith(units, world, tree, time),
      configuration: new Map([
        ['CONFIG_IOMMU_SVA', true],
        ['CONFIG_PCI', true],
        ['CONFIG_X86', false],
      ]),
    },
  };
}

function declarationsWith(
  units: readonly Unit[],
  world: readonly NamedFile[],
  tree: SourceTree | null,
  time: Time,
): Declarations {
  const files = units.map(({ image, c }) => ({ path: image.path, file: c }));
  if (!tree) return new DeclarationsOf([...wholeStructs(units, time), ...files, ...world]);
  const worldUnits = world.map(({ file, path }) => ({
    ...unitOf(wholeFileImage(path, ''), 0, false),
    image: wholeFileImage(path, file.text),
    c: file,
  }));
  return new WorldDeclarations([...units, ...worldUnits], tree, new Set(world.map(({ file }) => file)));
}

/**
 * The core's structs of that time with what the hunks show of them: a struct
 * of which only some members are seen has the others all the same.
 */
function wholeStructs(units: readonly Unit[], time: Time): NamedFile[] {
  const core = worldFile(`core-${time}.h`);
  const seen = units.flatMap(({ image, c }) =>
    c.items.flatMap((item) => (item.kind === 'struct' ? [{ text: image.text, item }] : [])),
  );
  const written = core.file.items.flatMap((item) => {
    if (item.kind !== 'struct') return [];
    const known = new Set(item.fields.map(({ name }) => name));
    const more = seen
      .filter((each) => each.item.name === item.name)
      .flatMap(({ text, item: { fields } }) =>
        fields.filter(({ name }) => !known.has(name)).map(({ start, end }) => text.slice(start, end)),
      );
    const fields = item.fields.map(({ start, end }) => core.file.text.slice(start, end));
    return [`struct ${item.name} {\n${[...fields, ...more].map(asField).join('\n')}\n};`];
  });
  return [{ path: core.path, file: new CFile(`${written.join('\n\n')}\n`) }];
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
