/** Makes the units of a review out of what was given: patches applied to the tree or read from their hunks alone, C files as they stand. */
import { type Origin, type Unit, unitOf } from '../analysis/index.js';
import {
  decodedDocument,
  type PatchFile,
  type PatchInput,
  type PatchMessage,
  touchesKernelC,
} from '../patch/index.js';
import {
  applyHunks,
  contextImage,
  hunksImage,
  removedLines,
  type SourceImage,
  type TreeReader,
  wholeFileImage,
} from '../tree/index.js';
import type { InputPart } from './types.js';

/** Code that is reviewed together: the patches of one series, or the C files of one directory. */
export interface Batch {
  readonly units: readonly Unit[];
  readonly origins: ReadonlyMap<Unit, Origin>;
  /** Each with its position, `path:line: what`. */
  readonly problems: readonly string[];
}

/** The batches of a patch input, one for each series in it. */
export function patchBatches(part: InputPart, input: PatchInput, tree: TreeReader | null): Batch[] {
  const { lineOf } = decodedDocument(input);
  return seriesOf(input.messages).map((messages) => {
    const builder = new PatchBatch(part, tree);
    messages.forEach((message, index) => {
      const origin: Origin = {
        path: part.path,
        message: message.messageId,
        decodedLineOf: (bodyLine) => lineOf(message, bodyLine),
      };
      const removed = message.files.flatMap(removedLines);
      for (const file of message.files) builder.file(file, index + 1, origin, removed);
    });
    return builder.finish();
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
  private readonly units: Unit[] = [];
  private readonly origins = new Map<Unit, Origin>();
  private readonly problems: string[] = [];
  /** Files of the tree as the patches so far leave them. */
  private readonly patched = new Map<string, string | null>();

  constructor(
    private readonly part: InputPart,
    private readonly tree: TreeReader | null,
  ) {}

  /** `removed`: what the whole message takes out, so that code moved between files is known. */
  file(file: PatchFile, patch: number, origin: Origin, removed: readonly string[]): void {
    const path = file.newPath;
    if (path === null || !touchesKernelC(file) || file.hunks.length === 0) return;
    const image = { ...this.imageOf(file, path), removed };
    const unit = unitOf(image, patch, true);
    this.units.push(unit);
    this.origins.set(unit, origin);
    for (const { rawLine, message } of image.problems)
      this.problems.push(`${this.part.path}:${rawLine}: ${message}`);
  }

  finish(): Batch {
    const context = this.units.some(({ image }) => image.basis === 'applied')
      ? contextUnits(this.units, this.tree, (path) => this.read(path))
      : [];
    return { units: [...this.units, ...context], origins: this.origins, problems: this.problems };
  }

  private imageOf(file: PatchFile, path: string): SourceImage {
    const base = file.status === 'added' ? (this.tree ? '' : null) : this.read(file.oldPath ?? path);
    if (base === null) return hunksImage(file, path);
    const applied = applyHunks(file, path, base);
    if (applied.ok) {
      this.patched.set(path, applied.text);
      return applied.image;
    }
    const problems = [{ rawLine: applied.rawLine, message: `${applied.why}; reviewed from its hunks alone` }];
    return { ...hunksImage(file, path), problems };
  }

  private read(path: string): string | null {
    const known = this.patched.get(path);
    return known === undefined ? (this.tree?.read(path) ?? null) : known;
  }
}

/** The batch of C files that are reviewed as they stand. */
export function cBatch(
  parts: readonly { readonly part: InputPart; readonly text: string }[],
  tree: TreeReader | null,
): Batch {
  const units: Unit[] = [];
  const origins = new Map<Unit, Origin>();
  for (const { part, text } of parts) {
    const unit = unitOf(wholeFileImage(part.treePath ?? part.path, text), 0, true);
    units.push(unit);
    origins.set(unit, { path: part.path, message: null, decodedLineOf: null });
  }
  const context = contextUnits(units, tree, (path) => tree?.read(path) ?? null);
  return { units: [...units, ...context], origins, problems: [] };
}

/** The header that says what a domain is, and the headers beside the code; read from the tree, never reviewed. */
function contextUnits(
  units: readonly Unit[],
  tree: TreeReader | null,
  read: (path: string) => string | null,
): Unit[] {
  if (!tree) return [];
  const known = new Set(units.map(({ image }) => image.path));
  const wanted = new Set<string>(['include/linux/iommu.h']);
  for (const { image, c } of units) {
    const folder = image.path.slice(0, image.path.lastIndexOf('/') + 1);
    for (const item of c.items)
      if (item.kind === 'include' && item.isLocal) wanted.add(joinPath(folder, item.name));
  }
  return [...wanted].flatMap((path) => {
    if (known.has(path)) return [];
    const text = read(path);
    return text === null ? [] : [unitOf(contextImage(path, text), 0, false)];
  });
}

/** `drivers/iommu/intel/` + `../irq.h`; the reader refuses what leads out of the tree. */
function joinPath(folder: string, name: string): string {
  const parts = folder.split('/').filter((each) => each !== '');
  for (const step of name.split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '.') parts.push(step);
  }
  return parts.join('/');
}
