/** mm_struct pointers that a function stores in something which outlives the call, and what keeps the mm alive for it. */
import { calledName, type Expression } from '../syntax/index.js';
import type { Bodies, Body } from './body.js';
import type { KeptMmFact } from './facts.js';
import { BORROWS_MM, PINS_MM, UNPINS_MM } from './kernel-api.table.js';
import { baseName, namesIn } from './names.js';
import type { KnownFunction } from './program.js';
import { pointsTo } from './scope.js';
import type { Store } from './values.js';
import { anyOf } from './words.js';

const PINS = new Set(PINS_MM.keys());
const PIN = new RegExp(`\\b(${[...PINS_MM.keys()].join('|')})\\s*\\(`);

export class KeptMms {
  /** `struct → member` whose mm somebody gives up at the end. */
  private released: ReadonlySet<string> | null = null;

  /** `allocators`: functions that mmu_notifier_get() calls, and holds the mm for. */
  constructor(
    private readonly bodies: Bodies,
    private readonly allocators: ReadonlySet<string>,
  ) {}

  of(fn: KnownFunction): KeptMmFact[] {
    // What a hunk does not show of the function may be the mmgrab().
    if (fn.item.missing.length > 0 || !this.bodies.carriers.mayStandIn(fn, 'struct mm_struct')) return [];
    const body = this.bodies.of(fn);
    const stores = body.kept(KeptMms, () =>
      body.stores.filter((store) => isMmStore(body, store) && !isBorrowed(body, store)),
    );
    return stores.map((store): KeptMmFact => {
      const { node, targetText, value } = store;
      const pin = this.pinOf(body, store);
      const pinnedBy = pin !== null && /^\w+$/.test(pin) ? `${pin}()` : pin;
      return { spot: body.spot(node), target: targetText, value: body.text(value), pinnedBy };
    });
  }

  /** The call that keeps the stored mm alive: here, in what is called with it, in who calls; or the one that gives it up in the end. */
  private pinOf(body: Body, { target, targetText, value }: Store): string | null {
    if (this.allocators.has(body.fn.item.name)) return 'mmu_notifier_get';
    const isSame = (each: Expression): boolean => {
      const text = body.values.plain(each);
      return (
        body.values.mayBe(each, body.values.plain(value)) ||
        body.values.areSame(text, targetText.replace(/\s+/g, ''))
      );
    };
    const owner = target.kind === 'member' ? baseName(target) : null;
    for (const { node } of body.flow.steps) {
      const name = calledName(node);
      if (name === null || node.kind !== 'call') continue;
      const at = PINS_MM.get(name);
      const argument = typeof at === 'number' ? node.args[at] : undefined;
      if (argument && isSame(argument)) return name;
      if (at === null && (node === value || isSameResult(body, node, value))) return name;
      if (at !== undefined || !node.args.some((each) => isSame(each) || baseName(each) === owner)) continue;
      const below = this.pinBelow(body, name, 2);
      if (below) return below;
    }
    return this.pinOfRelease(body, target) ?? this.pinAbove(body.fn, 2);
  }

  /** A pin inside a function, or in one that it calls. */
  private pinBelow(from: Body, name: string, depth: number): string | null {
    const fn = this.bodies.program.definitionOf(name, from.fn.unit);
    if (!fn) return null;
    const pin = pinIn(fn);
    if (pin || depth <= 1) return pin;
    const callee = this.bodies.of(fn);
    for (const { node } of callee.flow.steps) {
      const below = calledName(node);
      const found = below === null ? null : this.pinBelow(callee, below, depth - 1);
      if (found) return found;
    }
    return null;
  }

  /** A pin in a caller, in what that calls beside, or in a caller's caller. */
  private pinAbove(fn: KnownFunction, depth: number): string | null {
    for (const caller of this.bodies.program.callersOf(fn)) {
      const pin = pinIn(caller) ?? this.pinBeside(this.bodies.of(caller), fn);
      if (pin) return pin;
      const above = depth > 1 ? this.pinAbove(caller, depth - 1) : null;
      if (above) return above;
    }
    return null;
  }

  private pinBeside(caller: Body, fn: KnownFunction): string | null {
    for (const { node } of caller.flow.steps) {
      const name = calledName(node);
      const pin = name === null || name === fn.item.name ? null : this.pinBelow(caller, name, 1);
      if (pin) return pin;
    }
    return null;
  }

  /** mmdrop() of the same member somewhere says that a reference was handed over with the pointer. */
  private pinOfRelease(body: Body, target: Expression): string | null {
    if (target.kind !== 'member') return null;
    const { base } = body.scope.typeOf(target.object);
    this.released ??= releasedMembers(this.bodies);
    return base !== '' && this.released.has(`${base} ${target.name}`)
      ? 'a reference that is dropped later'
      : null;
  }
}

/** The first pin that the text of a function shows. */
function pinIn({ words, bodyText }: KnownFunction): string | null {
  return anyOf(PINS, words.called) ? (PIN.exec(bodyText)?.[1] ?? null) : null;
}

function isMmStore(body: Body, { target, value }: Store): boolean {
  if (target.kind === 'name' ? body.scope.isLocal(target.name) : target.kind !== 'member') return false;
  if (!['name', 'member', 'call'].includes(value.kind) || body.text(value) === 'NULL') return false;
  const type = body.scope.typeOf(target);
  return pointsTo(type.base === '' ? body.scope.typeOf(value) : type, 'struct mm_struct');
}

/** Whether the object that the mm is stored in goes before the mm does: on the stack, a part of the mm, an argument. */
function isBorrowed(body: Body, { target }: Store): boolean {
  if (target.kind !== 'member') return false;
  if (BORROWS_MM.has(body.scope.typeOf(target.object).base)) return true;
  const base = baseName(target);
  if (base === null || !body.scope.isLocal(base)) return false;
  if (body.scope.typeOfName(base).pointers === 0 || isAddressOfLocal(body, base)) return true;
  return body.stores.some(
    (other) =>
      other.target.kind === 'member' &&
      pointsTo(body.scope.typeOf(other.target.object), 'struct mm_struct') &&
      body.values.mayBe(other.value, base),
  );
}

/** `struct x *p = &local;` */
function isAddressOfLocal(body: Body, name: string): boolean {
  return body.scope.names.some(
    (local) =>
      body.scope.typeOfName(local).pointers === 0 &&
      body.flow.steps.some(
        ({ node }) =>
          node.kind === 'unary' &&
          node.operator === '&' &&
          node.operand.kind === 'name' &&
          node.operand.name === local &&
          body.values.resultOf(node) === name,
      ),
  );
}

function isSameResult(body: Body, call: Expression, value: Expression): boolean {
  const result = body.values.resultOf(call);
  return result !== null && body.values.mayBe(value, result);
}

function releasedMembers(bodies: Bodies): ReadonlySet<string> {
  const released = new Set<string>();
  const unpins = new Set(UNPINS_MM.keys());
  for (const fn of bodies.program.allFunctions()) {
    if (!anyOf(unpins, fn.words.called)) continue;
    const body = bodies.of(fn);
    for (const { node } of body.flow.steps) {
      const at = UNPINS_MM.get(calledName(node) ?? '');
      const mm = at !== undefined && node.kind === 'call' ? node.args[at] : undefined;
      if (!mm) continue;
      for (const [struct, member] of membersOf(body, mm)) released.add(`${struct} ${member}`);
    }
  }
  return released;
}

/** The members that an mm was read from, in itself or by way of a variable. */
function membersOf(body: Body, mm: Expression): [string, string][] {
  if (mm.kind === 'member') return [[body.scope.typeOf(mm.object).base, mm.name]];
  const [name] = namesIn(mm);
  if (name === undefined) return [];
  return body.flow.steps.flatMap(({ node }): [string, string][] =>
    node.kind === 'member' && body.values.resultOf(node) === name
      ? [[body.scope.typeOf(node.object).base, node.name]]
      : [],
  );
}
