/** One run: a lane for each task, a row for each step, and beside them what is so after the current step. */
import type { FlowRun, FlowStep } from '../../server/src/protocol/index.js';
import { element } from './elements.js';
import { changeText, lanesOf, stateAt } from './flow-state.js';

export class RunView {
  readonly root = element('div', { class: 'run' });
  readonly #table = element('div', { class: 'lanes', role: 'listbox', 'aria-label': 'Steps', tabindex: '0' });
  readonly #side = element('aside', {
    ...{ class: 'state', tabindex: '0' },
    'aria-label': 'State after the current step',
  });
  readonly #rows: HTMLElement[] = [];
  readonly #steps: readonly FlowStep[];

  constructor(
    { steps }: FlowRun,
    private readonly choose: (index: number) => void,
  ) {
    this.#steps = steps;
    const lanes = lanesOf(steps);
    this.#table.style.setProperty('--lanes', String(lanes.length));
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
    this.root.append(this.#table, this.#side);
  }

  /** Makes that step the current one. */
  show(index: number): void {
    this.#rows.forEach((row, at) => {
      row.classList.toggle('current', at === index);
      row.classList.toggle('ahead', at > index);
      row.setAttribute('aria-selected', String(at === index));
    });
    const row = this.#rows[index];
    if (row) this.#table.setAttribute('aria-activedescendant', row.id);
    this.#side.replaceChildren(...this.#stateParts(index));
    // Last, since what stands beside the list may cover more of it now.
    row?.scrollIntoView({ block: 'nearest' });
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
    ]);
    said.style.setProperty('--depth', String(Math.min(step.depth, 6)));
    said.style.gridColumn = String(lanes.indexOf(step.lane) + 2);
    const row = element(
      'div',
      {
        id: `step-${index}`,
        class: step.isViolation ? 'step violation' : 'step',
        role: 'option',
      },
      [element('span', { class: 'number' }, [String(index + 1)]), said],
    );
    row.addEventListener('click', () => this.choose(index));
    return row;
  }

  #stateParts(index: number): HTMLElement[] {
    const { locks, known } = stateAt(this.#steps, index);
    const held = [...locks].filter(([, names]) => names.length > 0);
    return [
      element('h3', {}, ['Locks held']),
      held.length === 0
        ? element('p', { class: 'none' }, ['none'])
        : element(
            'ul',
            {},
            held.map(([lane, names]) =>
              element('li', {}, [`${lane}: `, element('code', {}, [names.join(', ').replaceAll('`', '')])]),
            ),
          ),
      element('h3', {}, ['Objects']),
      known.length === 0
        ? element('p', { class: 'none' }, ['nothing has changed yet'])
        : element(
            'table',
            {},
            known.map(({ name, value, isFreed, isNew }) =>
              element('tr', { class: [isNew ? 'new' : '', isFreed ? 'freed' : ''].join(' ').trim() }, [
                element('th', { scope: 'row' }, [element('code', {}, [name])]),
                element('td', {}, [
                  element('code', {}, [isFreed ? 'freed' : value === '' ? 'there' : value]),
                ]),
              ]),
            ),
          ),
    ];
  }
}
