/** Sizes that user space gives and nobody limits, and memory of the stack that user space is given. */
import { type AnyNode, calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { namesIn } from '../names.js';
import type { Call } from '../shapes.js';
import { nodesIn } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const USER_SIZES: OddityReader = {
  around: [
    { words: new Set(['copy_from_user', 'copy_struct_from_user']), read: unlimitedSizes },
    { words: new Set(['copy_to_user']), read: stackGivenOut },
  ],
};

/** Which arguments of an allocation say how much. slab.h, string.h, vmalloc.h. */
const SIZES: ReadonlyMap<string, readonly number[]> = new Map([
  ...['kmalloc', 'kzalloc', 'kvmalloc', 'kvzalloc', 'vmalloc', 'vzalloc'].map((name): [string, number[]] => [
    name,
    [0],
  ]),
  ...['kcalloc', 'kmalloc_array', 'kvcalloc', 'kvmalloc_array'].map((name): [string, number[]] => [
    name,
    [0, 1],
  ]),
  ['memdup_user', [1]],
  ['vmemdup_user', [1]],
  ['memdup_array_user', [1]],
]);

/** A member of what was copied in that decides how much is allocated, and is compared with nothing from above. */
function unlimitedSizes(body: Body, { program }: Bodies): OddityFact[] {
  if (body.fn.item.missing.length > 0) return [];
  const copied = new Set(
    ['copy_from_user', 'copy_struct_from_user'].flatMap((name) =>
      body.callsOf(name).flatMap(({ args }) => {
        const [into] = args;
        return into?.kind === 'unary' && into.operator === '&' && into.operand.kind === 'name'
          ? [into.operand.name]
          : [];
      }),
    ),
  );
  return body.flow.steps.flatMap(({ node }) => {
    const name = calledName(node);
    const sizes = SIZES.get(name ?? '');
    if (!sizes || node.kind !== 'call') return [];
    for (const at of sizes) {
      const size = node.args[at];
      const given = size && userMember(size, copied);
      if (!size || !given) continue;
      const { base } = body.scope.typeOfName(given.of);
      const field = program
        .structNamed(base, body.fn.unit)
        ?.fields.find(({ item }) => item.name === given.member);
      // Of a type that is not known nobody can tell how large it may be; a byte is never large.
      if (!field || !/^__(?:u|s|le|be)(?:32|64)$|^__aligned_u64$/.test(field.item.type.base)) return [];
      if (isLimited(body, given, node) || goesElsewhere(body, given.of)) return [];
      const isProduct = nodesIn(size).some((each) => each.kind === 'binary' && each.operator === '*');
      return [
        oddity('size-of-user', body.spot(node), `${given.of}.${given.member}`, {
          other: `${name}()${isProduct ? ' *' : ''}`,
        }),
      ];
    }
    return [];
  });
}

interface Given {
  readonly of: string;
  readonly member: string;
}

function userMember(size: Expression, copied: ReadonlySet<string>): Given | null {
  for (const node of nodesIn(size))
    if (
      node.kind === 'member' &&
      !node.isArrow &&
      node.object.kind === 'name' &&
      copied.has(node.object.name)
    )
      return { of: node.object.name, member: node.name };
  return null;
}

/** Whether a condition, or any other call, has the member where it could be too large. */
function isLimited(body: Body, given: Given, allocation: Call): boolean {
  const has = (node: AnyNode): boolean =>
    nodesIn(node).some(
      (each) =>
        each.kind === 'member' &&
        each.name === given.member &&
        each.object.kind === 'name' &&
        each.object.name === given.of,
    );
  return body.reading.nodes.some((node) => {
    if (node.kind === 'binary') {
      const { operator, left, right } = node;
      if (/^(?:==|!=|&)$/.test(operator)) return has(left) || has(right);
      if (/^>=?$/.test(operator)) return has(left);
      if (/^<=?$/.test(operator)) return has(right);
      return operator === '>>' && has(left);
    }
    if (node.kind === 'assign') return has(node.target) || (node.value.kind === 'member' && has(node.value));
    if (node.kind === 'declaration')
      return node.declarators.some(
        ({ initial }) => initial !== null && has(initial) && initial.kind !== 'call',
      );
    if (node.kind !== 'call' || node === allocation) return false;
    const name = calledName(node) ?? '';
    if (SIZES.has(name) || /^copy_(?:from|to)_user$|^u64_to_user_ptr$/.test(name)) return false;
    return node.args.some(has) && node.start < allocation.start;
  });
}

/** Whether all of the struct is handed to a function that may look. */
function goesElsewhere(body: Body, name: string): boolean {
  return body.flow.steps.some(({ node }) => {
    if (node.kind !== 'call' || /^(?:copy_\w+_user|memset)$/.test(calledName(node) ?? '')) return false;
    return node.args.some((arg) => addressed(arg) === name);
  });
}

function addressed(arg: Expression): string | null {
  if (arg.kind === 'name') return arg.name;
  return arg.kind === 'unary' && arg.operator === '&' && arg.operand.kind === 'name'
    ? arg.operand.name
    : null;
}

/** A struct of the stack that goes to user space with members that nobody set. */
function stackGivenOut(body: Body, { program }: Bodies): OddityFact[] {
  if (body.fn.item.missing.length > 0) return [];
  return body.callsOf('copy_to_user').flatMap((copy) => {
    const name = copy.args[1] ? addressed(copy.args[1]) : null;
    const declared = body.reading.nodes
      .flatMap((node) => (node.kind === 'declaration' ? node.declarators : []))
      .find((each) => each.name === name);
    if (!name || !declared || declared.initial || declared.type.pointers > 0 || declared.type.isArray)
      return [];
    const { base } = declared.type;
    if (!base.startsWith('struct ')) return [];
    const isSetWhole = body.reading.nodes.some(
      (node) =>
        (node.kind === 'assign' && node.target.kind === 'name' && node.target.name === name) ||
        (node.kind === 'call' &&
          node !== copy &&
          calledName(node) !== 'copy_to_user' &&
          node.args.some((arg) => namesIn(arg).includes(name) && arg.kind !== 'member')),
    );
    if (isSetWhole) return [];
    const view = program.structNamed(base, body.fn.unit);
    const [definition] = view?.definitions ?? [];
    if (!definition || definition.item.missing.length > 0) return [];
    const unset = definition.item.members.find(
      (field) => field.name !== '' && !body.fn.words.all.has(field.name),
    );
    return unset
      ? [
          oddity('stack-given-out', body.spot(copy), name, {
            other: unset.name,
            related: [{ spot: body.spot(declared), message: 'it is declared here, and not zeroed' }],
          }),
        ]
      : [];
  });
}
