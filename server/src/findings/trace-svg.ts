/** The trace as a picture: a lane for each task, steps downwards, the breach in red. Legible on light and dark. */
import { placeOf, type Trace, type TraceStep } from './trace.js';

const LANE = 300;
const ROW = 34;
const LEFT = 54;
const TOP = 56;

/** A self-contained SVG with nothing in it but shapes and text. */
export function traceSvg({ scenario, tape, steps }: Trace): string {
  const lanes = [...new Set(steps.map(({ lane }) => lane))];
  const width = LEFT + lanes.length * LANE + 20;
  const height = TOP + steps.length * ROW + 20;
  const x = (lane: string): number => LEFT + lanes.indexOf(lane) * LANE;
  const heads = lanes.map(
    (lane) =>
      `<text class="lane" x="${x(lane) + 10}" y="${TOP - 18}">${escaped(lane)}</text>` +
      `<line class="life" x1="${x(lane)}" y1="${TOP - 8}" x2="${x(lane)}" y2="${height - 12}"/>`,
  );
  const rows = steps.map((step, index) => rowOf(step, x(step.lane), TOP + index * ROW));
  const switches = steps.slice(1).flatMap((step, index) => {
    const before = steps[index]!;
    if (before.lane === step.lane) return [];
    const y = TOP + (index + 1) * ROW;
    return [
      `<line class="switch" x1="${x(before.lane)}" y1="${y - ROW + 6}" x2="${x(step.lane)}" y2="${y + 2}"/>`,
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(`${scenario}, replay ${tape}`)}">`,
    `<style>${STYLE}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="title" x="12" y="20">${escaped(scenario)} · replay ${escaped(tape)}</text>`,
    ...heads,
    ...switches,
    ...rows,
    '</svg>',
  ].join('\n');
}

const STYLE =
  '.paper{fill:#fff}text{font:12px ui-sans-serif,system-ui,sans-serif;fill:#1f2328}.title{font-weight:600}' +
  '.lane{font-weight:600}.life{stroke:#8c959f}.switch{stroke:#8c959f;stroke-dasharray:3 3}.n{fill:#656d76;font-size:11px}' +
  '.place{fill:#656d76;font-size:11px}.dot{fill:#0969da}.bad{fill:#cf222e}.badtext{fill:#cf222e;font-weight:600}' +
  '@media(prefers-color-scheme:dark){.paper{fill:#1f2328}text{fill:#e6edf3}.n,.place{fill:#9da7b3}.dot{fill:#58a6ff}' +
  '.bad{fill:#ff7b72}.badtext{fill:#ff7b72}}';

function rowOf(step: TraceStep, x: number, y: number): string {
  const text =
    step.changes.length > 0 && !step.isViolation
      ? `${step.text} · ${step.changes.map((each) => each.text).join('; ')}`
      : step.text;
  const kind = step.isViolation ? ' class="badtext"' : '';
  return [
    `<text class="n" x="12" y="${y + 6}">${step.n}</text>`,
    `<circle class="${step.isViolation ? 'bad' : 'dot'}" cx="${x}" cy="${y + 2}" r="4"/>`,
    `<text${kind} x="${x + 10}" y="${y + 2}">${escaped(shortened(text, 46))}</text>`,
    `<text class="place" x="${x + 10}" y="${y + 16}">${escaped(placeOf(step))}</text>`,
  ].join('');
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function escaped(text: string): string {
  const marks: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  // Characters that XML does not know at all are left out.
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .replace(/[&<>"']/g, (char) => marks[char]!);
}
