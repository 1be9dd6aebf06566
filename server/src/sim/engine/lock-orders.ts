/** ABBA: two locks that are taken in both orders. No run alone shows it: runs are held against each other. */
import { placeKey } from './contended.js';
import type { LockPair, Violation } from './run.js';

/** Orders in which locks were taken, over all runs. */
export class LockOrders {
  /** By the two locks; one for each set of locks that was held around them. */
  private readonly pairs = new Map<string, LockPair[]>();

  /** The violation that a pair completes, if it does. */
  add(pair: LockPair): Violation | null {
    const { outer, inner } = pair;
    const one = placeKey(outer.object.id, outer.key);
    const other = placeKey(inner.object.id, inner.key);
    if (one === other) return null;
    const known = this.pairs.get(`${one}>${other}`) ?? [];
    if (!known.some(({ around }) => around.join() === pair.around.join())) known.push(pair);
    this.pairs.set(`${one}>${other}`, known);
    const reverse = this.pairs.get(`${other}>${one}`)?.find((each) => !haveOuterLock(pair, each));
    if (!reverse) return null;
    return {
      monitor: 'ABBA',
      site: inner.at,
      words: `takes ${inner.words} under ${outer.words}, and elsewhere it is the other way round`,
      related: [{ site: reverse.inner.at, words: `${reverse.inner.words} under ${reverse.outer.words}` }],
      frame: 0,
      choices: 0,
      assumes: [],
      cuts: [],
    };
  }
}

/** Whether a lock around both keeps the two orders from ever meeting. */
function haveOuterLock({ outer, inner, around }: LockPair, other: LockPair): boolean {
  return around.some(
    (group) => group !== outer.group && group !== inner.group && other.around.includes(group),
  );
}
