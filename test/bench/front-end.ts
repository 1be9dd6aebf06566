/**
 * The front end against bare tree-sitter on the same bytes, in one process and
 * in turns, so that only ratios are read. Prints one line each; run by
 * `npm run bench` with the root of a kernel tree.
 */
import Parser from 'tree-sitter';
import C from 'tree-sitter-c';
import { analyse, lowerAll, Program } from '../../server/src/analysis/index.js';
import { DeclarationsOf, lower } from '../../server/src/ir/index.js';
import { openDocument } from '../../server/src/review/index.js';
import { CFile } from '../../server/src/syntax/index.js';
import { iommuUnits, textsOf } from './iommu-units.js';

const ROUNDS = 5;
/** What may be typed where a statement begins. */
const ODDITIES = [' ', '\n', '\t', ';'];
const root = process.argv[2] ?? '.';
const texts = textsOf(root).map(({ text }) => text);
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

const around = iommuUnits(root);
const [parsed, outlined, bodied, lowered, ruled] = medians(
  () => texts.map(bare),
  () => texts.map((text) => new CFile(text).items),
  () => {
    for (const text of texts) {
      const file = new CFile(text);
      for (const item of file.items) if (item.kind === 'function') file.bodyOf(item);
    }
  },
  () => lowerAll(around),
  // Units are new each round: what a body says is kept with it.
  () => analyse(new Program(iommuUnits(root)), new Map(), { scope: 'all', severities: new Map() }),
) as [number, number, number, number, number];
const bytes = texts.reduce((sum, text) => sum + text.length, 0);
const { functions, whole } = lowerAll(around);
console.log(
  `front end over ${texts.length} files, ${(bytes / 1e6).toFixed(2)} MB, as multiples of bare tree-sitter parsing:`,
);
say(outlined / parsed, 'mask, parse and outline');
say(bodied / parsed, 'and every body read');
say(
  (bodied + lowered) / parsed,
  `and every function lowered (${whole} of ${functions} without an opaque instruction)`,
);
say(ruled / parsed, 'all facts and every rule, nothing run, from the files on disk');

/** The largest file with one character more, each time another, in the middle of a function. */
const place = largest.indexOf('{\n', largest.length >> 1) + 2;
let version = 0;
const edited = (): string =>
  `${largest.slice(0, place)}${ODDITIES[version++ % ODDITIES.length]}${largest.slice(place)}`;
const part = (content: string) => ({ path: 'a.c', treePath: 'drivers/iommu/a.c', content });
let document = openDocument(part(largest), { tree: null });
const file = new CFile(largest);
const [anew, edit, again, piece, touched] = medians(
  () => openDocument(part(edited()), { tree: null }),
  () => {
    document = openDocument(part(edited()), { tree: null, before: document });
  },
  () => new CFile(edited()).items,
  () => new CFile(edited(), [], file).items,
  () => {
    const after = new CFile(edited(), [], file);
    const item = after.items.find((each) => each.kind === 'function' && each.end > place);
    if (item?.kind === 'function') lower(after, item, new DeclarationsOf([after]));
  },
) as [number, number, number, number, number];
say(edit / anew, 'one character typed into the largest file, diagnostics and all, against reviewing it anew');
say(touched / anew, 'the same, outline and the function lowered again, against reviewing it anew');
say(piece / again, 'the same, outline only, against parsing it anew');
