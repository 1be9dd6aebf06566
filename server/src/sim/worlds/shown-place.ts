/**
 * Where a place of a run stands in the files as people have them: the drivers
 * are run as one file, and are two; a scenario is run out of a file of many.
 */
import { LineIndex } from '../../base/index.js';
import type { Site } from '../model/index.js';
import { SCENARIO_FILE } from './compose.js';
import { driverParts, FOLDER, type Implementation, type StagedScenario, textOf } from './play-scenario.js';
import { TEXTS } from './texts.generated.js';

/** Whose code it is: that under review, what the scenario does with it, or the world around both. */
export type Owner = 'design' | 'scenario' | 'world';

export interface ShownPlace {
  readonly owner: Owner;
  readonly file: string;
  /** From 1; null outside of any file. */
  readonly line: number | null;
  /** The code that stands there. */
  readonly code: string;
}

const DRIVER = 'driver.c';

export function shownPlace(staged: StagedScenario, site: Site): ShownPlace {
  const { implementation, text } = staged;
  const { path, start, end } = site;
  const design = implementation.files.find((each) => each.path === path);
  if (design) return placeOf('design', path, design.file.text, start, end);
  if (path === SCENARIO_FILE) {
    const shift = shiftOf(staged, start);
    return placeOf('scenario', path, text, start - shift, end - shift);
  }
  if (!path.startsWith(FOLDER))
    return placeOf('design', path, implementation.textOf?.(path) ?? null, start, end);
  if (path === FOLDER + DRIVER) {
    const { file, at } = driverPart(implementation, start);
    return placeOf('world', FOLDER + file, textOf(implementation, file), start - at, end - at);
  }
  return placeOf('world', path, TEXTS[path.slice(FOLDER.length)] ?? null, start, end);
}

/** The text of a file by the name that `shownPlace` gives it; null for one that is neither run nor of the world. */
export function shownText({ implementation, text }: StagedScenario, file: string): string | null {
  const design = implementation.files.find((each) => each.path === file);
  if (design) return design.file.text;
  if (file === SCENARIO_FILE) return text;
  const name = file.startsWith(FOLDER) ? file.slice(FOLDER.length) : '';
  return TEXTS[name] === undefined ? null : textOf(implementation, name);
}

/** The file that a place of the drivers' text is of, and where that begins in it. */
function driverPart(implementation: Implementation, offset: number): { file: string; at: number } {
  const parts: { file: string; at: number }[] = [];
  let at = 0;
  for (const file of driverParts(implementation)) {
    parts.push({ file, at });
    at += textOf(implementation, file).length + 1;
  }
  return parts.findLast((part) => part.at <= offset)!;
}

/** How much further below a function stands in the file that is run than in the scenario by itself. */
function shiftOf({ file, text }: StagedScenario, offset: number): number {
  const head = 'static void ';
  const start = file.lastIndexOf(head, offset);
  const end = file.indexOf('(', start);
  return start - text.indexOf(file.slice(start, end + 1));
}

function placeOf(owner: Owner, file: string, text: string | null, start: number, end: number): ShownPlace {
  if (text === null) return { owner, file, line: null, code: '' };
  return { owner, file, line: indexOf(text).lineAt(start) + 1, code: text.slice(start, end) };
}

/** The steps of a run are in few files, asked for again and again. */
const INDICES_KEPT = 8;
const indices = new Map<string, LineIndex>();

function indexOf(text: string): LineIndex {
  let index = indices.get(text);
  if (!index) {
    if (indices.size >= INDICES_KEPT) indices.clear();
    index = new LineIndex(text);
    indices.set(text, index);
  }
  return index;
}
