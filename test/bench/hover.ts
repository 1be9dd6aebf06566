/**
 * What a hover costs: with the review of a text that was just opened, or just
 * edited, when it comes before that; the first one of a reviewed text, when
 * facts are worked out that nobody has asked for; and those after it. As
 * multiples of parsing the largest driver file once with bare tree-sitter, in
 * one process and in turns. Run by `npm run bench` with the root of a kernel
 * tree.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Parser from 'tree-sitter';
import C from 'tree-sitter-c';
import { TreeOnDisk } from '../../server/src/lsp/tree-on-disk.js';
import { attachHover, openDocument, SimulatedVersions } from '../../server/src/review/index.js';

const ROUNDS = 15;
const root = process.argv[2] ?? '.';
const LARGEST = 'drivers/iommu/intel/iommu.c';
const FOUNDING = '../shared/corpus/founding/rfc-v2-03.mbox';

const parser = new Parser();
parser.setLanguage(C as unknown as Parser.Language);

/** A text of the editor, and words to point at. */
interface Document {
  readonly path: string;
  readonly treePath?: string;
  readonly words: readonly string[];
}

const DOCUMENTS: readonly Document[] = [
  ...[LARGEST, 'drivers/iommu/iommu-sva.c', 'drivers/iommu/iommu.c'].map((treePath) => ({
    path: join(root, treePath),
    treePath,
    words: ['iommu_domain', 'domain', 'device', 'iommu_ops', 'iommu_sva_bind_device', 'attach_dev'],
  })),
  { path: FOUNDING, words: ['iommu_sva_cookie', 'iommu_sva_get_domain', 'iommu_domain', 'users'] },
].filter(({ path }) => existsSync(path));

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1]!;

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Where the words stand first, behind a third of the text: not at its very head. */
function positionsIn(text: string, words: readonly string[]): { line: number; character: number }[] {
  return words.flatMap((word) => {
    const near = new RegExp(`\\b${word}\\b`).exec(text.slice(text.length / 3));
    if (!near) return [];
    const before = text.slice(0, Math.floor(text.length / 3) + near.index).split('\n');
    return [{ line: before.length - 1, character: before.at(-1)!.length }];
  });
}

const largest = readFileSync(join(root, LARGEST), 'utf8');
const unit = median(
  Array.from({ length: ROUNDS }, () =>
    timed(() => parser.parse(largest, undefined, { bufferSize: largest.length + 1024 })),
  ),
);

console.log(`hovers, as multiples of parsing ${LARGEST} (${unit.toFixed(1)} ms on this machine):`);
for (const { path, treePath, words } of DOCUMENTS) {
  const content = readFileSync(path, 'utf8');
  const name = treePath === undefined ? {} : { treePath };
  const tree = treePath === undefined ? null : new TreeOnDisk(root, () => undefined);
  const positions = positionsIn(content, words);
  const times = { opened: [], edited: [], first: [], other: [] } as Record<string, number[]>;
  for (let round = 0; round < ROUNDS; round++) {
    let document = openDocument({ path, content, ...name }, { tree });
    const hover = (position: (typeof positions)[number]) => {
      document.hoverAt(position);
      document.attachPlaceAt(position);
    };
    times.first!.push(timed(() => hover(positions[0]!)));
    for (const position of positions) times.other!.push(timed(() => hover(position)));
    times.edited!.push(
      timed(() => {
        const edited = content.replace('\n{\n', '\n{\n\n');
        document = openDocument({ path, content: edited, ...name }, { tree, before: document });
        hover(positions[1] ?? positions[0]!);
      }),
    );
    times.opened!.push(
      timed(() => {
        document = openDocument({ path, content, ...name }, { tree });
        hover(positions[0]!);
      }),
    );
  }
  say(times.opened!, 'opening and the first', path);
  say(times.edited!, 'an edit and the first after it', path);
  say(times.first!, 'the first of a reviewed text', path);
  say(times.other!, 'every other', path);
  drawn({ path, content, ...name }, tree);
}

function say(times: readonly number[], what: string, path: string): void {
  const time = median(times);
  console.log(
    `  ${(time / unit).toFixed(2)}  (${time.toFixed(1)} ms)  ${what}: ${path.replace(`${root}/`, '')}`,
  );
}

/** The table and the picture of an attach flow, where the document has one. */
function drawn(part: Parameters<typeof openDocument>[0], tree: TreeOnDisk | null): void {
  const [place] = openDocument(part, { tree }).attachPlaces();
  if (!place) return;
  let report: Parameters<typeof attachHover>[1] = null;
  for (const stage of new SimulatedVersions().run(part, { tree, isCancelled: () => false }))
    if (stage.phase === 'scenarios' && stage.isWorthShowing) report = stage.attach()[place.batch] ?? null;
  const draw = () => attachHover(place, report, { picture: (svg) => svg, link: null });
  say(
    Array.from({ length: ROUNDS }, () => timed(draw)),
    'the scenarios drawn into it',
    part.path,
  );
}
