/** Says that a state the types cannot rule out was reached; `why` goes to the log of whoever recovers. */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant';
}

/** Throws `BrokenInvariant`; use where going on would report something false. */
export function never(why: string): never {
  throw new BrokenInvariant(why);
}
