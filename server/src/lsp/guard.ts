/**
 * Stands around every handler: a failure in one is written down and answered
 * with nothing, so that the server lives on and the editor shows no error for
 * a question that the user never asked.
 */
import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { Log } from './log.js';

/** An answer, or that the editor has withdrawn the question. */
export type Answer<R> = R | ResponseError<void>;

export class Guard {
  private closing = false;

  constructor(private readonly log: Log) {}

  /** From here on no request is worked on. */
  close(): void {
    this.closing = true;
  }

  /** A handler of requests; `otherwise` is the answer when it fails. */
  request<P, R>(
    name: string,
    otherwise: R,
    handle: (params: P, token?: CancellationToken) => R | Promise<R>,
  ): (params: P, token?: CancellationToken) => Promise<Answer<R>> {
    return async (params, token) => {
      if (this.closing) return otherwise;
      await turn();
      if (token?.isCancellationRequested) return cancelled();
      try {
        const answer = await handle(params, token);
        return token?.isCancellationRequested ? cancelled() : answer;
      } catch (error) {
        this.log.failure(name, error);
        return otherwise;
      }
    };
  }

  /** A handler of notifications and events. */
  notification<P>(name: string, handle: (params: P) => void | Promise<void>): (params: P) => Promise<void> {
    return async (params) => {
      if (this.closing) return;
      try {
        await handle(params);
      } catch (error) {
        this.log.failure(name, error);
      }
    };
  }
}

/** Lets messages in that wait on the wire: a cancellation may be among them. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}
