/**
 * A patch's hunks as C that can be parsed on its own. What a hunk does not
 * show, the head of the function around it or the braces that close it, is
 * stood in for by text on lines of its own, and said, so that no one mistakes
 * it for the author's.
 */
import type { Hunk, PatchFile } from '../patch/index.js';
import type { Missing, StandIn } from '../syntax/index.js';
import { closingsFor } from './hunk-closings.js';
import { openingsFor } from './hunk-openings.js';
import type { ImageLine, SourceImage } from './image.js';

/** The post-image of a file as far as its hunks show it. */
export function hunksImage(file: PatchFile, path: string): SourceImage {
  const runs = file.hunks.map((hunk) => ({ lines: postImageLines(hunk), section: hunk.section }));
  return { path, ...imageOfRuns(runs), basis: 'hunks', removed: removedLines(file), problems: [] };
}

/** One line of a file with its place. */
export interface PlacedLine {
  readonly text: string;
  readonly at: ImageLine;
}

/** Lines of a file that follow one another, between lines that nobody knows. */
export interface Run {
  readonly lines: readonly PlacedLine[];
  /** The line behind the `@@` of a hunk that begins where the run does; '' when there is none. */
  readonly section: string;
}

/** Runs one after another, each made whole by stand-ins. The lines of the image are the very `at` of the runs. */
export function imageOfRuns(runs: readonly Run[]): Pick<SourceImage, 'text' | 'lines' | 'standIns'> {
  const builder = new ImageBuilder();
  for (const run of runs) builder.run(run);
  return builder.image();
}

/** The text of all lines that the hunks take out. */
export function removedLines({ hunks }: PatchFile): string[] {
  return hunks.flatMap(({ lines }) => lines.filter(({ kind }) => kind === 'removed').map(({ text }) => text));
}

/** The post-image lines of a hunk with their places. */
export function postImageLines(hunk: Hunk): PlacedLine[] {
  const lines: PlacedLine[] = [];
  let followsRemoval = false;
  for (const line of hunk.lines) {
    if (line.kind === 'removed') {
      followsRemoval = true;
      continue;
    }
    const { newLine, rawLine, bodyLine } = line;
    const isAdded = line.kind === 'added';
    lines.push({ text: line.text, at: { line: newLine, rawLine, bodyLine, isAdded, followsRemoval } });
    followsRemoval = false;
  }
  return lines;
}

const STAND_IN_LINE: ImageLine = {
  line: null,
  rawLine: null,
  bodyLine: null,
  isAdded: false,
  followsRemoval: false,
};

class ImageBuilder {
  private readonly parts: string[] = [];
  private readonly lines: ImageLine[] = [];
  private readonly standIns: StandIn[] = [];
  private length = 0;

  run({ lines, section }: Run): void {
    if (lines.length === 0) return;
    const text = lines.map((line) => line.text).join('\n');
    const before = openingsFor(text, section);
    if (before.text) this.standIn(before.text, before.missing);
    for (const line of lines) this.push(line.text, line.at);
    const after = closingsFor(`${before.text}\n${text}`);
    if (after) this.standIn(after, ['end']);
  }

  image(): Pick<SourceImage, 'text' | 'lines' | 'standIns'> {
    return { text: this.parts.join(''), lines: this.lines, standIns: this.standIns };
  }

  private push(text: string, at: ImageLine): void {
    this.parts.push(text, '\n');
    this.lines.push(at);
    this.length += text.length + 1;
  }

  private standIn(text: string, missing: readonly Missing[]): void {
    const start = this.length;
    for (const line of text.split('\n')) this.push(line, STAND_IN_LINE);
    for (const what of missing) this.standIns.push({ start, end: start + text.length, for: what });
  }
}
