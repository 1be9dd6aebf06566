/** The objects of a run at one step: what each reads, and who refers to it. Pure, so that it can be tested without a page. */
import type { Known } from './flow-state.js';

export interface ObjectState {
  /** `bond`, `M1` */
  readonly name: string;
  /** Itself: that it was made, or freed; null when nothing is told of that. */
  readonly self: Known | null;
  readonly members: readonly Known[];
  /** Places that point to it or into it, each once. */
  readonly referredBy: readonly Known[];
  /** Whether the step in question changed anything of it. */
  readonly isNew: boolean;
}

/** Where the name of an object ends, and that of a member or an index begins. */
const MEMBER = /->|\.|\[/;

export const objectIn = (name: string): string => name.split(MEMBER)[0]!;

/** The latest changed first. */
export function objectsOf(known: readonly Known[]): ObjectState[] {
  const freed = new Set(known.filter(({ kind }) => kind === 'freed').map(({ name }) => name));
  const pointing = new Map<string, Known[]>();
  for (const each of known) {
    const target = /^&(.+)$/s.exec(each.value)?.[1];
    const from = objectIn(each.name);
    // What is freed refers to nothing any more, and the head of an empty list to itself.
    if (target === undefined || freed.has(from) || objectIn(target) === from) continue;
    const to = objectIn(target);
    pointing.set(to, [...(pointing.get(to) ?? []), each]);
  }
  const names = [...new Set([...known.map(({ name }) => objectIn(name)), ...pointing.keys()])];
  return names.map((name) => {
    const own = known.filter((each) => objectIn(each.name) === name);
    const referredBy = pointing.get(name) ?? [];
    return {
      name,
      self: own.find((each) => each.name === name && each.value === '') ?? null,
      members: own.filter((each) => each.name !== name || each.value !== ''),
      referredBy,
      isNew: [...own, ...referredBy].some(({ isNew }) => isNew),
    };
  });
}
