/** Parses pieces of C that stand in no function: bodies of macros, types given as macro arguments. Each text once. */
import { type Block, CFile, type CType, type Expression } from '../syntax/index.js';

/** What a piece of text turned out to be. */
export type Snippet =
  | { readonly kind: 'expression'; readonly expression: Expression; readonly file: CFile }
  | { readonly kind: 'statements'; readonly block: Block; readonly file: CFile }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable' };

/** Far more than a tree of drivers needs; a server that sees texts come and go starts over then. */
const MOST = 20_000;

/** Parsed pieces by their text. What a text means depends on nothing else, so one set serves everybody. */
export class Snippets {
  private readonly bodies = new Map<string, Snippet>();
  private readonly types = new Map<string, CType | null>();

  private makeRoom(): void {
    if (this.bodies.size + this.types.size < MOST) return;
    this.bodies.clear();
    this.types.clear();
  }

  /** A macro's body: an expression if it can be read as one, else statements. */
  body(text: string): Snippet {
    let snippet = this.bodies.get(text);
    if (!snippet) {
      this.makeRoom();
      snippet = read(joined(text));
      this.bodies.set(text, snippet);
    }
    return snippet;
  }

  /** A type, as it stands in a cast; null when the text is none. */
  type(text: string): CType | null {
    let type = this.types.get(text);
    if (type === undefined) {
      this.makeRoom();
      type = simpleType(text) ?? readType(text);
      this.types.set(text, type);
    }
    return type;
  }
}

/** `u32`, `struct foo *`: most types need no parser. A lone name may be no type; that is for others to say. */
function simpleType(text: string): CType | null {
  const match = /^\s*((?:struct|union|enum)\s+\w+|[A-Za-z_]\w*)\s*(\**)\s*$/.exec(text);
  if (!match || /^(?:const|volatile|unsigned|signed|long|short|int|char|typeof)$/.test(match[1]!))
    return null;
  const pointers = match[2]!.length;
  return {
    base: match[1]!.replace(/\s+/g, ' '),
    pointers,
    isArray: false,
    parameters: null,
    isFunctionPointer: false,
    isConst: false,
    derivations: Array.from({ length: pointers }, () => ({ kind: 'pointer' })),
    definition: null,
  };
}

function readType(text: string): CType | null {
  const file = new CFile(`unsigned long v =\nsizeof(${joined(text)});\n`);
  const item = file.items.find((each) => each.kind === 'variable');
  const initial = item?.kind === 'variable' ? item.initial : null;
  return file.errors.length === 0 && initial?.kind === 'sizeof' ? initial.type : null;
}

/** One line without comments, as the preprocessor would hand it on; offsets stay. */
function joined(text: string): string {
  return text.replace(/"(?:\\.|[^"\\])*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*|\\?\r?\n/g, (part) =>
    part.startsWith('"') ? part : ' '.repeat(part.length),
  );
}

function read(text: string): Snippet {
  if (text.trim() === '') return { kind: 'empty' };
  if (text.trim().startsWith('{')) return readList(text);
  const asValue = bodyOf(`int f(void)\n{\n\treturn\n\t${text}\n\t;\n}\n`);
  const [only, ...more] = asValue?.block.statements ?? [];
  if (asValue && more.length === 0 && only?.kind === 'return' && only.value)
    return { kind: 'expression', expression: only.value, file: asValue.file };
  const asCode = bodyOf(`void f(void)\n{\n\t${text}\n\t;\n}\n`);
  return asCode ? { kind: 'statements', block: asCode.block, file: asCode.file } : { kind: 'unreadable' };
}

/** An initialiser list, or the block of statements that looks like one. */
function readList(text: string): Snippet {
  const file = new CFile(`int v =\n${text}\n;\n`);
  const [item] = file.items;
  if (file.errors.length === 0 && item?.kind === 'variable' && item.initial)
    return { kind: 'expression', expression: item.initial, file };
  const asCode = bodyOf(`void f(void)\n{\n\t${text}\n\t;\n}\n`);
  return asCode ? { kind: 'statements', block: asCode.block, file: asCode.file } : { kind: 'unreadable' };
}

function bodyOf(text: string): { block: Block; file: CFile } | null {
  const file = new CFile(text);
  const [item] = file.items;
  if (file.items.length !== 1 || item?.kind !== 'function') return null;
  const block = file.bodyOf(item);
  return block && file.errors.length === 0 ? { block, file } : null;
}
