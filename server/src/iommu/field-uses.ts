/**
 * Who uses a member of a struct, in all code at hand: every patch of a series,
 * and the headers around. What cannot be told from another member of the same
 * name counts as a use, so "nobody uses it" is never said in error of code that
 * was read.
 */

import { type AnyNode, calledName, type Expression, type VariableItem, walk } from '../syntax/index.js';
import type { Bodies, Body } from './body.js';
import type { FieldUseFact } from './facts.js';
import { namesIn } from './names.js';
import type { KnownFunction, Located, Program } from './program.js';

/** A table or a macro holds no lock by itself. */
const NOT_RUN = { mayLocks: null, needsNoLock: true } as const;

export class FieldUses {
  private readonly known = new Map<string, readonly FieldUseFact[]>();

  constructor(private readonly bodies: Bodies) {}

  /** Uses of member `field` of `struct`, in the order of the units. */
  of(struct: string, field: string): readonly FieldUseFact[] {
    const key = `${struct}.${field}`;
    let uses = this.known.get(key);
    if (!uses) {
      uses = field === '' ? [] : this.find(struct, field);
      this.known.set(key, uses);
    }
    return uses;
  }

  private find(struct: string, field: string): FieldUseFact[] {
    const { program } = this.bodies;
    const inBodies = program.units
      .flatMap((unit) => program.definitionsIn(unit))
      .filter(({ words }) => words.all.has(field))
      .flatMap((fn) => usesIn(this.bodies.of(fn), fn, struct, field));
    const inTables = program.allVariables().flatMap((variable) => usesInTable(variable, struct, field));
    return [...inBodies, ...inTables, ...usesInMacros(program, field)];
  }
}

function usesIn(body: Body, fn: KnownFunction, struct: string, field: string): FieldUseFact[] {
  const { nodes } = body.reading;
  const written = new Set<AnyNode>();
  const alone = new Set<AnyNode>();
  for (const node of nodes) {
    if (node.kind === 'assign' && node.operator === '=') written.add(node.target);
    if (ALONE.has(calledName(node) ?? '')) walk(node, (part) => alone.add(part));
  }
  const steps = new Map<AnyNode, readonly string[]>(
    body.flow.steps.map((each) => [each.node, each.mayLocks]),
  );
  const fresh = freshIn(body);
  return nodes.flatMap((node): FieldUseFact[] => {
    const isTyped = typed(node, body, struct, field);
    if (isTyped === null) return [];
    const isFresh = node.kind === 'member' && namesIn(node.object).some((name) => fresh.has(name));
    return [
      {
        ...{ spot: body.spot(node), function: fn.item.name, isWrite: written.has(node), isTyped },
        ...{ mayLocks: steps.get(node) ?? null, needsNoLock: isFresh || alone.has(node) },
      },
    ];
  });
}

/** Accesses that say themselves that they hold no lock, and what only asks where a member lies. include/asm-generic/rwonce.h, include/linux/rcupdate.h. */
const ALONE = new Set([
  ...['READ_ONCE', 'WRITE_ONCE', 'data_race', 'offsetof', 'container_of', 'typeof', 'sizeof'],
  ...['rcu_dereference', 'rcu_access_pointer', 'smp_load_acquire', 'smp_store_release'],
]);

/** Variables whose object was made in the function, so that nobody else has it until it is handed out. */
function freshIn(body: Body): ReadonlySet<string> {
  const names = new Set<string>();
  const note = (name: string, value: Expression): void => {
    if (/alloc|create/.test(calledName(value) ?? '')) names.add(name);
  };
  for (const node of body.reading.nodes) {
    if (node.kind === 'assign' && node.target.kind === 'name') note(node.target.name, node.value);
    if (node.kind === 'declaration')
      for (const { name, initial } of node.declarators) if (initial) note(name, initial);
  }
  return names;
}

/** Whether the node uses the member for certain, or perhaps; null when it does not. */
function typed(node: AnyNode, body: Body, struct: string, field: string): boolean | null {
  if (node.kind === 'member' && node.name === field) {
    const { base } = body.scope.typeOf(node.object);
    return base === '' ? false : base === struct ? true : null;
  }
  if (node.kind === 'initializers' && node.entries.some(({ member }) => member === field))
    return node.type === null ? false : node.type.base === struct ? true : null;
  // The member's name as the argument of a macro: container_of(), offsetof(), list_for_each_entry().
  return node.kind === 'name' && node.name === field && !body.scope.isLocal(field) ? false : null;
}

function usesInTable({ unit, item }: Located<VariableItem>, struct: string, field: string): FieldUseFact[] {
  const uses: FieldUseFact[] = [];
  if (item.initial === null) return uses;
  const outer = item.type.base;
  walk(item.initial, (node) => {
    if (node.kind !== 'initializers') return;
    const base = node === item.initial ? outer : (node.type?.base ?? '');
    if (base !== '' && base !== struct) return;
    for (const entry of node.entries)
      if (entry.member === field) {
        const span = { start: entry.start, end: entry.end };
        uses.push({
          spot: { unit, span },
          function: null,
          isWrite: true,
          isTyped: base === struct,
          ...NOT_RUN,
        });
      }
  });
  return uses;
}

function usesInMacros(program: Program, field: string): FieldUseFact[] {
  const word = new RegExp(`\\b${field}\\b`);
  return program.units.flatMap((unit) =>
    unit.c.items.flatMap((item): FieldUseFact[] => {
      if (item.kind !== 'macro') return [];
      const { start, end } = item.bodySpan;
      if (!word.test(unit.image.text.slice(start, end))) return [];
      return [
        { spot: { unit, span: { start, end } }, function: null, isWrite: false, isTyped: false, ...NOT_RUN },
      ];
    }),
  );
}
