/** Where a place of a run stands in the files as they are shipped: the drivers are run as one file, and are two. */
import { LineIndex } from '../../base/index.js';
import type { Site } from '../model/index.js';
import { SCENARIO_FILE } from './compose.js';
import { FOLDER, type StagedScenario } from './play-scenario.js';
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

export function shownPlace({ implementation, text }: StagedScenario, site: Site): ShownPlace {
  const { path, start, end } = site;
  const design = implementation.files.find((each) => each.path === path);
  if (design) return placeOf('design', path, design.file.text, start, end);
  if (path === SCENARIO_FILE) return placeOf('scenario', path, text, start, end);
  if (!path.startsWith(FOLDER))
    return placeOf('design', path, implementation.textOf?.(path) ?? null, start, end);
  const driver = TEXTS[DRIVER]!.length + 1;
  const { operations } = implementation;
  if (path === FOLDER + DRIVER && start >= driver)
    return placeOf('world', FOLDER + operations, TEXTS[operations]!, start - driver, end - driver);
  return placeOf('world', path, TEXTS[path.slice(FOLDER.length)] ?? null, start, end);
}

function placeOf(owner: Owner, file: string, text: string | null, start: number, end: number): ShownPlace {
  if (text === null) return { owner, file, line: null, code: '' };
  return { owner, file, line: new LineIndex(text).lineAt(start) + 1, code: text.slice(start, end) };
}
