/** What goes on running when its object is freed, and lists that readers under RCU walk and others change without it. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import type { KnownFunction } from '../program.js';
import { assignmentsIn, containerText } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { memberOf } from './touches.js';

export const LEFT_RUNNING: OddityReader = {
  around: [
    { words: /^(?:kfree|kvfree)$/, read: freedWhileRunning },
    { words: /^list_add(?:_tail)?$|^list_del(?:_init)?$/, read: plainUnderRcu },
    { words: /^(?:__)?xa_alloc/, read: arraysWithoutNumbers },
  ],
};

/** Members that run by themselves, by type, and what waits for them to end. include/linux/workqueue.h, timer.h (6.12). */
const RUNS: ReadonlyMap<string, RegExp> = new Map([
  ['struct work_struct', /^(?:cancel_work_sync|flush_work|disable_work_sync)$/],
  ['struct delayed_work', /^(?:cancel_delayed_work_sync|flush_delayed_work|disable_delayed_work_sync)$/],
  ['struct timer_list', /^(?:del_timer_sync|timer_delete_sync|timer_shutdown_sync)$/],
]);
const WAITS_FOR_ALL =
  /^(?:flush_workqueue|destroy_workqueue|drain_workqueue|flush_scheduled_work|__flush_workqueue)$/;

/** `kfree(x)` where nobody in the file waits for `x->work` to end. */
function freedWhileRunning(body: Body, bodies: Bodies): OddityFact[] {
  return body.flow.steps.flatMap(({ node }) => {
    const object =
      node.kind === 'call' && /^kv?free$/.test(calledName(node) ?? '') ? node.args[0] : undefined;
    if (object?.kind !== 'name') return [];
    const { base, pointers } = body.scope.typeOf(object);
    const view =
      pointers === 1 && base.startsWith('struct ') ? bodies.program.structNamed(base, body.fn.unit) : null;
    const running = view?.fields.find(({ item }) => item.type.pointers === 0 && RUNS.has(item.type.base));
    if (!view || !running || isFailing(body, object.name)) return [];
    const field = running.item.name;
    const file = bodies.program.definitionsIn(body.fn.unit);
    const users = file.filter(({ words }) => words.all.has(field));
    const starts = users.filter((fn) => [...fn.words.called].some((name) => STARTS.test(name)));
    if (
      starts.length === 0 ||
      file.some(({ words }) => [...words.called].some((name) => WAITS_FOR_ALL.test(name)))
    )
      return [];
    const ends = RUNS.get(running.item.type.base)!;
    if (users.some((fn) => waitsFor(fn, ends))) return [];
    // What frees it may be what runs, the last that happens to it.
    if (isHandler(body.fn, file)) return [];
    return [
      oddity('freed-while-running', body.spot(node), `${object.name}->${field}`, {
        other: running.item.type.base,
        related: [{ spot: { unit: starts[0]!.unit, span: starts[0]!.item.nameSpan }, message: 'starts it' }],
      }),
    ];
  });
}

const STARTS =
  /^(?:schedule_(?:delayed_)?work(?:_on)?|queue_(?:delayed_)?work(?:_on)?|mod_delayed_work|mod_timer|add_timer)$/;

const waitsFor = ({ words }: KnownFunction, ends: RegExp): boolean =>
  [...words.called].some((name) => ends.test(name));

/** Whether the object is made in the same function: then it is freed for a failure, before anything runs. */
function isFailing(body: Body, name: string): boolean {
  return assignmentsIn(body).some(
    ({ target, value }) => target === name && /alloc/.test(calledName(value) ?? ''),
  );
}

/** Whether a function runs as work or timer of the file, or is called by what does. */
function isHandler(fn: KnownFunction, file: readonly KnownFunction[]): boolean {
  const handlers = file.filter(({ item }) =>
    item.parameters.some(({ type }) => /^struct (?:work_struct|timer_list|rcu_head)$/.test(type.base)),
  );
  return handlers.some((each) => each === fn || each.words.called.has(fn.item.name));
}

/** `list_add(&x->node, &y->list)` of a list that others walk under RCU. */
function plainUnderRcu(body: Body, bodies: Bodies): OddityFact[] {
  return body.flow.steps.flatMap(({ node }) => {
    const name = calledName(node) ?? '';
    if (node.kind !== 'call' || !/^list_add(?:_tail)?$/.test(name) || !node.args[1]) return [];
    const member = memberOf(body, node.args[1]);
    const list = member ? null : variableOf(node.args[1]);
    if (!member && list === null) return [];
    const reader = bodies.program.definitionsIn(body.fn.unit).find((fn) => {
      if (!fn.words.all.has(member?.field ?? list!)) return false;
      const other = bodies.of(fn);
      return other.flow.walks.some(({ form, args }) => {
        const head = /^list_for_each_entry(?:_continue|_from)?_rcu$/.test(form) ? args[1] : undefined;
        if (!head) return false;
        const found = memberOf(other, head);
        return member
          ? found?.struct === member.struct && found.field === member.field
          : variableOf(head) === list;
      });
    });
    if (!reader) return [];
    return [
      oddity('plain-under-rcu', body.spot(node), containerText(body, node.args[1]), {
        other: `${name}_rcu`,
        related: [{ spot: { unit: reader.unit, span: reader.item.nameSpan }, message: 'walks it under RCU' }],
      }),
    ];
  });
}

/** The variable of the file that `&list` names. */
function variableOf(value: Expression): string | null {
  const inner = value.kind === 'unary' && value.operator === '&' ? value.operand : value;
  return inner.kind === 'name' ? inner.name : null;
}

/** `xa_alloc()` of an array that was set up by a plain xa_init(): it hands out no numbers. lib/xarray.c:__xa_alloc. */
function arraysWithoutNumbers(body: Body, bodies: Bodies): OddityFact[] {
  return body.flow.steps.flatMap(({ node }) => {
    const name = calledName(node) ?? '';
    const array = node.kind === 'call' && /^(?:__)?xa_alloc/.test(name) ? node.args[0] : undefined;
    const member = array ? memberOf(body, array) : null;
    if (!member) return [];
    const inits = bodies.program.definitionsIn(body.fn.unit).flatMap((fn) => {
      if (!fn.words.all.has(member.field) || ![...fn.words.called].some((each) => /^xa_init/.test(each)))
        return [];
      const other = bodies.of(fn);
      return other.flow.steps.flatMap((step) => {
        const called = calledName(step.node) ?? '';
        const first = step.node.kind === 'call' && /^xa_init/.test(called) ? step.node.args[0] : undefined;
        const found = first ? memberOf(other, first) : null;
        return found?.field === member.field && found.struct === member.struct
          ? [{ called, spot: other.spot(step.node) }]
          : [];
      });
    });
    if (inits.length === 0 || inits.some(({ called }) => called !== 'xa_init')) return [];
    return [
      oddity('array-without-numbers', body.spot(node), name, {
        other: member.field,
        related: [{ spot: inits[0]!.spot, message: 'is set up here, without XA_FLAGS_ALLOC' }],
      }),
    ];
  });
}
