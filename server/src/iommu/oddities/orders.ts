/** Things done in an order, or left half done, that others see. */
import { contains } from '../../base/index.js';
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { FILLS, FREES, GETS, LOOKUPS, RELEASES, WALKS } from '../kernel-api.table.js';
import { baseName, lastName, namesIn } from '../names.js';
import {
  assignmentsIn,
  type Call,
  callOf,
  callsBelow,
  containerText,
  exitOf,
  failedCall,
  isZero,
  type Loop,
  loopsIn,
  nodesIn,
  sequencesIn,
  statementsOf,
  testOf,
} from '../shapes.js';
import { OPPOSITES } from './kernel-calls.table.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { locksOfCallers } from './touches.js';

export const ORDERS: OddityReader = {
  own: [freedWhileLinked],
  around: [
    { words: new Set(FILLS.keys()), read: publishedEarly },
    { words: null, read: halfDoneLoops },
    { words: /attach|set_dev_pasid/, read: unseenRestores },
    { words: /_get(?:_|$)/, read: keptReferences },
  ],
};

/** An object is put where others find it, the lock is given back (or none is held), and then its fields are set. */
function publishedEarly(body: Body, bodies: Bodies): OddityFact[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      const published = publishedBy(statement);
      if (!published) return [];
      const { object, call } = published;
      const heldAt = body.flow.steps.find(({ node }) => node === call)?.mayLocks ?? [];
      let isOpen = heldAt.length === 0 && locksOfCallers(body, bodies).length === 0;
      for (const later of statements.slice(at + 1)) {
        const name = later.kind === 'expression' ? calledName(later.expression) : null;
        if (name !== null && RELEASES.has(name)) isOpen = true;
        if (exitOf(later) || later.kind === 'label') break;
        const set = isOpen ? fieldSet(later, object) : null;
        if (!set || !mayBeRead(set.target, call, body, bodies)) continue;
        return [
          oddity('published-early', body.spot(set), body.text(set.kind === 'assign' ? set.target : set), {
            other: body.text(call),
            related: [{ spot: body.spot(call), message: 'others can find it from here on' }],
          }),
        ];
      }
      return [];
    }),
  );
}

/** Whether one of those who look into the container has to do with the member; as far as any is at hand. */
function mayBeRead(target: Expression, fill: Call, { fn }: Body, { program }: Bodies): boolean {
  const container = fill.args[FILLS.get(calledName(fill) ?? '')!.container];
  const place = container?.kind === 'unary' ? container.operand : container;
  const [own, member] = [place ? lastName(place) : null, lastName(target)];
  if (own === null || member === null) return true;
  const finders = program
    .definitionsIn(fn.unit)
    .filter(
      ({ words, item }) =>
        item !== fn.item &&
        words.all.has(own) &&
        [...words.called].some((name) => LOOKUPS.has(name) || WALKS.has(name)),
    );
  return finders.length === 0 || finders.some(({ words }) => words.all.has(member));
}

/** The object that a call puts into a container: a variable, by itself or by a member of it. */
function publishedBy(statement: Statement): { readonly object: string; readonly call: Call } | null {
  const call = callOf(statement);
  const row = call ? FILLS.get(calledName(call) ?? '') : undefined;
  const value = row && call!.args[row.value];
  if (!call || !value) return null;
  const inner = value.kind === 'unary' && value.operator === '&' ? value.operand : value;
  const base = baseName(inner);
  if (base === null || (inner.kind === 'member' && !(inner.object.kind === 'name' && inner.isArrow)))
    return null;
  // What is stored of `&x->part` in an array is the part, not all of x.
  if (inner.kind === 'member' && !/list_|hash_/.test(calledName(call)!)) return null;
  // The list itself may be a member of the object.
  return namesIn(call.args[row.container]!).includes(base) ? null : { object: base, call };
}

function fieldSet(statement: Statement, object: string): Extract<Expression, { kind: 'assign' }> | null {
  if (statement.kind !== 'expression' || statement.expression.kind !== 'assign') return null;
  const { target, operator } = statement.expression;
  const isField = target.kind === 'member' && target.object.kind === 'name' && target.object.name === object;
  return isField && operator === '=' ? statement.expression : null;
}

/** A loop that does something which can be undone for one after the other, and leaves when one fails. */
function halfDoneLoops(body: Body, bodies: Bodies): OddityFact[] {
  return loopsIn(body).flatMap((loop) => {
    if (loop.form === 'do' || loop.form === 'while' || loop.form === 'scoped_guard') return [];
    const statements = statementsOf(loop.body);
    return statements.flatMap((statement, at) => {
      if (statement.kind !== 'if' || statement.alternative) return [];
      const test = testOf(statement.condition);
      if (!test || test.says === 'zero') return [];
      const call = failedCall(body, test.subject, statements[at - 1]);
      const name = call ? calledName(call) : null;
      const undo = name === null ? null : opposite(name, bodies);
      if (!call || name === null || undo === null || !usesCursor(loop, call, body)) return [];
      const left = exitOf(statement.consequence);
      if (!left || left.kind === 'continue' || undoes(loop.body, undo)) return [];
      const after =
        left.kind === 'break' ? behind(body, loop) : left.kind === 'goto' ? fromLabel(body, left.label) : [];
      if (after.some((each) => undoes(each, undo))) return [];
      return [oddity('loop-left-half-done', body.spot(left), name, { other: undo.name })];
    });
  });
}

interface Undo {
  readonly name: string;
  readonly words: readonly string[];
}

/** The function at hand that undoes what `name` does, by the kernel's habit of naming. */
function opposite(name: string, bodies: Bodies): Undo | null {
  for (const [word, words] of OPPOSITES) {
    if (!word.test(name) || words.some((each) => name.includes(each))) continue;
    for (const each of words) {
      const candidate = name.replace(
        word,
        (found) =>
          (found.startsWith('_') ? `_${each}` : each) + (found.endsWith('_') && found.length > 1 ? '_' : ''),
      );
      const known = bodies.program.functionsNamed(candidate).length > 0;
      if ((known || isSurelyPaired(name, each)) && candidate !== name) return { name: candidate, words };
    }
  }
  return null;
}

/** Where neither is at hand, what is never done without the other in the kernel. */
function isSurelyPaired(name: string, undo: string): boolean {
  return (
    (undo === 'detach' && /attach_(?:dev|device|group)/.test(name)) ||
    (undo === 'disable' && /^clk_|^pci_/.test(name)) ||
    (undo === 'unpin' && /pin_/.test(name))
  );
}

function undoes(node: Statement, { name, words }: Undo): boolean {
  const called = callsBelow(node);
  return called.has(name) || [...called].some((each) => words.some((word) => each.includes(word)));
}

/** Whether the call is about the one whose turn it is. */
function usesCursor(loop: Loop, call: Call, body: Body): boolean {
  const row = WALKS.get(loop.form);
  const cursor = row ? loop.header[row.cursor] : loop.header[0];
  const name =
    cursor?.kind === 'name' ? cursor.name : cursor?.kind === 'assign' ? baseName(cursor.target) : null;
  if (name === null) return false;
  const carried = body.carried([name]);
  return call.args.some((arg) => namesIn(arg).some((each) => carried.has(each)));
}

function behind(body: Body, node: Statement): readonly Statement[] {
  return sequencesIn(body).flatMap((statements) => {
    const at = statements.indexOf(node);
    return at < 0 ? [] : statements.slice(at + 1);
  });
}

function fromLabel(body: Body, label: string): readonly Statement[] {
  return sequencesIn(body).flatMap((statements) => {
    const at = statements.findIndex((each) => each.kind === 'label' && each.name === label);
    return at < 0 ? [] : statements.slice(at);
  });
}

/** `list_for_each_entry_safe()` that frees each entry of a list which stays, and takes none out. */
function freedWhileLinked(body: Body): OddityFact[] {
  return body.flow.walks.flatMap((walk) => {
    const row = WALKS.get(walk.form);
    const [cursor, head] = [row && walk.args[row.cursor], row && walk.args[row.container]];
    if (!walk.form.startsWith('list_for_each_entry_safe') || cursor?.kind !== 'name' || !head) return [];
    const called = callsBelow(walk.body);
    if ([...called].some((name) => /list_del|list_move|_remove|_unlink|_del/.test(name))) return [];
    const free = [...nodesIn(walk.body)].find(
      (node): node is Call =>
        node.kind === 'call' &&
        FREES.has(calledName(node) ?? '') &&
        node.args[0]?.kind === 'name' &&
        node.args[0].name === cursor.name,
    );
    const list = containerText(body, head);
    if (!free || !/->/.test(list) || isGivenUp(body, list, walk.body.end)) return [];
    return [oddity('freed-while-linked', body.spot(free), cursor.name, { other: list })];
  });
}

/** Whether the list, or the object that has it, is emptied or freed afterwards. */
function isGivenUp(body: Body, list: string, after: number): boolean {
  const owner = list.replace(/->.*$/, '');
  // Whoever frees or gives back the whole object has no further use for its list.
  if (/free|destroy|release|remove|exit|fini|cleanup|put/.test(body.fn.item.name)) return true;
  return body.reading.nodes.some((node) => {
    if (node.kind !== 'call' || node.start < after) return false;
    const name = calledName(node) ?? '';
    const first = node.args[0] ? containerText(body, node.args[0]) : '';
    return (
      (/INIT_LIST_HEAD/.test(name) && first === list) ||
      (/free|_put|destroy|release/.test(name) && first === owner)
    );
  });
}

/** On a failure the old domain is attached again, and nobody asks whether that went well. */
function unseenRestores(body: Body, bodies: Bodies): OddityFact[] {
  const nameOf = (node: Expression): string =>
    calledName(node) ?? (node.kind === 'call' && node.callee.kind === 'member' ? node.callee.name : '');
  const moves = body.flow.steps.filter(({ node }) =>
    /(?:at|de)tach|set_(?:group_)?(?:domain|dev_pasid)/.test(nameOf(node)),
  );
  return moves.flatMap(({ node, isDiscarded, under }) => {
    if (!isDiscarded || node.kind !== 'call' || under.length === 0) return [];
    const name = nameOf(node);
    // Where nothing else moves the device, nor is it to go back, it is on no domain yet and stays on none.
    const goesBack = node.args.some((arg) => /default|old|prev|orig|block/.test(body.text(arg)));
    if ((moves.length === 1 && !goesBack) || !isAttach(name, node, body)) return [];
    const fn = bodies.calledFunction(name, body);
    const isSure = fn ? neverFails(bodies.of(fn), bodies, 3) : /^__iommu_group_set_domain_nofail/.test(name);
    return isSure ? [] : [oddity('attach-undone-unseen', body.spot(node), name)];
  });
}

/** Whether a function gives nothing, or only ever 0, as far as what it calls is at hand. */
function neverFails(body: Body, bodies: Bodies, depth: number): boolean {
  if (body.fn.item.returns.base === 'void' && body.fn.item.returns.pointers === 0) return true;
  return body.flow.returns.every(({ value }) => {
    if (value.kind !== 'call' || depth === 0) return isZero(value);
    const called = bodies.called(calledName(value), body);
    return called !== null && neverFails(called, bodies, depth - 1);
  });
}

/** Whether a call gives a device or group to a domain. */
function isAttach(name: string, { args }: Call, body: Body): boolean {
  if (/detach|prepare|^trace_/.test(name) || !/(?:^|_)(?:re)?attach(?:_|$)|set_dev_pasid/.test(name))
    return false;
  return args.some((arg) => {
    const { base, pointers } = body.scope.typeOf(arg);
    return pointers === 1 && body.domains.has(base);
  });
}

/** A reference from `…_get…()` in a local that is only looked at, and never put or handed on. */
function keptReferences(body: Body, bodies: Bodies): OddityFact[] {
  return assignmentsIn(body).flatMap(({ node, target, value }) => {
    const name = calledName(value);
    if (
      name === null ||
      !/_get(?:_|$)/.test(name) ||
      !body.scope.isLocal(target) ||
      body.parameterAt(target) >= 0
    )
      return [];
    if (body.fn.item.missing.length > 0) return [];
    const put = putOf(name, target, body, bodies);
    if (put === null || isHandedOn(body, target, put)) return [];
    return [
      oddity('reference-kept', body.spot(node.kind === 'declaration' ? value : node), name, { other: put }),
    ];
  });
}

/** The function that puts what `name` gave `target`: by its head, or by the struct that both are named after. */
function putOf(name: string, target: string, body: Body, bodies: Bodies): string | null {
  const prefix = name.replace(/_get(?:_.*)?$/, '');
  const put = `${prefix}_put`;
  const known = bodies.program.functionsNamed(put)[0];
  if (known) {
    const [parameter] = known.item.parameters;
    const returns = (bodies.calledFunction(name, body) ?? bodies.program.functionsNamed(name)[0])?.item
      .returns;
    return parameter && returns && parameter.type.base === returns.base && returns.pointers === 1
      ? put
      : null;
  }
  // By its name alone it is judged only where it is not at hand, or counts something.
  const getter = bodies.calledFunction(name, body);
  if (getter && ![...getter.words.called].some((each) => GETS.has(each) || HOLDS.test(each))) return null;
  const { base, pointers } = body.scope.typeOfName(target);
  return pointers === 1 && base === `struct ${prefix}` ? put : null;
}

/** Those that count for who calls them: include/linux/device.h, kobject.h, module.h (6.12). */
const HOLDS = /^(?:kobject_get|get_device|atomic\w*_inc|try_module_get|__module_get)/;

/** Whether the variable is put, returned, stored, or given to anybody who may keep it. */
function isHandedOn(body: Body, name: string, put: string): boolean {
  if (callsBelow(body.block).has(put)) return true;
  const isIt = (value: Expression): boolean => value.kind === 'name' && value.name === name;
  return body.reading.nodes.some((node) => {
    if (node.kind === 'return')
      return (
        node.value !== null &&
        [...nodesIn(node.value)].some(
          (each) => each.kind === 'name' && isIt(each) && !isWithinMember(node.value!, each),
        )
      );
    if (node.kind === 'assign')
      return isIt(node.value) || (node.value.kind === 'conditional' && namesIn(node.value).includes(name));
    if (node.kind === 'declaration')
      return node.declarators.some(({ initial }) => initial !== null && isIt(initial));
    return (
      node.kind === 'call' &&
      !/^(?:IS_ERR|PTR_ERR|WARN|mutex_|spin_|lockdep_)/.test(calledName(node) ?? '') &&
      node.args.some(isIt)
    );
  });
}

/** Whether a name is only the start of a member access. */
function isWithinMember(value: Expression, name: { readonly start: number; readonly end: number }): boolean {
  return [...nodesIn(value)].some(
    (each) =>
      (each.kind === 'member' || (each.kind === 'binary' && each.operator !== '|')) && contains(each, name),
  );
}
