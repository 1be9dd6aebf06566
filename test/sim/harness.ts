/**
 * Seeded defects: C files that say in their first comment how they are run and
 * by carets what must be found. Each has a twin, the nearest code that is
 * right. This file reads them, runs them, and says what was found where.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DeclarationsOf, type NamedFile } from '../../server/src/ir/index.js';
import { LoweredCode } from '../../server/src/sim/code/index.js';
import {
  type Counterexample,
  MONITORS,
  type MonitorId,
  type Procedure,
  printTape,
  replay,
  type Subject,
  shrink,
  type Tape,
} from '../../server/src/sim/engine/index.js';
import {
  aloneSubject,
  type Breach,
  type Programme,
  play,
  programmeSubject,
  runAlone,
  type Verdict,
} from '../../server/src/sim/scenarios/index.js';
import { CFile } from '../../server/src/syntax/index.js';

const FOLDER = fileURLToPath(new URL('defects', import.meta.url));
/** Declarations that stand in for headers. */
const PRELUDE = 'prelude.h';
const MARKER = /^\s*\/\/\s*(\^+)\s+([A-Z][A-Z0-9]+)(?::\s*(.*))?$/;

/** One marker: `line:from-to MONITOR`, with visual columns from 0. */
export interface Expected {
  readonly place: string;
  readonly monitor: MonitorId;
  /** A part of the message; '' for any. */
  readonly message: string;
}

export interface Defect {
  /** The file without its ending, as tests are called. */
  readonly name: string;
  readonly text: string;
  /** What the first comment says, by key. */
  readonly header: ReadonlyMap<string, string>;
  /** In the order of the file. */
  readonly expected: readonly Expected[];
  /** How sure the marked findings are: certain, unless the first comment says `confidence: possible`. */
  readonly confidence: Breach['confidence'];
}

/** A finding in the words of a marker. */
export interface Found {
  readonly place: string;
  readonly breach: Breach;
  /** The tape made as plain as it gets. */
  readonly tape: Tape;
  /** Whether making it plainer once more changes nothing. */
  readonly isPlainest: boolean;
  /** Whether running the plainest tape again shows the same. */
  readonly isReplayed: boolean;
}

/** Names of all files of the bench, without `.c`: defects, and twins that end in `.ok`. */
export function benchNames(): { readonly defects: readonly string[]; readonly twins: readonly string[] } {
  const names = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.c'))
    .map((name) => basename(name, '.c'))
    .sort();
  return {
    defects: names.filter((name) => !name.endsWith('.ok')),
    twins: names.filter((name) => name.endsWith('.ok')),
  };
}

export function readDefect(name: string): Defect {
  const text = readFileSync(pathOf(name), 'utf8');
  const header = headerOf(text);
  const confidence = header.get('confidence') === 'possible' ? 'possible' : 'certain';
  return { name, text, header, expected: expectedIn(text), confidence };
}

function pathOf(name: string): string {
  return join(FOLDER, `${name}.c`);
}

function headerOf(text: string): Map<string, string> {
  const comment = text.slice(0, text.indexOf('*/'));
  const lines = [...comment.matchAll(/^ \* (\w+): (.*)$/gm)];
  return new Map(lines.map(([, key = '', value = '']) => [key, value.trim()]));
}

function expectedIn(text: string): Expected[] {
  const expected: Expected[] = [];
  let codeLine = 0;
  text.split('\n').forEach((line, index) => {
    const [, carets, monitor = '', message = ''] = MARKER.exec(line) ?? [];
    if (!carets || !isMonitor(monitor)) {
      codeLine = index + 1;
      return;
    }
    const from = visualColumn(line, line.indexOf('^'));
    expected.push({ place: `${codeLine}:${from}-${from + carets.length} ${monitor}`, monitor, message });
  });
  return expected;
}

function isMonitor(name: string): name is MonitorId {
  return Object.hasOwn(MONITORS, name);
}

/** Columns as an editor shows them, with tabs of eight. */
function visualColumn(line: string, offset: number): number {
  let column = 0;
  for (const char of line.slice(0, offset)) column = char === '\t' ? (column >> 3) * 8 + 8 : column + 1;
  return column;
}

/** What a marker for a span would say; of a span over several lines the first one counts. */
function placeOf(text: string, { site, monitor }: Breach): string {
  const lines = text.slice(0, site.start).split('\n');
  const offset = lines.at(-1)!.length;
  const line = text.split('\n')[lines.length - 1]!;
  const end = Math.min(line.length, offset + site.end - site.start);
  return `${lines.length}:${visualColumn(line, offset)}-${visualColumn(line, end)} ${monitor}`;
}

/** Runs a defect as its first comment says. */
export function runDefect(defect: Defect): { readonly found: readonly Found[]; readonly verdict: Verdict } {
  const { text, header, name } = defect;
  const path = `${name}.c`;
  const file = new CFile(text);
  const prelude: NamedFile = {
    path: PRELUDE,
    file: new CFile(readFileSync(join(FOLDER, PRELUDE), 'utf8')),
  };
  const files: NamedFile[] = [{ path, file }, prelude];
  const code = new LoweredCode(new DeclarationsOf(files), files, {});
  const procedure = (wanted: string): Procedure => {
    const known = code.procedure(wanted, path);
    if (!known) throw new Error(`${path} has no function ${wanted}()`);
    return known;
  };
  const alone = /^alone (\w+)$/.exec(header.get('run') ?? '')?.[1];
  if (alone) {
    const subject = aloneSubject(code, procedure(alone));
    const { breaches, verdict, exploration } = runAlone(code, procedure(alone));
    return { found: foundIn(text, subject, breaches, exploration.counterexamples), verdict };
  }
  const optional = (key: string): Procedure | null => {
    const wanted = header.get(key);
    return wanted ? procedure(wanted) : null;
  };
  const programme: Programme = {
    setUp: optional('setup'),
    tasks: (header.get('tasks') ?? '').split(/,\s*/).filter(Boolean).map(procedure),
    tearDown: optional('teardown'),
  };
  const { breaches, verdict, exploration } = play(code, programme);
  const subject = programmeSubject(code, programme);
  return { found: foundIn(text, subject, breaches, exploration.counterexamples), verdict };
}

function foundIn(
  text: string,
  subject: Subject,
  breaches: readonly Breach[],
  counterexamples: readonly Counterexample[],
): Found[] {
  return breaches.map((breach) => {
    const shown = counterexamples.find((each) => isSame(each, breach));
    const tape = shown ? shrink(subject, shown) : breach.tape;
    const isPlainest = !shown || printTape(shrink(subject, { ...shown, tape })) === printTape(tape);
    return {
      place: placeOf(text, breach),
      breach,
      tape,
      isPlainest,
      isReplayed: isReplayed(subject, breach, tape),
    };
  });
}

function isSame(one: Pick<Breach, 'monitor' | 'site'>, other: Pick<Breach, 'monitor' | 'site'>): boolean {
  return (
    one.monitor === other.monitor && one.site.start === other.site.start && one.site.path === other.site.path
  );
}

/** Monitors that may compare several runs, or functions: one tape shows the run that is the odd one out, not the breach. */
const COMPARING: readonly MonitorId[] = ['LOCKBAL', 'UNHELD', 'REFLEAK', 'ABBA', 'STALE'];

function isReplayed(subject: Subject, breach: Breach, tape: Tape): boolean {
  const { violations, ending } = replay(subject, tape);
  if (violations.some((each) => isSame(each, breach))) return true;
  return COMPARING.includes(breach.monitor) && ending.kind === 'finished';
}

/** The tapes of the marked findings, in the order of the markers, as the first comment states them. */
export function tapesOf({ expected }: Defect, found: readonly Found[]): string {
  return expected
    .map(({ place }) => found.find((each) => each.place === place))
    .map((each) => (each ? printTape(each.tape) : '?'))
    .join(', ');
}

/** Writes the tapes into the first comment. */
export function stateTapes({ name, text }: Defect, tapes: string): void {
  const end = text.indexOf(' */');
  const head = text.slice(0, end).replace(/^ \* tape: .*\n/m, '');
  writeFileSync(pathOf(name), `${head} * tape: ${tapes}\n${text.slice(end)}`);
}
