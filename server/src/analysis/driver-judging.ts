/** What a programme of a driver's operation came to, and what of its runs that is told by. */
import type { DriverRow } from '../findings/index.js';
import { costOf, errnoName, type MonitorId } from '../sim/engine/index.js';
import type { Site } from '../sim/model/index.js';
import {
  type Attach,
  type DriverRun,
  type DriverShape,
  FOLDER,
  hasReached,
  type ProgrammeName,
} from '../sim/worlds/index.js';
import type { Judged } from './driver-verdicts.js';

/** A contract that an operation does not keep, with the run that shows it. */
export interface DriverFault {
  readonly monitor: MonitorId;
  readonly programme: ProgrammeName;
  /** What happened, beginning with a verb. */
  readonly words: string;
  readonly run: DriverRun;
  /** Where to say it; null for where the operation came back from that call, `name` for its name. */
  readonly site: Site | null | 'name';
  /** Which of the calls of the programme it is about, from 0. */
  readonly call: number;
  readonly confidence: 'certain' | 'possible';
}

/** What a programme came to. */
export interface Came extends Pick<DriverRow, 'verdict' | 'what'> {
  readonly fault: DriverFault | null;
}

/** What is known of the operation before a programme is judged. */
export interface Known {
  readonly told: Judged;
  /** Whether the kernel says which numbers an attach may fail with. */
  readonly hasContract: boolean;
  /** What a programme without failures came to when its last call is reached. */
  readonly runs: (name: ProgrammeName) => readonly DriverRun[];
  /** The names of primitives that allocate, by which `kmalloc() fails` is known for want of memory. */
  readonly allocates: (name: string) => boolean;
}

/** Whether a driver is to blame: nobody can give its only instance a domain of another. */
export const isFaultOf = (
  { isSingleton }: Pick<DriverShape, 'isSingleton'>,
  { monitor }: DriverFault,
): boolean => !isSingleton || !FOREIGN.has(monitor);

/** What is told of a device of another instance. */
const FOREIGN: ReadonlySet<MonitorId> = new Set<MonitorId>(['INC', 'MUT', 'NOTDONE', 'EINVLOG']);

/** Says what the runs of a programme come to. */
export type Judge = (runs: readonly DriverRun[], known: Known) => Came;

export const held = (what: string): Came => ({ verdict: 'held', what, fault: null });
export const unreached = (what: string): Came => ({ verdict: 'not-modelled', what, fault: null });
export const broken = (what: string, fault: DriverFault | null = null): Came => ({
  verdict: 'violated',
  what,
  fault,
});

export const ENOMEM = 12;

/** What gives back more than was taken. */
export const GIVEN_BACK: ReadonlySet<MonitorId> = new Set(['DF', 'RNEG', 'UAF', 'LIST']);

/** What rests on more than the failure is a guess. */
export const guessed = (found: DriverFault): DriverFault =>
  isPlain(found.run) ? found : { ...found, confidence: 'possible' };

/** An objection to one call of a run. */
export function fault(
  monitor: MonitorId,
  programme: ProgrammeName,
  words: string,
  run: DriverRun,
  call: number,
): DriverFault {
  return { monitor, programme, words, run, site: null, call, confidence: 'certain' };
}

/** Runs that came as far as they have to, the plainest first. */
export const reaching = (runs: readonly DriverRun[]): DriverRun[] => runs.filter(hasReached);

/** The last call of the plainest of these. */
export function lastOf(runs: readonly DriverRun[]): Attach | null {
  return reaching(runs)[0]?.attaches.at(-1) ?? null;
}

/** Why no run came as far as it has to. */
export function whyUnreached(runs: readonly DriverRun[]): string {
  const stop = runs.find(({ stop }) => stop !== '')?.stop;
  const first = runs.flatMap(({ attaches }) => attaches.filter(({ given }) => given?.kind === 'failed'))[0];
  if (stop) return `no run comes that far: ${stop}`;
  return first ? `no run comes that far: an attach fails with ${given(first)}` : 'no run comes that far';
}

/** `EINVAL`, or `0`. */
export function given({ given: result }: Attach): string {
  if (result === null) return 'nothing';
  return result.kind === 'done' ? '0' : result.errno === null ? 'an unknown number' : errnoName(result.errno);
}

// ---- failures

/** Which choices of a run were that something fails. */
export const faultsIn = ({ choices }: DriverRun) =>
  choices.filter(({ kind, taken }) => kind === 'fault' && taken > 0);

/** `kzalloc() fails`: the one failure of a run. */
export const faultOf = (run: DriverRun): string | null => faultsIn(run)[0]?.meanings[1] ?? null;

/** Runs in which a call failed because one thing in it did. */
export function withOneFault(runs: readonly DriverRun[], at: number): DriverRun[] {
  return runs.filter((run) => {
    const call = run.attaches[at];
    if (call?.given?.kind !== 'failed' || faultsIn(run).length !== 1) return false;
    const index = run.choices.findIndex(({ kind, taken }) => kind === 'fault' && taken > 0);
    const end = run.attaches[at + 1]?.choices ?? Number.POSITIVE_INFINITY;
    return index >= call.choices && index < end;
  });
}

/** Whether nothing was taken to be so but the failure, and nothing was cut short that might have undone it. */
const isPlain = (run: DriverRun): boolean => run.cuts.length === 0 && costOf(run.choices) === 1;

/** Whether what failed is an allocation that people can see: not one in what stands in for callees. */
export function isForMemory(run: DriverRun, { allocates }: Known): boolean {
  const [fault] = faultsIn(run);
  const [, name = ''] = /^(\w+)\(\) fails$/.exec(fault?.meanings[1] ?? '') ?? [];
  return allocates(name) && !fault!.site?.path.startsWith(FOLDER);
}

// ---- what changed

/** A counter that a call has made one more; null for none. `isFresh`: of a domain whose members are zero until they are written. */
export function grownIn({ before, after }: Attach, isFresh = false): string | null {
  for (const [place, { words, value }] of after?.numbers ?? []) {
    const start = isFresh && words.startsWith('domain->') ? 0n : null;
    const old = before.numbers.get(place)?.value ?? start;
    if (COUNTER.test(words) && old === value - 1n && (!isFresh || start !== null)) return words;
  }
  return null;
}

/** A count, by its member. */
export const COUNTER = /(?:ref|count|cnt|users|nr_|num_)\w*(?:\.\w+)*$/i;

/**
 * A number of the domain that a call has changed under no lock, with the place of the change; null for none. `isFresh`:
 * under a lock or not, of one whose members are zero until they are written.
 */
export function changedIn(
  { before, after, told }: Attach,
  isFresh = false,
): { words: string; site: Site } | null {
  for (const [place, { words, value }] of after?.numbers ?? []) {
    const old = before.numbers.get(place)?.value ?? (isFresh ? 0n : value);
    if (!words.startsWith('domain->') || old === value || COUNTER.test(words)) continue;
    const member = words.slice('domain->'.length);
    const write = told.find(
      (each) => each.means === 'memory' && each.member === member && (isFresh || !each.isLocked),
    );
    if (write) return { words: member, site: write.site };
  }
  return null;
}
