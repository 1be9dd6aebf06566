/** The comments of units, read once for as long as a file is the same. */
import { type Comment, commentsIn } from '../syntax/index.js';
import type { Unit } from './program.js';

const known = new WeakMap<Unit['c'], readonly Comment[]>();

export function commentsOf({ c }: Unit): readonly Comment[] {
  let comments = known.get(c);
  if (!comments) {
    comments = commentsIn(c.text);
    known.set(c, comments);
  }
  return comments;
}

/** What a comment right above a place says, as one line; '' where there is none. */
export function commentAbove(unit: Unit, at: number): string {
  const above = commentsOf(unit).findLast(({ end }) => end <= at);
  if (!above || unit.image.text.slice(above.end, at).trim() !== '') return '';
  return above.lines.map(({ text }) => text).join(' ');
}
