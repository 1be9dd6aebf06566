/** Code that is mutated: the files of drivers/iommu, their functions as lists of statements, and a function as it is after an edit. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TreeDeclarations, unitOf } from '../../../server/src/iommu/index.js';
import type { Declarations, Found } from '../../../server/src/ir/index.js';
import { LoweredCode } from '../../../server/src/sim/code/index.js';
import type { Procedure } from '../../../server/src/sim/engine/index.js';
import {
  CFile,
  type Expression,
  type FunctionItem,
  type Statement,
  walk,
} from '../../../server/src/syntax/index.js';
import { SourceTree, type TreeReader, wholeFileImage } from '../../../server/src/tree/index.js';

const FOLDER = 'drivers/iommu';

/** Text that replaces a span of a file. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Statements that stand one after the other, without the labels before them. */
export interface Sequence {
  readonly statements: readonly Statement[];
  /** Whether a run that comes here is on its way out with a failure, as far as the shape tells. */
  readonly isWayOut: (index: number) => boolean;
}

/** A function that may be mutated. */
export interface Subject {
  readonly source: Source;
  readonly item: FunctionItem;
  readonly sequences: readonly Sequence[];
  /** Every expression and statement. */
  readonly nodes: readonly (Expression | Statement)[];
  /** Its text, at the offset at which it stands in the file. */
  readonly text: string;
}

export function readerOf(root: string): TreeReader {
  const quiet = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch {
      return null;
    }
  };
  return {
    root,
    read: (path) => quiet(() => readFileSync(join(root, path), 'utf8')),
    list: (folder) =>
      quiet(() =>
        readdirSync(join(root, folder), { withFileTypes: true })
          .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
          .sort(),
      ),
  };
}

/** All C files under drivers/iommu, in order. */
export function sourcesOf(root: string): Source[] {
  const tree = new SourceTree(readerOf(root));
  return readdirSync(join(root, FOLDER), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.c'))
    .map((path) => join(FOLDER, path))
    .sort()
    .map((path) => new Source(path, readFileSync(join(root, path), 'utf8'), tree));
}

/** One file. What it calls is lowered once, however often one of its functions is mutated. */
export class Source {
  readonly file: CFile;
  readonly code: LoweredCode;
  /** Files that stand for this one after an edit: they declare what it declares. */
  private readonly edited = new WeakSet<CFile>();

  constructor(
    readonly path: string,
    readonly text: string,
    tree: SourceTree,
  ) {
    const unit = unitOf(wholeFileImage(path, text), 0, true);
    this.file = unit.c;
    const declarations = new TreeDeclarations([unit], tree);
    this.code = new LoweredCode(this.standingIn(declarations), [{ path, file: this.file }], {});
  }

  private standingIn(around: Declarations): Declarations {
    const home = (from: CFile): CFile => (this.edited.has(from) ? this.file : from);
    return {
      record: (tag, from) => around.record(tag, home(from)),
      enumeration: (tag, from) => around.enumeration(tag, home(from)),
      enumOf: (constant, from) => around.enumOf(constant, home(from)),
      typedef: (name, from) => around.typedef(name, home(from)),
      macro: (name, from) => around.macro(name, home(from)),
      function: (name, from) => around.function(name, home(from)),
      variable: (name, from) => around.variable(name, home(from)),
      candidates: (record, member) => around.candidates(record, member),
    };
  }

  get subjects(): Subject[] {
    return this.file.items.flatMap((item) =>
      item.kind === 'function' && item.bodySpan ? [this.subject(item)] : [],
    );
  }

  private subject(item: FunctionItem): Subject {
    const body = this.file.bodyOf(item);
    const nodes: (Expression | Statement)[] = [];
    if (body) walk(body, (node) => nodes.push(node));
    const text = ' '.repeat(item.start) + this.text.slice(item.start, item.end);
    return { source: this, item, sequences: body ? sequencesIn(body, false) : [], nodes, text };
  }

  original(item: FunctionItem): Procedure {
    return this.code.procedureOf({ item, file: this.file, path: this.path });
  }

  /** The function after an edit of the file's text; null when it can no longer be read. */
  mutated(item: FunctionItem, edits: readonly Edit[]): Procedure | null {
    let { text } = this;
    for (const { start, end, text: by } of [...edits].sort((a, b) => b.start - a.start || b.end - a.end))
      text = text.slice(0, start) + by + text.slice(end);
    const file = new CFile(text, [], this.file);
    this.edited.add(file);
    const found = file.items.find(
      (each): each is FunctionItem =>
        each.kind === 'function' && each.name === item.name && each.start === item.start,
    );
    if (!found?.bodySpan || file.errors.length > this.file.errors.length) return null;
    const place: Found<FunctionItem> = { item: found, file, path: this.path };
    return this.code.procedureOf(place);
  }
}

/** The statement behind labels. */
function bare(statement: Statement): Statement {
  return statement.kind === 'label' && statement.body ? bare(statement.body) : statement;
}

const isJump = ({ kind }: Statement): boolean => kind === 'return' || kind === 'goto';

function sequencesIn(statement: Statement, isAfterIf: boolean): Sequence[] {
  switch (statement.kind) {
    case 'compound':
      return sequence(statement.statements, isAfterIf);
    case 'case':
      return sequence(statement.body, false);
    case 'if':
      return [
        ...sequencesIn(statement.consequence, true),
        ...(statement.alternative ? sequencesIn(statement.alternative, true) : []),
      ];
    case 'loop':
    case 'switch':
      return sequencesIn(statement.body, false);
    case 'label':
      return statement.body ? sequencesIn(statement.body, isAfterIf) : [];
    default:
      return [{ statements: [statement], isWayOut: () => false }];
  }
}

function sequence(list: readonly Statement[], isAfterIf: boolean): Sequence[] {
  const statements = list.map(bare);
  const endsInJump = isAfterIf && statements.length > 0 && isJump(statements.at(-1)!);
  // What stands under a label behind the first return is reached by a goto alone.
  const returns = statements.findIndex(({ kind }) => kind === 'return');
  const isWayOut = (index: number): boolean => endsInJump || (returns >= 0 && index > returns);
  const inner = statements
    .filter(({ kind }) => kind !== 'expression' && kind !== 'declaration')
    .flatMap((each) => sequencesIn(each, false))
    .filter((each) => each.statements.length > 0);
  return [{ statements, isWayOut }, ...inner];
}
