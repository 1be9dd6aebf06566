/**
 * What an operation does about a domain of another instance, told by what the
 * attach to a second device gave and whose registers and tables it told,
 * beside what the first one did.
 */
import type { InstanceVerdict } from '../findings/index.js';
import { errnoName } from '../sim/engine/index.js';
import type { Attach, DomainSource, DriverRun, DriverShape, Told } from '../sim/worlds/index.js';
import type { SourceTree } from '../tree/index.js';
import { quoted } from './run-places.js';

export interface Judged {
  readonly verdict: InstanceVerdict;
  /** `EINVAL`; null when it succeeds or was not modelled. */
  readonly errno: string | null;
  readonly why: string;
  /** Whom it tells, where it succeeds; null where it does not. */
  readonly reached: Reached['kind'] | null;
  /** Whether a device of the same instance is not refused; null where that is not known. */
  readonly takesSame: boolean | null;
  /** The run that the verdict is told by. */
  readonly run: DriverRun | null;
}

export const unknown = (why: string, run: DriverRun | null = null): Judged => ({
  verdict: 'not modelled',
  errno: null,
  why,
  reached: null,
  takesSame: null,
  run,
});

/** An attach that came back. */
export type Back = Attach & { readonly given: NonNullable<Attach['given']> };

/** A run in which both attaches came back. */
export interface Settled extends DriverRun {
  readonly first: Back;
  readonly second: Back;
}

const isBack = (attach: Attach | undefined): attach is Back => (attach?.given ?? null) !== null;

export function settledOf(runs: readonly DriverRun[]): Settled[] {
  return runs.flatMap((run) => {
    const [first, second] = run.attaches;
    return isBack(first) && isBack(second) ? [{ ...run, first, second }] : [];
  });
}

/** `same`: the runs with two devices of one instance, made when they are asked for. */
export function judge(
  tree: SourceTree,
  shape: DriverShape,
  domain: DomainSource,
  foreign: readonly DriverRun[],
  same: () => readonly DriverRun[],
): Judged {
  const settled = settledOf(foreign);
  const [plainest] = settled;
  if (!plainest) return unknown(whyNoneSettled(foreign), foreign[0] ?? null);
  const refused = settled.filter(({ second }) => second.given.kind === 'failed');
  if (refused.length === settled.length) return refusal(tree, refused, settledOf(same()));
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
  const firsts = runs.flatMap(({ attaches: [first] }) => first?.given ?? []);
  if (firsts.some(({ kind }) => kind === 'done'))
    return `no second attach comes to its end: ${stops[0]?.stop ?? 'unknown'}`;
  const failed = firsts.find(({ kind }) => kind === 'failed');
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
  if (half) {
    const why = 'it fails and leaves domain and device tied';
    return { verdict: 'half attached', errno, run: half, why, reached: null, takesSame: null };
  }
  const verdict = numbers.size === 1 && numbers.has(EINVAL) ? 'checked' : 'wrong errno';
  const told = (why: string, takesSame: boolean | null = null): Judged => {
    return { verdict, errno, run, why, reached: null, takesSame };
  };
  if (same.some(({ second }) => second.given.kind === 'done'))
    return told('a device of another instance is refused, one of the same is not', true);
  if (same[0]?.second.news === 0)
    return told('a domain has one device: a second one of the same instance is refused as well', false);
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
  const misled = judged.find(({ what }) => what.kind === 'misled' || what.kind === 'omitted');
  const silent = judged.find(({ what }) => what.kind === 'silent');
  const done = (
    verdict: InstanceVerdict,
    { run, what }: (typeof judged)[number],
    why = what.words,
  ): Judged => {
    return { verdict, errno: null, run, why, reached: what.kind, takesSame: null };
  };
  if (misled && !reached) return done('accepted although foreign', misled);
  if (reached) return done('shared', reached);
  if (domain.kind === 'static')
    return done('shared', judged[0]!, 'one domain for all, of which hardware is told nothing');
  if (silent) return done('accepted although foreign', silent);
  return unknown('no attach is seen to tell hardware anything', judged[0]?.run);
}

/** `misled`: the first instance is told. `omitted`: the second is not told all. `silent`: nobody is told. `idle`: nor was the first. */
type Reached = {
  readonly kind: 'reached' | 'misled' | 'omitted' | 'silent' | 'idle';
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
      kind: 'omitted',
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
