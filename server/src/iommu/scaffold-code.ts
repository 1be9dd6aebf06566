/**
 * The C of a scaffold: an object of the mm that encloses its PASID and its
 * domains, after what reviewers of the first shared domains asked for. Roles
 * and names go in; every word `own_…` below is given a name of the code at hand
 * or a new one.
 */
import { bonds } from './scaffold-bonds.js';
import { givenDomains } from './scaffold-domains.js';
import { domainsOf, globalsOf, spacesOf, structsOf, suits } from './scaffold-object.js';
import { head, type Scaffold, type Signature } from './scaffold-plan.js';

/** The whole file. */
export function scaffoldCode(scaffold: Scaffold): string {
  const { shape } = scaffold;
  const parts = [
    `${headOf(scaffold)}\n${includesOf(scaffold)}`,
    structsOf(scaffold),
    globalsOf(scaffold),
    spacesOf(scaffold),
    domainsOf(scaffold),
    ...(scaffold.compatible ? [suits(scaffold.compatible)] : []),
    ...(shape.kind === 'domain' ? [givenDomains(scaffold, shape)] : [bonds(scaffold, shape)]),
    ...(scaffold.mmOf ? [mmOf(scaffold, scaffold.mmOf)] : []),
  ];
  return withNames(`${parts.map((part) => part.trim()).join('\n\n')}\n`, scaffold)
    .split('\n')
    .map(broken)
    .join('\n');
}

// ---- the head

function headOf({ license, replaced, left }: Scaffold): string {
  const words = [
    'An object of the mm around its domains: it pins the mm, has its PASID, and counts who uses them. A domain is given to a device that it suits, and a new one is made when none does.',
    `Takes the place of ${listed(replaced)}.`,
    ...(left.length > 0 ? [`Not carried over: ${listed(left)}.`] : []),
  ];
  const lines = words.flatMap((each) => filled(each, 76));
  return `// SPDX-License-Identifier: ${license}\n/*\n${lines.map((line) => ` * ${line}`).join('\n')}\n */`;
}

function includesOf({ pasid }: Scaffold): string {
  const headers = ['idr', 'iommu', 'kref', 'list', 'mutex', 'sched/mm', 'slab'];
  return headers
    .filter((name) => name !== 'idr' || 'end' in pasid)
    .map((name) => `#include <linux/${name}.h>`)
    .join('\n');
}

function mmOf({ link }: Scaffold, signature: Signature): string {
  const [parameter] = signature.parameters;
  return `
/* Of a domain that the caller may use: its object cannot go. */
${head({ ...signature, parameters: [{ type: parameter!.type, name: 'domain' }] })}
{
	return domain->${link}->space->mm;
}`;
}

// ---- names and lines

/** The text with a name for every `own_…`: all begin alike, and none is a word of the code at hand. */
function withNames(text: string, { shape, prefix, part, taken }: Scaffold): string {
  const given = new Map<string, string>();
  if (part) given.set('own_domain', part);
  if (shape.kind === 'handle' && !shape.handle.isEmbedded) given.set('own_bond', shape.handle.tag);
  const words = [...new Set(text.match(/\bown_\w+/g))].filter((word) => !given.has(word));
  const begin = [prefix, `${prefix}_mm`, `${prefix}_enclosing`].find((each) =>
    words.every((word) => !taken.has(word.replace('own', each))),
  );
  let count = 2;
  let start = begin ?? `${prefix}_mm${count}`;
  while (words.some((word) => taken.has(word.replace('own', start)))) start = `${prefix}_mm${++count}`;
  return text.replace(/\bown_\w+/g, (word) => given.get(word) ?? word.replace('own', start));
}

const LONGEST = 100;
const TAB = 8;

/** A line that is too long, broken after a comma of its outermost parenthesis, as the kernel does it. */
function broken(line: string): string {
  const tabs = /^\t*/.exec(line)![0].length;
  const width = (text: string): number => text.length + tabs * (TAB - 1);
  const open = line.indexOf('(');
  if (width(line) <= LONGEST || open < 0 || line.includes('/*')) return line;
  const at = line.lastIndexOf(', ', LONGEST - tabs * (TAB - 1));
  if (at < open) return line;
  const indent = width(line.slice(0, open + 1));
  const rest = `${'\t'.repeat(indent / TAB)}${' '.repeat(indent % TAB)}${line.slice(at + 2)}`;
  return `${line.slice(0, at + 1)}\n${rest}`;
}

function filled(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines.push(`${lines.pop()} ${word}`);
    else lines.push(word);
  }
  return lines;
}

function listed(names: readonly string[]): string {
  const last = names.at(-1)!;
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
