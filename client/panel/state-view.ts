/** What stands beside the steps of a run: what else could happen at the current one, locks, attachments, objects. */
import type { ChoicePoint, FlowRun } from '../../server/src/protocol/index.js';
import { button, element } from './elements.js';
import { type Known, MARKS, stateAt } from './flow-state.js';
import { type ObjectState, objectsOf } from './objects.js';
import { otherRun, questionsAt, sorted, unusual } from './questions.js';
import type { RunViewListener } from './run-view.js';

/** The run that is looked at, and where. */
interface Looked {
  readonly run: FlowRun;
  readonly step: number;
  readonly design: string | null;
  go(index: number): void;
}

export function stateParts(view: Looked, listener: RunViewListener): HTMLElement[] {
  const { locks, known, attachments } = stateAt(view.run.steps, view.step);
  const held = [...locks].filter(([, names]) => names.length > 0);
  return [
    ...questionParts(view, listener),
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
    ...(attachments.length === 0
      ? []
      : [
          element('h3', {}, ['Attached (device, PASID)']),
          element(
            'table',
            {},
            attachments.map(({ device, pasid, domain, isNew }) =>
              element('tr', { class: isNew ? 'new' : '' }, [
                element('th', { scope: 'row' }, [element('code', {}, [`${device}, ${pasid}`])]),
                element('td', {}, domain === '' ? ['blocked'] : [element('code', {}, [domain])]),
              ]),
            ),
          ),
        ]),
    element('h3', {}, ['Objects']),
    ...objectParts(objectsOf(known)),
  ];
}

// ---- what could go another way

function questionParts(view: Looked, listener: RunViewListener): HTMLElement[] {
  const here = questionsAt(view.run, view.step);
  const made = unusual(view.run);
  const { first, more } = sorted(here);
  const partOf = (question: ChoicePoint): HTMLElement => questionPart(view, question, listener);
  return [
    element('h3', {}, ['What else could happen here']),
    ...(here.length === 0 ? [element('p', { class: 'none' }, [whyNothing(view.run)])] : []),
    ...first.map(partOf),
    ...(more.length === 0
      ? []
      : [
          element('details', {}, [
            element('summary', {}, [`${more.length} more within this step`]),
            ...more.map(partOf),
          ]),
        ]),
    ...(made.length === 0
      ? []
      : [
          element('h3', {}, ['What makes this run']),
          element(
            'ul',
            { class: 'made' },
            made.map((question) =>
              element('li', {}, [stepLink(view, question), ...undoOf(view, question, listener)]),
            ),
          ),
        ]),
  ];
}

function whyNothing({ choices, operation }: FlowRun): string {
  if (choices.length === 0 && operation)
    return 'Nothing in the whole run: all that it hangs on is known, and no call may fail in this programme.';
  return choices.length === 0
    ? 'Nothing in the whole run: no call may fail in this world, and nobody runs beside. "World", above, lets calls fail.'
    : 'Nothing: steps marked ◇ could go another way.';
}

function questionPart(view: Looked, question: ChoicePoint, listener: RunViewListener): HTMLElement {
  const { answers, code, place, taken } = question;
  const where =
    code === ''
      ? []
      : [' at ', element('code', {}, [code]), ' ', element('span', { class: 'place' }, [place])];
  return element(
    'div',
    { class: 'question', role: 'group', 'aria-label': code === '' ? answers[taken]! : `At ${code}` },
    [
      element('p', {}, [`${answers[taken]}`, ...where]),
      ...answers.flatMap((answer, at) =>
        at === taken
          ? []
          : [
              button(answer, `Show the run in which ${answer}`, () =>
                listener.wants(otherRun(view.run, question, at, view.design)),
              ),
            ],
      ),
    ],
  );
}

function stepLink(view: Looked, { step, answers, taken }: ChoicePoint): HTMLElement {
  const link = button(`${step}: ${answers[taken]}`, `To step ${step}`, () => view.go(step - 1));
  link.className = 'link';
  return link;
}

function undoOf(view: Looked, question: ChoicePoint, listener: RunViewListener): HTMLElement[] {
  const words = `Show the run in which ${question.answers[0]}, and all after it is plain`;
  return [button('Undo', words, () => listener.wants(otherRun(view.run, question, 0, view.design)))];
}

// ---- objects

/** A count that changes is read with what it was before. */
const shownValue = ({ value, before, isNew }: Known): string =>
  isNew && before !== '' ? `${before} → ${value}` : value;

function objectParts(objects: readonly ObjectState[]): HTMLElement[] {
  if (objects.length === 0) return [element('p', { class: 'none' }, ['nothing has changed yet'])];
  return [element('table', { class: 'objects' }, objects.flatMap(objectRows))];
}

function objectRows({ name, self, members, referredBy, isNew }: ObjectState): HTMLElement[] {
  const isFreed = self?.kind === 'freed';
  const value = members.find((member) => member.name === name);
  const state = isFreed ? 'freed' : value ? shownValue(value) : self ? 'there' : '';
  const counted =
    referredBy.length === 0
      ? ''
      : `${referredBy.length} ${referredBy.length === 1 ? 'reference' : 'references'}`;
  return [
    element('tr', { class: classOf('object', isNew, isFreed) }, [
      element('th', { scope: 'row' }, [...markOf(value ?? self), element('code', {}, [name])]),
      element('td', {}, [[state, counted].filter(Boolean).join(', ')]),
    ]),
    ...members.filter((member) => member !== value).map((member) => memberRow(member, name, isFreed)),
    ...referredBy.map((from) =>
      element('tr', { class: classOf('reference', from.isNew, isFreed) }, [
        element('th', { scope: 'row' }, [...markOf(from), '← ', element('code', {}, [from.name])]),
        element('td', {}, ['refers to it']),
      ]),
    ),
  ];
}

function memberRow(member: Known, object: string, isFreed: boolean): HTMLElement {
  return element('tr', { class: classOf('member', member.isNew, isFreed) }, [
    element('th', { scope: 'row' }, [
      ...markOf(member),
      element('code', {}, [member.name.slice(object.length)]),
    ]),
    element('td', {}, [element('code', {}, [shownValue(member)])]),
  ]);
}

/** What the current step did to it. */
function markOf(known: Known | null): HTMLElement[] {
  return known?.isNew ? [element('span', { class: `mark ${known.kind}` }, [`${MARKS[known.kind]} `])] : [];
}

const classOf = (kind: string, isNew: boolean, isFreed: boolean): string =>
  [kind, isNew ? 'new' : '', isFreed ? 'freed' : ''].filter(Boolean).join(' ');
