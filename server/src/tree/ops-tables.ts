/** Initialised tables of operations: which functions a driver, or the core, puts behind a call through a pointer. */
import { type CFile, type Expression, type Initializer, type VariableItem, walk } from '../syntax/index.js';
import { CORE, cFilesIn, directoryOf, type Searchable, wordAt } from './search.js';

/** One table: a variable, or a nameless one inside another's initialiser. */
export interface OpsTable {
  readonly path: string;
  readonly file: CFile;
  /** The variable that is the table or holds it. */
  readonly variable: VariableItem;
  /** The members that lead to it, outermost first; empty when the variable is the table. */
  readonly within: readonly string[];
  readonly entries: readonly Initializer[];
}

/**
 * The tables of type `struct <name>` in the file, in the C files beside it and
 * in those of the core, in this order; where the tree cannot be searched, in
 * the file alone.
 */
export function opsTablesOf(tree: Searchable, name: string, from: string): OpsTable[] {
  const beside = [directoryOf(from), CORE].flatMap((folder) => cFilesIn(tree, folder) ?? []);
  return [...new Set([from, ...beside])].flatMap((path) => {
    const text = tree.read(path);
    if (text === null || wordAt(text, name) < 0) return [];
    const file = tree.file(path);
    return file ? opsTablesIn(file, path, name) : [];
  });
}

function opsTablesIn(file: CFile, path: string, name: string): OpsTable[] {
  return file.items.flatMap((variable): OpsTable[] => {
    if (variable.kind !== 'variable' || variable.initial === null) return [];
    const { initial, type } = variable;
    const found: OpsTable[] = [];
    const keep = (within: readonly string[], entries: readonly Initializer[]) =>
      found.push({ path, file, variable, within, entries });
    const isTable = type.base === `struct ${name}` && type.pointers === 0;
    if (isTable && initial.kind === 'initializers' && !type.isArray) keep([], initial.entries);
    else if (isTable && initial.kind === 'initializers')
      for (const { value } of initial.entries) if (value.kind === 'initializers') keep([], value.entries);
    nested(initial, [], (each, within) => {
      if (each.type?.base === `struct ${name}` && each !== initial) keep(within, each.entries);
    });
    return found;
  });
}

type Initializers = Extract<Expression, { kind: 'initializers' }>;

/** Visits every braced initialiser below `expression` with the members that lead to it. */
function nested(
  expression: Expression,
  within: readonly string[],
  visit: (initializers: Initializers, within: readonly string[]) => void,
): void {
  if (expression.kind === 'initializers') {
    visit(expression, within);
    for (const { member, value } of expression.entries)
      nested(value, member ? [...within, member] : within, visit);
    return;
  }
  // &(const struct iommu_domain_ops) { … }: what is around a table inside an entry adds no member.
  let deeper: Initializers | null = null;
  walk(expression, (node) => {
    if (node.kind === 'initializers') deeper = node;
  });
  if (deeper) nested(deeper, within, visit);
}
