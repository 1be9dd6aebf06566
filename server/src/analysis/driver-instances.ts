/**
 * What the drivers of a tree do about a domain of another instance: each of
 * their operations is run for a device of one instance and then, with the same
 * domain, for a device of another. Says of each whether it refuses, serves both
 * instances, or succeeds without having told the second one anything.
 */
import { LineIndex } from '../base/index.js';
import type { Trace } from '../findings/index.js';
import { costOf, errnoName, replay } from '../sim/engine/index.js';
import {
  type Attach,
  type DomainSource,
  DRIVER_WORLD_FILE,
  type DriverRun,
  type DriverShape,
  playDriver,
  type StagedDriver,
  stageDriver,
  type Told,
} from '../sim/worlds/index.js';
import { CORE, cFilesBelow, type SourceTree } from '../tree/index.js';
import { driverShapes } from './driver-shapes.js';
import { quoted } from './run-places.js';
import { traceOf } from './traces.js';
import { WorldDeclarations } from './world-declarations.js';

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

/** What came of one operation. */
export interface InstanceReport {
  readonly path: string;
  readonly line: number;
  readonly op: string;
  readonly function: string;
  readonly verdict: InstanceVerdict;
  /** `EINVAL`; null when it succeeds or was not modelled. */
  readonly errno: string | null;
  readonly why: string;
  /** Whether a global variable is the driver's only instance. */
  readonly isSingleton: boolean;
  /** A failure of a call after which domain and device know each other although the attach failed; null for none. */
  readonly half: { readonly why: string; readonly trace: () => Trace } | null;
  readonly runs: number;
  /** The C of the world; null where there is none. */
  readonly world: string | null;
  /** The run that the verdict is told by; null when there is none. */
  readonly trace: () => Trace | null;
}

/** The operations of all drivers of a tree, in the order of their files. */
export function* driversOf(
  tree: SourceTree,
  isWanted: (path: string) => boolean = () => true,
): Generator<InstanceReport> {
  for (const path of cFilesBelow(tree, CORE) ?? []) {
    if (!isWanted(path) || !tree.read(path)?.includes('iommu_domain_ops')) continue;
    for (const shape of driverShapes(tree, path)) yield instanceReport(tree, shape);
  }
}

/** Plays one operation, with the first kind of domain with which the first attach succeeds. */
function instanceReport(tree: SourceTree, shape: DriverShape): InstanceReport {
  let best: { readonly staged: StagedDriver; readonly told: Judged; readonly runs: number } | null = null;
  for (const domain of shape.domains) {
    const staged = stageIn(tree, shape, domain);
    const foreign = playDriver(staged, 'foreign');
    const same = playDriver(staged, 'same');
    const told = judge(tree, shape, domain, foreign, same);
    best ??= { staged, told, runs: foreign.length + same.length };
    if (told.verdict === 'not modelled') continue;
    best = { staged, told, runs: foreign.length + same.length };
    break;
  }
  const told = best?.told ?? unknown('no domain of its own could be made for it');
  return {
    path: shape.path,
    line: lineReader((path) => tree.read(path))(shape.path, shape.at) ?? 0,
    op: shape.op,
    function: shape.function,
    ...{ verdict: told.verdict, errno: told.errno, why: told.why },
    isSingleton: shape.isSingleton,
    half: best && told.verdict !== 'not modelled' ? halfOf(tree, best.staged) : null,
    runs: best?.runs ?? 0,
    world: best?.staged.text ?? null,
    trace: () => (best && told.run ? driverTrace(tree, best.staged, told.run, false) : null),
  };
}

function stageIn(tree: SourceTree, shape: DriverShape, domain: DomainSource): StagedDriver {
  const { path } = shape;
  const file = tree.file(path);
  return stageDriver(
    shape,
    domain,
    file ? [{ path, file }] : [],
    (world) => new WorldDeclarations([], tree, world, path),
  );
}

// ---- verdicts

interface Judged extends Pick<InstanceReport, 'verdict' | 'errno' | 'why'> {
  readonly run: DriverRun | null;
}

const unknown = (why: string, run: DriverRun | null = null): Judged => ({
  verdict: 'not modelled',
  errno: null,
  why,
  run,
});

/** A run in which both attaches came back. */
interface Settled extends DriverRun {
  readonly second: Attach & { readonly given: NonNullable<Attach['given']> };
}

const isSettled = (run: DriverRun): run is Settled => run.second !== null && run.second.given !== null;

function judge(
  tree: SourceTree,
  shape: DriverShape,
  domain: DomainSource,
  foreign: readonly DriverRun[],
  same: readonly DriverRun[],
): Judged {
  const settled = foreign.filter(isSettled);
  const [plainest] = settled;
  if (!plainest) return unknown(whyNoneSettled(foreign), foreign[0] ?? null);
  const refused = settled.filter(({ second }) => second.given.kind === 'failed');
  if (refused.length === settled.length) return refusal(tree, refused, same.filter(isSettled));
  // What the first attach was not asked may be the very comparison, in code that is not at hand.
  const open =
    plainest.second.given.kind === 'failed' ? plainest : refused.find(({ second }) => second.unseen > 0);
  if (open) return unknown(`whether it refuses hangs on ${lastAsked(tree, open)}, which is not known`, open);
  const accepted = settled.filter(({ second }) => second.given.kind === 'done');
  if (!shape.instance) return unknown('the driver has no struct for an instance', plainest);
  return acceptance(domain, accepted);
}

/** The last question of a run, as the code writes it. */
function lastAsked(tree: SourceTree, { choices }: DriverRun): string {
  const site = choices.at(-1)?.site;
  const text = site && tree.read(site.path)?.slice(site.start, site.end);
  return text ? quoted(text) : 'something';
}

/** The plainest of what the first attach came to, in words. */
function whyNoneSettled(runs: readonly DriverRun[]): string {
  const [first] = runs;
  if (!first) return 'the code could not be found';
  const stops = runs.filter(({ stop }) => stop !== '');
  if (runs.some(({ first: { given } }) => given?.kind === 'done'))
    return `no second attach comes to its end: ${stops[0]?.stop ?? 'unknown'}`;
  const failed = runs.find(({ first: { given } }) => given?.kind === 'failed')?.first.given;
  const errno = failed?.kind === 'failed' ? errnoName(failed.errno) : null;
  if (stops.length * 2 >= runs.length || errno === null)
    return `no first attach comes to its end: ${stops[0]?.stop ?? 'no domain is made'}`;
  return `every first attach fails, with ${errno} for instance`;
}

function refusal(tree: SourceTree, refused: readonly Settled[], same: readonly Settled[]): Judged {
  const [run] = refused as readonly [Settled];
  const numbers = new Set(
    refused.map(({ second: { given } }) => (given.kind === 'failed' ? given.errno : null)),
  );
  const errno = [...numbers].map(errnoName).join(', ');
  const half = refused.find(({ second }) => second.isLinked);
  if (half)
    return { verdict: 'half attached', errno, run: half, why: 'it fails and leaves domain and device tied' };
  const verdict = numbers.size === 1 && numbers.has(EINVAL) ? 'checked' : 'wrong errno';
  const told = (why: string): Judged => ({ verdict, errno, run, why });
  if (same.some(({ second }) => second.given.kind === 'done'))
    return told('a device of another instance is refused, one of the same is not');
  if (same[0]?.second.news === 0)
    return told('a domain has one device: a second one of the same instance is refused as well');
  if (run.second.news > 0)
    return unknown(`whether it refuses hangs on ${lastAsked(tree, run)}, which is not known`, run);
  return told(
    same[0]
      ? `a device of another instance is refused; one of the same hangs on ${lastAsked(tree, same[0])}`
      : 'a device of another instance is refused',
  );
}

const EINVAL = 22;

function acceptance(domain: DomainSource, accepted: readonly Settled[]): Judged {
  const judged = accepted.map((run) => ({ run, what: whatReached(run) }));
  const reached = judged.find(({ what }) => what.kind === 'reached');
  const misled = judged.find(({ what }) => what.kind === 'misled');
  const silent = judged.find(({ what }) => what.kind === 'silent');
  const done = { errno: null } as const;
  if (misled && !reached)
    return { ...done, verdict: 'accepted although foreign', run: misled.run, why: misled.what.words };
  if (reached) return { ...done, verdict: 'shared', run: reached.run, why: reached.what.words };
  if (domain.kind === 'static')
    return {
      ...done,
      verdict: 'shared',
      run: judged[0]!.run,
      why: 'one domain for all, of which hardware is told nothing',
    };
  if (silent)
    return { ...done, verdict: 'accepted although foreign', run: silent.run, why: silent.what.words };
  return unknown('no attach is seen to tell hardware anything', judged[0]?.run);
}

type Reached = {
  readonly kind: 'reached' | 'misled' | 'silent' | 'idle';
  readonly words: string;
};

/** Whom the second attach told, beside what the first one told. */
function whatReached({ first, second }: Settled): Reached {
  const astray = misdirected(first.told, second.told);
  if (astray)
    return {
      kind: 'misled',
      words: `for a device of the second instance \`${astray.words}\` is written, in ${astray.site.name}()`,
    };
  const omitted = leftOut(first.told, second.told);
  if (omitted)
    return {
      kind: 'misled',
      words: `for the second instance \`${omitted.words.replace(/^\w+1\b/, 'iommu2')}\` is not written, as it is for the first in ${omitted.site.name}()`,
    };
  const isTold = ({ side, means, isHardware }: Told): boolean =>
    side === 'second' && (isHardware || means === 'callee');
  const told = second.told.find(isTold);
  if (told)
    return {
      kind: 'reached',
      words: `${told.means === 'callee' ? 'it is handed on' : 'it is written'}: \`${told.words}\`, in ${told.site.name}()`,
    };
  if (second.isLinked) return { kind: 'reached', words: 'domain and device know each other' };
  const isIdle =
    !first.isLinked && !first.told.some(({ side, isHardware }) => side === 'first' && isHardware);
  return isIdle
    ? { kind: 'idle', words: '' }
    : { kind: 'silent', words: 'it succeeds and tells the second instance nothing' };
}

/** A register that the second attach writes in the first instance, where it goes the way of the first attach. */
function misdirected(before: readonly Told[], after: readonly Told[]): Told | null {
  const isRegister = ({ means }: Told): boolean => means === 'register';
  const ways = new Set(
    before.filter((each) => isRegister(each) && each.side === 'first').map(({ way }) => way),
  );
  const mirrored = new Set(after.filter(({ side }) => side === 'second').map(({ way }) => way));
  return (
    after.find(
      (each) => isRegister(each) && each.side === 'first' && ways.has(each.way) && !mirrored.has(each.way),
    ) ?? null
  );
}

/** A register of the first instance that the second attach writes in neither: the second is not set up as the first was. */
function leftOut(before: readonly Told[], after: readonly Told[]): Told | null {
  const ways = new Set(after.filter(({ side }) => side === 'second').map(({ way }) => way));
  if (!after.some(({ means, side }) => means === 'register' && side === 'second')) return null;
  return (
    before.find(({ means, side, way }) => means === 'register' && side === 'first' && !ways.has(way)) ?? null
  );
}

// ---- failures

/** An attach that fails because one call did, and nothing else was taken to be so, must leave nothing behind. */
function halfOf(tree: SourceTree, staged: StagedDriver): InstanceReport['half'] {
  for (const run of playDriver(staged, 'alone', true)) {
    const faults = run.choices.filter(({ kind, taken }) => kind === 'fault' && taken > 0);
    if (faults.length !== 1 || costOf(run.choices) !== 1 || run.cuts.length > 0) continue;
    if (run.first.given?.kind !== 'failed' || !run.first.isLinked) continue;
    const [fault] = faults;
    return {
      why: `${fault!.meanings[1]}, the attach fails, and domain and device know each other`,
      trace: () => driverTrace(tree, staged, run, true),
    };
  }
  return null;
}

// ---- traces

function driverTrace(tree: SourceTree, staged: StagedDriver, run: DriverRun, withFaults: boolean): Trace {
  const subject = staged.subject(run.programme, withFaults)!;
  const lineOf = lineReader((path) => (path === DRIVER_WORLD_FILE ? staged.text : tree.read(path)));
  const recorded = replay(subject, run.tape);
  // How the world is made can be read in its C.
  const start = recorded.steps.findIndex(({ words }) => words === 'calls make_domain()');
  const steps = recorded.steps.slice(Math.max(0, start));
  return traceOf(`two-instances/${run.programme}`, { id: recorded.id, steps }, lineOf);
}

/** The line at an offset of a file; null where there is no such file. */
function lineReader(
  textOf: (path: string) => string | null,
): (path: string, offset: number) => number | null {
  const indices = new Map<string, LineIndex>();
  return (path, offset) => {
    const text = textOf(path);
    if (text === null) return null;
    const index = indices.get(path) ?? new LineIndex(text);
    indices.set(path, index);
    return index.lineAt(offset) + 1;
  };
}
