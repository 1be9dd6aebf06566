/**
 * A source file as a review sees it: the text to parse, and for each of its
 * lines where it stands in the kernel's file and in the input. Made from a
 * whole file, from a patch applied to one, or from a patch's hunks alone.
 */
import { LineIndex } from '../base/index.js';
import type { StandIn } from '../syntax/index.js';
import { lineDiff } from './line-diff.js';

/** One line of an image. */
export interface ImageLine {
  /** Line in the post-image as the patch's own hunk headers number it, from 1; null for a line that only stands in for something unseen. */
  readonly line: number | null;
  /** Raw line of the input, from 1; null for lines that only the tree has. */
  readonly rawLine: number | null;
  /** Index into the message's body; null when the input is no patch or the line is not in it. */
  readonly bodyLine: number | null;
  /** Whether the patch adds it; true for all of a file that is reviewed as it stands. */
  readonly isAdded: boolean;
  /** Whether the patch removes something directly before it. */
  readonly followsRemoval: boolean;
}

/** How the image came to be. */
export type ImageBasis = 'whole-file' | 'applied' | 'hunks';

export interface SourceImage {
  /** Path in the kernel tree. */
  readonly path: string;
  readonly text: string;
  readonly lines: readonly ImageLine[];
  readonly standIns: readonly StandIn[];
  readonly basis: ImageBasis;
  /** What the patch takes out, of this file and of those it came with, line by line. */
  readonly removed: readonly string[];
  /** In words, with the raw line: hunks that do not apply, a base that is not the exact one. */
  readonly problems: readonly { readonly rawLine: number; readonly message: string }[];
}

const indices = new WeakMap<SourceImage, LineIndex>();

/** Where the lines of its text begin, read once for each image. */
export function lineIndexOf(image: SourceImage): LineIndex {
  let index = indices.get(image);
  if (!index) {
    index = new LineIndex(image.text);
    indices.set(image, index);
  }
  return index;
}

/** Whether the patch adds the line of its text on which `offset` falls. */
export function isAddedAt(image: SourceImage, offset: number): boolean {
  return image.lines[lineIndexOf(image).lineAt(offset)]?.isAdded === true;
}

/** The lines of a file that is all in the input, or of which nothing is: as many as the longest file so far had. */
interface Lines {
  readonly isInput: boolean;
  readonly known: ImageLine[];
}

const REVIEWED: Lines = { isInput: true, known: [] };
const CONTEXT: Lines = { isInput: false, known: [] };

/** The image of a file that is reviewed as it stands. */
export function wholeFileImage(path: string, text: string): SourceImage {
  return imageOf(path, text, REVIEWED);
}

/**
 * The image of a file that is reviewed as it stands, and is a change of
 * another text: what both have is there, and the rest is added, as by a patch
 * that shows all of the file.
 */
export function changedImage(path: string, text: string, before: string): SourceImage {
  const { added, removed } = lineDiff(before.split('\n'), text.split('\n'));
  const cuts = new Set(removed.map(({ at }) => at));
  return {
    ...{ path, text, standIns: [], basis: 'applied', problems: [] },
    lines: added.map((isAdded, index) => ({
      ...{ line: index + 1, rawLine: index + 1, bodyLine: null },
      ...{ isAdded, followsRemoval: cuts.has(index) },
    })),
    removed: removed.map((line) => line.text),
  };
}

/** The image of a file of the tree that nobody changes: known, but not in the input. */
export function contextImage(path: string, text: string): SourceImage {
  return imageOf(path, text, CONTEXT);
}

function imageOf(path: string, text: string, lines: Lines): SourceImage {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return {
    ...{ path, text, lines: firstLines(lines, count) },
    ...{ standIns: [], basis: 'whole-file', removed: [], problems: [] },
  };
}

function firstLines({ isInput, known }: Lines, count: number): readonly ImageLine[] {
  while (known.length < count) {
    const line = known.length + 1;
    known.push({
      ...{ line, rawLine: isInput ? line : null, bodyLine: null },
      ...{ isAdded: isInput, followsRemoval: false },
    });
  }
  return known.slice(0, count);
}
