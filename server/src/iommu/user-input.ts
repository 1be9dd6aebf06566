/** What a function does with structs that user space passes in. */
import { contains, type Span } from '../base/index.js';
import { calledName, type Expression } from '../syntax/index.js';
import type { Bodies, Body } from './body.js';
import type { CopiedTwiceFact, UncheckedInputFact } from './facts.js';
import { baseName, namesIn } from './names.js';
import type { KnownFunction } from './program.js';

/** Copies from user space, and which argument is where it goes and where it comes from. include/linux/uaccess.h. */
const COPIES: ReadonlyMap<
  string,
  { readonly into: number; readonly from: number; readonly size: number | null }
> = new Map([
  ['copy_from_user', { into: 0, from: 1, size: 2 }],
  ['copy_struct_from_user', { into: 0, from: 2, size: 3 }],
  ['memdup_user', { into: -1, from: 0, size: 1 }],
  ['get_user', { into: 0, from: 1, size: null }],
  // include/linux/iommu.h (6.12): of the data that a driver defines for a domain or an invalidation
  ['iommu_copy_struct_from_user', { into: 0, from: 1, size: null }],
  ['iommu_copy_struct_from_user_array', { into: 0, from: 1, size: null }],
]);
/** Members that must be zero until they mean something. */
const MUST_BE_CHECKED = /^(?:flags|__?reserved\d*|reserved\d*|_?_?pad(?:ding)?\d*)$/;

interface Copy {
  readonly node: Expression;
  readonly into: string | null;
  readonly from: string;
  readonly size: Expression | null;
  readonly under: readonly Expression[];
}

function copiesIn(body: Body): Copy[] {
  return body.flow.steps.flatMap(({ node, under }) => {
    const row = COPIES.get(calledName(node) ?? '');
    if (!row || node.kind !== 'call') return [];
    const [into, from] = [node.args[row.into], node.args[row.from]];
    if (!from) return [];
    const size = row.size === null ? null : (node.args[row.size] ?? null);
    return [
      {
        node,
        into: into ? baseName(into) : body.values.resultOf(node),
        from: plainSource(from, body),
        size,
        under,
      },
    ];
  });
}

/** The variables that user memory is copied into. */
export function copiedInto(body: Body): readonly string[] {
  return copiesIn(body).flatMap(({ into }) => into ?? []);
}

/** Seen through `(void __user *)`. */
function plainSource(from: Expression, body: Body): string {
  return from.kind === 'cast' ? plainSource(from.operand, body) : body.values.plain(from);
}

/** Structs copied in of which a member that must be zero is looked at by nobody. */
export function uncheckedInputsIn(body: Body, bodies: Bodies): UncheckedInputFact[] {
  const seen = new Set<string>();
  return [...copiesIn(body), ...commandsIn(body)].flatMap(({ node, into }): UncheckedInputFact[] => {
    if (into === null || seen.has(into)) return [];
    seen.add(into);
    const { base, pointers } = body.scope.typeOfName(into);
    if (pointers > 1 || !base.startsWith('struct ')) return [];
    const lookers = lookersAt(into, body, bodies, DEPTH);
    if (lookers === null) return [];
    const fields = bodies.program.structNamed(base, body.fn.unit)?.fields ?? [];
    return fields.flatMap(({ unit, item }): UncheckedInputFact[] => {
      if (!MUST_BE_CHECKED.test(item.name) || lookers.some(({ words }) => words.all.has(item.name)))
        return [];
      const declared = { unit, span: { start: item.start, end: item.end } };
      return [
        {
          spot: body.spot(node),
          struct: base,
          member: item.name,
          variable: into,
          declared,
          isPassedOn: lookers.length > 1,
        },
      ];
    });
  });
}

/** `struct iommu_… *cmd = ucmd->cmd;`: what the ioctl of iommufd has copied in. drivers/iommu/iommufd/main.c:iommufd_fops_ioctl. */
function commandsIn(body: Body): Pick<Copy, 'node' | 'into'>[] {
  const commands = body.fn.item.parameters.filter(
    ({ type }) => type.base === 'struct iommufd_ucmd' && type.pointers === 1,
  );
  // A command is given nothing else; what it calls may be given less than was asked.
  if (commands.length === 0 || body.fn.item.parameters.length > 1 || body.fn.item.missing.length > 0)
    return [];
  return body.reading.nodes.flatMap((node) => {
    if (node.kind !== 'declaration') return [];
    return node.declarators.flatMap(({ name, initial }) => {
      const isCommand =
        initial?.kind === 'member' &&
        initial.name === 'cmd' &&
        initial.object.kind === 'name' &&
        commands.some((each) => each.name === baseName(initial));
      return isCommand ? [{ node: initial, into: name }] : [];
    });
  });
}

/** How far the struct is followed. */
const DEPTH = 3;

/** The function, and those at hand that it gives the whole struct to; null where one is not at hand, and may look. */
function lookersAt(name: string, body: Body, bodies: Bodies, depth: number): readonly KnownFunction[] | null {
  const lookers = [body.fn];
  for (const { node } of body.flow.steps) {
    if (node.kind !== 'call') continue;
    const called = calledName(node) ?? '';
    if (COPIES.has(called) || called === 'copy_to_user' || called === 'memset') continue;
    const at = node.args.findIndex((arg) => {
      const inner =
        arg.kind === 'unary' && (arg.operator === '&' || arg.operator === '*') ? arg.operand : arg;
      return inner.kind === 'name' && inner.name === name;
    });
    if (at < 0) continue;
    const callee = depth > 0 ? bodies.called(called, body) : null;
    const parameter = callee?.fn.item.parameters[at]?.name;
    const theirs = callee && parameter ? lookersAt(parameter, callee, bodies, depth - 1) : null;
    if (!theirs || callee!.fn.item.missing.length > 0) return null;
    lookers.push(...theirs);
  }
  return lookers;
}

/** Whether two places stand on the two sides of one `if`, or in two cases of a switch. */
function areExclusive(body: Body, a: Span, b: Span): boolean {
  const isIn = (part: Span | null, place: Span): boolean => part !== null && contains(part, place);
  const cases = body.reading.nodes.filter((node) => node.kind === 'case');
  return (
    cases.some((each) => isIn(each, a) && !isIn(each, b) && cases.some((other) => isIn(other, b))) ||
    body.reading.nodes.some(
      (node) => node.kind === 'if' && isIn(node.consequence, a) && isIn(node.alternative, b),
    )
  );
}

/** Memory of user space that is fetched again after its first fetch said how much there is. */
export function copiedTwiceIn(body: Body): CopiedTwiceFact[] {
  const copies = copiesIn(body);
  return copies.flatMap((second, at) => {
    // Made for a size that was fetched before; what it reads past the struct must be zero.
    if (calledName(second.node) === 'copy_struct_from_user') return [];
    const first = copies.slice(0, at).find((each) => {
      if (each.from !== second.from || each.into === null || second.size === null) return false;
      if (areExclusive(body, each.node, second.node)) return false;
      const fromFirst = body.carried([each.into]);
      return namesIn(second.size).some((name) => fromFirst.has(name));
    });
    return first ? [{ first: body.spot(first.node), spot: body.spot(second.node), source: second.from }] : [];
  });
}
