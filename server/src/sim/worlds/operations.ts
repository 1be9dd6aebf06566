/** Which operations the simulated drivers offer to code that declares itself what it calls. */
import type { NamedFile } from '../../ir/index.js';
import type { VariableItem } from '../../syntax/index.js';
import { DESIGNS } from './designs.table.js';
import { worldFile } from './play-scenario.js';

const TABLES = ['iommu_ops', 'iommu_domain_ops'];

/**
 * The operations that fit the tables the code declares: it has a member for
 * each, and of several that fit the fullest. Null where it declares none, as
 * where headers do.
 */
export function operationsOf(files: readonly NamedFile[]): string | null {
  const declared = new Map(TABLES.map((name) => [name, membersDeclared(files, name)]));
  if ([...declared.values()].some((members) => members.size === 0)) return null;
  const fitting = [...new Set(DESIGNS.map(({ operations }) => operations))]
    .map((name) => ({ name, filled: membersFilled(name) }))
    .filter(({ filled }) =>
      TABLES.every((table) => [...filled.get(table)!].every((member) => declared.get(table)!.has(member))),
    );
  const sizeOf = ({ filled }: (typeof fitting)[number]): number =>
    [...filled.values()].reduce((sum, members) => sum + members.size, 0);
  return fitting.sort((one, other) => sizeOf(other) - sizeOf(one))[0]?.name ?? null;
}

function membersDeclared(files: readonly NamedFile[], name: string): Set<string> {
  return new Set(
    files.flatMap(({ file }) =>
      file.items.flatMap((item) =>
        item.kind === 'struct' && item.name === name ? item.fields.map((field) => field.name) : [],
      ),
    ),
  );
}

/** By table, the members that some driver has. */
function membersFilled(operations: string): ReadonlyMap<string, ReadonlySet<string>> {
  const tables = worldFile(operations).file.items.filter(
    (item): item is VariableItem => item.kind === 'variable' && item.initial?.kind === 'initializers',
  );
  return new Map(
    TABLES.map((name) => [
      name,
      new Set(
        tables
          .filter(({ type }) => type.base === `struct ${name}`)
          .flatMap(({ initial }) =>
            initial?.kind === 'initializers' ? initial.entries.map(({ member }) => member) : [],
          ),
      ),
    ]),
  );
}
