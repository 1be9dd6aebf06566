/** The trace as a picture: a lane for each task, steps downwards, the breach in red. Legible on light and dark. */
import { printable } from './text.js';
import { changeWords, placeOf, type Trace, type TraceStep } from './trace.js';

const ROW = 38;
const LEFT = 54;
const TOP = 86;
const INDENT = 14;
/** Of a lane: what the longest of its lines needs, within reason. */
const NARROWEST = 240;
const WIDEST = 620;
/** Of one character of the text, generously. */
const CHARACTER = 7.2;
/** Of the title, which is larger and bold; and how much of it is shown. */
const TITLE_CHARACTER = 8.6;
const LONGEST_TITLE = 120;

/** A self-contained SVG with nothing in it but shapes and text. `title`: what the run shows; `widest`: a lane may be. */
export function traceSvg({ scenario, tape, steps }: Trace, title: string, widest = WIDEST): string {
  const lanes = lanesOf(steps, widest);
  const subtitle = `${scenario} · replay ${tape}`;
  const end = Math.max(...lanes.map(({ x, width }) => x + width), LEFT + NARROWEST);
  const width = Math.ceil(Math.max(end, 24 + Math.min(title.length, LONGEST_TITLE) * TITLE_CHARACTER));
  const height = TOP + steps.length * ROW + 8;
  const laneOf = (step: TraceStep): Lane => lanes.find(({ name }) => name === step.lane)!;
  const heads = lanes.map(
    ({ name, x, width: room }) =>
      `<text class="lane" x="${x + 10}" y="${TOP - 20}">${escaped(shortened(name, room - 10))}</text>` +
      `<line class="life" x1="${x}" y1="${TOP - 10}" x2="${x}" y2="${height - 12}"/>`,
  );
  const rows = steps.map((step, index) => rowOf(step, laneOf(step), TOP + index * ROW));
  const switches = steps.slice(1).flatMap((step, index) => {
    const before = steps[index]!;
    if (before.lane === step.lane) return [];
    const y = TOP + (index + 1) * ROW;
    return [
      `<line class="switch" x1="${laneOf(before).x}" y1="${y - ROW + 6}" x2="${laneOf(step).x}" y2="${y + 2}"/>`,
    ];
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(`${title}; ${subtitle}`)}">`,
    `<style>${STYLE}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="title" x="12" y="22">${escaped(shortened(title, LONGEST_TITLE * CHARACTER))}</text>`,
    `<text class="n" x="12" y="40">${escaped(subtitle)}</text>`,
    ...heads,
    ...switches,
    ...rows,
    '</svg>',
  ].join('\n')}\n`;
}

interface Lane {
  readonly name: string;
  readonly x: number;
  readonly width: number;
}

/** From left to right in the order in which they begin. */
function lanesOf(steps: readonly TraceStep[], widest: number): Lane[] {
  const lanes: Lane[] = [];
  let x = LEFT;
  for (const name of new Set(steps.map(({ lane }) => lane))) {
    const needs = steps
      .filter(({ lane }) => lane === name)
      .map(
        (step) => 26 + step.depth * INDENT + CHARACTER * Math.max(headOf(step).length, detailOf(step).length),
      );
    const width = Math.min(widest, Math.max(NARROWEST, ...needs));
    lanes.push({ name, x, width });
    x += width;
  }
  return lanes;
}

const STYLE =
  '.paper{fill:#fff}text{font:12px ui-sans-serif,system-ui,sans-serif;fill:#1f2328}.title{font-weight:600;font-size:13px}' +
  '.lane{font-weight:600}.life{stroke:#8c959f}.switch{stroke:#8c959f;stroke-dasharray:3 3}.n{fill:#59636e;font-size:11px}' +
  '.place{fill:#59636e;font-size:11px}.dot{fill:#0969da}.bad{fill:#cf222e}.badtext{fill:#cf222e;font-weight:600}' +
  '@media(prefers-color-scheme:dark){.paper{fill:#1f2328}text{fill:#e6edf3}.n,.place{fill:#9da7b3}.dot{fill:#58a6ff}' +
  '.bad{fill:#ff7b72}.badtext{fill:#ff7b72}}';

/** What happened; of a plain store, what it changes. */
function headOf({ text, changes }: TraceStep): string {
  return text === '' ? changes.map(changeWords).join(' · ') : text;
}

/** Under it: where, and what changed. */
function detailOf(step: TraceStep): string {
  return [placeOf(step), ...(step.text === '' ? [] : step.changes.map(changeWords))].join(' · ');
}

function rowOf(step: TraceStep, lane: Lane, y: number): string {
  const left = lane.x + 10 + step.depth * INDENT;
  const room = lane.x + lane.width - left - 8;
  const text = (kind: string, below: number, words: string): string =>
    `<text${kind} x="${left}" y="${y + below}">${escaped(shortened(words, room))}</text>`;
  return [
    `<text class="n" x="12" y="${y + 6}">${step.n}</text>`,
    `<circle class="${step.isViolation ? 'bad' : 'dot'}" cx="${lane.x}" cy="${y + 2}" r="4"/>`,
    text(step.isViolation ? ' class="badtext"' : '', 6, headOf(step)),
    text(' class="place"', 21, detailOf(step)),
  ].join('');
}

function shortened(text: string, room: number): string {
  const length = Math.floor(room / CHARACTER);
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** As text of XML; what XML does not know at all is shown as a dot. */
function escaped(text: string): string {
  const marks: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return printable(text)
    .replace(/\p{Surrogate}|[\ufffe\uffff]/gu, '·')
    .replace(/[&<>"']/g, (char) => marks[char]!);
}
