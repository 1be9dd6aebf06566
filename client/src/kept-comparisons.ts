/** Which series is held against which earlier version, over a reload of the window too. */
import type { Memento } from 'vscode';

/** Key of the state of the workspace: an object, addresses of earlier versions by those of later ones. */
const KEY = 'comparisons';

export class KeptComparisons {
  readonly #state: Pick<Memento, 'get' | 'update'>;
  readonly #against: Map<string, string>;

  constructor(state: Pick<Memento, 'get' | 'update'>) {
    this.#state = state;
    this.#against = new Map(pairsIn(state.get<unknown>(KEY)));
  }

  /** Address of the version that the one at `later` is held against. */
  against(later: string): string | undefined {
    return this.#against.get(later);
  }

  /** All pairs: the later, and the earlier. */
  pairs(): (readonly [string, string])[] {
    return [...this.#against];
  }

  hold(later: string, earlier: string): void {
    this.#against.set(later, earlier);
    this.#keep();
  }

  /** Whether it was held against anything. */
  end(later: string): boolean {
    const was = this.#against.delete(later);
    if (was) this.#keep();
    return was;
  }

  /** Ends those that need a document which is closed; whether there were any. */
  closed(isClosed: (address: string) => boolean): boolean {
    const over = this.pairs().filter((pair) => pair.some(isClosed));
    for (const [later] of over) this.#against.delete(later);
    if (over.length > 0) this.#keep();
    return over.length > 0;
  }

  #keep(): void {
    void this.#state.update(KEY, Object.fromEntries(this.#against));
  }
}

/** None where the state is not what this wrote. */
function pairsIn(kept: unknown): [string, string][] {
  if (typeof kept !== 'object' || kept === null) return [];
  return Object.entries(kept).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
}
