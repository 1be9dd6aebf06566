/**
 * Completes a piece of C that breaks off: the operand, the parenthesis, the
 * statement and the braces that it still wants, innermost first.
 */
import { HunkScan } from './hunk-scan.js';

/** No piece of C is nested so deep; a bound on what a hostile one may cost. */
const MOST_PIECES = 2_000;

/** What must follow `text`, which begins at file scope, so that every item in it is complete; '' when nothing must. */
export function closingsFor(text: string): string {
  const scan = new HunkScan(false).read(text);
  let closing = '';
  if (scan.endsInComment) closing += '*/';
  if (scan.endsInDirective) closing += '\n';
  if (scan.skipped > 0) closing += `${'\n#endif'.repeat(scan.skipped)}\n`;
  if (closing) scan.read(closing.replace('*/', ''));
  for (let count = 0; count < MOST_PIECES; count++) {
    const piece = nextPiece(scan);
    if (piece === '') break;
    closing += asLaidOut(piece, scan.stack.length === 1, closing);
    scan.read(piece);
  }
  return closing;
}

/** By the kernel's layout, which the parser goes by too, an outermost brace stands in the first column and no other does. */
function asLaidOut(piece: string, isOutermost: boolean, before: string): string {
  if (piece !== '}') return piece;
  if (isOutermost) return before === '' ? '}' : '\n}';
  return /(?:^|\n)$/.test(before) ? '\t}' : '}';
}

function nextPiece(scan: HunkScan): string {
  const operand = wantedOperand(scan);
  if (operand !== '') return operand;
  switch (scan.top?.kind) {
    case undefined:
      return scan.statement.length > 0 ? endOfItem(scan.statement) : '';
    case 'for':
      return scan.top.semicolons < 2 ? ';' : ')';
    case 'condition':
      return scan.last === '(' ? '0)' : ')';
    case 'parameters':
      // Of a `struct_group()`, which holds members.
      return scan.holdsMembers && scan.statement.length > 0 ? endOfItem(scan.statement) : ')';
    case 'call':
      return ')';
    case 'group':
      return scan.last === '(' ? '0)' : ')';
    case 'index':
      return ']';
    case 'struct':
      return scan.statement.length > 0 ? endOfItem(scan.statement) : '}';
    case 'enum':
      return '}';
    case 'initializer':
      return isUnfinishedEntry(scan) ? ' = 0' : '}';
    default:
      return scan.statement.length > 0 || scan.last === ':' ? endOfStatement(scan.statement) : '}';
  }
}

/** `.member` or `[index]` of an initialiser, whose value is yet to come. */
function isUnfinishedEntry({ statement }: HunkScan): boolean {
  const [first] = statement;
  return (first === '.' || first === '[]') && !statement.includes('=');
}

/** Stands for what the last token wants after it: an operand, a name, the other arm of `?`; '' when it wants nothing. */
function wantedOperand(scan: HunkScan): string {
  const { last, statement } = scan;
  const kind = scan.top?.kind;
  if (last === '.' || last === '->') return 'hunk';
  if (last === 'goto' || /^(?:struct|union|enum)$/.test(last)) return ' hunk';
  if (last === 'case') return ' 0:';
  if (last === 'sizeof') return '(0)';
  if (last === 'define') return '';
  if (last === ',') return wantedAfterComma(scan);
  if (/^(?:[-+*/%&|^<>=!~?]|&&|\|\||<<=?|>>=?|[-+*/%&|^<>=!]=)$/.test(last)) {
    if (last === '*' && (kind === 'parameters' || wantsName(statement))) return '';
    return last === '?' ? ' 0 : 0' : ' 0';
  }
  if (statement.at(-1) === '(cast)' && last === ')' && kind !== 'parameters') return ' 0';
  const questions = statement.filter((token) => token === '?').length;
  const answers = statement.filter((token) => token === ':').length;
  if (questions > answers) return ' : 0';
  if (last === ':' && (statement.includes('?') || kind === 'struct')) return ' 1';
  return '';
}

function wantedAfterComma(scan: HunkScan): string {
  switch (scan.top?.kind) {
    case 'initializer':
    case 'enum':
      return '';
    case 'parameters':
      return scan.holdsMembers ? '' : ' int';
    case 'call':
    case 'condition':
    case 'group':
    case 'for':
    case 'index':
      return ' 0';
    default:
      return ' hunk_end';
  }
}

const STORAGE = /^(?:static|extern|typedef|inline|__inline|const|volatile|register|__\w+)$/;

/** Whether the tokens are a type that still has no name: `static struct foo *`, `dma_addr_t`. */
function wantsName(statement: readonly string[]): boolean {
  return /^(?:\w+ )*\w+(?: \*)+(?: const)?$/.test(statement.join(' ')) && !statement.includes('return');
}

/** Ends a declaration at file scope or in a struct. */
function endOfItem(statement: readonly string[]): string {
  const rest = statement.filter((token) => !STORAGE.test(token));
  const hasStorage = rest.length < statement.length;
  if (rest.length === 0) return ' int hunk_end;';
  if (rest.at(-1) === '{}' && !rest.includes('=')) return hasStorage ? ' hunk_end;' : ';';
  const isTypeAlone = rest.length === 1 && /^\w+$/.test(rest[0]!);
  return isTypeAlone || wantsName(statement) ? ' hunk_end;' : ';';
}

function endOfStatement(statement: readonly string[]): string {
  if (statement.length === 1 && statement[0] === 'do{}') return ' while (0);';
  if (statement.at(-1) === 'do') return ' ;';
  if (statement.at(-1) === '{}' && /^(?:struct|union|enum)$/.test(statement[0]!)) return ' ;';
  return wantsName(statement) ? ' hunk_end;' : ' ;';
}
