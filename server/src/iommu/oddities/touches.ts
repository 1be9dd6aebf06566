/** What functions touch that others may touch as well, and the locks that they hold there: members, lists, trees. */
import type { Span } from '../../base/index.js';
import { type AnyNode, calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import type { Walk } from '../flow.js';
import { WALKS } from '../kernel-api.table.js';
import type { KnownFunction } from '../program.js';
import { containerText } from '../shapes.js';

/** Something shared that a function touches. */
export interface Touch {
  /** `struct toy.bonds`, or the name of a variable of the file. */
  readonly what: string;
  readonly node: Expression;
  /** The access, as the nodes of the body have it. */
  readonly at: Span;
  readonly isChange: boolean;
  /** Whether it holds objects, and is not a single value. */
  readonly isContainer: boolean;
  readonly locks: readonly string[];
}

/** Calls about what holds objects. */
const CONTAINERS = /^(?:__)?(?:list|hlist|rb|hash|xa|interval_tree)_/;
/** Those that make it or are about its own lock, which say nothing of who may touch it. */
const OWN = /^(?:xa_init|xa_destroy|xa_lock|xa_unlock)/;
/** Those that change it; an xarray takes its own lock for that. */
const CHANGES =
  /^(?:__)?(?:list_(?:add|del|move|splice|replace|cut)\w*|rb_(?:insert_color|erase|link_node|find_add|add|replace_node)\w*|hlist_(?:add|del)\w*|hash_(?:add|del)|interval_tree_(?:insert|remove))$/;

/** All that the function touches; without the calls of others. */
export function touchesIn(body: Body, bodies: Bodies): readonly Touch[] {
  // What a macro walks stands outside of the body, and may change while that does not.
  const walks = body.flow.walks.flatMap((walk): Touch[] => {
    const walked = walkedIn(walk, body, bodies);
    if (!walked) return [];
    // Entries may be taken out on the way.
    const isChange = walked.form.includes('_safe');
    return [touch(walked.named, walk, walked.what, isChange, true, walk.mayLocks)];
  });
  return [...touchesOfSteps(body), ...walks];
}

function touchesOfSteps(body: Body): readonly Touch[] {
  return body.kept(touchesOfSteps, () => {
    const written = new Set<AnyNode>();
    const addressed = new Set<AnyNode>();
    for (const { node } of body.flow.steps) {
      if (node.kind === 'assign') written.add(node.target);
      if (node.kind === 'unary' && node.operator === '&') addressed.add(node.operand);
    }
    return body.flow.steps.flatMap(({ node, mayLocks }): Touch[] => {
      if (node.kind === 'member' && !addressed.has(node)) {
        const member = memberOf(body, node);
        if (!member) return [];
        const what = `${member.struct}.${member.field}`;
        return [touch(node, node, what, written.has(node), false, mayLocks)];
      }
      if (node.kind === 'name' && isOfFile(body, node.name) && !addressed.has(node))
        return [touch(node, node, node.name, written.has(node), false, mayLocks)];
      if (node.kind !== 'call') return [];
      const name = calledName(node) ?? '';
      if (!CONTAINERS.test(name) || OWN.test(name)) return [];
      return [...node.args].reverse().flatMap((arg) => {
        const what = containerOf(body, arg);
        return what ? [touch(arg, node, what, CHANGES.test(name), true, mayLocks)] : [];
      });
    });
  });
}

/** A number, a flag or a pointer at file scope. */
function isOfFile(body: Body, name: string): boolean {
  if (body.scope.isLocal(name) || !body.scope.isVariable(name)) return false;
  const { base, pointers } = body.scope.typeOfName(name);
  return pointers > 0 || !base.startsWith('struct ');
}

/** A member of a struct that is known by name. */
interface Member {
  readonly struct: string;
  readonly field: string;
}

/** What a walk goes over: a container of an object, or a variable of the file. */
export interface Walked {
  /** As a touch names it. */
  readonly what: string;
  /** The member of which struct it is; null for a variable. */
  readonly member: Member | null;
  /** The argument that names it, or the object that has it. */
  readonly named: Expression;
  /** `toy->bonds` */
  readonly text: string;
  /** The kernel's own form, where the walk is by a macro of the driver. */
  readonly form: string;
}

/** What a walk goes over; null where that is not known. */
export function walkedIn({ form, args }: Walk, body: Body, bodies: Bodies): Walked | null {
  const row = WALKS.get(form);
  if (row) {
    const named = args[row.container];
    const what = named && containerOf(body, named);
    return named && what
      ? { what, member: memberOf(body, named), named, text: containerText(body, named), form }
      : null;
  }
  const macro = bodies.program.macroNamed(form, body.fn.unit);
  if (!macro) return null;
  const { parameters, bodySpan } = macro.item;
  const text = macro.unit.image.text.slice(bodySpan.start, bodySpan.end);
  const [, inner = '', object = '', field = ''] = MEMBER_WALK.exec(text) ?? [];
  const named = args[parameters?.indexOf(object) ?? -1];
  const { base = '' } = named ? body.scope.typeOf(named) : {};
  return named && WALKS.has(inner) && base.startsWith('struct ')
    ? {
        what: `${base}.${field}`,
        member: { struct: base, field },
        named,
        text: `${body.text(named)}->${field}`,
        form: inner,
      }
    : null;
}

/** The body of a macro that walks a list of what it is given: `list_for_each_entry(pos, &(group)->devices, list)`. */
const MEMBER_WALK =
  /^[\s\\]*(list_for_each_entry\w*)\s*\(\s*\(?\w+\)?\s*,\s*&\s*\(?(\w+)\)?\s*->\s*(\w+)\s*,/;

function touch(
  node: Expression,
  at: Span,
  what: string,
  isChange: boolean,
  isContainer: boolean,
  locks: readonly string[],
): Touch {
  return { what, node, at, isChange, isContainer, locks };
}

/** `struct toy.bonds` for `&toy->bonds`, `toys` for `&toys`, where that is a variable of the file. */
function containerOf(body: Body, value: Expression): string | null {
  if (value.kind !== 'unary' || value.operator !== '&') return null;
  const member = memberOf(body, value);
  if (member) return `${member.struct}.${member.field}`;
  const { operand } = value;
  return operand.kind === 'name' && !body.scope.isLocal(operand.name) ? operand.name : null;
}

/** Where the other functions of the file touch the same, with the locks that they or their callers hold there. */
export function touchedElsewhere(
  what: string,
  from: Body,
  bodies: Bodies,
): readonly (Touch & { readonly fn: KnownFunction })[] {
  // The member, or the variable: who touches it names it.
  const word = what.slice(what.indexOf('.') + 1);
  return bodies.program.definitionsIn(from.fn.unit).flatMap((fn) => {
    if (fn === from.fn || !fn.words.all.has(word)) return [];
    const body = bodies.of(fn);
    return touchesIn(body, bodies)
      .filter((each) => each.what === what)
      .map((each) => ({
        ...each,
        fn,
        locks: each.locks.length > 0 ? each.locks : locksOfCallers(body, bodies),
      }));
  });
}

/** The member that an expression is, or whose address it takes, of a struct that is known by name. */
export function memberOf(body: Body, container: Expression): Member | null {
  const inner = container.kind === 'unary' && container.operator === '&' ? container.operand : container;
  if (inner.kind !== 'member') return null;
  const { base } = body.scope.typeOf(inner.object);
  return base.startsWith('struct ') ? { struct: base, field: inner.name } : null;
}

/** The locks that the callers of a function hold when they call it. */
export function locksOfCallers(body: Body, bodies: Bodies): readonly string[] {
  return bodies.program
    .callersOf(body.fn)
    .flatMap((caller) =>
      bodies
        .of(caller)
        .flow.steps.flatMap(({ node, mayLocks }) => (calledName(node) === body.fn.item.name ? mayLocks : [])),
    );
}

/** `mutex` of `&group->mutex`. */
export function tail(lock: string): string {
  return /\w+$/.exec(lock)?.[0] ?? lock;
}
