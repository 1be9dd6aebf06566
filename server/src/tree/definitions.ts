/** The function that a call reaches: in the calling file, inline in a header, or in another file beside it. */
import { type Declaring, declarationsIn } from './declarations.js';
import { CORE, cFilesIn, type Definition, directoryOf, type Searchable } from './search.js';

/**
 * The definition of `name` as the file `from` sees it. Looked for in `from`,
 * in its headers, and then, unless it is static there, in the C files beside
 * `from`, beside the header that declares it, and of the core. Null when it is
 * in none of these.
 */
export function definitionOf(tree: Searchable & Declaring, name: string, from: string): Definition | null {
  const beside = [directoryOf(from)];
  for (const path of tree.closure(from)) {
    const declared = declarationsIn(tree, 'function', name, path);
    if (declared.length === 0) continue;
    const defined = declared.find(({ item }) => item.bodySpan !== null);
    // A prototype and a body in one header: the body is the stub for kernels configured without it.
    const isStub = path !== from && declared.some(({ item }) => item.bodySpan === null);
    if (defined && !isStub) return defined;
    if (path !== from) beside.push(directoryOf(path));
    if (isStub) break;
  }
  for (const folder of new Set([...beside, CORE])) {
    for (const path of cFilesIn(tree, folder) ?? []) {
      if (path === from) continue;
      const found = declarationsIn(tree, 'function', name, path).find(
        ({ item }) => item.bodySpan !== null && !item.isStatic,
      );
      if (found) return found;
    }
  }
  return null;
}
