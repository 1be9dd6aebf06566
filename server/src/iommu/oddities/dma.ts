/** The DMA API: addresses that nobody asks about, memory that it cannot map, and memory that is not at the address that is computed. */
import { type AnyNode, calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { assignmentsIn, type Call, exitOf, isZero, sequencesIn, testOf } from '../shapes.js';
import { DMA_MAPS, DMA_UNMAPS, OF_ITS_OWN, TRANSLATES, VMALLOCS } from './dma.table.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

const MAPS: ReadonlySet<string> = new Set(DMA_MAPS.keys());

export const DMA: OddityReader = {
  own: [misusedMappings],
  around: [{ words: TRANSLATES, read: translated }],
};

function misusedMappings(body: Body): OddityFact[] {
  if (!body.fn.words.meet(MAPS)) return [];
  const mappings = mappingsIn(body);
  return [
    ...mappings.flatMap((each) => testedForZero(body, each) ?? unasked(body, each)),
    ...mappings.flatMap((each) => unfit(body, each)),
    ...mappings.flatMap((each) => otherDirection(body, each)),
  ];
}

/** `addr = dma_map_single(…)` */
interface Mapping {
  readonly name: string;
  readonly call: Call;
  /** Where the address goes. */
  readonly target: string;
  readonly at: AnyNode;
}

function mappingsIn(body: Body): Mapping[] {
  return assignmentsIn(body).flatMap(({ target, value, node }): Mapping[] => {
    const name = calledName(value);
    return value.kind === 'call' && name !== null && DMA_MAPS.has(name)
      ? [{ name, call: value, target, at: node }]
      : [];
  });
}

/** Nobody compares the address with DMA_MAPPING_ERROR, and it goes to no caller who could. */
function unasked(body: Body, { name, call, target }: Mapping): OddityFact[] {
  if (body.fn.item.missing.length > 0 || target.startsWith('*')) return [];
  const isIt = (node: Expression): boolean => body.values.plain(node) === target;
  for (const node of body.reading.nodes) {
    if (node.kind === 'call' && /mapping_error/.test(calledName(node) ?? '') && node.args.some(isIt))
      return [];
    if (node.kind === 'binary' && (isIt(node.left) || isIt(node.right)) && /^[!=]=$/.test(node.operator))
      return [];
    if (node.kind === 'return' && node.value && isIt(node.value)) return [];
    // A copy may be what is asked about.
    if (node.kind === 'assign' && isIt(node.value)) return [];
  }
  return [oddity('dma-unasked', body.spot(call), target, { other: name })];
}

/** `if (!addr) return -ENOMEM;` right behind the mapping. */
function testedForZero(body: Body, { name, target, at }: Mapping): OddityFact[] | null {
  for (const statements of sequencesIn(body)) {
    const index = statements.findIndex((each) => each.start <= at.start && at.end <= each.end);
    const next = statements[index + 1];
    if (index < 0 || next?.kind !== 'if' || statements[index]!.kind === 'if') continue;
    const test = testOf(next.condition);
    if (test?.says !== 'zero' || body.values.plain(test.subject) !== target || !exitOf(next.consequence))
      continue;
    return [oddity('dma-tested-zero', body.spot(next.condition), target, { other: name })];
  }
  return null;
}

/** Memory on the stack, or of vmalloc(), that is to be mapped by its address. */
function unfit(body: Body, { name, call }: Mapping): OddityFact[] {
  const given = call.args[1];
  if (!given || !name.startsWith('dma_map_single')) return [];
  const memory = given.kind === 'cast' ? given.operand : given;
  if (isOnStack(body, memory))
    return [oddity('dma-unfit', body.spot(given), body.text(given), { other: 'the stack' })];
  if (memory.kind !== 'name') return [];
  const sources = assignmentsIn(body).filter(({ target }) => target === memory.name);
  const from = sources.length === 1 ? calledName(sources[0]!.value) : null;
  return from !== null && VMALLOCS.has(from)
    ? [oddity('dma-unfit', body.spot(given), body.text(given), { other: `${from}()` })]
    : [];
}

/** `buf` of `u32 buf[4];`, and `&x` of a variable that is no pointer. */
function isOnStack(body: Body, memory: Expression): boolean {
  const variable = memory.kind === 'unary' && memory.operator === '&' ? memory.operand : memory;
  if (variable.kind !== 'name') return false;
  return body.reading.nodes.some(
    (node) =>
      node.kind === 'declaration' &&
      !/\bstatic\b/.test(body.text(node)) &&
      node.declarators.some(
        ({ name, type }) => name === variable.name && (variable === memory ? type.isArray : !type.isArray),
      ),
  );
}

/** The same address is mapped in one direction and unmapped in another. */
function otherDirection(body: Body, { name, call, target }: Mapping): OddityFact[] {
  const given = directionOf(call, DMA_MAPS.get(name));
  if (given === null) return [];
  return body.flow.steps.flatMap(({ node }) => {
    const undo = calledName(node);
    const at = undo === null ? undefined : DMA_UNMAPS.get(undo);
    if (node.kind !== 'call' || at === undefined || !node.args[1] || node.start < call.start) return [];
    if (body.values.plain(node.args[1]) !== target) return [];
    const taken = directionOf(node, at);
    return taken !== null && taken !== given
      ? [
          oddity('dma-direction', body.spot(node.args[at]!), taken, {
            other: given,
            related: [{ spot: body.spot(call), message: 'it is mapped here' }],
            instead: given,
          }),
        ]
      : [];
  });
}

function directionOf(call: Call, at: number | undefined): string | null {
  const direction = at === undefined ? undefined : call.args[at];
  return direction?.kind === 'name' && /^DMA_(?:TO_DEVICE|FROM_DEVICE|BIDIRECTIONAL)$/.test(direction.name)
    ? direction.name
    : null;
}

/** virt_to_phys() of what dma_alloc_coherent() or vmalloc() gave: it need not be in the linear map. */
function translated(body: Body, bodies: Bodies): OddityFact[] {
  return body.flow.steps.flatMap(({ node }) => {
    const name = calledName(node);
    if (node.kind !== 'call' || name === null || !TRANSLATES.has(name)) return [];
    const given = node.args[0];
    const memory = given?.kind === 'cast' ? given.operand : given;
    const from = memory ? allocatorOf(memory, body, bodies) : null;
    return from === null
      ? []
      : [oddity('dma-translated', body.spot(node), body.text(memory!), { other: from })];
  });
}

/** What gives a variable or a member its memory, where nothing else ever does. */
function allocatorOf(memory: Expression, body: Body, bodies: Bodies): string | null {
  const names = new Set<string | null>();
  if (memory.kind === 'name' && body.scope.isLocal(memory.name)) {
    if (body.parameterAt(memory.name) >= 0) return null;
    for (const { target, value } of assignmentsIn(body))
      if (target === memory.name && !isZero(value)) names.add(calledName(value));
  } else if (memory.kind === 'member') {
    const { base } = body.scope.typeOf(memory.object);
    if (base === '') return null;
    for (const fn of bodies.program.definitionsIn(body.fn.unit)) {
      if (!fn.words.all.has(memory.name)) continue;
      const other = bodies.of(fn);
      for (const { target, value } of other.stores)
        if (
          target.kind === 'member' &&
          target.name === memory.name &&
          other.scope.typeOf(target.object).base === base
        )
          if (!isZero(value)) names.add(calledName(value.kind === 'cast' ? value.operand : value));
    }
  }
  const [only] = names;
  return names.size === 1 && only !== null && only !== undefined && OF_ITS_OWN.has(only) ? only : null;
}
