/** Declarations in which functions that the project declares stand before all others: what it says of them counts. */

import { PROJECT_FILE } from '../findings/index.js';
import { TreeDeclarations, type Unit } from '../iommu/index.js';
import { type Declarations, DeclarationsOf, type Found } from '../ir/index.js';
import type { CFile, FunctionItem } from '../syntax/index.js';
import type { SourceTree } from '../tree/index.js';

/** The same declarations where the project declares none. */
export function withDeclared(declarations: Declarations, units: readonly Unit[]): Declarations {
  const unit = units.find(({ image, isReviewed }) => !isReviewed && image.path === PROJECT_FILE);
  if (!unit) return declarations;
  const known = new Map<string, Found<FunctionItem>>();
  for (const item of unit.c.items)
    if (item.kind === 'function') known.set(item.name, { item, file: unit.c, path: PROJECT_FILE });
  return {
    record: (tag, from) => declarations.record(tag, from),
    enumeration: (tag, from) => declarations.enumeration(tag, from),
    enumOf: (constant, from) => declarations.enumOf(constant, from),
    typedef: (name, from) => declarations.typedef(name, from),
    macro: (name, from) => (known.has(name) ? null : declarations.macro(name, from)),
    function: (name: string, from: CFile) => known.get(name) ?? declarations.function(name, from),
    elsewhere: (name, from) => (known.has(name) ? null : (declarations.elsewhere?.(name, from) ?? null)),
    variable: (name, from) => declarations.variable(name, from),
    candidates: (record, member) => declarations.candidates(record, member),
  };
}

/** What units declare, and the tree around them if there is one; what the project says of functions comes first. */
export function declarationsOf(units: readonly Unit[], tree: SourceTree | null): Declarations {
  const all = tree
    ? new TreeDeclarations(units, tree)
    : new DeclarationsOf(units.map(({ image, c }) => ({ path: image.path, file: c })));
  return withDeclared(all, units);
}
