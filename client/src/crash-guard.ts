/**
 * Decides what to do when the server dies: which document it died of, that
 * this one is kept out from then on, and when to give up. Knows neither the
 * editor nor the process.
 */

/** A server that dies more often than this has a fault that no restart mends. */
export const MAX_RESTARTS = 5;

export interface CrashVerdict {
  readonly restart: boolean;
  /** The document that the server was reading, or null when it was reading none. */
  readonly suspect: string | null;
}

export class CrashGuard {
  #crashes = 0;
  #reviewing: string | null = null;
  #touched: string | null = null;
  readonly #excluded = new Set<string>();

  get crashes(): number {
    return this.#crashes;
  }

  get excluded(): ReadonlySet<string> {
    return this.#excluded;
  }

  isExcluded(uri: string): boolean {
    return this.#excluded.has(uri);
  }

  /** The user opened or changed a document, which the server will review next. */
  documentTouched(uri: string): void {
    this.#touched = uri;
  }

  reviewStarted(uri: string): void {
    this.#reviewing = uri;
  }

  reviewEnded(uri: string): void {
    if (this.#reviewing === uri) this.#reviewing = null;
    if (this.#touched === uri) this.#touched = null;
  }

  /** The server is gone although nobody asked it to go. */
  crashed(): CrashVerdict {
    this.#crashes++;
    const suspect = this.#reviewing ?? this.#touched;
    if (suspect) this.#excluded.add(suspect);
    this.#reviewing = null;
    this.#touched = null;
    return { restart: this.#crashes <= MAX_RESTARTS, suspect };
  }

  /** The user restarts by hand: every document gets another chance. */
  forgive(): void {
    this.#crashes = 0;
    this.#reviewing = null;
    this.#touched = null;
    this.#excluded.clear();
  }
}
