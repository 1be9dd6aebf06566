/**
 * STALE over two calls: a probe links memory that the device manages into a
 * list that outlives the device, and the remove that stands in the same tables
 * leaves it there. Told by what the two do, not by runs of both.
 */
import { type Code, deviceNodesOf, type Procedure } from '../engine/index.js';
import type { Site } from '../model/index.js';
import type { Breach } from './verdict.js';

const REMOVES: readonly string[] = ['remove', 'remove_new'];

/** `at`: where the function begins. */
export function nodesLeftBehind(code: Code, procedure: Procedure, at: Site): Breach[] {
  if (!code.slotsOf(procedure).some((slot) => REMOVES.includes(slot))) return [];
  const around = code.neighbours(procedure.path);
  const probes = around.filter(({ slots }) => slots.includes('probe'));
  // With two drivers in a file it is not told which probe belongs here.
  if (probes.length !== 1) return [];
  const probe = probes[0]!.procedure();
  const { added, managed } = deviceNodesOf(code, probe);
  if (added.size === 0) return [];
  // What probe() does not call itself may be an action of the device that runs after remove().
  const others = around.filter(({ name }) => name !== probe.name && !probe.calls.includes(name));
  const removed = new Set(others.flatMap((each) => [...deviceNodesOf(code, each.procedure()).removed]));
  return [...added]
    .filter(([node]) => !removed.has(node) && managed.has(node.slice(0, node.lastIndexOf('.'))))
    .map(([node, site]) => ({
      monitor: 'STALE',
      site: at,
      words: `leaves \`${node}\` on the list that ${probe.name}() adds it to: its memory goes with the device`,
      related: [{ site, words: 'it is added here' }],
      tape: [],
      confidence: 'certain',
      assumptions: [],
    }));
}
