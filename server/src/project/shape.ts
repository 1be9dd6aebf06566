/** Takes JSON apart by what is expected of it, and says of each thing that is otherwise where it stands. */
import type { Span } from '../base/index.js';
import type { JsonProblem, JsonValue } from './json.js';

type Fields<Name extends string> = { readonly [key in Name]?: JsonValue };

export class Shape {
  readonly problems: JsonProblem[] = [];

  say({ start, end }: Span, message: string): void {
    this.problems.push({ start, end, message });
  }

  /** The members of an object; others than these are complained about. */
  fields<Name extends string>(value: JsonValue, what: string, names: readonly Name[]): Fields<Name> {
    const found: { [key in Name]?: JsonValue } = {};
    for (const { key, keySpan, value: inner } of this.entries(value, what)) {
      const name = names.find((each) => each === key);
      if (name === undefined) {
        if (key !== '$schema') this.say(keySpan, `${what} has no "${key}"; it has ${names.join(', ')}`);
      } else if (found[name]) this.say(keySpan, `"${key}" was said before`);
      else found[name] = inner;
    }
    return found;
  }

  entries(value: JsonValue, what: string) {
    if (value.kind === 'object') return value.entries;
    this.say(value, `${what} has to be an object in braces`);
    return [];
  }

  items(value: JsonValue | undefined, what: string): readonly JsonValue[] {
    if (value === undefined) return [];
    if (value.kind === 'array') return value.items;
    this.say(value, `${what} has to be a list in brackets`);
    return [];
  }

  /** Null when it is no text, or none was given where one is needed. */
  text(value: JsonValue | undefined, what: string, around: Span): string | null {
    if (value === undefined) this.say(around, `${what} is missing`);
    else if (value.kind !== 'string' || value.value.trim() === '')
      this.say(value, `${what} has to be a text`);
    else return value.value;
    return null;
  }

  oneOf<T extends string>(value: JsonValue, what: string, allowed: readonly T[]): T | null {
    const found = value.kind === 'string' ? allowed.find((each) => each === value.value) : undefined;
    if (found === undefined) this.say(value, `${what} has to be one of ${allowed.join(', ')}`);
    return found ?? null;
  }
}
