/** What is so at one step of a run: who holds which lock, and what objects read. Pure, so that it can be tested without a page. */
import type { FlowStep } from '../../server/src/protocol/index.js';

/** An object, or a member of one, as the latest step that changed it left it. */
export interface Known {
  /** `cookie->users` */
  readonly name: string;
  /** `1`; empty for an object that is there. */
  readonly value: string;
  /** What it read before that; empty when that is not known. */
  readonly before: string;
  readonly kind: FlowStep['changes'][number]['kind'];
  /** Whether the step in question is the one that changed it. */
  readonly isNew: boolean;
}

/** What the hardware has for a PASID of a device. */
export interface Attachment {
  readonly device: string;
  readonly pasid: string;
  /** What it is attached to; empty when it is blocked. */
  readonly domain: string;
  readonly isNew: boolean;
}

export interface FlowState {
  /** By lane, in the order in which lanes come up; those that hold nothing too. */
  readonly locks: ReadonlyMap<string, readonly string[]>;
  /** The latest changed first. */
  readonly known: readonly Known[];
  /** In the order in which they come up. */
  readonly attachments: readonly Attachment[];
}

/** `bond->users = 1`, `bond->users: 1 → 2`. */
const CHANGE = /^(.+?)(?: = |: (.*) → )(.*)$/s;
/** What the simulated hardware is told. */
const ATTACHED = /^(\S+) has (?:the )?(.+) for PASID (\d+)$/s;
const BLOCKED = /^(\S+) is blocked for PASID (\d+)$/;

/** The lanes of a run, in the order in which they come up. */
export function lanesOf(steps: readonly FlowStep[]): string[] {
  return [...new Set(steps.map(({ lane }) => lane))];
}

/** After the step with that index. */
export function stateAt(steps: readonly FlowStep[], index: number): FlowState {
  const locks = new Map<string, readonly string[]>(lanesOf(steps).map((lane) => [lane, []]));
  const known = new Map<string, Known>();
  const attachments = new Map<string, Attachment>();
  steps.slice(0, index + 1).forEach((step, at) => {
    locks.set(step.lane, step.locks);
    const isNew = at === index;
    for (const { kind, text } of step.changes) {
      const attached = attachmentIn(text);
      if (attached) {
        attachments.set(`${attached.device} ${attached.pasid}`, { ...attached, isNew });
        continue;
      }
      const [, name = text, before = '', value = ''] = CHANGE.exec(text) ?? [];
      // Taken out and put in again, so that the latest is the last.
      known.delete(name);
      known.set(name, { name, value, before, kind, isNew });
    }
  });
  return { locks, known: [...known.values()].reverse(), attachments: [...attachments.values()] };
}

function attachmentIn(text: string): Omit<Attachment, 'isNew'> | null {
  const [, device = '', domain = '', pasid = ''] = ATTACHED.exec(text) ?? [];
  if (device !== '') return { device, pasid, domain: domain.replaceAll('`', '') };
  const [, blocked = '', of = ''] = BLOCKED.exec(text) ?? [];
  return blocked === '' ? null : { device: blocked, pasid: of, domain: '' };
}

/** The run as text, for a mail or a bug report. */
export function textOf(steps: readonly FlowStep[]): string {
  const lanes = Math.max(0, ...steps.map(({ lane }) => lane.length));
  const places = Math.max(0, ...steps.map(({ place }) => place.length));
  return steps
    .map(({ lane, place, depth, text, changes, isViolation }, index) => {
      const head = `${String(index + 1).padStart(3)}  ${lane.padEnd(lanes)}  ${place.padEnd(places)}  `;
      const said = [`${isViolation ? '✗ ' : ''}${text}`, ...changes.map(changeText)].filter(
        (part) => part !== '',
      );
      return `${head}${'  '.repeat(depth)}${said.join('   ')}`.trimEnd();
    })
    .join('\n');
}

export const MARKS = { added: '+', modified: '~', freed: '−' } as const;

export function changeText({ kind, text }: FlowStep['changes'][number]): string {
  return `${MARKS[kind]} ${text}`;
}
