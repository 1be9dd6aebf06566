/** The scenarios that code under review was played in, as Markdown: beside a function, and on a page of their own. */
import {
  type AttachProgress,
  type AttachScenario,
  attachRows,
  counted,
  firstFailing,
  markdownCode,
  markdownText,
  type Trace,
  type TraceStep,
  traceLines,
  traceMarkdown,
  traceSvg,
  verdictWords,
} from '../../findings/index.js';
import { tellingSteps } from '../telling-steps.js';
import type { AttachPlace } from '../types.js';
import { SIGNS } from './cell-summary.js';

/** Editors cut longer texts of a hover short, and half a picture is none. */
const LONGEST_HOVER = 90_000;
/** Of a picture beside the code, and of a lane in it. */
const HOVER_WIDTH = 660;
const NARROW_LANE = 330;

export interface AttachDrawing {
  /** A picture as Markdown; null where none can be shown. */
  readonly picture: ((svg: string, words: string) => string) | null;
  /** What a click on the words for the whole trace opens; null where nothing does. */
  readonly link: string | null;
}

const ROLE_WORDS: Readonly<Record<AttachPlace['plays'], string>> = {
  bind: 'scenarios call it to bind a process to a device',
  unbind: 'scenarios call it to undo a bond',
};

/** How many there are, and fail: `18 scenarios, 7 fail`; or why none means anything. */
export function attachWords({ scenarios, total, obstacle }: AttachProgress): string {
  if (obstacle !== null) return `not modelled, because ${obstacle}`;
  const count = (kind: AttachScenario['verdict']) =>
    scenarios.filter(({ verdict }) => verdict === kind).length;
  const open = count('not-modelled');
  const words = [counted(total, ['scenario', 'scenarios']), `${count('violated')} fail`];
  return [...words, ...(open > 0 ? [`${open} not modelled`] : [])].join(', ');
}

/** Under what else is known of a function. `report`: null while nothing is known. */
export function attachHover(
  { plays }: Pick<AttachPlace, 'plays'>,
  report: AttachProgress | null,
  drawing: AttachDrawing,
): string {
  const head = `**Part of the attach flow**: ${ROLE_WORDS[plays]}.`;
  if (!report)
    return `${head}\n\n_The scenarios have not been run yet; they are simulated beside the editor._`;
  const failing = firstFailing(report.scenarios);
  const parts = [head, progressOf(report), tableOf(report)];
  if (failing) parts.push(...shownRun(failing, drawing));
  const all = parts.join('\n\n');
  return all.length <= LONGEST_HOVER ? all : attachHover({ plays }, report, { ...drawing, picture: null });
}

/** The same for who is shown plain text. */
export function attachHoverText(
  { plays }: Pick<AttachPlace, 'plays'>,
  report: AttachProgress | null,
): string {
  const head = `Part of the attach flow: ${ROLE_WORDS[plays]}.`;
  if (!report) return `${head}\nThe scenarios have not been run yet.`;
  const rows = attachRows(report.scenarios).map(
    ({ row, verdict, runs, explored }) =>
      `${SIGNS[verdict]} ${row}: ${counted(runs, RUNS)}, ${EXPLORED_WORDS[explored]}`,
  );
  const failing = firstFailing(report.scenarios);
  const { breach } = failing ?? { breach: null };
  const run = breach
    ? ['', `${failing!.id}: ${breach.function}(): ${breach.message}`, ...traceLines(toldShort(breach.trace))]
    : [];
  return [head, progressOf(report), '', ...rows, ...run].join('\n');
}

/** All of it: every scenario, and the run of each that fails. */
export function attachPage(name: string, report: AttachProgress, drawing: AttachDrawing): string {
  const failing = report.scenarios.filter(({ breach }) => breach !== null);
  const rows = report.scenarios.map(
    (each) =>
      `| ${markdownText(each.id)} | ${SIGNS[each.verdict]} ${markdownText(verdictWords(each))} | ${markdownText(each.story)} |`,
  );
  const parts = [
    `# ${markdownCode(`${name}()`)} in the scenarios`,
    progressOf(report),
    ...failing.flatMap((each, index) => toldScenario(each, index === 0 ? drawing.picture : null)),
    '## All scenarios',
    ['| scenario | what came of it | what happens in it |', '|---|---|---|', ...rows].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

const RUNS = ['run', 'runs'] as const;
const EXPLORED_WORDS = { completely: 'completely', 'to-bound': 'to a bound' } as const;

function progressOf(report: AttachProgress): string {
  const { isOver, scenarios, total } = report;
  if (isOver) return `${markdownText(attachWords(report))}.`;
  return `Simulating: ${scenarios.length} of ${counted(total, ['scenario', 'scenarios'])} so far.`;
}

function tableOf({ scenarios }: AttachProgress): string {
  const rows = attachRows(scenarios).map(({ row, scenarios: those, verdict, runs, explored }) => {
    const failing = those.filter((each) => each.verdict === verdict).length;
    const share = those.length > 1 && verdict !== 'held' ? ` (${failing} of ${those.length})` : '';
    const words = `${SIGNS[verdict]} ${verdict.replace('-', ' ')}${share}`;
    return `| ${markdownText(row)} | ${words} | ${EXPLORED_WORDS[explored]} | ${runs} |`;
  });
  if (rows.length === 0) return '';
  return ['| scenario | verdict | explored | runs |', '|---|---|---|--:|', ...rows].join('\n');
}

/** The first run that fails, as far as there is room for it. */
function shownRun({ id, story, breach }: AttachScenario, { picture, link }: AttachDrawing): string[] {
  if (!breach) return [];
  const told = toldShort(breach.trace);
  const left = breach.trace.steps.length - told.steps.length;
  const title = `${id}: ${breach.title}`;
  const lanes = new Set(told.steps.map(({ lane }) => lane)).size;
  const widest = Math.max(NARROW_LANE, Math.floor(HOVER_WIDTH / Math.max(1, lanes)));
  const open = link === null ? [] : [`[Open the whole trace](${link})`];
  return [
    `**✗ ${markdownText(id)}**: ${markdownText(story)}`,
    `${markdownCode(`${breach.function}()`)}: ${markdownText(breach.message)}`,
    traceMarkdown(told),
    [...(left > 0 ? [`${counted(left, ['step', 'steps'])} left out.`] : []), ...open].join(' '),
    ...(picture ? [picture(traceSvg(told, title, widest), title)] : []),
  ].filter((part) => part !== '');
}

function toldScenario({ id, story, breach }: AttachScenario, picture: AttachDrawing['picture']): string[] {
  if (!breach) return [];
  const { title, function: name, message, trace } = breach;
  return [
    `## ✗ ${markdownText(id)}`,
    markdownText(story),
    `**${markdownText(title)}**: ${markdownCode(`${name}()`)} ${markdownText(message)}`,
    ...(picture ? [picture(traceSvg(trace, `${id}: ${title}`), id)] : []),
    traceMarkdown(trace),
  ];
}

/** The calls of the story, how it breaks, and what changes most. */
function toldShort(trace: Trace): Trace {
  return { ...trace, steps: tellingSteps(trace, undefined, isOfStory) };
}

/** What the scenario itself does: it calls what is under review. */
function isOfStory({ depth, text }: TraceStep): boolean {
  return depth === 0 && /\(\)/.test(text);
}
