/**
 * Which words an expression needs in order to be of some type. The type of
 * every expression comes from a declaration that names the struct, or from a
 * member, a function or a variable that is declared with it (scope.ts): a
 * function with none of these words has no such expression.
 */
import { KNOWN_MEMBERS, KNOWN_RETURNS } from './kernel-types.table.js';
import type { KnownFunction, Program } from './program.js';
import { isSameSet } from './surroundings.js';

export class Carriers {
  /** By the type, as it is written without stars. */
  private readonly words = new Map<string, Set<string>>();

  /** `before`: of another version, whose answers hold for every type that has the same words. */
  constructor(program: Program, before: Carriers | null) {
    for (const view of program.allStructs())
      for (const { item } of view.fields) this.add(item.name, item.type.base);
    for (const { item } of program.allVariables()) this.add(item.name, item.type.base);
    for (const { item } of program.allDeclaredFunctions()) this.add(item.name, item.returns.base);
    for (const members of KNOWN_MEMBERS.values())
      for (const [name, [base]] of Object.entries(members)) this.add(name, base);
    for (const [name, [base]] of KNOWN_RETURNS) this.add(name, base);
    this.add('current', 'struct task_struct');
    for (const [base, words] of this.words) words.add(tagOf(base));
    for (const [base, words] of before?.words ?? []) {
      const now = this.words.get(base);
      if (now && isSameSet(now, words)) this.words.set(base, words);
    }
  }

  private add(name: string, base: string): void {
    const words = this.words.get(base);
    if (words) words.add(name);
    else this.words.set(base, new Set([name]));
  }

  /** Whether some expression of the function may be a `struct`, given with its keyword, or point to one. */
  mayStandIn({ item, words }: KnownFunction, struct: string): boolean {
    return words.meet(this.wordsOf(struct)) || item.parameters.some(({ type }) => type.base === struct);
  }

  private wordsOf(struct: string): ReadonlySet<string> {
    let words = this.words.get(struct);
    if (!words) {
      // Nothing is declared with it, but a function may name it.
      words = new Set([tagOf(struct)]);
      this.words.set(struct, words);
    }
    return words;
  }
}

function tagOf(struct: string): string {
  return struct.slice(struct.indexOf(' ') + 1);
}
