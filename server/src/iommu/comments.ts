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
