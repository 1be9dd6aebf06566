/**
 * Variables of a function of which the input shows only a later part: who
 * declares them is out of sight, and what they are is told by their use.
 */
import { type AnyNode, type Block, calledName, type Expression, walk } from '../syntax/index.js';

/** What the use of a name tells of its type. */
export type Guess = 'pointer' | 'integer';

/** Functions whose argument is a pointer, whatever else is known of it. */
const OF_POINTERS = /^(?:IS_ERR|IS_ERR_OR_NULL|PTR_ERR|PTR_ERR_OR_ZERO|ERR_CAST|k[vz]?free|vfree)$/;

/** What a function calls a result that is a number or an errno. */
const RESULT = /^(?:ret|err|rc|error|retval|status|res)$/;

/** A local that is assigned has a short name; a variable of the file has that of its driver before it. */
const LOCAL = /^[a-z]{1,9}\d?$/;

/** Names that are used as variables and not declared there, each with the type that all uses agree on. */
export function guessesIn({ statements }: Block): ReadonlyMap<string, Guess> {
  const guesses = new Map<string, Guess | null>();
  const learn = (node: Expression | undefined, guess: Guess): void => {
    if (node?.kind !== 'name' || !/^[a-z]/.test(node.name)) return;
    const known = guesses.get(node.name);
    guesses.set(node.name, known === undefined || known === guess ? guess : null);
  };
  const assigned = new Set<string>();
  const declared = new Set<string>();
  for (const statement of statements)
    walk(statement, (node) => {
      read(node, learn);
      if (node.kind === 'declaration') for (const { name } of node.declarators) declared.add(name);
      if (node.kind === 'assign' && node.target.kind === 'name') assigned.add(node.target.name);
    });
  return new Map(
    [...guesses].flatMap(([name, guess]) =>
      guess && !declared.has(name) && (!assigned.has(name) || LOCAL.test(name))
        ? [[name, guess] as const]
        : [],
    ),
  );
}

function read(node: AnyNode, learn: (node: Expression | undefined, guess: Guess) => void): void {
  switch (node.kind) {
    case 'member':
      if (node.isArrow) learn(node.object, 'pointer');
      return;
    case 'unary':
      if (node.operator === '*') learn(node.operand, 'pointer');
      return;
    case 'call':
      if (OF_POINTERS.test(calledName(node) ?? '')) learn(node.args[0], 'pointer');
      return;
    case 'update':
      learn(node.operand, 'integer');
      return;
    case 'binary':
      if (/^(?:<|>=)$/.test(node.operator) && node.right.kind === 'literal') learn(node.left, 'integer');
      return;
    case 'assign':
      if (isErrno(node.value)) learn(node.target, 'integer');
      if (node.target.kind === 'name' && RESULT.test(node.target.name)) learn(node.target, 'integer');
      return;
    default:
  }
}

function isErrno(value: Expression): boolean {
  return (
    value.kind === 'unary' &&
    value.operator === '-' &&
    value.operand.kind === 'name' &&
    /^E[A-Z0-9]+$/.test(value.operand.name)
  );
}
