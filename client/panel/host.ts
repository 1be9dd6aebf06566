/** The extension as the page sees it: it is asked for runs, told what is done, and keeps what outlives a reload. */
import type { RunQuestion, ScenarioRunAnswer } from '../../server/src/protocol/index.js';
import type { FromPanel, Kept, ToPanel } from './messages.js';

interface Api {
  postMessage(message: FromPanel): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
}
declare function acquireVsCodeApi(): Api;

export interface Answered {
  readonly id: number;
  readonly answer: ScenarioRunAnswer | null;
}

export class Host {
  readonly #api = acquireVsCodeApi();
  readonly #waiting = new Map<number, (answered: Answered) => void>();
  #last = 0;

  say(message: FromPanel): void {
    this.#api.postMessage(message);
  }

  onFlow(take: (message: Exclude<ToPanel, { kind: 'answer' }>) => void): void {
    window.addEventListener('message', ({ data }: MessageEvent<ToPanel>) => {
      if (data.kind === 'answer') this.#answered(data);
      else take(data);
    });
  }

  ask(run: RunQuestion): Promise<Answered> {
    const id = ++this.#last;
    const answered = new Promise<Answered>((resolve) => this.#waiting.set(id, resolve));
    this.say({ kind: 'ask', id, run });
    return answered;
  }

  /** What was kept of a document; null when it was of another one. */
  kept(uri: string): Kept | null {
    const state = this.#api.getState();
    return state?.uri === uri ? state : null;
  }

  keep(state: Kept): void {
    this.#api.setState(state);
  }

  #answered({ id, answer }: Answered): void {
    this.#waiting.get(id)?.({ id, answer });
    this.#waiting.delete(id);
  }
}
