/** What a run of a scenario has beside its trace: the files of it, and the questions that it left open, each at the step of its trace that tells what came of it. */
import type { ChoicePoint, RunSource, Trace } from '../findings/index.js';
import { answerWords, type Replay } from '../sim/engine/index.js';
import type { Site } from '../sim/model/index.js';
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

/** What tells questions of a run in its trace. */
export interface Told {
  /** The number in the trace, from 1, of what tells a recorded step; null for what comes before the story. */
  readonly numberOf: (recorded: number) => number | null;
  readonly placeOf: (site: Site) => Place & { readonly code: string };
  /** Names as they are shown. */
  readonly shown?: (words: string) => string;
}

/** The questions of a run that may be answered otherwise. */
export function openQuestions(
  { choices, stepsBefore }: Pick<Replay, 'choices' | 'stepsBefore'>,
  { numberOf, placeOf, shown = (words) => words }: Told,
): ChoicePoint[] {
  return choices.flatMap((choice, at): ChoicePoint[] => {
    const step = numberOf(stepsBefore[at]!);
    if (step === null || choice.count < 2) return [];
    const { kind, site, taken } = choice;
    const place = site && placeOf(site);
    return [
      {
        ...{ at, step, kind, taken },
        code: place ? shortened(place.code) : '',
        place: place ? wordsOf(place) : '',
        answers: answerWords(choice).map(shown),
      },
    ];
  });
}

/** `placeIn`: the same place as the input counts lines. */
export function questionsOf(
  staged: StagedScenario,
  run: Pick<Replay, 'choices' | 'stepsBefore'>,
  { numberOf }: ToldTrace,
  placeIn: (place: Place) => Place = (place) => place,
): RunQuestions {
  const placeOf = (site: Site) => {
    const place = shownPlace(staged, site);
    return { ...placeIn(place), code: place.code };
  };
  const choices = openQuestions(run, { numberOf, placeOf, shown: shownNames(staged) });
  return { answers: run.choices.map(({ taken }) => taken), choices };
}

/** The files of a trace that come with the tool: nobody could open them otherwise. */
export function sourcesOf(staged: StagedScenario, { steps }: Trace): RunSource[] {
  const files = [...new Set(steps.map(({ file }) => file))].filter((file) => file.startsWith(FOLDER));
  return files.flatMap((file) => {
    const text = shownText(staged, file);
    return text === null ? [] : [{ file, text }];
  });
}

/** Code on one line, and no more of it than is read at a glance. */
export function shortened(code: string): string {
  const text = code.replace(/\s+/g, ' ').trim();
  return text.length > LONGEST_CODE ? `${text.slice(0, LONGEST_CODE - 1)}…` : text;
}

function wordsOf({ file, line }: Place): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return line === null ? name : `${name}:${line}`;
}
