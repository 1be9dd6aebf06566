/** The reference designs beside the code: what comes of each in the scenario at hand, and the run of one of them. */
import type { DesignEntry, RunQuestion, ScenarioRunAnswer } from '../../server/src/protocol/index.js';
import { designParts } from './designs-view.js';
import { button, element } from './elements.js';
import type { Answered, Host } from './host.js';
import { RunView } from './run-view.js';
import { runWords } from './words.js';

export interface BesideListener {
  /** What stands beside is another run, or none. */
  changed(): void;
  said(words: string): void;
}

const NOT_NOW: ScenarioRunAnswer = { kind: 'none', why: 'the document is being simulated anew' };

export class Beside {
  readonly list = element('details', { class: 'designs-list' }, [
    element('summary', {}, ['Reference designs']),
  ]);
  readonly #rows = element('div', {});
  /** Id of the design that is shown. */
  shown: string | null = null;
  #designs: readonly DesignEntry[] = [];
  #scenario: string | null = null;
  #answers = new Map<string, Answered>();
  #view: RunView | null = null;
  /** The scenario that the designs are being asked about. */
  #asking: string | null = null;

  constructor(
    private readonly host: Host,
    private readonly listener: BesideListener,
  ) {
    this.list.append(this.#rows);
    this.list.addEventListener('toggle', () => {
      // What could not be run then may be by now.
      for (const [design, { answer }] of this.#answers) if (answer === NOT_NOW) this.#answers.delete(design);
      void this.#ask();
    });
  }

  get root(): HTMLElement | null {
    return this.#view?.root ?? null;
  }

  /** The view, when something in it is meant. */
  viewOf(target: EventTarget | null): RunView | null {
    return target instanceof Node && this.root?.contains(target) ? this.#view : null;
  }

  designs(designs: readonly DesignEntry[]): void {
    this.#designs = designs;
    this.#draw();
  }

  /** Another scenario, or the same with another thing varied, is looked at. */
  scenario(name: string): void {
    if (name === this.#scenario) return;
    this.#scenario = name;
    this.#answers = new Map();
    this.#draw();
    if (this.shown !== null) void this.show(this.shown);
    else void this.#ask();
  }

  /** Shows the run of a design, or none. */
  async show(design: string | null): Promise<void> {
    this.shown = design;
    if (design === null) this.#put(null);
    else {
      await this.#askOne(design);
      if (this.shown === design) this.#put(this.#answers.get(design) ?? null);
    }
    await this.#ask();
  }

  #put(answered: Answered | null): void {
    const { id = 0, answer = null } = answered ?? {};
    const { shown: design } = this;
    const title = this.#designs.find(({ id }) => id === design)?.title ?? '';
    this.#view = null;
    if (design !== null && answer?.kind === 'run') {
      const { run } = answer;
      const heading = [
        element('div', { class: 'heading' }, [
          element('h2', {}, [title, ' ', element('code', {}, [design])]),
          button('Hide', `Hide the run of ${design}`, () => void this.show(null)),
        ]),
        element('p', { class: `this-run ${run.verdict}` }, [runWords(run)]),
      ];
      const view = new RunView(
        run,
        'design',
        design,
        {
          went: (index, how) => {
            const step = run.steps[index];
            if (step && how === 'by hand')
              this.listener.said(
                `${design}, step ${index + 1} of ${run.steps.length}, ${step.lane}: ${step.text}`,
              );
          },
          opens: (step) => this.host.say({ kind: 'show source', id, step }),
          wants: (question) => void this.#other(question),
        },
        heading,
      );
      this.#view = view;
      this.listener.changed();
      view.go(0, 'at first');
    } else this.listener.changed();
    this.#draw();
  }

  /** Another run of the design that is shown. */
  async #other(question: RunQuestion): Promise<void> {
    const step = this.#view?.step ?? 0;
    const answered = await this.host.ask(question);
    if (this.shown !== question.design || answered.answer?.kind !== 'run') return;
    this.#put(answered);
    this.#view?.go(step, 'at first');
    this.#view?.focus();
  }

  /** One after the other, while somebody looks at the list. */
  async #ask(): Promise<void> {
    const { list } = this;
    const scenario = this.#scenario;
    if (!list.open || scenario === null || this.#asking === scenario) return;
    this.#asking = scenario;
    for (const { id } of this.#designs) {
      if (this.#scenario !== scenario) return;
      await this.#askOne(id);
    }
    this.#asking = null;
  }

  async #askOne(design: string): Promise<void> {
    const scenario = this.#scenario;
    if (scenario === null || this.#answers.has(design)) return;
    const { id, answer } = await this.host.ask({ design, scenario, tape: null, isBeforeFailures: false });
    if (this.#scenario !== scenario) return;
    this.#answers.set(design, { id, answer: answer ?? NOT_NOW });
    this.#draw();
  }

  #draw(): void {
    const focused = this.#rows.contains(document.activeElement)
      ? document.activeElement?.getAttribute('title')
      : null;
    this.#rows.replaceChildren(
      ...designParts(this.#designs, (id) => this.#answers.get(id)?.answer ?? null, this.shown, {
        beside: (design) => void this.show(design),
        open: (design) => this.host.say({ kind: 'open design', design }),
      }),
    );
    // Drawn anew, the button that was pressed is another element.
    const again = [...this.#rows.querySelectorAll('button')].find(
      (each) => focused && each.title.replace(/^(?:Hide|Show)/, '') === focused.replace(/^(?:Hide|Show)/, ''),
    );
    again?.focus();
  }
}
