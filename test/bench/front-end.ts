/**
 * The front end against bare tree-sitter on the same bytes, in one process and
 * in turns, so that only ratios are read. Prints one line each; run by
 * `npm run bench` with the root of a kernel tree.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Parser from 'tree-sitter';
import C from 'tree-sitter-c';
import { analyse, lowerAll, Program, unitOf } from '../../server/src/analysis/index.js';
import { openDocument } from '../../server/src/review/index.js';
import { CFile } from '../../server/src/syntax/index.js';
import { contextImage, wholeFileImage } from '../../server/src/tree/index.js';

const ROUNDS = 5;
const root = process.argv[2] ?? '.';
const paths = readdirSync(join(root, 'drivers/iommu'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.[ch]$/.test(path))
  .map((path) => join('drivers/iommu', path));
const texts = paths.map((path) => readFileSync(join(root, path), 'utf8'));
const largest = texts.reduce((a, b) => (b.length > a.length ? b : a));

const parser = new Parser();
parser.setLanguage(C as unknown as Parser.Language);
const bare = (text: string): unknown => parser.parse(text, undefined, { bufferSize: text.length + 1024 });

/** Medians of the milliseconds that each of the works takes, done in turns after one round that does not count. */
function medians(...works: readonly (() => unknown)[]): number[] {
  const times: number[][] = works.map(() => []);
  for (let round = 0; round <= ROUNDS; round++) {
    works.forEach((work, which) => {
      const start = performance.now();
      work();
      if (round > 0) times[which]!.push(performance.now() - start);
    });
  }
  return times.map((each) => each.sort((a, b) => a - b)[each.length >> 1]!);
}

function say(ratio: number, what: string): void {
  console.log(`  ${ratio.toFixed(2)}  ${what}`);
}

const units = paths.map((path, index) => unitOf(wholeFileImage(path, texts[index]!), 0, true));
const header = readFileSync(join(root, 'include/linux/iommu.h'), 'utf8');
const around = [...units, unitOf(contextImage('include/linux/iommu.h', header), 0, false)];
const [parsed, outlined, bodied, lowered] = medians(
  () => texts.map(bare),
  () => texts.map((text) => new CFile(text)),
  () => {
    for (const text of texts) {
      const file = new CFile(text);
      for (const item of file.items) if (item.kind === 'function') file.bodyOf(item);
    }
  },
  () => lowerAll(around),
) as [number, number, number, number];
const bytes = texts.reduce((sum, text) => sum + text.length, 0);
const { functions, whole } = lowerAll(around);
console.log(
  `front end over ${paths.length} files, ${(bytes / 1e6).toFixed(2)} MB, as multiples of bare tree-sitter parsing:`,
);
say(outlined / parsed, 'mask, parse and outline');
say(bodied / parsed, 'and every body read');
say(
  (bodied + lowered) / parsed,
  `and every function lowered (${whole} of ${functions} without an opaque instruction)`,
);

const origins = new Map(
  units.map((unit) => [unit, { path: unit.image.path, message: null, decodedLineOf: null }]),
);
const [bareAgain, checked] = medians(
  () => texts.map(bare),
  () => {
    // Parsed anew: what is kept of a body, and of its words, is kept by its piece.
    const fresh = around.map(({ image, isReviewed }) => unitOf(image, 0, isReviewed));
    const fromFresh = new Map(fresh.map((unit, index) => [unit, origins.get(around[index]!)!]));
    analyse(new Program(fresh), fromFresh, { scope: 'all', severities: new Map() });
  },
) as [number, number];
say(checked / bareAgain, 'parse, facts and rules, without lowering');

let version = 0;
/** The largest file with one more line behind what `mark` first finds in its second half. */
const edited = (mark: string): string => {
  const at = largest.indexOf(mark, largest.length >> 1) + mark.length;
  return `${largest.slice(0, at)}\tint x${version++};\n${largest.slice(at)}`;
};
const IN_FUNCTION = ')\n{\n';
const IN_TABLE = '= {\n';
const part = (content: string) => ({ path: 'a.c', treePath: 'drivers/iommu/a.c', content });
for (const [mark, what] of [
  [IN_FUNCTION, 'one edit of a function in the largest file'],
  [IN_TABLE, 'one edit of a table there'],
] as const) {
  let document = openDocument(part(largest), { tree: null });
  const [anew, edit] = medians(
    () => openDocument(part(edited(mark)), { tree: null }),
    () => {
      document = openDocument(part(edited(mark)), { tree: null, before: document });
    },
  ) as [number, number];
  say(edit / anew, `${what}, diagnostics and all, against reviewing it anew`);
}
const file = new CFile(largest);
const [again, piece] = medians(
  () => new CFile(edited(IN_FUNCTION)),
  () => new CFile(edited(IN_FUNCTION), [], file),
) as [number, number];
say(piece / again, 'one edit of the largest file, outline only, against parsing it anew');
console.log(`memory with all of it held: ${Math.round(process.memoryUsage().rss / 1e6)} MB resident`);
