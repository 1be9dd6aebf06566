/**
 * Mutations that break code that is right, each with the monitors that should
 * see it. Which names allocate, free, lock and count is written down here
 * again and on purpose: a primitive that the tables lack must show.
 */

import type { Span } from '../../../server/src/base/index.js';
import type { MonitorId } from '../../../server/src/sim/engine/index.js';
import { calledName, type Expression, type Statement } from '../../../server/src/syntax/index.js';
import type { Edit, Sequence, Subject } from './source.js';

export interface Mutation {
  readonly operator: string;
  readonly subject: Subject;
  readonly edits: readonly Edit[];
  /** Where the code is other than it was. */
  readonly at: Span;
  /** What was done, in words. */
  readonly words: string;
}

type Found = Omit<Mutation, 'operator' | 'subject'>;

export interface Operator {
  readonly id: string;
  readonly monitors: readonly MonitorId[];
  readonly find: (subject: Subject) => Found[];
}

const UNLOCK = /^(?:mutex|spin|raw_spin|read|write|xa)_unlock|^up_(?:read|write)$/;
const LOCK = /^(?:mutex|spin|raw_spin|read|write|xa)_(?:try)?lock|^down_(?:read|write)/;
const SPIN_LOCK = /\b(?:raw_)?spin_lock(?:_irqsave|_irq|_bh)?\(|\b(?:read|write)_lock(?:_irqsave)?\(/g;
const SPIN_UNLOCK = /\b(?:raw_)?spin_unlock\w*\(|\b(?:read|write)_unlock(?:_irqrestore)?\(/g;
const FREE =
  /^(?:k|v|kv)free$|^kfree_sensitive$|^kmem_cache_free$|^bitmap_free$|^iommu_free_pages?$|^(?:__)?free_pages?$/;
const ALLOC =
  /^(?:devm_)?k[mzvc]\w*alloc|^devm_kcalloc|^kmem_cache_create|^kmem\w*dup|^kmemdup|^kstrdup|^kasprintf|^kmem_cache_z?alloc|^vz?alloc|^bitmap_z?alloc|^iommu_alloc_page|^alloc_page|^(?:__)?get_(?:free|zeroed)_page/;
/** Functions of the drivers themselves: `arm_smmu_domain_alloc()` and `…_free()`. */
const OWN_ALLOC = /alloc|create|_dup|^iommufd_get_|_get_|find/;
const OWN_FREE = /_free|_destroy|_abort|_put/;
const INIT =
  /^(?:mutex_init|spin_lock_init|raw_spin_lock_init|rwlock_init|init_rwsem|INIT_LIST_HEAD|refcount_set|kref_init|xa_init\w*|ida_init|init_completion|INIT_WORK)$/;

/** What gives back what: names of puts, names of the gets before them, and which argument or result is meant. */
const PUTS: readonly (readonly [put: RegExp, get: RegExp])[] = [
  [/^put_device$/, /^get_device$|^(?:bus|driver|class)_find_device|^of_find_device|_get_device$/],
  [/^of_node_put$/, /^of_(?:parse|find|get|node_get)/],
  [/^fwnode_handle_put$/, /^fwnode_(?:get|find|handle_get)/],
  [/^pci_dev_put$/, /^pci_(?:get|dev_get)/],
  [/^iommu_group_put$/, /^iommu_group_(?:get|alloc|ref_get)/],
  [/^(?:mmput|mmput_async)$/, /^get_task_mm$|^mmget/],
  [/^mmdrop$/, /^mmgrab$/],
  [/^fput$/, /^fget$/],
  [/^pm_runtime_put/, /^pm_runtime_(?:get|resume_and_get)/],
  [/^clk_(?:bulk_)?disable/, /^clk_(?:bulk_)?(?:prepare_)?enable/],
  [/^module_put$/, /^try_module_get$/],
  [/^iommufd_put_object$/, /^iommufd_get_/],
  [/^iommu_(?:sva_)?unbind/, /^iommu_(?:sva_)?bind/],
  [/^eventfd_ctx_put$/, /^eventfd_ctx_f/],
  [/^kref_put$|^refcount_dec/, /^kref_get|^refcount_inc/],
];

// ---- what operators read of a function

const spanText = ({ source }: Subject, { start, end }: Span): string =>
  source.text.slice(start, end).replace(/\s+/g, ' ');

type CallNode = Extract<Expression, { kind: 'call' }>;

/** The call that a statement is, and nothing else. */
function callIn(statement: Statement): CallNode | null {
  return statement.kind === 'expression' && statement.expression.kind === 'call'
    ? statement.expression
    : null;
}

function nameIn(statement: Statement): string {
  const call = callIn(statement);
  return (call && calledName(call)) ?? '';
}

function callsOf({ nodes }: Subject): { readonly call: CallNode; readonly name: string }[] {
  return nodes.flatMap((node) => {
    const name = calledName(node);
    return name !== null && node.kind === 'call' ? [{ call: node, name }] : [];
  });
}

/** What a value is without casts around it. */
function plain(value: Expression): Expression {
  return value.kind === 'cast' ? plain(value.operand) : value;
}

/** A name that a call gave its value. */
interface Origin {
  readonly name: string;
  readonly by: string;
  readonly at: number;
  readonly call: CallNode;
}

/** Names and members to which a call's result is assigned. */
function originsOf(subject: Subject): Origin[] {
  return subject.nodes.flatMap((node): Origin[] => {
    const pairs: { name: string; value: Expression; at: number }[] = [];
    if (node.kind === 'declaration')
      for (const { name, initial, start } of node.declarators)
        if (initial) pairs.push({ name, value: initial, at: start });
    if (node.kind === 'assign' && node.operator === '=')
      pairs.push({ name: spanText(subject, node.target), value: node.value, at: node.start });
    return pairs.flatMap(({ name, value, at }) => {
      const call = plain(value);
      const by = call.kind === 'call' ? calledName(call) : null;
      return by !== null && call.kind === 'call' ? [{ name, by, at, call }] : [];
    });
  });
}

/** Every statement with its place. */
function* placesOf({
  sequences,
}: Subject): Generator<{ sequence: Sequence; index: number; statement: Statement }> {
  for (const sequence of sequences)
    for (const [index, statement] of sequence.statements.entries()) yield { sequence, index, statement };
}

/** The memory that a call frees, as it is written. */
function freedBy(subject: Subject, call: CallNode, name: string): string {
  const arg = call.args[name === 'kmem_cache_free' ? 1 : 0];
  return arg ? spanText(subject, plain(arg)) : '';
}

/** Keeps the length, and a statement where one must stand. */
function blank({ start, end }: Span): Edit {
  return { start, end, text: ';'.padEnd(end - start, ' ') };
}

const first = (subject: Subject, call: CallNode): string =>
  call.args[0] ? spanText(subject, call.args[0]) : '';
const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a text follows a pointer; to ask for the size behind it is not to follow it. */
function uses(text: string, name: string): boolean {
  const pointer = escaped(name);
  return new RegExp(`(?<![\\w>.])${pointer}(?:->|\\[)|\\*${pointer}\\b`).test(
    text.replace(/sizeof\([^)]*\)/g, ''),
  );
}

/** Whether the body of a function is there to be run. */
function isAtHand({ source }: Subject, name: string): boolean {
  return source.code.procedure(name, source.path) !== null;
}

/** Whether a call by that name makes or finds something that must be looked at and given back. */
function isSource(subject: Subject, name: string): boolean {
  if (ALLOC.test(name) || PUTS.some(([, get]) => get.test(name))) return true;
  return OWN_ALLOC.test(name) && isAtHand(subject, name);
}

/** Parameters and variables of the function itself that point to something. */
function localsOf({ item, nodes }: Subject): ReadonlySet<string> {
  const declared = nodes.flatMap((node) =>
    node.kind === 'declaration' && !node.isStatic ? node.declarators : [],
  );
  const pointers = [...item.parameters, ...declared].filter(({ type }) => type.pointers > 0);
  return new Set(pointers.map(({ name }) => name));
}

// ---- operators

const dropUnlock: Operator['find'] = (subject) => {
  const locks = callsOf(subject).filter(({ name }) => LOCK.test(name));
  return [...placesOf(subject)].flatMap(({ statement }) => {
    const call = callIn(statement);
    if (!call || !UNLOCK.test(nameIn(statement))) return [];
    const lock = first(subject, call);
    if (!locks.some(({ call: other }) => other.start < call.start && first(subject, other) === lock))
      return [];
    return [{ edits: [blank(statement)], at: statement, words: `drops ${spanText(subject, statement)}` }];
  });
};

const duplicateUnlock: Operator['find'] = (subject) =>
  dropUnlock(subject).map(({ at }) => twice(subject, at));

function twice(subject: Subject, at: Span): Found {
  const text = spanText(subject, at);
  const { start, end } = at;
  return { edits: [{ start, end, text: `{ ${text} ${text} }` }], at, words: `does ${text} twice` };
}

/** Whether a statement gives back what this very function took. */
function isOwnRelease(subject: Subject, origins: readonly Origin[], statement: Statement): boolean {
  const call = callIn(statement);
  const name = nameIn(statement);
  if (!call || name === '') return false;
  const locals = localsOf(subject);
  const before = origins.filter((each) => each.at < call.start && locals.has(each.name));
  if (FREE.test(name)) {
    const freed = freedBy(subject, call, name);
    return /^\w+$/.test(freed) && before.some((each) => each.name === freed && ALLOC.test(each.by));
  }
  const put = PUTS.find(([pattern]) => pattern.test(name));
  const args = call.args.map((each) => spanText(subject, each).replace(/^&/, ''));
  if (put) {
    const [, get] = put;
    const isGiven = before.some((each) => get.test(each.by) && args.includes(each.name));
    return (
      isGiven ||
      callsOf(subject).some(
        (each) =>
          each.call.start < call.start &&
          get.test(each.name) &&
          first(subject, each.call).replace(/^&/, '') === args[0],
      )
    );
  }
  if (!OWN_FREE.test(name) || !isAtHand(subject, name)) return false;
  return args.some((arg) => before.some((each) => each.name === arg && isSource(subject, each.by)));
}

const dropRelease =
  (onWayOut: boolean): Operator['find'] =>
  (subject) => {
    const origins = originsOf(subject);
    return [...placesOf(subject)].flatMap(({ sequence, index, statement }) =>
      sequence.isWayOut(index) === onWayOut && isOwnRelease(subject, origins, statement)
        ? [{ edits: [blank(statement)], at: statement, words: `drops ${spanText(subject, statement)}` }]
        : [],
    );
  };

/** `x = alloc(); if (!x) return …;` of which `x` is followed later. */
interface Check {
  readonly statement: Extract<Statement, { kind: 'if' }>;
  readonly name: string;
  readonly by: string;
}

function checksOf(subject: Subject): Check[] {
  const origins = originsOf(subject);
  return [...placesOf(subject)].flatMap(({ statement }): Check[] => {
    if (statement.kind !== 'if' || statement.alternative) return [];
    const condition = spanText(subject, statement.condition);
    const name = /^!\s*(\w+(?:->\w+)*)$|^IS_ERR(?:_OR_NULL)?\((\w+(?:->\w+)*)\)$/.exec(condition);
    const asked = name?.[1] ?? name?.[2];
    if (!asked) return [];
    const origin = origins.filter(({ at, name: each }) => each === asked && at < statement.start).at(-1);
    if (!origin || !isSource(subject, origin.by)) return [];
    if (subject.text.slice(origin.call.end, statement.start).trim().length > 3) return [];
    // To return the address of a member follows nothing.
    if (!uses(subject.text.slice(statement.end).replace(/return &[^;]*;/g, ''), asked)) return [];
    return [{ statement, name: asked, by: origin.by }];
  });
}

const dropCheck: Operator['find'] = (subject) =>
  checksOf(subject).map(({ statement, name, by }) => ({
    edits: [blank(statement)],
    at: statement,
    words: `drops the check of ${name} = ${by}()`,
  }));

const negateCheck: Operator['find'] = (subject) =>
  checksOf(subject).map(({ statement, name, by }) => {
    const { start, end } = statement.condition;
    const text = spanText(subject, statement.condition);
    const negated = text.startsWith('!') ? text.slice(1) : `!${text}`;
    return {
      edits: [{ start, end, text: negated }],
      at: statement,
      words: `negates the check of ${name} = ${by}()`,
    };
  });

const swapUnwinding: Operator['find'] = (subject) =>
  [...placesOf(subject)].flatMap(({ sequence, index, statement }) => {
    const next = sequence.statements[index + 1];
    const call = next && callIn(next);
    if (!next || !call || !callIn(statement)) return [];
    const name = nameIn(next);
    if (!FREE.test(name) && !(/_free$/.test(name) && call.args.length === 1 && isAtHand(subject, name)))
      return [];
    const freed = freedBy(subject, call, name);
    const text = spanText(subject, statement);
    if (!/^\w+$/.test(freed) || !uses(text, freed)) return [];
    const swapped = `${spanText(subject, next)} ${text}`;
    const at = { start: statement.start, end: next.end };
    return [
      {
        edits: [{ start: at.start, end: at.end, text: swapped }],
        at,
        words: `${text} after ${spanText(subject, next)}`,
      },
    ];
  });

const duplicateFree: Operator['find'] = (subject) =>
  [...placesOf(subject)].flatMap(({ statement }) => {
    const call = callIn(statement);
    if (!call || !FREE.test(nameIn(statement))) return [];
    return [twice(subject, statement)];
  });

const useAfterFree: Operator['find'] = (subject) =>
  [...placesOf(subject)].flatMap(({ sequence, index, statement }) => {
    const call = callIn(statement);
    if (!call || !FREE.test(nameIn(statement))) return [];
    const freed = freedBy(subject, call, nameIn(statement));
    if (!/^\w+$/.test(freed)) return [];
    const before = sequence.statements
      .slice(0, index)
      .findLast((each) => each.kind === 'expression' && uses(spanText(subject, each), freed));
    // The neighbour is what swapping is about.
    if (!before || before === sequence.statements[index - 1]) return [];
    const text = spanText(subject, before);
    const freeing = spanText(subject, statement);
    const { start, end } = statement;
    const edits = [blank(before), { start, end, text: `${freeing} ${text}` }];
    return [{ edits, at: statement, words: `${text} after ${freeing}` }];
  });

const sleepingAllocation: Operator['find'] = (subject) =>
  subject.nodes.flatMap((node) => {
    if (node.kind !== 'name' || node.name !== 'GFP_ATOMIC') return [];
    const before = subject.text.slice(0, node.start);
    const taken = before.match(SPIN_LOCK)?.length ?? 0;
    const given = before.match(SPIN_UNLOCK)?.length ?? 0;
    const after = subject.text.slice(node.end).match(SPIN_UNLOCK)?.length ?? 0;
    if (taken <= given || after === 0) return [];
    return [
      {
        edits: [{ start: node.start, end: node.end, text: 'GFP_KERNEL' }],
        at: node,
        words: 'allocates with GFP_KERNEL',
      },
    ];
  });

const dropListDel: Operator['find'] = (subject) =>
  [...placesOf(subject)].flatMap(({ sequence, index, statement }) => {
    const call = callIn(statement);
    if (!call || !/^list_del(?:_init|_rcu)?$|^hlist_del\w*$/.test(nameIn(statement))) return [];
    const node = first(subject, call);
    const owner = /^&(\w+)->/.exec(node)?.[1];
    if (!owner) return [];
    const isFreed = sequence.statements
      .slice(index + 1)
      .some(
        (each) => /free/.test(nameIn(each)) && new RegExp(`\\b${owner}\\b`).test(spanText(subject, each)),
      );
    return isFreed
      ? [{ edits: [blank(statement)], at: statement, words: `drops ${spanText(subject, statement)}` }]
      : [];
  });

const plainLoop: Operator['find'] = (subject) =>
  subject.nodes.flatMap((node) => {
    if (node.kind !== 'loop' || node.form !== 'list_for_each_entry_safe') return [];
    const [cursor = '', , head = '', member = ''] = node.header.map((each) => spanText(subject, each));
    const body = spanText(subject, node.body);
    if (!new RegExp(`free\\w*\\([^;]*\\b${cursor}\\b|list_del\\w*\\(&${cursor}->`).test(body)) return [];
    const end = node.body.start;
    const text = `list_for_each_entry(${cursor}, ${head}, ${member}) `;
    return [
      {
        edits: [{ start: node.start, end, text }],
        at: node,
        words: `walks ${head} by list_for_each_entry()`,
      },
    ];
  });

/** Whether somebody locks, counts or walks what is initialised: a node that is only added to a list need not be. */
function isUsedIn(text: string, place: string): boolean {
  const users = `(?:\\w*lock\\w*|down_\\w+|refcount_\\w+|kref_\\w+|xa_\\w+|list_empty|list_for_each\\w*|list_splice\\w*|list_first\\w*)\\((?:[^;()]*, )?`;
  const name = escaped(place);
  return new RegExp(`${users}${name}\\b|list_add\\w*\\([^;]*, ${name}\\b`).test(text.replace(/\s+/g, ' '));
}

/** The same of a function of this file that is handed the object. */
function isUsedByCallee({ source }: Subject, text: string, owner: string, member: string): boolean {
  return [...text.matchAll(new RegExp(`\\b(\\w+)\\([^;]*\\b${owner}\\b[,)]`, 'g'))].some(([, callee]) =>
    source.file.items.some(
      (item) =>
        item.kind === 'function' &&
        item.name === callee &&
        item.bodySpan !== null &&
        item.parameters.some(({ name }) =>
          isUsedIn(source.text.slice(item.start, item.end), `&${name}->${member}`),
        ),
    ),
  );
}

const dropInit: Operator['find'] = (subject) => {
  const origins = originsOf(subject);
  return [...placesOf(subject)].flatMap(({ statement }) => {
    const call = callIn(statement);
    if (!call || !INIT.test(nameIn(statement))) return [];
    const [, owner = '', member = ''] = /^&(\w+)->([\w.>-]+)$/.exec(first(subject, call)) ?? [];
    if (!origins.some(({ name, by, at }) => name === owner && ALLOC.test(by) && at < call.start)) return [];
    const rest = subject.text.slice(statement.end);
    const isUsed = isUsedIn(rest, `&${owner}->${member}`) || isUsedByCallee(subject, rest, owner, member);
    return isUsed
      ? [{ edits: [blank(statement)], at: statement, words: `drops ${spanText(subject, statement)}` }]
      : [];
  });
};

/** `ret = f();` becomes `f();` where nothing else has set `ret` and the next statement asks for it. */
const dropAssignment: Operator['find'] = (subject) => {
  const unset = new Set(
    subject.nodes.flatMap((node) =>
      node.kind === 'declaration' && !node.isStatic
        ? node.declarators.filter(({ initial }) => initial === null).map(({ name }) => name)
        : [],
    ),
  );
  return [...placesOf(subject)].flatMap(({ sequence, index, statement }) => {
    if (statement.kind !== 'expression' || statement.expression.kind !== 'assign') return [];
    const { target, value, operator } = statement.expression;
    const call = plain(value);
    if (operator !== '=' || call.kind !== 'call' || target.kind !== 'name') return [];
    const isMemory = ALLOC.test(calledName(call) ?? '');
    const isFirst = !subject.nodes.some(
      (node) =>
        node.kind === 'assign' &&
        node.start < statement.start &&
        spanText(subject, node.target) === target.name,
    );
    const isPassed = subject.text.slice(0, statement.start).includes(`&${target.name}`);
    const next = sequence.statements[index + 1];
    const isAsked =
      next?.kind === 'if' && new RegExp(`\\b${target.name}\\b`).test(spanText(subject, next.condition));
    if (!isMemory && !(unset.has(target.name) && isFirst && !isPassed && isAsked)) return [];
    const { start } = target;
    const edit = { start, end: value.start, text: ' '.repeat(value.start - start) };
    return [
      {
        edits: [edit],
        at: statement,
        words: `drops \`${target.name} =\` before ${calledName(call) ?? 'a call'}()`,
      },
    ];
  });
};

export const OPERATORS: readonly Operator[] = [
  { id: 'drop-unlock', monitors: ['LOCKBAL', 'SELFDEAD'], find: dropUnlock },
  { id: 'duplicate-unlock', monitors: ['LOCKBAL'], find: duplicateUnlock },
  { id: 'drop-release-on-error', monitors: ['LEAK', 'REFLEAK'], find: dropRelease(true) },
  { id: 'drop-release', monitors: ['LEAK', 'REFLEAK'], find: dropRelease(false) },
  { id: 'drop-check', monitors: ['DEREF', 'RIGN'], find: dropCheck },
  { id: 'negate-check', monitors: ['DEREF', 'LEAK', 'REFLEAK'], find: negateCheck },
  { id: 'swap-unwinding', monitors: ['UAF', 'DF'], find: swapUnwinding },
  { id: 'duplicate-free', monitors: ['DF'], find: duplicateFree },
  { id: 'use-after-free', monitors: ['UAF', 'DF'], find: useAfterFree },
  { id: 'sleeping-allocation', monitors: ['ATOMSLEEP'], find: sleepingAllocation },
  { id: 'drop-list-del', monitors: ['UAF', 'LIST', 'STALE'], find: dropListDel },
  { id: 'plain-loop', monitors: ['UAF', 'LIST'], find: plainLoop },
  { id: 'drop-init', monitors: ['UNINIT', 'DEREF', 'LIST', 'R01', 'RNEG'], find: dropInit },
  { id: 'drop-assignment', monitors: ['UNINIT', 'LEAK', 'RIGN', 'DEREF'], find: dropAssignment },
];
