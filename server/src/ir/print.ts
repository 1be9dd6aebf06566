/** Prints a function so that a person can read it and read-ir.ts can read it back to an equal one. */
import type { Instruction, IrFunction } from './instructions.js';
import { OPERATIONS, type Part } from './operations.table.js';
import { SCALAR_NAMES } from './scalars.js';

/** The function as text; each instruction one line, with its span and, inside a macro, the expansion. */
export function printIr(ir: IrFunction): string {
  const head = `function ${ir.name} ${ir.parameters}${ir.isVariadic ? ' ...' : ''} -> ${SCALAR_NAMES[ir.returns]} ${quote(ir.returnType)}${ir.guessed.map((name) => ` ~${name}`).join('')}`;
  const locals = ir.locals.map(
    (each, index) =>
      `  $${index} ${quote(each.name)} ${SCALAR_NAMES[each.kind]} ${quote(each.type)} ${each.size}${each.isStatic ? ' static' : ''} ; ${each.start}-${each.end}`,
  );
  const expansions = ir.expansions.map(
    (each, index) =>
      `  !${index} ${quote(each.macro)} ${quote(each.path)} ${each.parent} ; ${each.start}-${each.end}`,
  );
  const code = ir.code.map((each, index) => `  ${index}: ${printInstruction(ir, each)}`);
  const registers = `  registers ${ir.registers.map((kind) => SCALAR_NAMES[kind]).join(' ')}`.trimEnd();
  return [head, ...locals, ...expansions, registers, ...code, ''].join('\n');
}

/** One instruction without its number. */
function printInstruction(ir: IrFunction, each: Instruction): string {
  const { name, parts } = OPERATIONS[each.op];
  const words = parts.filter((part) => part !== 'dst').map((part) => printPart(ir, each, part));
  const result = each.dst >= 0 ? `%${each.dst} = ` : '';
  const macro = each.expansion >= 0 ? ` !${each.expansion}` : '';
  return `${result}${[name, ...words].join(' ')} ; ${each.start}-${each.end}${macro}`;
}

function printPart(ir: IrFunction, each: Instruction, part: Part): string {
  switch (part) {
    case 'a':
      return `%${each.a}`;
    case 'b':
      return `%${each.b}`;
    case '?a':
      return each.a < 0 ? '_' : `%${each.a}`;
    case '$a':
      return `$${each.a}`;
    case '@b':
      return `@${each.b}`;
    case '@c':
      return `@${each.c}`;
    case '#a':
      return `#${each.a}`;
    case '=c':
      return String(each.c);
    case 'constant':
      return String(ir.constants[each.a]);
    case 'kind':
      return SCALAR_NAMES[each.kind]!;
    case 'from':
      return SCALAR_NAMES[each.from]!;
    case 'args':
      return `(${each.args.map((register) => `%${register}`).join(',')})`;
    case 'cases':
      return `[${(each.cases ?? []).map((row) => `${row.low}..${row.high}@${row.target}`).join(',')}]`;
    case 'slot':
    case 'bits':
    case 'walk':
      return JSON.stringify(each[part]).replaceAll(' ', '\\u0020');
    default:
      return quote(each[part as 'text' | 'type' | 'order']);
  }
}

/** A word that has no white space: plain where it can be, `~` for a space, `-` for nothing. */
function quote(text: string): string {
  if (text === '') return '-';
  return /^[\w.*[\]&,()@:/ -]+$/.test(text) && !/^[-_]$/.test(text)
    ? text.replaceAll(' ', '~')
    : JSON.stringify(text).replaceAll(' ', '\\u0020');
}
