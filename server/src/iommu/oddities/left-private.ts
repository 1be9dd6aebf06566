/** What a driver allocates for a device when it probes it, and no operation of its table ever frees. */
import { calledName } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { ALLOCATES } from '../kernel-api.table.js';
import type { KnownFunction, Program } from '../program.js';
import { assignmentsIn } from '../shapes.js';
import { slotEntries } from '../tables.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const LEFT_PRIVATE: OddityReader = {
  around: [{ words: new Set(['dev_iommu_priv_get', 'dev_iommu_priv_set']), read: neverFreed }],
};

/** The two ends of a device's life of one table. drivers/iommu/iommu.c:iommu_init_device, iommu_deinit_device (6.12). */
interface Ends {
  readonly table: string;
  readonly path: string;
  readonly probe: string;
  readonly release: string | null;
}

/** What frees, or may hand on to who does, by its name. */
const MAY_FREE =
  /free|put|release|destroy|kref|rcu|unref|drop|del|remove|unregister|detach|disable|fini|exit|clean|kill|cancel|queue|schedule/i;

/** What only looks at a device, or says something of it. */
const LOOKS =
  /^(?:dev_iommu_\w+|dev_\w+|pr_\w+|WARN\w*|BUG_ON|lockdep_\w+|to_\w+|container_of|(?:un)?likely)$/;

function neverFreed(body: Body, bodies: Bodies): OddityFact[] {
  const { unit, item } = body.fn;
  if (item.missing.length > 0) return [];
  const ends = bodies.program.surroundings
    .known(endsIn, bodies.program)
    .find(({ path, release, probe }) => path === unit.image.path && (release ?? probe) === item.name);
  if (!ends) return [];
  const probe = bodies.calledFunction(ends.probe, body);
  if (!probe || probe.unit !== unit || probe.item.missing.length > 0) return [];
  const made = privateOf(bodies.of(probe));
  if (!made || (ends.release !== null && mayFree(body.fn, body, bodies, new Set()))) return [];
  const at = bodies.of(probe).spot(made.at);
  const name = { unit, span: item.nameSpan };
  return ends.release === null
    ? [oddity('private-left', at, made.name, { other: '' })]
    : [
        oddity('private-left', name, made.name, {
          other: item.name,
          related: [{ spot: at, message: `${ends.probe}() allocates it for the device` }],
        }),
      ];
}

/** What the probe allocates and leaves as what the driver has of the device. */
function privateOf(
  probe: Body,
): { readonly name: string; readonly at: { start: number; end: number } } | null {
  for (const { node } of probe.flow.steps) {
    if (node.kind !== 'call' || calledName(node) !== 'dev_iommu_priv_set') continue;
    const [device, kept] = node.args;
    if (device?.kind !== 'name' || probe.parameterAt(device.name) !== 0 || kept?.kind !== 'name') continue;
    const got = assignmentsIn(probe).filter(({ target }) => target === kept.name);
    const [only] = got;
    const allocator = only ? calledName(only.value) : null;
    if (got.length !== 1 || !only || allocator === null || allocator.startsWith('devm_')) continue;
    if (ALLOCATES.has(allocator)) return { name: kept.name, at: only.value };
  }
  return null;
}

/** Whether a function frees anything, hands on what it has, or calls what is not at hand. */
function mayFree(fn: KnownFunction, from: Body, bodies: Bodies, seen: Set<KnownFunction>): boolean {
  if (seen.has(fn)) return false;
  seen.add(fn);
  return bodies.of(fn).flow.steps.some(({ node }) => {
    if (node.kind !== 'call') return false;
    const name = calledName(node);
    if (name === null || MAY_FREE.test(name)) return true;
    const callee = bodies.calledFunction(name, from);
    if (callee && callee.unit === from.fn.unit) return mayFree(callee, from, bodies, seen);
    return !LOOKS.test(name) && node.args.length > 0;
  });
}

function endsIn(program: Program): readonly Ends[] {
  const entries = slotEntries(program).filter(({ type }) => type === 'struct iommu_ops');
  return entries
    .filter(({ slot }) => slot === 'probe_device')
    .map(({ table, function: probe }) => {
      const release = entries.find((each) => each.table === table && each.slot === 'release_device');
      const { path } = table.unit.image;
      return { table: table.item.name, path, probe, release: release?.function ?? null };
    });
}
