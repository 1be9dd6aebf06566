/**
 * What a scenario's calls write to, call by call: memory, registers, and what
 * is handed to code that is not at hand. Kept only for scenarios that ask which
 * hardware a call has told something.
 */
import { type MemoryObject, Pointer, type Site, type Value } from '../model/index.js';
import type { Machine } from './machine.js';

/** `callee`: code that is not looked into was given it, and may have written. */
export type Means = 'memory' | 'register' | 'callee';

export interface Written {
  readonly means: Means;
  readonly object: MemoryObject;
  readonly member: string;
  readonly site: Site;
  /** By which calls it was come to: the same in two calls of a scenario that went the same way. */
  readonly way: string;
}

/** One call of a scenario. */
export interface Marked {
  readonly what: string;
  /** How many choices had been made when it began. */
  readonly choices: number;
  readonly written: readonly Written[];
}

export class Journal {
  readonly calls: (Marked & { readonly written: Written[] })[] = [];

  mark(what: string, choices: number): void {
    this.calls.push({ what, choices, written: [] });
  }

  /** Locals of functions are nobody's. */
  wrote(machine: Machine, means: Means, place: Value): void {
    const call = this.calls.at(-1);
    if (!call || !(place instanceof Pointer) || place.object.lifetime === 'stack') return;
    const { object, member } = place;
    // The scenario's own frame is left out: its two calls stand in two places.
    const way = machine.task.frames.slice(1).map(({ procedure, at }) => `${procedure.name}+${at}`);
    call.written.push({ means, object, member, site: machine.site, way: way.join(' ') });
  }
}
