/** One run: a lane for each task, a row for each step, and beside them what is so after the current step. */
import type { FlowRun, FlowStep, RunQuestion } from '../../server/src/protocol/index.js';
import { element } from './elements.js';
import { changeText, lanesOf } from './flow-state.js';
import { questionsAt } from './questions.js';
import { stateParts } from './state-view.js';

/** Told of what is done in the view. */
export interface RunViewListener {
  /** A step became the current one. `how`: by somebody, or as the run is put up. */
  went(index: number, how: 'by hand' | 'at first'): void;
  /** The code of a step is wanted that stands in no document. */
  opens(index: number): void;
  /** Another run is wanted in its place. */
  wants(question: RunQuestion): void;
}

export class RunView {
  readonly root: HTMLElement;
  step = 0;
  readonly #table: HTMLElement;
  readonly #side: HTMLElement;
  readonly #rows: HTMLElement[] = [];

  /** `key`: tells its elements from those of another view; `design`: whose run it is, null for the document's. */
  constructor(
    readonly run: FlowRun,
    readonly key: string,
    readonly design: string | null,
    private readonly listener: RunViewListener,
    heading: readonly Node[] = [],
  ) {
    const { steps } = run;
    const lanes = lanesOf(steps);
    const of = design === null ? '' : ` of ${design}`;
    this.#table = element('div', {
      ...{ class: 'lanes', role: 'listbox', tabindex: '0' },
      'aria-label': `Steps${of}`,
    });
    this.#side = element('aside', {
      ...{ class: 'state', tabindex: '0' },
      'aria-label': `State after the current step${of}`,
    });
    this.#table.style.setProperty('--columns', columnsFor(lanes.length));
    this.#table.append(
      element('div', { class: 'heads', 'aria-hidden': 'true' }, [
        element('span', { class: 'number' }),
        ...lanes.map((lane) => element('span', { class: 'head' }, [lane])),
      ]),
    );
    steps.forEach((step, index) => {
      const row = this.#row(step, index, lanes);
      this.#rows.push(row);
      this.#table.append(row);
    });
    this.root = element('section', { class: 'run' }, [...heading, this.#table, this.#side]);
  }

  /** Makes that step the current one, or the nearest that there is. */
  go(wanted: number, how: 'by hand' | 'at first' = 'by hand'): void {
    const index = Math.max(0, Math.min(wanted, this.run.steps.length - 1));
    this.step = index;
    this.#rows.forEach((row, at) => {
      row.classList.toggle('current', at === index);
      row.classList.toggle('ahead', at > index);
      row.setAttribute('aria-selected', String(at === index));
    });
    const row = this.#rows[index];
    if (row) this.#table.setAttribute('aria-activedescendant', row.id);
    this.#side.replaceChildren(...stateParts(this, this.listener));
    // Last, since what stands beside the list may cover more of it now.
    row?.scrollIntoView({ block: 'nearest' });
    this.listener.went(index, how);
  }

  /** Shows the code of the current step also where no document has it: walking by alone would open one file after the other. */
  open(): void {
    const step = this.run.steps[this.step];
    if (step?.source) this.listener.opens(this.step);
    else if (step) this.listener.went(this.step, 'by hand');
  }

  focus(): void {
    this.#table.focus({ preventScroll: true });
  }

  /** Index of the step that breaks a rule; the last one when none does. */
  get breaking(): number {
    const { steps } = this.run;
    const at = steps.findIndex(({ isViolation }) => isViolation);
    return at < 0 ? steps.length - 1 : at;
  }

  #row(step: FlowStep, index: number, lanes: readonly string[]): HTMLElement {
    const said = element('span', { class: 'said' }, [
      // The column says it to who sees it.
      element('span', { class: 'said-aloud' }, [`${step.lane}: ${step.isViolation ? 'broken: ' : ''}`]),
      ...(step.text === '' ? [] : [element('code', {}, [step.text])]),
      ...step.changes.map((change) =>
        element('span', { class: `change ${change.kind}` }, [changeText(change)]),
      ),
      element('span', { class: 'place' }, [step.place]),
      ...this.#marks(index),
    ]);
    said.style.setProperty('--depth', String(Math.min(step.depth, 6)));
    // From its own lane to the right edge: lanes to the right are empty in this row.
    said.style.gridColumn = `${lanes.indexOf(step.lane) + 2} / -1`;
    const row = element(
      'div',
      {
        id: `step-${this.key}-${index}`,
        class: step.isViolation ? 'step violation' : 'step',
        role: 'option',
      },
      [element('span', { class: 'number' }, [String(index + 1)]), said],
    );
    row.addEventListener('click', () => {
      this.go(index);
      this.open();
    });
    return row;
  }

  /** That a step could have gone another way, and where it has. */
  #marks(index: number): HTMLElement[] {
    const questions = questionsAt(this.run, index);
    if (questions.length === 0) return [];
    const chosen = questions.filter(({ taken }) => taken > 0);
    return [
      element('span', { class: chosen.length > 0 ? 'open chosen' : 'open' }, [
        chosen.length > 0 ? '◆' : '◇',
        element('span', { class: 'said-aloud' }, [' could go another way']),
        ...chosen.map(({ answers, taken }) => ` ${answers[taken]}`),
      ]),
    ];
  }
}

/** The number, a little room for each lane to begin in, and all that is left for the last. */
function columnsFor(lanes: number): string {
  return ['2.6em', ...Array<string>(Math.max(0, lanes - 1)).fill('minmax(0, 7em)'), 'minmax(0, 1fr)'].join(
    ' ',
  );
}
