/** Reads what print.ts prints. For tests and for tools that keep IR as text; the text is trusted to be a print. */
import { never } from '../base/index.js';
import {
  type Expansion,
  emptyInstruction,
  type Instruction,
  type IrFunction,
  type Local,
  type Op,
} from './instructions.js';
import { OPERATIONS, type Operation, type Part } from './operations.table.js';
import { SCALAR_NAMES, type Scalar } from './scalars.js';

const BY_NAME = new Map<string, { op: Op; operation: Operation }>(
  Object.entries(OPERATIONS).map(([op, operation]) => [operation.name, { op: Number(op), operation }]),
);

const NO_ARGS: readonly number[] = [];

/** The function of which `text` is the print. */
export function parseIr(text: string): IrFunction {
  const [head = '', ...lines] = text.split('\n').filter((line) => line !== '');
  const words = head.split(' ');
  const arrow = words.indexOf('->');
  const locals: Local[] = [];
  const expansions: Expansion[] = [];
  const code: Instruction[] = [];
  const constants = new Map<bigint, number>();
  let registers: Scalar[] = [];
  for (const line of lines) {
    const [body = '', place = ''] = line.trim().split(' ; ');
    const parts = body.split(' ');
    if (body.startsWith('$')) locals.push(readLocal(parts, place));
    else if (body.startsWith('!')) expansions.push(readExpansion(parts, place));
    else if (body.startsWith('registers')) registers = parts.slice(1).map(readScalar);
    else code.push(readInstruction(parts.slice(1), place, constants));
  }
  return {
    name: words[1]!,
    parameters: Number(words[2]),
    isVariadic: words[3] === '...',
    returns: readScalar(words[arrow + 1]!),
    returnType: unquote(words[arrow + 2]!),
    guessed: words.slice(arrow + 3).map((word) => word.slice(1)),
    locals,
    registers,
    constants: [...constants.keys()],
    code,
    expansions,
  };
}

function readLocal(parts: readonly string[], place: string): Local {
  return {
    name: unquote(parts[1]!),
    kind: readScalar(parts[2]!),
    type: unquote(parts[3]!),
    size: Number(parts[4]),
    isStatic: parts[5] === 'static',
    ...readSpan(place),
  };
}

function readExpansion(parts: readonly string[], place: string): Expansion {
  return {
    macro: unquote(parts[1]!),
    path: unquote(parts[2]!),
    parent: Number(parts[3]),
    ...readSpan(place),
  };
}

function readInstruction(
  parts: readonly string[],
  place: string,
  constants: Map<bigint, number>,
): Instruction {
  const hasResult = parts[1] === '=';
  const [name = '', ...words] = hasResult ? parts.slice(2) : parts;
  const known = BY_NAME.get(name) ?? never(`no operation is called ${name}`);
  const each = Object.assign(emptyInstruction(known.op), readSpan(place));
  const macro = place.split(' ')[1];
  if (macro) each.expansion = Number(macro.slice(1));
  if (hasResult) each.dst = Number(parts[0]!.slice(1));
  known.operation.parts
    .filter((part) => part !== 'dst')
    .forEach((part, index) => {
      readPart(each, part, words[index]!, constants);
    });
  return each;
}

function readPart(each: Instruction, part: Part, word: string, constants: Map<bigint, number>): void {
  const number = Number(word.slice(1));
  if (part === 'a' || part === '$a' || part === '#a') each.a = number;
  else if (part === '?a') each.a = word === '_' ? -1 : number;
  else if (part === 'b' || part === '@b') each.b = number;
  else if (part === '@c') each.c = number;
  else if (part === '=c') each.c = Number(word);
  else if (part === 'kind' || part === 'from') each[part] = readScalar(word);
  else if (part === 'args') each.args = word === '()' ? NO_ARGS : word.slice(1, -1).split(',').map(register);
  else if (part === 'slot' || part === 'bits' || part === 'walk')
    Object.assign(each, { [part]: JSON.parse(word) });
  else if (part === 'cases') each.cases = readCases(word);
  else if (part === 'constant') {
    const value = BigInt(word);
    if (!constants.has(value)) constants.set(value, constants.size);
    each.a = constants.get(value)!;
  } else Object.assign(each, { [part]: unquote(word) });
}

function register(word: string): number {
  return Number(word.slice(1));
}

function readCases(word: string): Instruction['cases'] {
  return [...word.matchAll(/(-?\d+)\.\.(-?\d+)@(-?\d+)/g)].map(([, low, high, target]) => ({
    low: BigInt(low!),
    high: BigInt(high!),
    target: Number(target),
  }));
}

function readSpan(place: string): { start: number; end: number } {
  const [start, end] = place.split(' ')[0]!.split('-');
  return { start: Number(start), end: Number(end) };
}

function readScalar(word: string): Scalar {
  const kind = SCALAR_NAMES.indexOf(word);
  return kind < 0 ? never(`no kind of scalar is called ${word}`) : kind;
}

function unquote(word: string): string {
  if (word.startsWith('"')) return JSON.parse(word) as string;
  return word === '-' ? '' : word.replaceAll('~', ' ');
}
