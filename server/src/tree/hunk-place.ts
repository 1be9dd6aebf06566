/**
 * Whether a hunk belongs where its lines were found, when that is not where
 * its header says: many functions of a driver have a few lines alike.
 */
import type { Hunk } from '../patch/index.js';

/**
 * False where the header names one function of the file and the place lies in
 * another, and where context had to be left out to put in lines that stand
 * there already. `at`: index of the line that the hunk's first one stands for.
 */
export function belongsAt(lines: readonly string[], hunk: Hunk, at: number, fuzz: number): boolean {
  return isInItsFunction(lines, hunk, at) && !(fuzz > 0 && hasItAlready(lines, hunk, at));
}

function isInItsFunction(lines: readonly string[], { section }: Hunk, at: number): boolean {
  const named = functionNamed(section);
  if (named === null) return true;
  const found = functionNamed(headingAbove(lines, at));
  if (found === null || found === named) return true;
  // A function may have been renamed since.
  return !lines.some((line) => line.includes(named) && !line.endsWith(';') && functionNamed(line) === named);
}

/** The line that diff would print for a hunk that begins at `at`, unless it is a label. */
function headingAbove(lines: readonly string[], at: number): string {
  for (let index = Math.min(at, lines.length) - 1; index >= 0; index--) {
    const line = lines[index]!;
    if (/^[A-Za-z_$]/.test(line) && !/^\w+:\s*(?:$|\/[/*])|;$/.test(line)) return line;
  }
  return '';
}

function functionNamed(head: string): string | null {
  if (!/^[A-Za-z_]/.test(head) || /^(?:struct|union|enum)\s+\w+\s*\{/.test(head) || head.includes('='))
    return null;
  return /\b([A-Za-z_]\w*)\s*\(/.exec(head)?.[1] ?? null;
}

/** Whether all that the hunk adds stands at the place where it would be put. */
function hasItAlready(lines: readonly string[], hunk: Hunk, at: number): boolean {
  const runs: { place: number; text: string[] }[] = [];
  let place = at;
  for (const [index, { kind, text }] of hunk.lines.entries()) {
    if (kind !== 'added') place++;
    else if (hunk.lines[index - 1]?.kind !== 'added') runs.push({ place, text: [text] });
    else runs.at(-1)!.text.push(text);
  }
  return (
    runs.some(({ text }) => isFilled(text)) &&
    runs.every(({ place, text }) => {
      const around = lines.slice(Math.max(0, place - text.length - 1), place + text.length + 1);
      return `\n${filled(around)}\n`.includes(`\n${filled(text)}\n`) || !isFilled(text);
    })
  );
}

function filled(lines: readonly string[]): string {
  return lines.filter((line) => line.trim() !== '').join('\n');
}

function isFilled(lines: readonly string[]): boolean {
  return filled(lines) !== '';
}
