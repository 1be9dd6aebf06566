/** Names that macros make out of parts: `TOY_TEST(cap, fast)` uses cap_fast where its macro says `a##_##b`. */
import type { Program } from './program.js';

/** Answers for the code at hand. */
export class PastedNames {
  /** For each call that may paste, the words that it gives and those that its macro adds. */
  private readonly calls: readonly { readonly given: readonly string[]; readonly added: readonly string[] }[];

  constructor({ units }: Program) {
    const macros = new Map<string, string[]>();
    for (const { c, image } of units)
      for (const item of c.items) {
        if (item.kind !== 'macro') continue;
        const body = image.text.slice(item.bodySpan.start, item.bodySpan.end);
        if (body.includes('##')) macros.set(item.name, body.match(/[A-Za-z_]\w*/g) ?? []);
      }
    this.calls = units.flatMap(({ image }) =>
      [...image.text.matchAll(/\b([A-Za-z_]\w*)\(([^()]*)\)/g)].flatMap(([, name = '', list = '']) => {
        const added = macros.get(name);
        // What is written in capitals and not shown may paste as well, but what it adds is not known.
        if (!added && !/^[A-Z][A-Z0-9_]+$/.test(name)) return [];
        const given = list
          .split(',')
          .map((each) => each.trim())
          .filter((each) => /^\w+$/.test(each));
        return given.length > 0 ? [{ given, added: added ?? [] }] : [];
      }),
    );
  }

  has(name: string): boolean {
    return this.calls.some(({ given, added }) =>
      given.some((part) =>
        [...given, ...added].some((other) =>
          [`${part}${other}`, `${part}_${other}`, `${other}${part}`, `${other}_${part}`].includes(name),
        ),
      ),
    );
  }
}
