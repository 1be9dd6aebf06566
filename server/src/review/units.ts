/** Makes the units of a review out of what was given: patches applied to the tree or read from their hunks alone, C files as they stand. */
import { type CFile, type Origin, type PatchFact, type Unit, unitOf } from '../analysis/index.js';
import { PROJECT_FILE } from '../findings/index.js';
import {
  commitMessageOf,
  decodedDocument,
  type PatchFile,
  type PatchInput,
  type PatchMessage,
  reversed,
  touchesKernelC,
} from '../patch/index.js';
import type { ProjectConfig } from '../project/index.js';
import {
  type BaseMatch,
  changedImage,
  contextImage,
  hunksImage,
  type JoinedFile,
  joinedImages,
  PatchedFiles,
  removedLines,
  type SourceImage,
  SourceTree,
  type TreeReader,
  wholeFileImage,
} from '../tree/index.js';
import type { InputPart, ReviewOptions } from './types.js';

/** Code that is reviewed together: the patches of one series, or the C files of one directory. */
export interface Batch {
  readonly units: readonly Unit[];
  readonly origins: ReadonlyMap<Unit, Origin>;
  /** The mails that bring the units, in their order; none for C files. */
  readonly mails: ReadonlyMap<PatchFact, Origin>;
  /** The files that patches change, as they were before them; none for C files. */
  readonly before: () => readonly Unit[];
  /** Each with its position, `path:line: what`. */
  readonly problems: readonly string[];
  /** The tree around the units, with what the patches or the editor make of it; null when there is none. */
  readonly tree: SourceTree | null;
  /** The tree as it was before the patches, or before what is changed in C files; null where nothing is known of that. */
  readonly treeBefore: () => SourceTree | null;
  /** What hunks that stand alone show of their file as it was; null for all other units. */
  readonly hunksBefore: (unit: Unit) => Unit | null;
  /** For each patched file of the tree, whether it is the very one that its first patch was made on. */
  readonly bases: () => ReadonlyMap<string, BaseMatch>;
  /** The files as all patches show them together; null for what is no series of patches. */
  readonly joined: (() => readonly JoinedFile[]) | null;
}

/** What stands around the inputs. */
type Around = Pick<ReviewOptions, 'tree' | 'project'>;

/** What an edited document was parsed as before, by the patch's message (or none) and the file's path. */
export type ParsedBefore = ReadonlyMap<string, CFile>;

/** The key of a unit among those of the same document as it was. */
export function unitKey(message: string | null, path: string): string {
  return `${message ?? ''} ${path}`;
}

/** The batches of a patch input, one for each series in it. */
export function patchBatches(
  part: InputPart,
  input: PatchInput,
  { tree, project }: Around,
  before: ParsedBefore = new Map(),
): Batch[] {
  const { lineOf } = decodedDocument(input);
  return seriesOf(input.messages).map((messages) => {
    const builder = new PatchBatch(part, tree, before, project);
    builder.files.takeBack(messages.flatMap(({ files }) => files));
    messages.forEach((message, index) => {
      const origin: Origin = {
        path: part.path,
        message: message.messageId,
        decodedLineOf: (bodyLine) => lineOf(message, bodyLine),
      };
      const removed = message.files.flatMap(removedLines);
      builder.mail(message, index + 1, origin);
      for (const file of message.files) builder.file(file, index + 1, origin, removed);
    });
    const joined = () => joinedImages(messages.map(({ files }, index) => ({ patch: index + 1, files })));
    return builder.finish(messages.length > 1 ? joined : null);
  });
}

/** Runs of messages that belong to one series. */
function seriesOf(messages: readonly PatchMessage[]): PatchMessage[][] {
  const groups: PatchMessage[][] = [];
  for (const message of messages) {
    const before = groups.at(-1)?.at(-1);
    if (before && continues(before, message)) groups.at(-1)!.push(message);
    else groups.push([message]);
  }
  return groups;
}

function continues({ subject: a }: PatchMessage, { subject: b }: PatchMessage): boolean {
  if (!a || !b || a.index === null || b.index === null || b.isReply || a.isReply) return false;
  return a.total === b.total && a.version === b.version && b.index > a.index;
}

class PatchBatch {
  readonly files: PatchedFiles;
  private readonly units: Unit[] = [];
  private readonly origins = new Map<Unit, Origin>();
  private readonly mails = new Map<PatchFact, Origin>();
  private readonly fragments = new Map<Unit, PatchFile>();
  private readonly problems: string[] = [];

  constructor(
    private readonly part: InputPart,
    private readonly tree: TreeReader | null,
    private readonly before: ParsedBefore,
    private readonly project: ProjectConfig | undefined,
  ) {
    this.files = new PatchedFiles(tree);
  }

  mail(message: PatchMessage, number: number, origin: Origin): void {
    const isCover = message.subject?.index === 0 && message.files.length === 0;
    this.mails.set({ number, isCover, message: commitMessageOf(message), files: message.files }, origin);
  }

  /** `removed`: what the whole message takes out, so that code moved between files is known. */
  file(file: PatchFile, patch: number, origin: Origin, removed: readonly string[]): void {
    const image = this.files.apply(file);
    if (!image) return;
    const before = this.before.get(unitKey(origin.message, image.path));
    const unit = unitOf({ ...image, removed }, patch, true, before);
    this.units.push(unit);
    this.origins.set(unit, origin);
    if (image.basis === 'hunks' && file.status !== 'added') this.fragments.set(unit, file);
    for (const { rawLine, message } of image.problems)
      this.problems.push(`${this.part.path}:${rawLine}: ${message}`);
  }

  private hunksBefore(unit: Unit): Unit | null {
    const file = this.fragments.get(unit);
    return file ? unitOf(imageBefore(file, unit.image.path), unit.patch, true) : null;
  }

  finish(joined: Batch['joined']): Batch {
    const { units, origins, mails, problems } = this;
    const tree = this.tree && new SourceTree(this.tree, this.files.overlay);
    const isInTree = units.some(({ image }) => image.basis === 'applied');
    const context = tree && isInTree ? contextUnits(units, tree) : [];
    const treeBefore = () => this.tree && new SourceTree(this.tree, this.files.overlayBefore);
    return {
      units: [...units, ...context, ...declaredUnits(this.project)],
      origins,
      mails,
      before: () => {
        const known = treeBefore();
        return [...mails.keys()].flatMap(({ number, files }) => unitsBefore(files, number, known));
      },
      problems,
      tree,
      treeBefore: () => (isInTree ? treeBefore() : null),
      hunksBefore: (unit) => this.hunksBefore(unit),
      bases: () => this.files.bases(),
      joined,
    };
  }
}

/** Files as they were before a patch: those of the tree, or as far as the hunks show them. */
function unitsBefore(files: readonly PatchFile[], number: number, tree: TreeReader | null): Unit[] {
  return files.flatMap((file): Unit[] => {
    const { oldPath } = file;
    if (oldPath === null || !touchesKernelC(file)) return [];
    const text = tree?.read(oldPath) ?? null;
    const image = text === null ? imageBefore(file, oldPath) : wholeFileImage(oldPath, text);
    return [unitOf(image, number, true)];
  });
}

/** A file before its patch, as far as the hunks show it. */
function imageBefore(file: PatchFile, path: string): SourceImage {
  return hunksImage(reversed(file), path);
}

/** The batch of C files that are reviewed as they stand. `known`: the tree around an earlier version of them. */
export function cBatch(
  parts: readonly { readonly part: InputPart; readonly text: string }[],
  { tree, project }: Around,
  before: ParsedBefore = new Map(),
  known: SourceTree | null = null,
): Batch {
  const units: Unit[] = [];
  const origins = new Map<Unit, Origin>();
  const texts = new Map<string, string>();
  const earlier = new Map<string, string>();
  for (const { part, text } of parts) {
    const path = part.treePath ?? part.path;
    const { before: base = null } = part;
    if (base !== null) earlier.set(path, base);
    const image = base === null ? wholeFileImage(path, text) : changedImage(path, text, base);
    const unit = unitOf(image, 0, true, before.get(unitKey(null, path)));
    texts.set(path, text);
    units.push(unit);
    origins.set(unit, { path: part.path, message: null, decodedLineOf: null });
  }
  const around = known ?? (tree && new SourceTree(tree, texts));
  const context = around ? contextUnits(units, around) : [];
  return {
    units: [...units, ...context, ...declaredUnits(project)],
    origins,
    mails: new Map(),
    before: () => [...earlier].map(([path, text]) => unitOf(wholeFileImage(path, text), 0, true)),
    problems: [],
    tree: around,
    treeBefore: () => (earlier.size > 0 ? new SourceTree(tree, earlier) : null),
    hunksBefore: () => null,
    bases: () => new Map(),
    joined: null,
  };
}

/** The header that says what a domain is, and the headers beside the code; read from the tree, never reviewed. */
function contextUnits(units: readonly Unit[], tree: SourceTree): Unit[] {
  const known = new Set(units.map(({ image }) => image.path));
  const wanted = new Set<string>(['include/linux/iommu.h']);
  for (const { image, c } of units) {
    for (const item of c.items) {
      const path = item.kind === 'include' && item.isLocal ? tree.resolve(item.name, true, image.path) : null;
      if (path !== null) wanted.add(path);
    }
  }
  return [...wanted].flatMap((path): Unit[] => {
    const c = known.has(path) ? null : tree.file(path);
    return c ? [contextUnit(path, c)] : [];
  });
}

const declaredBy = new WeakMap<ProjectConfig, Unit>();

/** The functions that the project declares: code that is known, and not under review. */
function declaredUnits(project: ProjectConfig | undefined): Unit[] {
  if (!project || project.code === '') return [];
  const known = declaredBy.get(project);
  const unit = known ?? unitOf(contextImage(PROJECT_FILE, project.code), 0, false);
  declaredBy.set(project, unit);
  return [unit];
}

const contextOf = new WeakMap<CFile, Unit>();

/** The same unit for as long as the header is the same: an edit asks for all of them again. */
function contextUnit(path: string, c: CFile): Unit {
  const known = contextOf.get(c);
  if (known?.image.path === path) return known;
  const unit: Unit = { image: contextImage(path, c.text), c, patch: 0, isReviewed: false };
  contextOf.set(c, unit);
  return unit;
}
