/**
 * What came of an operation by which a driver attaches domains, played for
 * devices behind two of its hardware instances: the verdict, and what each
 * programme came to.
 */
import type { Region, Source } from './finding.js';
import type { ScenarioBreach } from './flow.js';
import type { Trace } from './trace.js';

export type InstanceVerdict =
  /** EINVAL, and the second device is as it was. */
  | 'checked'
  /** Another error than the one that says that domain and device do not fit. */
  | 'wrong errno'
  /** It succeeds, and what it tells hardware goes to the second instance. */
  | 'shared'
  /** It succeeds, but what it tells goes to the first instance, or nowhere. */
  | 'accepted although foreign'
  /** It fails and leaves domain and device knowing each other. */
  | 'half attached'
  | 'not modelled';

/** One programme of an operation. */
export interface DriverRow {
  readonly programme: string;
  /** What happens in it, in one sentence. */
  readonly story: string;
  /** What a driver does that keeps the contract. */
  readonly wanted: string;
  /** `violated`: not what is wanted. `not-modelled`: what has to be reached was not. */
  readonly verdict: 'held' | 'violated' | 'not-modelled';
  /** What it does, or why that is not known. */
  readonly what: string;
  readonly runs: number;
}

/** One operation under review. */
export interface DriverReport {
  /** The slot of the table: `attach_dev`, `set_dev_pasid`. */
  readonly op: string;
  readonly function: string;
  readonly file: string;
  readonly line: number | null;
  readonly region: Region | null;
  readonly source: Source | null;
  readonly verdict: InstanceVerdict;
  /** `EINVAL`; null when it succeeds or was not modelled. */
  readonly errno: string | null;
  readonly why: string;
  /** Whether a variable is the driver's only instance: then nobody can give it a foreign domain. */
  readonly isSingleton: boolean;
  readonly rows: readonly DriverRow[];
  readonly breaches: readonly ScenarioBreach[];
  readonly runs: number;
  /** The run that the verdict is told by; null when there is none. */
  readonly trace: Trace | null;
  /** The run of the tape that was given; null when all were explored. */
  readonly replayed: Trace | null;
}

/** An operation by its name. */
export interface OperationName {
  readonly function: string;
  readonly file: string;
}

/** What is told beside the code of an operation that was played: all but the runs. */
export interface DriverProgress
  extends Pick<
    DriverReport,
    'op' | 'function' | 'file' | 'line' | 'verdict' | 'errno' | 'why' | 'isSingleton'
  > {
  readonly rows: readonly DriverProgressRow[];
  /** What it does not keep of its contract, in words. */
  readonly faults: readonly string[];
}

export interface DriverProgressRow extends DriverRow {
  /** Of the run that shows it. */
  readonly tape: string;
  /** What that run breaks; null for nothing, and for what is no fault of a driver with one instance. */
  readonly breach: Pick<ScenarioBreach, 'title' | 'confidence' | 'message'> | null;
}

/** The id of the scenario in which operations of drivers are played; that of a programme follows after a slash. */
export const TWO_INSTANCES = 'two-instances';

/** What a verdict means for the driver, in half a sentence. */
export const INSTANCE_WORDS: Readonly<Record<InstanceVerdict, string>> = {
  checked: 'refuses a domain of another hardware instance',
  'wrong errno': 'refuses a domain of another hardware instance, but not with EINVAL',
  shared: 'serves several hardware instances with one domain',
  'accepted although foreign': 'accepts a domain of another hardware instance and does not serve it',
  'half attached': 'refuses a domain of another hardware instance and stays half attached',
  'not modelled': 'could not be played on two hardware instances',
};

/** `checked (EINVAL)`; `not modelled, because …`. */
export function instanceWords({
  verdict,
  errno,
  why,
}: Pick<DriverReport, 'verdict' | 'errno' | 'why'>): string {
  if (verdict === 'not modelled') return `not modelled, because ${why}`;
  return errno === null ? verdict : `${verdict} (${errno})`;
}

/** What happens in a programme, and what a driver has to do in it. */
export function driverStory({ story, wanted }: Pick<DriverRow, 'story' | 'wanted'>): string {
  return `${story[0]!.toUpperCase()}${story.slice(1)}. Wanted: ${wanted}.`;
}
