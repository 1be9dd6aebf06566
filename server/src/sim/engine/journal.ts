/**
 * What a scenario's calls write to, call by call: memory, registers, and what
 * is handed to code that is not at hand. Kept only for scenarios that ask which
 * hardware a call has told something.
 */
import { FALLBACKS, PRIMITIVES } from '../kernel/index.js';
import { Pointer, resolve, type Site, Unknown, type Value } from '../model/index.js';
import type { Machine } from './machine.js';

/** `callee`: code that is not looked into was given it, and may have written. */
export type Means = 'memory' | 'register' | 'callee';

export interface Written {
  readonly means: Means;
  /** What it was that was written to, as it is called for people: a variable, or the way to what hangs from one. */
  readonly words: string;
  readonly member: string;
  readonly site: Site;
  /** By which calls it was come to: the same in two calls of a scenario that went the same way. */
  readonly way: string;
  /** Whether the task held a lock. */
  readonly isLocked: boolean;
  /** Which task it was, by its name. */
  readonly task: string;
}

/** One call of a scenario. */
export interface Marked {
  readonly what: string;
  /** How many choices had been made when it began. */
  readonly choices: number;
  readonly written: readonly Written[];
  /** How many questions were asked in it that no earlier call was asked. */
  readonly news: number;
  /** How many of these are for code that is not at hand. */
  readonly unseen: number;
  /** Where an error was logged. */
  readonly logged: readonly Site[];
}

type Call = Marked & { readonly written: Written[]; readonly logged: Site[]; news: number; unseen: number };

/** A question that is asked so often on one way is that of a loop, whose end is what is not known. */
const OFTEN = 6;

export class Journal {
  /** Of each call, the answers to what was not known, by the way to the question and how often it was asked. */
  private readonly answers: Map<string, boolean[]>[] = [];
  readonly calls: Call[] = [];
  /** Told of each mark, when it is made. */
  atMark: (() => void) | null = null;

  mark(what: string, choices: number): void {
    this.atMark?.();
    this.calls.push({ what, choices, written: [], news: 0, unseen: 0, logged: [] });
    this.answers.push(new Map());
  }

  /** A message at the level of an error, or above. */
  logs(machine: Machine): void {
    this.calls.at(-1)?.logged.push(machine.site);
  }

  /**
   * The plainest answer to a question: what it was in an earlier call that came
   * the same way, since devices of one make are what is compared.
   */
  plainest(machine: Machine, value: Value, plain: boolean): boolean {
    const now = this.answers.at(-1);
    if (!now) return plain;
    const way = wayOf(machine);
    const asked = now.get(way)?.length ?? 0;
    for (const before of this.answers.slice(0, -1)) {
      const answer = before.get(way)?.[asked];
      if (answer !== undefined) return answer;
    }
    const call = this.calls.at(-1)!;
    call.news++;
    if (isUnseen(value)) call.unseen++;
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
    const target = call && targetOf(resolve(place));
    if (!target) return;
    const isLocked = machine.task.held.length > 0;
    const { task, site } = machine;
    call.written.push({ means, ...target, site, way: wayOf(machine), isLocked, task: task.name });
  }
}

/** Whether a value is what a function gave that is neither at hand nor in the tables, or hangs from that. */
function isUnseen(value: Value): boolean {
  const known = resolve(value);
  if (!(known instanceof Unknown)) return false;
  if (known.term) return known.term.operands.some(isUnseen);
  const [, name] = /^(\w+)\(\)/.exec(known.words) ?? [];
  return name !== undefined && !PRIMITIVES.has(name) && !FALLBACKS.has(name);
}

function targetOf(place: Value): Pick<Written, 'words' | 'member'> | null {
  if (place instanceof Pointer) {
    const { object, member } = place;
    return object.lifetime === 'stack' ? null : { words: object.words, member };
  }
  if (!(place instanceof Unknown)) return null;
  // An address of registers that nobody has followed, or a place some way behind it.
  if (place.sort !== 'integer') return { words: place.words, member: '' };
  for (const operand of place.term?.operands ?? []) {
    const target = targetOf(resolve(operand));
    if (target) return target;
  }
  return null;
}

/** The scenario's own frame is left out: its calls stand in places of their own. */
function wayOf({ task }: Machine): string {
  return task.frames
    .slice(1)
    .map(({ procedure, at }) => `${procedure.name}+${at}`)
    .join(' ');
}
