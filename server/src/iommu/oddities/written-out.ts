/** What the kernel has a name for, written out in several statements; idioms.table.ts has what one expression writes out. */
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { baseName, namesIn } from '../names.js';
import {
  type Call,
  callOf,
  callsBelow,
  ifsIn,
  loopsIn,
  nodesIn,
  sequencesIn,
  statementsOf,
} from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { ZEROING } from './twice.table.js';
import { DELAYS, DUPLICATES, READS_REGISTER, SEVERAL_IN_ONE } from './written-out.table.js';

export const WRITTEN_OUT: OddityReader = {
  own: [
    duplicates,
    severalInOne,
    resourcesByHand,
    walksByHand,
    pollsByHand,
    groupsAsked,
    attributesPrinted,
    atomicReferences,
    copiesByHand,
    zeroedByMask,
    walksForTheLast,
  ],
};

/** `p = kmalloc(n); if (!p) …; memcpy(p, from, n);` and the same with copy_from_user(). */
function duplicates(body: Body): OddityFact[] {
  if (!body.fn.words.called.has('memcpy') && !body.fn.words.called.has('copy_from_user')) return [];
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      const allocation = callOf(statement);
      const row = allocation && DUPLICATES.get(calledName(allocation) ?? '');
      const into = targetOf(statement, body);
      const size = row && allocation?.args[row.size];
      if (!allocation || !row || into === null || !size) return [];
      // Nothing but the test for its failure may stand between.
      const test = statements[at + 1];
      const isTested = test?.kind === 'if' && namesIn(test.condition).length === 1;
      const copy = copyIn(statements[isTested ? at + 2 : at + 1]);
      const [to, , length] = copy?.args ?? [];
      if (!copy || !to || !length || body.values.plain(to) !== into) return [];
      if (body.values.plain(length) !== body.values.plain(size)) return [];
      const instead = calledName(copy) === 'memcpy' ? row.copied : row.fromUser;
      if (instead === null) return [];
      return [
        oddity('written-out', body.spot(allocation), `${instead}()`, {
          other: `it allocates and copies`,
          related: [{ spot: body.spot(copy), message: 'it is copied here' }],
        }),
      ];
    }),
  );
}

/** The copy that a statement makes or asks the result of. */
function copyIn(statement: Statement | undefined): Call | null {
  if (!statement) return null;
  const call =
    statement.kind === 'if' && statement.condition.kind === 'call' ? statement.condition : callOf(statement);
  return call && /^(?:memcpy|copy_from_user)$/.test(calledName(call) ?? '') ? call : null;
}

/** What a statement stores the result of its call in. */
function targetOf(statement: Statement, body: Body): string | null {
  if (statement.kind === 'declaration')
    return statement.declarators.length === 1 ? statement.declarators[0]!.name : null;
  if (statement.kind !== 'expression' || statement.expression.kind !== 'assign') return null;
  return body.values.plain(statement.expression.target);
}

/** Two calls with the same arguments, of which the kernel has a third that does both. */
function severalInOne(body: Body): OddityFact[] {
  return SEVERAL_IN_ONE.flatMap(({ first, afterwards, instead, isNext, same }) => {
    if (!body.fn.words.called.has(first) || !afterwards.some((name) => body.fn.words.called.has(name)))
      return [];
    return sequencesIn(body).flatMap((statements) =>
      statements.flatMap((statement, at) => {
        const one = soleCall(statement);
        if (!one || calledName(one) !== first) return [];
        const later = statements.slice(at + 1, isNext ? at + 2 : at + 4);
        const others = later.flatMap((each) => soleCall(each) ?? []);
        const other = others.find((call) => afterwards.includes(calledName(call) ?? ''));
        if (!other) return [];
        const [mine, its] = [one, other].map((call) =>
          call.args
            .slice(0, same)
            .map((arg) => body.values.plain(arg))
            .join(),
        );
        if (mine !== its || one.args.length === 0) return [];
        const name = instead(calledName(other)!);
        return [
          oddity('written-out', body.spot(one), `${name}()`, {
            other: 'it does both',
            related: [{ spot: body.spot(other), message: 'and this' }],
          }),
        ];
      }),
    );
  });
}

/** The call that a statement makes, also where it is what an `if` asks. */
function soleCall(statement: Statement): Call | null {
  if (statement.kind !== 'if') return callOf(statement);
  const { condition } = statement;
  return condition.kind === 'call' ? condition : null;
}

/** `res = platform_get_resource(pdev, IORESOURCE_MEM, n); base = devm_ioremap_resource(dev, res);` */
function resourcesByHand(body: Body): OddityFact[] {
  if (!body.fn.words.called.has('devm_ioremap_resource')) return [];
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      const got = callOf(statement);
      const [pdev, kind, index] = got?.args ?? [];
      if (!got || calledName(got) !== 'platform_get_resource' || !pdev || !kind || !index) return [];
      const resource = targetOf(statement, body);
      // A test between may end a loop over all that there are.
      const next = statements[at + 1];
      const call = next ? callOf(next) : null;
      const map = call && calledName(call) === 'devm_ioremap_resource' ? call : null;
      const given = map?.args[1];
      if (body.text(kind) !== 'IORESOURCE_MEM' || !map || given?.kind !== 'name' || given.name !== resource)
        return [];
      const uses = body.reading.nodes.filter((node) => node.kind === 'name' && node.name === resource);
      const targets = body.reading.nodes.filter(
        (node) => node.kind === 'assign' && node.target.kind === 'name' && node.target.name === resource,
      );
      const isForThat = uses.length - targets.length === 1;
      const [p, n] = [body.text(pdev), body.text(index)];
      const instead = isForThat
        ? `devm_platform_ioremap_resource(${p}, ${n})`
        : `devm_platform_get_and_ioremap_resource(${p}, ${n}, &${resource})`;
      return [
        oddity('written-out', body.spot(map), instead, {
          other: 'it gets and maps it',
          related: [{ spot: body.spot(got), message: 'it is got here' }],
        }),
      ];
    }),
  );
}

/** `list_for_each(p, head) { x = list_entry(p, …); … }` */
function walksByHand(body: Body): OddityFact[] {
  return loopsIn(body).flatMap((loop) => {
    if (!/^list_for_each(?:_safe|_prev)?$/.test(loop.form)) return [];
    const [cursor] = loop.header;
    const [first] = statementsOf(loop.body);
    const entry = first && callOf(first);
    if (cursor?.kind !== 'name' || !entry || calledName(entry) !== 'list_entry') return [];
    const [node] = entry.args;
    if (node?.kind !== 'name' || node.name !== cursor.name) return [];
    const instead = loop.form.replace('list_for_each', 'list_for_each_entry');
    const at = { start: loop.start, end: loop.body.start };
    return [oddity('written-out', body.spot(at), `${instead}()`, { other: 'it gives the entry itself' })];
  });
}

/** `while (readl(…) & BUSY) { if (!--timeout) …; udelay(1); }` */
function pollsByHand(body: Body): OddityFact[] {
  return loopsIn(body).flatMap((loop) => {
    if (!/^(?:while|for|do)$/.test(loop.form)) return [];
    const called = [...callsBelow(loop)];
    const read = called.find((name) => READS_REGISTER.has(name));
    const delay = called.find((name) => DELAYS.has(name));
    if (read === undefined || delay === undefined) return [];
    // It reads one register and waits, and does nothing else.
    const isPlain = called.every((name) => name === read || DELAYS.has(name) || ASKS_TIME.test(name));
    if (!isPlain || !givesUp(loop.body, loop.header)) return [];
    const reads = nodesIn(loop).filter((node) => calledName(node) === read);
    if (reads.length !== 1 || storesElsewhere(loop.body)) return [];
    const suffix = SLEEPS.test(delay) ? '' : '_atomic';
    const at = { start: loop.start, end: Math.min(loop.end, loop.body.start) };
    return [
      oddity(
        'written-out',
        body.spot(loop.form === 'do' ? reads[0]! : at),
        `${read}_poll_timeout${suffix}()`,
        {
          other: 'it waits, gives up, and looks a last time',
        },
      ),
    ];
  });
}

const SLEEPS = /sleep/;
const ASKS_TIME =
  /^(?:time_(?:before|after)\w*|ktime_\w+|jiffies_\w+|msecs_to_jiffies|usecs_to_jiffies|unlikely|likely|BIT|GENMASK|FIELD_GET|dev_err\w*|pr_err\w*|dev_warn\w*)$/;

/** Whether a loop that polls ends without having seen what it waits for: by a counter, or by the clock. */
function givesUp(body: Statement, header: readonly (Expression | Statement)[]): boolean {
  const nodes = [...header, body].flatMap((each) => nodesIn(each));
  return nodes.some(
    (node) =>
      node.kind === 'update' ||
      (node.kind === 'assign' && /^[-+]=$/.test(node.operator)) ||
      /^(?:time_|ktime_)/.test(calledName(node) ?? ''),
  );
}

/** Whether a loop keeps what it reads anywhere but in locals. */
function storesElsewhere(body: Statement): boolean {
  return nodesIn(body).some((node) => node.kind === 'assign' && node.target.kind !== 'name');
}

/** A group that is got, asked whether it is there, and put. */
function groupsAsked(body: Body): OddityFact[] {
  if (!body.fn.words.called.has('iommu_group_get') || !body.fn.words.called.has('iommu_group_put')) return [];
  if (body.fn.item.missing.length > 0) return [];
  return body.callsOf('iommu_group_get').flatMap((got) => {
    const group = body.values.resultOf(got);
    const [device] = got.args;
    if (group === null || !device || !body.scope.isLocal(group)) return [];
    const nodes = body.reading.nodes;
    const puts = new Set<Expression>(
      body.callsOf('iommu_group_put').flatMap(({ args }) => (args[0] ? [args[0]] : [])),
    );
    const asked = new Set<Expression>(ifsIn(body).flatMap(({ condition }) => bareTest(condition)));
    const targets = new Set<Expression>(
      nodes.flatMap((node) => (node.kind === 'assign' ? [node.target] : [])),
    );
    const uses = nodes.filter(
      (node): node is Extract<Expression, { kind: 'name' }> => node.kind === 'name' && node.name === group,
    );
    const isOnlyAsked = uses.every((each) => puts.has(each) || asked.has(each) || targets.has(each));
    if (!isOnlyAsked || !uses.some((each) => asked.has(each))) return [];
    return [
      oddity('written-out', body.spot(got), `device_iommu_mapped(${body.text(device)})`, {
        other: 'it needs no reference',
      }),
    ];
  });
}

/** `group` of `if (group)` and `if (!group)`. */
function bareTest(condition: Expression): Expression[] {
  if (condition.kind === 'name') return [condition];
  if (condition.kind === 'unary' && condition.operator === '!') return bareTest(condition.operand);
  return [];
}

/** `if (atomic_dec_and_test(&x->users)) kfree(x);`: scripts/coccinelle/api/atomic_as_refcounter.cocci. */
function atomicReferences(body: Body): OddityFact[] {
  if (!body.fn.words.called.has('atomic_dec_and_test')) return [];
  return ifsIn(body).flatMap(({ condition, consequence }) => {
    const [count] = condition.kind === 'call' ? condition.args : [];
    if (calledName(condition) !== 'atomic_dec_and_test' || count?.kind !== 'unary' || count.operator !== '&')
      return [];
    const object = baseName(count.operand);
    const frees = nodesIn(consequence).some(
      (node) =>
        node.kind === 'call' &&
        /(?:^k|_)free(?:_rcu)?$|_destroy$|_release$/.test(calledName(node) ?? '') &&
        node.args.some((arg) => arg.kind === 'name' && arg.name === object),
    );
    if (!frees || count.operand.kind !== 'member') return [];
    return [
      oddity('written-out', body.spot(condition), 'refcount_t and refcount_dec_and_test()', {
        other: 'it warns of a count that is raised from zero, or wraps',
      }),
    ];
  });
}

const ATTRIBUTES = /^struct (?:device|kobj|driver|bus|class|iommu_group)_attribute$/;

/** `return sprintf(buf, …);` in what shows an attribute in sysfs. */
function attributesPrinted(body: Body): OddityFact[] {
  const { parameters, returns } = body.fn.item;
  const buffer = parameters.at(-1);
  if (returns.base !== 'ssize_t' || buffer?.type.base !== 'char' || buffer.type.pointers !== 1) return [];
  if (!parameters.some(({ type }) => ATTRIBUTES.test(type.base))) return [];
  return ['sprintf', 'snprintf', 'scnprintf'].flatMap((name) =>
    body.callsOf(name).flatMap((call) => {
      const [into, size] = call.args;
      if (into?.kind !== 'name' || into.name !== buffer.name) return [];
      if (name !== 'sprintf' && (!size || body.text(size) !== 'PAGE_SIZE')) return [];
      return [
        oddity('written-out', body.spot(call), 'sysfs_emit()', { other: 'it knows how long the buffer is' }),
      ];
    }),
  );
}

/** `for (i = 0; i < n; i++) to[i] = from[i];` */
function copiesByHand(body: Body): OddityFact[] {
  return loopsIn(body).flatMap((loop) => {
    const [only, ...more] = statementsOf(loop.body);
    if (loop.form !== 'for' || only?.kind !== 'expression' || more.length > 0) return [];
    const { expression } = only;
    if (expression.kind !== 'assign' || expression.operator !== '=') return [];
    const { target, value } = expression;
    if (target.kind !== 'index' || value.kind !== 'index') return [];
    const [at, from] = [body.text(target.index), body.text(value.index)];
    if (
      at !== from ||
      !loop.header.some(({ kind, start, end }) => kind === 'update' && body.text({ start, end }).includes(at))
    )
      return [];
    const [into, out] = [body.scope.typeOf(target), body.scope.typeOf(value)];
    if (into.base === '' || into.base !== out.base || into.pointers !== out.pointers) return [];
    return [
      oddity('written-out', body.spot(expression), 'memcpy()', {
        other: 'the loop copies one array to another',
      }),
    ];
  });
}

/** `kmem_cache_alloc(cache, GFP_KERNEL | __GFP_ZERO)` */
function zeroedByMask(body: Body): OddityFact[] {
  if (!body.fn.words.all.has('__GFP_ZERO')) return [];
  return body.reading.nodes.flatMap((node) => {
    const row = node.kind === 'call' ? ZEROING.get(calledName(node) ?? '') : undefined;
    if (!row || row.zeroes || node.kind !== 'call') return [];
    if (!node.args.some((arg) => arg.kind !== 'name' && namesIn(arg).includes('__GFP_ZERO'))) return [];
    return [oddity('written-out', body.spot(node), `${row.zeroing}()`, { other: 'it zeroes what it gives' })];
  });
}

/** `list_for_each_entry(each, &toy->all, node) last = each;` */
function walksForTheLast(body: Body): OddityFact[] {
  return loopsIn(body).flatMap((loop) => {
    const [cursor] = loop.header;
    const [only, ...more] = statementsOf(loop.body);
    if (loop.form !== 'list_for_each_entry' || cursor?.kind !== 'name') return [];
    if (only?.kind !== 'expression' || more.length > 0 || only.expression.kind !== 'assign') return [];
    const { target, value, operator } = only.expression;
    if (operator !== '=' || target.kind !== 'name' || nodesIn(value).some(({ kind }) => kind === 'call'))
      return [];
    const names = namesIn(value);
    if (!names.includes(cursor.name) || names.includes(target.name)) return [];
    const at = { start: loop.start, end: (loop.header.at(-1)?.end ?? loop.start) + 1 };
    return [
      oddity('written-out', body.spot(at), 'list_last_entry()', {
        other: 'of the whole walk only the last entry is kept',
      }),
    ];
  });
}
