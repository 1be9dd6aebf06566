/** How far a simulation is, for editors that show such things; a short one shows nothing. */
import { type Connection, WorkDoneProgress, WorkDoneProgressCreateRequest } from 'vscode-languageserver/node';
import type { ClientFacts } from '../client-facts.js';
import type { SimulationProgress } from '../simulator.js';

const SHORT = 1000;

type Told = Pick<SimulationProgress, 'phase' | 'done' | 'total'>;

const NOTHING_TOLD: Told = { phase: 'functions', done: 0, total: 0 };

export class SimulationProgressBar {
  private client: ClientFacts | null = null;
  private count = 0;
  private name = '';
  private told: Told = NOTHING_TOLD;
  private timer: NodeJS.Timeout | undefined;
  /** That of the bar on screen. */
  private token: string | null = null;

  /** `patience`: how long a simulation may take without a word, in milliseconds. */
  constructor(
    private readonly connection: Connection,
    private readonly patience = SHORT,
  ) {}

  initialize(client: ClientFacts): void {
    this.client = client;
  }

  begin(name: string): void {
    this.end();
    if (!this.client?.workDoneProgress) return;
    this.name = name;
    this.told = NOTHING_TOLD;
    this.timer = setTimeout(() => {
      this.show().catch(() => this.end());
    }, this.patience);
  }

  report(told: Told): void {
    this.told = told;
    if (this.token !== null)
      void this.connection.sendProgress(WorkDoneProgress.type, this.token, this.line());
  }

  /** Whether that is the bar on screen. */
  isShown(token: string | number): boolean {
    return token === this.token;
  }

  end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { token } = this;
    this.token = null;
    if (token !== null) void this.connection.sendProgress(WorkDoneProgress.type, token, { kind: 'end' });
  }

  private async show(): Promise<void> {
    const { timer } = this;
    const token = `iommu-review/simulation/${++this.count}`;
    await this.connection.sendRequest(WorkDoneProgressCreateRequest.type, { token });
    // It may have come to its end while the editor was asked.
    if (this.timer !== timer || timer === undefined) return;
    this.token = token;
    const title = `Simulating ${this.name}`;
    await this.connection.sendProgress(WorkDoneProgress.type, token, {
      ...this.line(),
      kind: 'begin',
      title,
      cancellable: true,
    });
  }

  private line() {
    const { phase, done, total } = this.told;
    const percentage = total === 0 ? 0 : Math.floor((100 * done) / total);
    return { kind: 'report', message: `${done} of ${total} ${phase}`, percentage } as const;
  }
}
