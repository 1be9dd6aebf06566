/** Why a mutant survived: it is run once more with a mark where it was mutated, and what every run that comes there has is looked at. */
import { type Code, explore, type Machine, wordsOf } from '../../../server/src/sim/engine/index.js';
import { FALLBACKS, PRIMITIVES } from '../../../server/src/sim/kernel/index.js';
import { ALONE_BUDGET, aloneSubject } from '../../../server/src/sim/scenarios/index.js';
import type { Mutant } from './run.js';
import type { Edit } from './source.js';

export type Cause =
  | 'cannot be marked'
  | 'only possible'
  | 'not reached: budget'
  | 'not reached: all tapes tried'
  | 'runs that reach it stop'
  | 'primitive or body missing'
  | 'breach in a callee is not told'
  | 'silent by rule: list heads outlive the call'
  | 'callee not entered'
  | 'all paths hold the lock'
  | 'some path is excused from the lock'
  | 'lock is not seen as held'
  | 'object escaped'
  | 'object was there before'
  | 'reference was there before or is not counted'
  | 'reference is kept'
  | 'reference is unsure'
  | 'no path puts the reference'
  | 'no failure or success to compare with'
  | 'reached, and nothing is said';

const MARK = 'mutant_is_here';

/** One run that came to the mark, or did not. */
interface Run {
  readonly isReached: boolean;
  readonly machine: Machine;
}

function marked({ mutation }: Mutant): Edit[] {
  const { at, edits, subject } = mutation;
  const isExpression = !/[;}]\s*$/.test(subject.source.text.slice(at.start, at.end));
  const [before, after] = isExpression ? [`(${MARK}(), `, ')'] : [`{ ${MARK}(); `, ' }'];
  return [
    ...edits,
    { start: at.start, end: at.start, text: before },
    { start: at.end, end: at.end, text: after },
  ];
}

export function causeOf(mutant: Mutant): { readonly cause: Cause; readonly detail: string } {
  if (mutant.breaches.length > 0) return { cause: 'only possible', detail: possible(mutant) };
  const { subject } = mutant.mutation;
  const { source, item } = subject;
  const procedure = source.mutated(item, marked(mutant));
  if (!procedure) return { cause: 'cannot be marked', detail: '' };
  let hits = 0;
  const code: Code = {
    procedure: (name, from) => {
      if (name === MARK) hits++;
      return source.code.procedure(name, from);
    },
    maskOf: (name, from) => source.code.maskOf(name, from),
    elsewhere: (name, from) => source.code.elsewhere(name, from),
    standIn: (name) => source.code.standIn(name),
    isWorld: (path) => source.code.isWorld(path),
    global: (name, from) => source.code.global(name, from),
    offsetOf: (record, member, from) => source.code.offsetOf(record, member, from),
    slotsOf: (each) => source.code.slotsOf(each),
    neighbours: (path) => source.code.neighbours(path),
  };
  const runs: Run[] = [];
  const { isComplete, bound, stops } = explore(
    aloneSubject(code, procedure),
    ALONE_BUDGET,
    { order: 'novelty', isReduced: false },
    {
      observe(machine) {
        runs.push({ isReached: hits > 0, machine });
        hits = 0;
      },
    },
  );
  const reached = runs.filter(({ isReached }) => isReached);
  const summary = `${reached.length} of ${runs.length} runs reach it, ${isComplete ? 'complete' : `bound ${bound}`}${[...stops].map(([why, count]) => `, ${count} stop: ${why}`).join('')}`;
  if (reached.length === 0)
    return { cause: isComplete ? 'not reached: all tapes tried' : 'not reached: budget', detail: summary };
  const ended = reached.filter(({ machine }) => machine.ending?.kind === 'finished');
  if (reached.some(({ machine }) => machine.ending?.kind === 'violated'))
    return { cause: 'breach in a callee is not told', detail: summary };
  if (ended.length === 0) return { cause: 'runs that reach it stop', detail: summary };
  return judged(mutant, runs, ended, summary);
}

/** What was found, and what keeps it from being certain: answers that were not the plain ones, and cuts on its path. */
function possible({ breaches, mutation }: Mutant): string {
  const { source, item } = mutation.subject;
  const procedure = source.mutated(item, mutation.edits)!;
  const { counterexamples } = explore(aloneSubject(source.code, procedure), ALONE_BUDGET, {
    order: 'novelty',
    isReduced: false,
  });
  return breaches
    .map(({ monitor, words, assumptions, site }) => {
      const same = counterexamples.find(
        (each) => each.monitor === monitor && each.site.start === site.start && each.site.path === site.path,
      );
      const because = [`${assumptions.length} assumed`, ...(same?.cuts ?? ['compares paths'])];
      return `${monitor}: ${words} (${because.join(', ')})`;
    })
    .join(' | ');
}

function judged(
  mutant: Mutant,
  runs: readonly Run[],
  ended: readonly Run[],
  summary: string,
): ReturnType<typeof causeOf> {
  const { operator, subject, at } = mutant.mutation;
  const { source } = subject;
  const text = source.text.slice(at.start, at.end);
  const names = [...text.matchAll(/\b([a-z_]\w*)\s*\(/g)]
    .map(([, name = '']) => name)
    .filter((name) => !['if', 'while', 'for', 'sizeof', 'switch'].includes(name));
  const missing = names.filter(
    (name) =>
      !PRIMITIVES.has(name) &&
      !FALLBACKS.has(name) &&
      !source.code.procedure(name, source.path) &&
      !/^list_for_each|^[A-Z]/.test(name),
  );
  if (missing.length > 0)
    return { cause: 'primitive or body missing', detail: `${missing.join(' ')}; ${summary}` };
  const cuts = new Set(ended.flatMap(({ machine }) => wordsOf(machine.cuts)));
  const notEntered = [...cuts].filter((cut) => names.some((name) => cut === `${name}() is not entered`));
  if (notEntered.length > 0)
    return { cause: 'callee not entered', detail: `${notEntered.join(' ')}; ${summary}` };
  const rest = cuts.size > 0 ? `; cuts: ${[...cuts].join(', ')}` : '';
  if (operator === 'drop-list-del')
    return { cause: 'silent by rule: list heads outlive the call', detail: summary + rest };
  const cause = operator.includes('unlock') ? lockCause(runs, ended) : referenceCause(mutant, runs, ended);
  return { cause, detail: summary + rest };
}

function lockCause(runs: readonly Run[], ended: readonly Run[]): Cause {
  const holds = ({ machine }: Run): boolean => (machine.tasks[0]?.held.length ?? 0) > 0;
  if (!ended.some(holds)) return 'lock is not seen as held';
  const all = runs.filter(({ machine }) => machine.ending?.kind === 'finished');
  return all.every(holds) ? 'all paths hold the lock' : 'some path is excused from the lock';
}

function referenceCause({ mutation }: Mutant, runs: readonly Run[], ended: readonly Run[]): Cause {
  if (!mutation.operator.startsWith('drop-release')) return escapeCause(ended);
  const open = ended.flatMap(({ machine }) => machine.ledger.acquisitions.map((each) => ({ each, machine })));
  if (open.length > 0) {
    if (open.some(({ each, machine }) => machine.ledger.kept.has(each.place.object)))
      return 'reference is kept';
    if (open.some(({ each }) => each.isUnsure || each.place.object.hasEscaped)) return 'reference is unsure';
    const puts = runs.some(
      ({ machine }) =>
        machine.ending?.kind === 'finished' &&
        machine.ledger.taken.length > machine.ledger.acquisitions.length,
    );
    return puts ? 'no failure or success to compare with' : 'no path puts the reference';
  }
  const cause = escapeCause(ended);
  return cause === 'reached, and nothing is said' ? 'reference was there before or is not counted' : cause;
}

function escapeCause(ended: readonly Run[]): Cause {
  const made = ended.flatMap(({ machine }) =>
    machine.heap.objects.filter(
      ({ madeAt, lifetime, state }) => madeAt !== null && state === 'live' && lifetime !== 'stack',
    ),
  );
  if (made.some(({ hasEscaped }) => hasEscaped)) return 'object escaped';
  return 'reached, and nothing is said';
}
