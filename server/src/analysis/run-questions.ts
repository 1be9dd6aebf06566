/** What a run of a scenario has beside its trace: the files of it, and the questions that it left open, each at the step of its trace that tells what came of it. */
import type { ChoicePoint, RunSource, Trace } from '../findings/index.js';
import { answerWords, type Replay } from '../sim/engine/index.js';
import { FOLDER, type StagedScenario, shownNames, shownPlace, shownText } from '../sim/worlds/index.js';
import type { ToldTrace } from './scenario-traces.js';

/** All answers of a run, and the questions of its story. */
export interface RunQuestions {
  readonly answers: readonly number[];
  readonly choices: readonly ChoicePoint[];
}

interface Place {
  readonly file: string;
  readonly line: number | null;
}

/** Of a code that is longer than this, its beginning is shown. */
const LONGEST_CODE = 70;

/** `placeIn`: the same place as the input counts lines. */
export function questionsOf(
  staged: StagedScenario,
  { choices, stepsBefore }: Pick<Replay, 'choices' | 'stepsBefore'>,
  { numberOf }: ToldTrace,
  placeIn: (place: Place) => Place = (place) => place,
): RunQuestions {
  const shown = shownNames(staged);
  const asked = choices.flatMap((choice, at): ChoicePoint[] => {
    const step = numberOf(stepsBefore[at]!);
    if (step === null || choice.count < 2) return [];
    const { kind, site, taken } = choice;
    const place = site && shownPlace(staged, site);
    return [
      {
        ...{ at, step, kind, taken },
        code: place ? shortened(place.code) : '',
        place: place ? wordsOf(placeIn(place)) : '',
        answers: answerWords(choice).map(shown),
      },
    ];
  });
  return { answers: choices.map(({ taken }) => taken), choices: asked };
}

/** The files of a trace that come with the tool: nobody could open them otherwise. */
export function sourcesOf(staged: StagedScenario, { steps }: Trace): RunSource[] {
  const files = [...new Set(steps.map(({ file }) => file))].filter((file) => file.startsWith(FOLDER));
  return files.flatMap((file) => {
    const text = shownText(staged, file);
    return text === null ? [] : [{ file, text }];
  });
}

function shortened(code: string): string {
  const text = code.replace(/\s+/g, ' ').trim();
  return text.length > LONGEST_CODE ? `${text.slice(0, LONGEST_CODE - 1)}…` : text;
}

function wordsOf({ file, line }: Place): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return line === null ? name : `${name}:${line}`;
}
