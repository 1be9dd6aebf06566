/** The buttons and keys with which a run is walked through. */
import { button, element } from './elements.js';
import type { RunView } from './run-view.js';

export interface ControlsListener {
  go(index: number): void;
  step(): number;
  last(): number;
  breaking(): number;
  nextOpen(direction: 1 | -1): void;
  /** Shows the code of the current step. */
  open(): void;
  first(): void;
  copyTrace(): void;
  copyTape(): void;
  export(): void;
  pictures(): void;
}

const PLAY_MILLISECONDS = 900;

export class Controls {
  readonly root = element('div', { class: 'controls', role: 'toolbar', 'aria-label': 'Steps of the run' });
  #timer: number | null = null;
  readonly #play = button('Play', 'Play the run, or hold it', () => this.#toggle());

  constructor(private readonly to: ControlsListener) {
    this.root.append(
      button('First', 'To the first step (Home)', () => to.go(0)),
      button('Back', 'One step back (Left)', () => to.go(to.step() - 1)),
      this.#play,
      button('Forward', 'One step forward (Right)', () => to.go(to.step() + 1)),
      button('✗ Break', 'To where it breaks, or to the end (End)', () => to.go(to.breaking())),
      button('◇ Next', 'To the next step that could go another way (N; P for the one before)', () =>
        to.nextOpen(1),
      ),
      button('First failing run', 'Back to the first run that fails in this world', () => to.first()),
      button('Copy trace', 'Copy the trace as text', () => to.copyTrace()),
      button('Copy tape', 'Copy the scenario and the tape, with which the command line repeats the run', () =>
        to.copyTape(),
      ),
      button('Save picture', 'Save a picture (SVG) of this run', () => to.export()),
      button('Pictures', 'Open the page with a picture of each run that fails', () => to.pictures()),
    );
  }

  stop(): void {
    if (this.#timer !== null) window.clearInterval(this.#timer);
    this.#timer = null;
    this.#play.textContent = 'Play';
  }

  /** `other`: the view beside, when the key was pressed in that. */
  key(event: KeyboardEvent, other: RunView | null): void {
    const { target } = event;
    const isElsewhere = target instanceof HTMLSelectElement || target instanceof HTMLInputElement;
    if (isElsewhere || event.ctrlKey || event.metaKey || event.altKey) return;
    // Elsewhere it presses buttons.
    const isList = target instanceof HTMLElement && target.getAttribute('role') === 'listbox';
    const step = other ? other.step : this.to.step();
    const go = (index: number): void => (other ? other.go(index) : this.to.go(index));
    const moves: Readonly<Record<string, () => void>> = {
      ArrowRight: () => go(step + 1),
      ArrowDown: () => go(step + 1),
      ArrowLeft: () => go(step - 1),
      ArrowUp: () => go(step - 1),
      Home: () => go(0),
      End: () => go(other ? other.breaking : this.to.breaking()),
      ...(isList ? { Enter: () => (other ? other.open() : this.to.open()) } : {}),
      n: () => this.to.nextOpen(1),
      p: () => this.to.nextOpen(-1),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    this.stop();
    move();
  }

  #toggle(): void {
    if (this.#timer !== null) {
      this.stop();
      return;
    }
    if (this.to.step() >= this.to.last()) this.to.go(0);
    this.#play.textContent = 'Hold';
    this.#timer = window.setInterval(() => {
      this.to.go(this.to.step() + 1);
      if (this.to.step() >= this.to.last()) this.stop();
    }, PLAY_MILLISECONDS);
  }
}
