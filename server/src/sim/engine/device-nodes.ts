/** Nodes of lists in memory that a device manages: which a function links where they outlive it, and which it unlinks. */
import { Op } from '../../ir/index.js';
import { PRIMITIVES } from '../kernel/index.js';
import type { Site } from '../model/index.js';
import type { Code, Procedure } from './code.js';

/** How far callees of the same file are looked into. */
const DEPTH = 4;

interface DeviceNodes {
  /** By type and member, as `struct toy.node`: where it is added to a list that is no member of what holds it. */
  readonly added: ReadonlyMap<string, Site>;
  readonly removed: ReadonlySet<string>;
  /** Types that are allocated with the device's lifetime. */
  readonly managed: ReadonlySet<string>;
}

/** What a function and its callees in the same file do. */
export function deviceNodesOf(code: Code, procedure: Procedure): DeviceNodes {
  const nodes = {
    added: new Map<string, Site>(),
    removed: new Set<string>(),
    managed: new Set<string>(),
  };
  collect(code, procedure, nodes, { seen: new Set(), depth: DEPTH });
  return nodes;
}

interface Growing {
  readonly added: Map<string, Site>;
  readonly removed: Set<string>;
  readonly managed: Set<string>;
}

function collect(
  code: Code,
  procedure: Procedure,
  nodes: Growing,
  { seen, depth }: { readonly seen: Set<Procedure>; readonly depth: number },
): void {
  if (seen.has(procedure)) return;
  seen.add(procedure);
  readCode(procedure, nodes);
  if (depth === 0) return;
  for (const name of procedure.calls) {
    const callee = code.procedure(name, procedure.path);
    if (callee?.path === procedure.path) collect(code, callee, nodes, { seen, depth: depth - 1 });
  }
}

function readCode({ ir, path, name }: Procedure, { added, removed, managed }: Growing): void {
  const fields = new Map<number, string>();
  const ours = new Set<number>();
  for (const { op, dst, a, b, type, text, args, start, end } of ir.code) {
    if (op === Op.FieldAddress) fields.set(dst, `${type}.${text}`);
    if ((op === Op.Convert || op === Op.Move) && ours.has(a)) ours.add(dst);
    if (op === Op.SetLocal && ours.has(b)) managed.add(ir.locals[a]!.type.replace(/\*$/, ''));
    if (op !== Op.Call) continue;
    const effect = PRIMITIVES.get(text)?.effect;
    if (effect?.do === 'alloc' && effect.lifetime === 'managed') ours.add(dst);
    const node = effect?.do === 'list' ? fields.get(args[0]!) : undefined;
    if (node === undefined || effect?.do !== 'list') continue;
    if (!effect.what.startsWith('add')) removed.add(node);
    // A list that starts in managed memory goes when its nodes go.
    else if (!fields.has(args[1]!)) added.set(node, { path, name, start, end });
  }
}
