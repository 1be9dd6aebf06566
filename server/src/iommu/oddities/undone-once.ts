/** What one failure of a function clears or turns off again, and another leaves as it was set up. */
import { calledName, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { type Call, callOf, ifsIn, sequencesIn } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { isFailure } from './unwinds.js';

export const UNDONE_ONCE: OddityReader = { own: [undoneOnce] };

/** What undoes a state; what gives back memory, references and locks is seen when the function is run. */
const UNDOES = /(?:^|_)(?:clear|reset|unset|disable|teardown|tear_down|stop|quiesce)(?:_|$)/;

const SETS_UP = /(?:^|_)(?:set|setup|enable|program|start)(?:_|$)/;

type Return = Extract<Statement, { kind: 'return' }>;

/** A way out that fails, with what stands right before it. */
interface Failure {
  readonly left: Return;
  readonly calls: readonly Call[];
}

function undoneOnce(body: Body): OddityFact[] {
  const alone = ifsIn(body).flatMap(({ consequence }) =>
    consequence.kind === 'return' ? [[consequence]] : [],
  );
  const failures = [...sequencesIn(body), ...alone].flatMap((statements) => failureIn(statements, body));
  if (failures.length < 2) return [];
  return failures.flatMap((undoing) =>
    undoing.calls.flatMap((undo) => {
      const [state] = undo.args;
      if (!state || !UNDOES.test(calledName(undo) ?? '')) return [];
      const what = body.values.plain(state);
      const setUp = setUpOf(what, calledName(undo)!, body);
      if (!setUp || setUp.start > undoing.left.start) return [];
      const forgetful = failures.find(
        ({ left, calls }) => left.start > setUp.end && !calls.some((call) => isAbout(what, call, body)),
      );
      if (!forgetful) return [];
      return [
        oddity('undone-once', body.spot(forgetful.left), what, {
          other: calledName(undo)!,
          related: [
            { spot: body.spot(undo), message: 'another failure undoes it here' },
            { spot: body.spot(setUp), message: 'it is set up here' },
          ],
        }),
      ];
    }),
  );
}

function failureIn(statements: readonly Statement[], body: Body): Failure[] {
  const left = statements.at(-1);
  if (left?.kind !== 'return' || !isFailure(left.value) || statements === body.block.statements) return [];
  return [{ left, calls: statements.flatMap((each) => callOf(each) ?? []) }];
}

/** The first call at the top of the function that sets it up and cannot fail, behind the last there that clears it. */
function setUpOf(what: string, undo: string, body: Body): Call | null {
  const calls = body.block.statements.flatMap((each) =>
    each.kind === 'expression' && each.expression.kind === 'call' && isAbout(what, each.expression, body)
      ? [each.expression]
      : [],
  );
  const cleared = calls.findLastIndex((call) => calledName(call) === undo);
  return calls.slice(cleared + 1).find((call) => SETS_UP.test(calledName(call) ?? '')) ?? null;
}

function isAbout(what: string, { args: [first] }: Call, body: Body): boolean {
  return first !== undefined && body.values.plain(first) === what;
}
