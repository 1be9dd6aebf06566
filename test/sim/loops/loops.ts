/**
 * The loops of the kernel that try the domains that are there and allocate
 * another where none fits, run on the code of a real tree: the world under
 * them, and who calls them, is C of this folder.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WorldDeclarations } from '../../../server/src/analysis/world-declarations.js';
import { treeOnDisk } from '../../../server/src/cli/tree-on-disk.js';
import { unitOf } from '../../../server/src/iommu/index.js';
import type { Declarations } from '../../../server/src/ir/index.js';
import { LoweredCode } from '../../../server/src/sim/code/index.js';
import type { Machine, MonitorId, Procedure, Reached } from '../../../server/src/sim/engine/index.js';
import {
  CONCRETE,
  type Played,
  PROGRAMME_BUDGET,
  type Programme,
  play,
  programmeSubject,
  replayProgramme,
} from '../../../server/src/sim/scenarios/index.js';
import { TEXTS, worldFile } from '../../../server/src/sim/worlds/index.js';
import { CFile } from '../../../server/src/syntax/index.js';
import { SourceTree, wholeFileImage } from '../../../server/src/tree/index.js';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const SCENARIO = 'simulated/loop.c';

/** What the callers of every loop stand on. */
const WORLD = ['page-tables.c', 'drivers.c'];

/** Where the world stands: it sees what the core sees. */
const HOME = 'drivers/iommu/iommu.c';

/** The variable that the C of a story sets once it has come to what it is about. */
const POINT = `${SCENARIO}:story_comes_to_its_point`;

const CONFIGURATION = new Map([
  ['CONFIG_IOMMU_SVA', true],
  ['CONFIG_PCI', true],
  ['CONFIG_X86', false],
  ['CONFIG_IOMMUFD_TEST', false],
  ['CONFIG_IOMMUFD_VFIO_CONTAINER', false],
]);

/** The functions of the C that one after the other, or beside each other, make a scenario. */
export interface Loop {
  readonly setUp: string;
  readonly tasks?: readonly string[];
  readonly tearDown?: string;
  /** Whether memory runs out at every place in turn. */
  readonly faults?: boolean;
  /** How many failures and preemptions a run may have. */
  readonly cost?: number;
}

/** What came about in some run, besides what the simulated hardware tells. */
export type LoopReached = Reached | 'a reference is refused' | 'the story comes to its point';

export interface PlayedLoop extends Pick<Played, 'verdict' | 'exploration'> {
  /** Each once, with where it broke. */
  readonly broken: readonly string[];
  readonly monitors: readonly MonitorId[];
  readonly reached: ReadonlySet<LoopReached>;
  /** What could not be run as it stands in the tree: of what leaks nothing is said then. */
  readonly cuts: ReadonlySet<string>;
  /** What the plainest run did, in words. */
  readonly steps: readonly string[];
}

/** The tree with a loop in it, perhaps changed, and its callers. */
export class LoopStage {
  private readonly code: LoweredCode;

  /** `paths`: the files with the loop; `callers`: the C of this folder that calls it. */
  constructor(
    root: string,
    paths: readonly string[],
    callers: readonly string[],
    change: (text: string, path: string) => string,
  ) {
    const disk = treeOnDisk(root);
    const changed = new Map(paths.map((path) => [path, change(disk.read(path)!, path)]));
    const tree = new SourceTree(disk, changed);
    const units = [...changed].map(([path, text]) => unitOf(wholeFileImage(path, text), 0, true));
    const texts = [TEXTS['driver.c']!, TEXTS['page-requests-6.9.c']!, ...WORLD.map(own), ...callers.map(own)];
    const written = { path: SCENARIO, file: new CFile(texts.join('\n')) };
    const world = [worldFile('kernel.h'), worldFile('world.c'), written];
    const seen = new WorldDeclarations(units, tree, world, HOME);
    // Every table is filled: which functions might stand in one need not be searched for.
    const declarations: Declarations = Object.create(seen, { candidates: { value: () => [] } });
    const files = [...units.map(({ image, c }) => ({ path: image.path, file: c })), ...world];
    this.code = new LoweredCode(
      declarations,
      files,
      { configuration: CONFIGURATION },
      { standIns: world, fallbacks: [] },
    );
  }

  play({ setUp, tasks = [], tearDown, faults = false, cost = 2 }: Loop): PlayedLoop {
    const procedure = (name: string): Procedure => {
      const found = this.code.procedure(name, SCENARIO);
      // Nothing would break, either.
      assert.ok(found, `no function has the name ${name}`);
      return found;
    };
    const programme: Programme = {
      setUp: procedure(setUp),
      tasks: tasks.map(procedure),
      tearDown: tearDown ? procedure(tearDown) : null,
    };
    const options = { ...CONCRETE, configuration: CONFIGURATION, faults, steps: 60_000 };
    const reached = new Set<LoopReached>();
    const cuts = new Set<string>();
    const observe = ({ hardware, cuts: those, ledger, globals }: Machine): void => {
      if (globals.get(POINT)?.at(0, 1)) reached.add('the story comes to its point');
      for (const each of hardware.reached) reached.add(each);
      if (ledger.dead.size > 0) reached.add('a reference is refused');
      for (const { kind, words } of those) if (kind !== 'empty-loop') cuts.add(words);
    };
    const search = { order: 'cost', isReduced: true } as const;
    const played = play(this.code, programme, { ...PROGRAMME_BUDGET, cost }, search, options, { observe });
    const run = replayProgramme(programmeSubject(this.code, programme, options), []);
    return {
      verdict: played.verdict,
      exploration: played.exploration,
      broken: played.breaches.map(({ monitor, site, words }) => `${monitor} in ${site.name}(): ${words}`),
      monitors: [...new Set(played.breaches.map(({ monitor }) => monitor))],
      reached,
      cuts,
      steps: run.steps.map(({ words }) => words),
    };
  }
}

function own(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8');
}
