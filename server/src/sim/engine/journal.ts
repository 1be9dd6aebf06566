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

/** A question that is asked so often on one way is that of a loop, whose end is what is not known. */
const OFTEN = 6;

export class Journal {
  /** Of each call, the answers to what was not known, by the way to the question and how often it was asked. */
  private readonly answers: Map<string, boolean[]>[] = [];
  readonly calls: (Marked & { readonly written: Written[] })[] = [];

  mark(what: string, choices: number): void {
    this.calls.push({ what, choices, written: [] });
    this.answers.push(new Map());
  }

  /**
   * The plainest answer to a question: what it was in an earlier call that came
   * the same way, since devices of one make are what is compared.
   */
  plainest(machine: Machine, plain: boolean): boolean {
    const now = this.answers.at(-1);
    if (!now) return plain;
    const way = wayOf(machine);
    const asked = now.get(way)?.length ?? 0;
    for (const before of this.answers.slice(0, -1)) {
      const answer = before.get(way)?.[asked];
      if (answer !== undefined) return answer;
    }
    return asked >= OFTEN ? !plain : plain;
  }

  answered(machine: Machine, isTrue: boolean): void {
    const now = this.answers.at(-1);
    const way = wayOf(machine);
    const known = now?.get(way);
    if (known) known.push(isTrue);
    else now?.set(way, [isTrue]);
  }

  /** Locals of functions are nobody's. */
  wrote(machine: Machine, means: Means, place: Value): void {
    const call = this.calls.at(-1);
    if (!call || !(place instanceof Pointer) || place.object.lifetime === 'stack') return;
    const { object, member } = place;
    call.written.push({ means, object, member, site: machine.site, way: wayOf(machine) });
  }
}

/** The scenario's own frame is left out: its calls stand in places of their own. */
function wayOf({ task }: Machine): string {
  return task.frames
    .slice(1)
    .map(({ procedure, at }) => `${procedure.name}+${at}`)
    .join(' ');
}
