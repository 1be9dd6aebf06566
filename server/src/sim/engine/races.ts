/**
 * OVERLAP: two tasks reach one plain field, one of them writing, with nothing
 * that orders them. Order comes from locks, from tasks that start others and
 * from waiting for them (vector clocks).
 */
import { type MemoryObject, type Pointer, placeName, type Site } from '../model/index.js';
import { EVERYWHERE, placeKey } from './contended.js';
import type { Machine } from './machine.js';
import type { Task } from './task.js';

interface Reach {
  readonly task: number;
  readonly time: number;
}

interface Access extends Reach {
  readonly isMarked: boolean;
  readonly site: Site;
}

interface Place {
  write: Access | null;
  readonly reads: Access[];
}

export class Races {
  private readonly places = new Map<string, Place>();
  private readonly reaches = new Map<MemoryObject, Map<number, { write: Reach | null; reads: Reach[] }>>();
  private readonly locks = new Map<string, number[]>();

  /** A plain or marked load or store. */
  access(machine: Machine, pointer: Pointer, isWrite: boolean, isMarked: boolean): void {
    const { task } = machine;
    // Initial values were there before any task.
    if (machine.tasks.length < 2 || task.number === 0 || !pointer.object.isShared) return;
    const key = placeKey(pointer.object.id, pointer.key);
    let place = this.places.get(key);
    if (!place) {
      place = { write: null, reads: [] };
      this.places.set(key, place);
    }
    const mine: Access = { task: task.number, time: timeOf(task), isMarked, site: machine.site };
    const others = isWrite
      ? [...place.reads, ...(place.write ? [place.write] : [])]
      : place.write
        ? [place.write]
        : [];
    const unordered = others.filter((each) => each.task !== task.number && !isBefore(each, task));
    const other = unordered.find((each) => !(each.isMarked && isMarked));
    if (other) report(machine, pointer, other, isWrite);
    if (isWrite) {
      place.write = mine;
      place.reads.length = 0;
      return;
    }
    const before = place.reads.findIndex((each) => each.task === mine.task && each.isMarked === isMarked);
    if (before >= 0) place.reads[before] = mine;
    else place.reads.push(mine);
  }

  /** A place is reached by whatever does it: which ones are contended is learnt here. */
  reached(machine: Machine, object: MemoryObject, key: number, isWrite: boolean): void {
    const { task, contended } = machine;
    if (!contended || task.number === 0) return;
    let places = this.reaches.get(object);
    if (!places) {
      places = new Map();
      this.reaches.set(object, places);
    }
    let place = places.get(key);
    if (!place) {
      place = { write: null, reads: [] };
      places.set(key, place);
    }
    const isUnordered = (each: Reach): boolean => each.task !== task.number && !isBefore(each, task);
    if ((place.write && isUnordered(place.write)) || (isWrite && place.reads.some(isUnordered))) {
      // Between two that are visible anyway, as counting is, nothing is to be learnt.
      if (this.places.has(placeKey(object.id, key))) contended.add(object.id, key);
    }
    const mine = { task: task.number, time: timeOf(task) };
    if (isWrite) {
      place.write = mine;
      place.reads.length = 0;
      return;
    }
    const before = place.reads.findIndex((each) => each.task === mine.task);
    if (before >= 0) place.reads[before] = mine;
    else place.reads.push(mine);
  }

  /** An object is reached as a whole: whatever others reach of it unordered is contended. */
  reachedWhole(machine: Machine, object: MemoryObject): void {
    const { task, contended } = machine;
    if (!contended || machine.tasks.length < 2 || task.number === 0 || !object.isShared) return;
    contended.add(object.id, EVERYWHERE);
  }

  /** Whoever reached a place of an object that goes, with nothing that put that before, might as well come after. */
  freed(machine: Machine, object: MemoryObject): void {
    const { task, contended } = machine;
    if (!contended || !object.isShared) return;
    for (const [key, { write, reads }] of this.reaches.get(object) ?? []) {
      const all = write ? [write, ...reads] : reads;
      if (all.some((each) => each.task !== task.number && !isBefore(each, task)))
        contended.add(object.id, key);
    }
  }

  /** Taking a lock puts everything done under it before. */
  acquire(task: Task, object: MemoryObject, key: number): void {
    const clock = this.locks.get(placeKey(object.id, key));
    if (clock) join(task.clock, clock);
  }

  release(task: Task, object: MemoryObject, key: number): void {
    const name = placeKey(object.id, key);
    const clock = this.locks.get(name) ?? [];
    join(clock, task.clock);
    this.locks.set(name, clock);
    tick(task);
  }

  /** `later` starts, or goes on, after all that `earlier` has done so far. */
  follows(later: Task, earlier: Task): void {
    join(later.clock, earlier.clock);
    tick(earlier);
  }
}

function timeOf(task: Task): number {
  const time = task.clock[task.number] ?? 1;
  task.clock[task.number] = time;
  return time;
}

function tick(task: Task): void {
  task.clock[task.number] = timeOf(task) + 1;
}

function isBefore({ task, time }: Reach, of: Task): boolean {
  return (of.clock[task] ?? 0) >= time;
}

function join(into: number[], from: readonly number[]): void {
  for (let index = 0; index < from.length; index++)
    into[index] = Math.max(into[index] ?? 0, from[index] ?? 0);
}

function report(machine: Machine, pointer: Pointer, other: Access, isWrite: boolean): void {
  const key = `overlap ${other.site.start} ${machine.site.start}`;
  if (machine.ghosts.has(key)) return;
  machine.ghosts.set(key, true);
  machine.report(
    'OVERLAP',
    `${machine.task.words || machine.task.name} ${isWrite ? 'writes' : 'reads'} ${placeName(pointer)} while another task may reach it, and nothing orders the two`,
    [{ site: other.site, words: 'the other access' }],
  );
}
