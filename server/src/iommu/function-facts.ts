/** What one function does that design rules ask about: see facts.ts for the shapes. */
import { calledName } from '../syntax/index.js';
import type { Bodies, Body } from './body.js';
import type { ConditionalGets } from './conditional-gets.js';
import { fillsOf, removalsOf } from './containers.js';
import type { FunctionFact } from './facts.js';
import type { KeptMms } from './kept-mm.js';
import { ACQUIRES } from './kernel-api.table.js';
import type { Lookups } from './lookups.js';
import { baseName } from './names.js';
import { keptPasids } from './pasids.js';
import type { Spot } from './program.js';
import { reusesIn } from './reuse.js';

/** Those who read bodies, each for one kind of fact. */
export interface Readers {
  readonly bodies: Bodies;
  readonly lookups: Lookups;
  readonly gets: ConditionalGets;
  readonly keptMms: KeptMms;
  /** Functions that a driver's `probe` slot names, by path and name. */
  readonly probes: ReadonlySet<string>;
}

export type BodyFacts = Pick<
  FunctionFact,
  | 'calls'
  | 'lookups'
  | 'fills'
  | 'removals'
  | 'runsAlone'
  | 'reuses'
  | 'keptMms'
  | 'ignoredResults'
  | 'busOps'
  | 'keptPasids'
>;

/** The facts of one function's body. */
export function bodyFacts(body: Body, readers: Readers): BodyFacts {
  const { bodies } = readers;
  const lookups = readers.lookups.of(body);
  return {
    calls: body.flow.steps.flatMap(({ node, locks, mayLocks }) => {
      const name = calledName(node);
      if (name === null || node.kind !== 'call') return [];
      const lock = node.args[ACQUIRES.get(name) ?? -1];
      const acquires = lock ? body.values.plain(lock) : null;
      return [{ name, spot: body.spot(node), locks, mayLocks, acquires }];
    }),
    lookups,
    fills: fillsOf(body, bodies.program),
    removals: removalsOf(body, bodies.program),
    runsAlone: runsAlone(body, readers.probes),
    reuses: reusesIn(body, lookups, bodies),
    keptMms: readers.keptMms.of(body),
    ignoredResults: readers.gets.ignoredIn(body),
    busOps: busOps(body),
    keptPasids: keptPasids(body, bodies),
  };
}

function runsAlone({ fn }: Body, probes: ReadonlySet<string>): boolean {
  return (
    fn.item.attributes.some(({ name }) => /^__(?:\w+_)?init(?:_\w+)?$/.test(name)) ||
    probes.has(`${fn.unit.image.path}:${fn.item.name}`)
  );
}

/**
 * Reads of `iommu_ops` of the bus that a device sits on. Code that walks the
 * buses themselves has no device to ask, and code that is about to probe the
 * device cannot ask it: dev->iommu is made by the probe.
 */
function busOps(body: Body): Spot[] {
  const reads = body.flow.steps.flatMap(({ node }) => {
    if (node.kind !== 'member' || node.name !== 'iommu_ops') return [];
    const { object } = node;
    const isOfSomeBus = object.kind === 'member' && object.name === 'bus';
    const isBus = isOfSomeBus || body.scope.typeOf(object).base === 'struct bus_type';
    return isBus && (isOfSomeBus || body.isOfDevice(object)) && !isWritten(body, node) ? [node] : [];
  });
  if (reads.length === 0 || probesDevice(body)) return [];
  return reads.map((node) => body.spot(node));
}

function isWritten(body: Body, place: { start: number; end: number }): boolean {
  return body.stores.some(({ target }) => target.start === place.start && target.end === place.end);
}

/** Whether the function calls the driver's probe_device(), or makes the dev->iommu that dev_iommu_ops() needs. */
function probesDevice(body: Body): boolean {
  return (
    body.flow.steps.some(
      ({ node }) => node.kind === 'member' && /^(?:probe_device|probe_finalize|add_device)$/.test(node.name),
    ) ||
    body.stores.some(
      ({ target }) =>
        target.kind === 'member' &&
        target.name === 'iommu' &&
        body.scope.typeOf(target.object).base === 'struct device' &&
        body.devices.includes(baseName(target) ?? ''),
    )
  );
}
