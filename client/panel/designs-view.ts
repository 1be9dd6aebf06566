/** The reference designs in the scenario at hand: what comes of each, and which is shown beside the code. */
import type { DesignEntry, ScenarioRunAnswer } from '../../server/src/protocol/index.js';
import { button, element } from './elements.js';
import { SIGNS } from './words.js';

/** What is known of a design by its id; null while it is run. */
export type DesignAnswers = (id: string) => ScenarioRunAnswer | null;

export interface DesignsListener {
  /** Null: none is to be shown beside. */
  beside(design: string | null): void;
  open(design: string): void;
}

export function designParts(
  designs: readonly DesignEntry[],
  answers: DesignAnswers,
  shown: string | null,
  listener: DesignsListener,
): HTMLElement[] {
  return [
    element('table', { class: 'designs' }, [
      element('caption', { class: 'said-aloud' }, ['What comes of this scenario in each reference design']),
      ...designs.map((design) => rowOf(design, answers(design.id), shown === design.id, listener)),
    ]),
  ];
}

function rowOf(
  { id, title, story }: DesignEntry,
  answer: ScenarioRunAnswer | null,
  isShown: boolean,
  listener: DesignsListener,
): HTMLElement {
  const word = isShown ? 'Hide' : 'Show beside';
  const toggle = button(word, `${isShown ? 'Hide' : 'Show'} the run of ${id}`, () =>
    listener.beside(isShown ? null : id),
  );
  const open = button('Open C', `Open the code of ${id}`, () => listener.open(id));
  // Each row has the same words: who hears them alone has to know which design is meant.
  toggle.setAttribute('aria-label', `${word}: ${id}`);
  open.setAttribute('aria-label', `Open C: ${id}`);
  toggle.setAttribute('aria-pressed', String(isShown));
  toggle.disabled = answer?.kind !== 'run';
  return element('tr', {}, [
    element('th', { scope: 'row', title: story }, [title, ' ', element('code', {}, [id])]),
    element('td', { class: answer?.kind === 'run' ? `verdict-of ${answer.run.verdict}` : '' }, [
      wordsOf(answer),
    ]),
    element('td', {}, [toggle, ' ', open]),
  ]);
}

function wordsOf(answer: ScenarioRunAnswer | null): string {
  if (!answer) return 'is being run…';
  if (answer.kind === 'none') return `– ${answer.why}`;
  const { verdict, breach, why } = answer.run;
  const what = breach ? `${breach.title}: ${breach.message}` : verdict === 'held' ? 'nothing breaks' : why;
  return `${SIGNS[verdict]} ${verdict.replace('-', ' ')}: ${what}`;
}
