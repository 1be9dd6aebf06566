/**
 * Judges the paths of one function against each other: where some give back
 * what they took and others do not, those are wrong. A function whose paths
 * agree is made that way: it locks, or hands a reference to its caller.
 */

import { type Choice, type Cut, costOf, type MonitorId, type Tape, type Within } from '../engine/index.js';
import type { Site } from '../model/index.js';
import {
  type Allocation,
  type LockChange,
  type OpenReference,
  type PathEnd,
  takingKey,
} from './path-ends.js';

/** What a comparison of paths found. */
export interface Imbalance {
  readonly monitor: MonitorId;
  readonly site: Site;
  readonly words: string;
  readonly related: readonly { readonly site: Site; readonly words: string }[];
  readonly tape: Tape;
  readonly choices: readonly Choice[];
  readonly cuts: readonly Cut[];
  /** The callee in which all of it happened. */
  readonly within?: Within | null;
  /** The function that turned something on which stays so, where that is what is wrong. */
  readonly leftOnBy?: string;
  /** What is taken to be so of code that is not at hand. */
  readonly assumes?: readonly string[];
}

/** Functions that are made to come back with a lock, by name. */
export const LOCKS_BY_NAME = /(?:^|_)(?:un)?lock(?:_|$)|_lock$|_unlock$|^lock_|^unlock_|try_?lock/;

/** `isWhole`: whether all of the function was there to be run. */
export function lockImbalances(name: string, ends: readonly PathEnd[], isWhole: boolean): Imbalance[] {
  if (LOCKS_BY_NAME.test(name)) return [];
  const locks = new Set(ends.flatMap(({ locks: changes }) => changes.map((each) => each.name)));
  return [...locks].flatMap((lock) => imbalanceOf(lock, ends, isWhole));
}

function changeOf(lock: string, end: PathEnd): LockChange | null {
  return end.locks.find((each) => each.name === lock) ?? null;
}

function imbalanceOf(lock: string, ends: readonly PathEnd[], isWhole: boolean): Imbalance[] {
  const held = ends.filter((end) => changeOf(lock, end)?.change === 'held');
  const released = ends.filter((end) => changeOf(lock, end)?.change === 'released');
  const even = ends.filter((end) => changeOf(lock, end) === null);
  // A function that writes down that it holds a lock leaves it to somebody who reads that.
  if (ends.some(({ notesLock }) => notesLock)) return [];
  if (held.length > 0 && even.length > 0) return stillHeld(lock, held, even);
  if (held.length > 0 && released.length === 0) return neverReleased(lock, held, isWhole);
  if (released.length > 1 && even.length > 0) return notReleased(lock, released, even);
  return [];
}

/** Some paths come back with the lock. That success holds it and failure does not is a contract. */
function stillHeld(lock: string, held: readonly PathEnd[], even: readonly PathEnd[]): Imbalance[] {
  const isContract =
    held.every(({ outcome }) => outcome !== 'error') && even.every(({ outcome }) => outcome === 'error');
  if (isContract) return [];
  const end = cheapest(held);
  const change = changeOf(lock, end)!;
  return [
    {
      ...of(end),
      monitor: 'LOCKBAL',
      site: change.at,
      words: `takes ${change.words} and returns with it on one path, without it on others`,
      related: [{ site: end.returnedAt, words: 'returns here' }],
    },
  ];
}

/** A function whose name says nothing of a lock takes one and never gives it back. */
function neverReleased(lock: string, held: readonly PathEnd[], isWhole: boolean): Imbalance[] {
  const end = cheapest(held);
  const change = changeOf(lock, end)!;
  return [
    {
      ...of(end),
      monitor: 'LOCKBAL',
      site: change.at,
      words: `takes ${change.words} and returns with it${isWhole ? ' on every path' : ''}`,
      related: [{ site: end.returnedAt, words: 'returns here' }],
    },
  ];
}

/** The caller's lock is given back on some paths and kept on a failure. */
function notReleased(lock: string, released: readonly PathEnd[], even: readonly PathEnd[]): Imbalance[] {
  const failures = even.filter(({ outcome }) => outcome === 'error');
  const isEverywhere =
    released.some(({ outcome }) => outcome === 'error') &&
    released.some(({ outcome }) => outcome !== 'error');
  if (!isEverywhere || failures.length === 0 || failures.length < even.length) return [];
  const end = cheapest(failures);
  const change = changeOf(lock, released[0]!)!;
  return [
    {
      ...of(end),
      monitor: 'LOCKBAL',
      site: end.returnedAt,
      words: `returns without giving back ${change.words}, which other paths give back`,
      related: [{ site: change.at, words: 'given back here on other paths' }],
    },
  ];
}

/** References by what they are and where they are taken. */
export function referenceImbalances(ends: readonly PathEnd[]): Imbalance[] {
  const takings = new Set(ends.flatMap(({ taken }) => taken));
  return [...takings].flatMap((taking) => leakOf(taking, ends));
}

function leakOf(taking: string, ends: readonly PathEnd[]): Imbalance[] {
  const isSure = ({ references }: PathEnd): boolean =>
    !references.some((each) => takingKey(each) === taking && each.isUnsure);
  const through = ends.filter((end) => end.taken.includes(taking) && isSure(end));
  const openIn = (end: PathEnd): OpenReference | null =>
    end.references.find((each) => takingKey(each) === taking) ?? null;
  const lost = through.filter((end) => openIn(end) !== null && !openIn(end)!.isKept);
  if (lost.length === 0) return [];
  const put = through.filter((end) => openIn(end) === null && end.putElsewhere.has(taking));
  const kept = through.filter((end) => openIn(end)?.isKept);
  const failures = lost.filter(({ outcome }) => outcome === 'error');
  // Some path puts it, or keeps it where somebody will find it: a failure that does neither is wrong.
  const held = lost.filter(({ outcome }) => outcome !== 'error');
  const isFailure = failures.length > 0 && (put.length > 0 || kept.length > 0 || held.length > 0);
  // Of paths that end alike, some put it: those that do not are wrong, unless others keep it.
  const alike = held.filter((loser) =>
    put.some((end) => end.outcome === loser.outcome && !takesBackMore(end, loser)),
  );
  const isSuccess = failures.length === 0 && kept.length === 0 && alike.length > 0;
  // What a search handed out is lost for good where every path forgets it, or only failures remember.
  const isForgotten =
    kept.length === 0 &&
    put.every(({ outcome }) => outcome === 'error') &&
    // What is read out of a file leads back to it: whoever gets that can put the file.
    lost.every((end) => openIn(end)!.isFound && (put.length === 0 || openIn(end)!.kind !== 'file'));
  const losers = isFailure ? failures : isSuccess ? alike : isForgotten ? lost : [];
  if (losers.length === 0) return [];
  const own = losers.filter((each) => openIn(each)!.within === null);
  const end = cheapest(own.length > 0 ? own : losers);
  const open = openIn(end)!;
  // What a callee turned on, and the function turns off on no path, may well be left on by it: a deferred attach is.
  if (open.isState && !open.isNumber && open.isOfCallee && put.length === 0) return [];
  return [
    {
      ...of(end),
      monitor: 'REFLEAK',
      site: open.at,
      words: open.isNumber
        ? `takes a number from \`${open.words}\` with ${open.by}() and returns without giving it back on this path`
        : open.isState
          ? `turns \`${open.words}\` on with ${open.by}() and returns without turning it off on this path`
          : `takes a reference ${open.words === `${open.by}()` ? '' : `of \`${open.words}\` `}with ${open.by}() and returns without putting it on this path`,
      related: [{ site: end.returnedAt, words: 'returns here' }],
      within: open.within,
      ...(open.isState ? { leftOnBy: open.by } : {}),
    },
  ];
}

/** Whether a path frees what the other keeps: one has failed and lost its error on the way, and the other is done. */
function takesBackMore({ memory }: PathEnd, other: PathEnd): boolean {
  return memory.some(
    ({ key, leftTo }) =>
      leftTo === null && !other.memory.some((each) => each.key === key && each.leftTo === null),
  );
}

function of({ tape, choices, cuts }: PathEnd): Pick<Imbalance, 'tape' | 'choices' | 'cuts'> {
  return { tape, choices, cuts };
}

/** The path that takes the fewest answers out of the ordinary. */
export function cheapest(ends: readonly PathEnd[]): PathEnd {
  return ends.reduce((best, end) => (costOf(end.choices) < costOf(best.choices) ? end : best));
}

/**
 * Memory that a path which succeeds frees again, and one that fails leaves to a function that was given it: had that
 * kept it, nobody could free it.
 */
export function memoryImbalances(ends: readonly PathEnd[]): Imbalance[] {
  const isDone = ({ outcome }: PathEnd): boolean => outcome === 'success' || outcome === 'void';
  const keys = new Set(ends.flatMap(({ memory }) => memory.map(({ key }) => key)));
  return [...keys].flatMap((key) => {
    const inEnd = ({ memory }: PathEnd): Allocation | undefined => memory.find((each) => each.key === key);
    const isTemporary = ends.some((end) => isDone(end) && inEnd(end)?.leftTo === null);
    const losers = ends.filter((end) => end.outcome === 'error' && inEnd(end)?.leftTo);
    if (!isTemporary || losers.length === 0) return [];
    const end = cheapest(losers);
    const { words, at, leftTo } = inEnd(end)!;
    return [
      {
        ...of(end),
        monitor: 'LEAK' as const,
        site: at,
        words: `the object \`${words}\` is freed where all goes well, and never on this path`,
        related: [{ site: end.returnedAt, words: 'returns here' }],
        assumes: [`${leftTo}() does not free it when it fails`],
      },
    ];
  });
}
