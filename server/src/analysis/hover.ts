/** What a name means in the IOMMU world, as Markdown: role, contract, design facts, and why something is flagged. */
import { contains } from '../base/index.js';
import type { Finding } from '../findings/index.js';
import {
  type DesignFacts,
  type FieldFact,
  type FunctionFact,
  OPS_SLOTS,
  type Spot,
  type StructFact,
  type Unit,
} from '../iommu/index.js';
import { RULES } from '../rules/index.js';

/** A hover over `spot`. */
export interface Explained {
  readonly spot: Spot;
  readonly markdown: string;
}

const STRUCT_ROLES: Readonly<Record<StructFact['role'], string>> = {
  domain: 'Domain: an I/O page table that devices are attached to',
  'domain-part': 'Part of a domain: made and freed with it',
  owner: 'Owner of domains',
  'hardware-instance': 'IOMMU hardware instance',
  handle: 'Handle: one attachment of a domain to a device',
  ops: 'Operations of an IOMMU driver',
  other: '',
};

/** What is known at `offset` of a unit, or null. `findings` are those of the same line. */
export function explain(
  unit: Unit,
  offset: number,
  facts: DesignFacts,
  findings: readonly Finding[],
): Explained | null {
  const word = wordAt(unit.image.text, offset);
  const flagged = [...new Set(findings.map(({ rule }) => rule))].map(whyFlagged);
  const known =
    word && (slotAt(word, unit) ?? structAt(word.text, facts) ?? functionAt(word.text, unit, offset, facts));
  if (!known && flagged.length === 0) return null;
  const span = word ? { start: word.start, end: word.end } : { start: offset, end: offset };
  return { spot: { unit, span }, markdown: [known, ...flagged].filter((part) => !!part).join('\n\n---\n\n') };
}

/** What the squiggle does not say: the kernel's rule behind it. */
function whyFlagged(id: string): string {
  const rule = RULES.find((each) => each.id === id);
  return rule ? `**Why flagged** (\`${id}\`): ${rule.why}` : `**Why flagged**: \`${id}\``;
}

/** The contract of an operation, at its slot in a table (`.attach_dev =`) or where it is called through one. */
function slotAt(word: Word, unit: Unit): string | null {
  const row = OPS_SLOTS.get(word.text);
  const before = unit.image.text.slice(Math.max(0, word.start - 2), word.start);
  if (!row || !(before.endsWith('->') || before.endsWith('.'))) return null;
  return [`\`${word.text}\``, `**Operation that ${row.role}**`, row.contract].join('\n\n');
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The name at an offset, or null. */
export function wordAt(text: string, offset: number): Word | null {
  let start = offset;
  let end = offset;
  while (start > 0 && /\w/.test(text[start - 1]!)) start--;
  while (end < text.length && /\w/.test(text[end]!)) end++;
  return start === end ? null : { text: text.slice(start, end), start, end };
}

function structAt(word: string, facts: DesignFacts): string | null {
  const struct = facts.structs.find(({ name }) => name === `struct ${word}`);
  if (!struct || (struct.role === 'other' && struct.fields.length === 0)) return null;
  const lines = [`\`${struct.name}\``];
  if (struct.role !== 'other') lines.push(`**${STRUCT_ROLES[struct.role]}**: ${struct.why}.`);
  else lines.push('No role in the IOMMU model is known for it.');
  const notable = struct.fields.filter(({ kind }) => kind !== 'other');
  if (notable.length > 0) {
    lines.push(
      notable
        .map(
          ({ name, kind, type, lastPut }) =>
            `- \`${name}\`: ${KIND_WORDS[kind]}${putWords(kind, lastPut)} (\`${type.base}${' *'.repeat(Math.min(1, type.pointers))}\`)`,
        )
        .join('\n'),
    );
  }
  return lines.join('\n\n');
}

/** What is known of the end of a count. */
function putWords(kind: FieldFact['kind'], lastPut: FieldFact['lastPut']): string {
  if (kind !== 'refcount' || lastPut === 'unknown') return '';
  return lastPut === 'nothing' ? ', the last put frees nothing' : `, the last put frees ${lastPut}`;
}

const KIND_WORDS = {
  refcount: 'counts references',
  pasid: 'a PASID',
  mm: 'an address space',
  domain: 'a domain',
  device: 'a device',
  lock: 'a lock',
  container: 'a container',
  other: '',
} as const;

function functionAt(word: string, unit: Unit, offset: number, facts: DesignFacts): string | null {
  const named = facts.functions.filter(({ name }) => name === word);
  const fact =
    named.find(
      (each) => each.spot.unit === unit && contains(each.spot.span, { start: offset, end: offset }),
    ) ??
    named.find((each) => each.spot.unit === unit) ??
    named[0];
  return fact ? [describeFunction(fact), ...partWords(fact)].join('\n\n') : null;
}

/** Says so when a patch's hunks show only a part of the function. */
function partWords({ spot }: FunctionFact): string[] {
  const item = spot.unit.c.items.find((each) => each.kind === 'function' && each.start === spot.span.start);
  if (!item || item.missing.length === 0) return [];
  return [`_Seen in part: the patch does not show its ${item.missing.join(', ')}._`];
}

function describeFunction(fact: FunctionFact): string {
  const lines = [
    `\`${fact.name}()\``,
    fact.role ? `**${sentence(fact.role)}**` : 'No role in the IOMMU model is known for it.',
  ];
  if (fact.contract) lines.push(fact.contract);
  const facts = [
    ...fact.lookups
      .filter(({ finds }) => finds === 'domain')
      .map((each) => {
        const by = each.isIndirect ? ` by ${each.call}()` : '';
        return `looks a domain up in \`${each.container.text}\`${by}${lockWords(each.locks)}`;
      }),
    ...fact.fills.map((each) => `fills \`${each.container.text}\`${lockWords(each.locks)}`),
    ...fact.reuses.map((each) =>
      each.decisions.length > 0
        ? `weighs the domain against \`${each.device}\` before handing it out`
        : `hands the domain to \`${each.device}\` without a compatibility check`,
    ),
    ...fact.keptMms.map(
      (each) =>
        `keeps an mm in \`${each.target}\`, ${each.pinnedBy ? `pinned by ${each.pinnedBy}` : 'not pinned'}`,
    ),
  ];
  if (facts.length > 0) lines.push([...new Set(facts)].map((each) => `- ${each}`).join('\n'));
  return lines.join('\n\n');
}

function lockWords(locks: readonly string[]): string {
  return locks.length > 0
    ? ` under ${locks.map((lock) => `\`${lock.replace(/^&/, '')}\``).join(', ')}`
    : ', no lock held';
}

function sentence(words: string): string {
  return words[0]!.toUpperCase() + words.slice(1);
}
