/** The simulator panel's page: a scenario is chosen, its run is walked through, and the code follows. */
import type { AttachFlow, FlowScenario } from '../../server/src/protocol/index.js';
import { button, element } from './elements.js';
import { textOf } from './flow-state.js';
import type { FromPanel, Kept, ToPanel } from './messages.js';
import { RunView } from './run-view.js';

interface Host {
  postMessage(message: FromPanel): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
}
declare function acquireVsCodeApi(): Host;

const PLAY_MILLISECONDS = 900;
const SIGNS = { violated: '✗', held: '✓', 'not-modelled': '?' } as const;

const host = acquireVsCodeApi();

class Page {
  #flow: AttachFlow | null = null;
  #of: { readonly uri: string; readonly batch: number } | null = null;
  #scenario: FlowScenario | null = null;
  #step = 0;
  #run: RunView | null = null;
  #timer: number | null = null;
  readonly #choice = element('select', { id: 'scenario' });
  readonly #words = element('div', { class: 'words' });
  readonly #body = element('main', {});
  readonly #said = element('p', { class: 'said-aloud', 'aria-live': 'polite' });
  readonly #controls = element('div', {
    class: 'controls',
    role: 'toolbar',
    'aria-label': 'Steps of the run',
  });
  readonly #play = button('Play', 'Play the run, or hold it', () => this.#toggle());

  start(): void {
    this.#controls.append(
      button('First', 'To the first step (Home)', () => this.#go(0)),
      button('Back', 'One step back (Left)', () => this.#go(this.#step - 1)),
      this.#play,
      button('Forward', 'One step forward (Right)', () => this.#go(this.#step + 1)),
      button('✗ Break', 'To where it breaks (End)', () => this.#go(this.#breaking())),
      button('Copy trace', 'Copy the trace as text', () => this.#copyTrace()),
      button('Copy tape', 'Copy the tape, with which the command line repeats the run', () =>
        this.#copyTape(),
      ),
      button('Pictures', 'Open the page with a picture of each run that fails', () =>
        host.postMessage({ kind: 'pictures' }),
      ),
    );
    this.#choice.addEventListener('change', () => this.#choose(this.#choice.value, null));
    document.body.append(
      element('header', {}, [
        element('label', { for: 'scenario' }, ['Scenario ']),
        this.#choice,
        this.#words,
        this.#controls,
      ]),
      this.#body,
      this.#said,
    );
    document.addEventListener('keydown', (event) => this.#key(event));
    window.addEventListener('message', ({ data }: MessageEvent<ToPanel>) => this.#take(data));
    host.postMessage({ kind: 'ready' });
  }

  #take(message: ToPanel): void {
    if (message.kind === 'none') {
      if (!this.#flow) this.#body.replaceChildren(element('p', { class: 'none' }, [message.words]));
      return;
    }
    const { flow, uri, batch } = message;
    this.#flow = flow;
    this.#of = { uri, batch };
    const kept = host.getState();
    const wanted = this.#scenario?.id ?? (kept?.uri === uri ? kept.scenario : null);
    const step = this.#scenario ? this.#step : kept?.uri === uri ? kept.step : null;
    const order = ['violated', 'not-modelled', 'held'] as const;
    this.#choice.replaceChildren(
      ...order.flatMap((verdict) => {
        const those = flow.scenarios.filter((each) => each.verdict === verdict);
        if (those.length === 0) return [];
        const options = those.map(({ id }) => element('option', { value: id }, [`${SIGNS[verdict]} ${id}`]));
        return [element('optgroup', { label: `${verdict.replace('-', ' ')} (${those.length})` }, options)];
      }),
    );
    const first =
      flow.scenarios.find(({ id }) => id === wanted) ??
      flow.scenarios.find(({ verdict, run }) => verdict === 'violated' && run !== null) ??
      flow.scenarios[0];
    if (first) this.#choose(first.id, step);
    else this.#body.replaceChildren(element('p', { class: 'none' }, [flow.words]));
  }

  #choose(id: string, step: number | null): void {
    const scenario = this.#flow?.scenarios.find((each) => each.id === id);
    if (!scenario || !this.#flow) return;
    this.#stop();
    this.#scenario = scenario;
    this.#choice.value = id;
    const { story, run, why, runs, explored, verdict } = scenario;
    const looked = `${runs} ${runs === 1 ? 'run' : 'runs'}, ${explored === 'completely' ? 'completely explored' : 'explored to a bound'}`;
    this.#words.replaceChildren(
      element('p', { class: 'story' }, [story]),
      element('p', { class: `verdict ${verdict}` }, [
        `${SIGNS[verdict]} ${verdict.replace('-', ' ')}: `,
        run ? `${run.title}${run.isCertain ? '' : ' (possible)'}: ${run.message}` : why || 'nothing breaks',
        ` (${looked}${this.#flow.isOver ? '' : '; others are still being run'})`,
      ]),
    );
    host.postMessage({ kind: 'chosen', scenario: id });
    this.#controls.hidden = run === null;
    this.#run = run && new RunView(run, (index) => this.#go(index));
    this.#body.replaceChildren(...(this.#run ? [this.#run.root] : []));
    if (run) this.#go(step ?? 0, step === null ? 'quietly' : 'shown');
    else this.#keep();
  }

  #go(wanted: number, how: 'shown' | 'quietly' = 'shown'): void {
    const steps = this.#scenario?.run?.steps ?? [];
    if (steps.length === 0) return;
    this.#step = Math.max(0, Math.min(wanted, steps.length - 1));
    this.#run?.show(this.#step);
    const step = steps[this.#step]!;
    if (how === 'shown' && step.line !== null) host.postMessage({ kind: 'show', line: step.line });
    this.#said.textContent = `Step ${this.#step + 1} of ${steps.length}, ${step.lane}: ${step.text}`;
    this.#keep();
  }

  #breaking(): number {
    return (this.#scenario?.run?.steps ?? []).findIndex(({ isViolation }) => isViolation);
  }

  #toggle(): void {
    if (this.#timer !== null) {
      this.#stop();
      return;
    }
    const last = (this.#scenario?.run?.steps.length ?? 0) - 1;
    if (this.#step >= last) this.#go(0);
    this.#play.textContent = 'Hold';
    this.#timer = window.setInterval(() => {
      this.#go(this.#step + 1);
      if (this.#step >= last) this.#stop();
    }, PLAY_MILLISECONDS);
  }

  #stop(): void {
    if (this.#timer !== null) window.clearInterval(this.#timer);
    this.#timer = null;
    this.#play.textContent = 'Play';
  }

  #key(event: KeyboardEvent): void {
    if (event.target instanceof HTMLSelectElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowRight: () => this.#go(this.#step + 1),
      ArrowDown: () => this.#go(this.#step + 1),
      ArrowLeft: () => this.#go(this.#step - 1),
      ArrowUp: () => this.#go(this.#step - 1),
      Home: () => this.#go(0),
      End: () => this.#go(this.#breaking()),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    this.#stop();
    move();
  }

  #copyTrace(): void {
    const run = this.#scenario?.run;
    if (run) host.postMessage({ kind: 'copy', what: 'The trace', text: `${textOf(run.steps)}\n` });
  }

  #copyTape(): void {
    const run = this.#scenario?.run;
    if (run) host.postMessage({ kind: 'copy', what: 'The tape', text: run.tape });
  }

  #keep(): void {
    if (this.#of) host.setState({ ...this.#of, scenario: this.#scenario?.id ?? null, step: this.#step });
  }
}

new Page().start();
