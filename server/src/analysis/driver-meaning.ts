/** Which programmes mean something for an operation: what the code never comes by need not be played. */
import {
  type DriverShape,
  FAILING,
  isOfTwoInstances,
  type ProgrammeName,
  programmeNamed,
} from '../sim/worlds/index.js';
import { bodyOf, type InFile } from './driver-parts.js';
import type { Judged } from './driver-verdicts.js';

/** `reached`: the functions of its file that the operation comes by; `around`: the texts of the driver. */
export function mayMean(
  name: ProgrammeName,
  { instance }: DriverShape,
  { errno }: Judged,
  reached: readonly InFile[],
  around: () => readonly string[],
): boolean {
  const row = programmeNamed(name);
  if (instance === null && isOfTwoInstances(row)) return false;
  if (row.isAbout !== undefined && row.isAbout !== (errno === null ? 'accepted' : 'refused')) return false;
  const { fails } = row;
  if (fails) return around().some((text) => calledIn(text).some(FAILING[fails]));
  if (row.hasTwoStreams) return reached.some((each) => LOOP.test(bodyOf(each)));
  return true;
}

/** A loop over so many of something: stream ids, streams. */
const LOOP = /\bfor\s*\([^;{]*;[^;{]*\bnum_\w+/;

function calledIn(text: string): string[] {
  return [...text.matchAll(/\b([a-z_]\w*)\s*\(/g)].map(([, called]) => called!);
}
