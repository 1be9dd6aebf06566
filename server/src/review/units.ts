/** Makes the units of a review out of what was given: patches applied to the tree or read from their hunks alone, C files as they stand. */
import { type CFile, type Origin, type Unit, unitOf } from '../analysis/index.js';
import { decodedDocument, type PatchFile, type PatchInput, type PatchMessage } from '../patch/index.js';
import {
  type BaseMatch,
  contextImage,
  type JoinedFile,
  joinedImages,
  PatchedFiles,
  removedLines,
  SourceTree,
  type TreeReader,
  wholeFileImage,
} from '../tree/index.js';
import type { InputPart } from './types.js';

/** Code that is reviewed together: the patches of one series, or the C files of one directory. */
export interface Batch {
  readonly units: readonly Unit[];
  readonly origins: ReadonlyMap<Unit, Origin>;
  /** The mails that the units are of, by the number of their patch; empty for C files. */
  readonly messages: ReadonlyMap<number, PatchMessage>;
  /** Each with its position, `path:line: what`. */
  readonly problems: readonly string[];
  /** The tree around the units, with what the patches or the editor make of it; null when there is none. */
  readonly tree: SourceTree | null;
  /** For each patched file of the tree, whether it is the very one that its first patch was made on. */
  readonly bases: () => ReadonlyMap<string, BaseMatch>;
  /** The files as all patches show them together; null for what is no series of patches. */
  readonly joined: (() => readonly JoinedFile[]) | null;
}

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
  tree: TreeReader | null,
  before: ParsedBefore = new Map(),
): Batch[] {
  const { lineOf } = decodedDocument(input);
  return seriesOf(input.messages).map((messages) => {
    const builder = new PatchBatch(part, tree, before);
    builder.files.takeBack(messages.flatMap(({ files }) => files));
    messages.forEach((message, index) => {
      const origin: Origin = {
        path: part.path,
        message: message.messageId,
        decodedLineOf: (bodyLine) => lineOf(message, bodyLine),
      };
      const removed = message.files.flatMap(removedLines);
      for (const file of message.files) builder.file(file, index + 1, origin, removed);
    });
    const joined = () => joinedImages(messages.map(({ files }, index) => ({ patch: index + 1, files })));
    const byNumber = new Map(messages.map((message, index) => [index + 1, message]));
    return builder.finish(byNumber, messages.length > 1 ? joined : null);
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
  private readonly problems: string[] = [];

  constructor(
    private readonly part: InputPart,
    private readonly tree: TreeReader | null,
    private readonly before: ParsedBefore,
  ) {
    this.files = new PatchedFiles(tree);
  }

  /** `removed`: what the whole message takes out, so that code moved between files is known. */
  file(file: PatchFile, patch: number, origin: Origin, removed: readonly string[]): void {
    const image = this.files.apply(file);
    if (!image) return;
    const before = this.before.get(unitKey(origin.message, image.path));
    const unit = unitOf({ ...image, removed }, patch, true, before);
    this.units.push(unit);
    this.origins.set(unit, origin);
    for (const { rawLine, message } of image.problems)
      this.problems.push(`${this.part.path}:${rawLine}: ${message}`);
  }

  finish(messages: Batch['messages'], joined: Batch['joined']): Batch {
    const { units, origins, problems } = this;
    const tree = this.tree && new SourceTree(this.tree, this.files.overlay);
    const isInTree = units.some(({ image }) => image.basis === 'applied');
    const context = tree && isInTree ? contextUnits(units, tree) : [];
    return {
      units: [...units, ...context],
      origins,
      messages,
      problems,
      tree,
      bases: () => this.files.bases(),
      joined,
    };
  }
}

/** The batch of C files that are reviewed as they stand. `known`: the tree around an earlier version of them. */
export function cBatch(
  parts: readonly { readonly part: InputPart; readonly text: string }[],
  tree: TreeReader | null,
  before: ParsedBefore = new Map(),
  known: SourceTree | null = null,
): Batch {
  const units: Unit[] = [];
  const origins = new Map<Unit, Origin>();
  const texts = new Map<string, string>();
  for (const { part, text } of parts) {
    const path = part.treePath ?? part.path;
    const unit = unitOf(wholeFileImage(path, text), 0, true, before.get(unitKey(null, path)));
    texts.set(path, text);
    units.push(unit);
    origins.set(unit, { path: part.path, message: null, decodedLineOf: null });
  }
  const around = known ?? (tree && new SourceTree(tree, texts));
  const context = around ? contextUnits(units, around) : [];
  return {
    units: [...units, ...context],
    origins,
    messages: new Map(),
    problems: [],
    tree: around,
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

const contextOf = new WeakMap<CFile, Unit>();

/** The same unit for as long as the header is the same: an edit asks for all of them again. */
function contextUnit(path: string, c: CFile): Unit {
  const known = contextOf.get(c);
  if (known?.image.path === path) return known;
  const unit: Unit = { image: contextImage(path, c.text), c, patch: 0, isReviewed: false };
  contextOf.set(c, unit);
  return unit;
}
