/**
 * What a function did wrong before the patch: of a patch on a tree the
 * function of the tree is run, of hunks that stand alone what they take out and
 * leave of it.
 */
import { type Located, type Program, TreeDeclarations } from '../iommu/index.js';
import { LoweredCode } from '../sim/code/index.js';
import type { Code, Procedure } from '../sim/engine/index.js';
import type { Alone, Breach } from '../sim/scenarios/index.js';
import type { FunctionItem } from '../syntax/index.js';
import { declarationsOf, withDeclared } from './declared-functions.js';
import { definitionIn } from './definition-in.js';
import type { Surroundings } from './simulation.js';

/** What runs of a function showed before the patch. */
export interface Before {
  readonly broken: ReadonlySet<string>;
  /** What is known to be new beside it: all else, where all runs were made; what is certain; or nothing, of parts. */
  readonly tells: 'all' | 'certain' | 'old';
}

/** The code before the patch; declarations have to be told where a file of it stands. */
interface TreeCode {
  readonly code: LoweredCode;
  readonly declarations: TreeDeclarations;
}

export class RunsBefore {
  private readonly inTree: TreeCode | null;

  constructor(
    private readonly program: Program,
    private readonly around: Surroundings,
    private readonly run: (code: Code, procedure: Procedure) => Alone,
  ) {
    const { before } = around;
    const declarations = before && new TreeDeclarations([], before);
    this.inTree = declarations && {
      code: new LoweredCode(withDeclared(declarations, program.units), [], {}),
      declarations,
    };
  }

  /** Null when the function was not there, or nothing tells. */
  broken(fn: Located<FunctionItem>): Before | null {
    const { basis } = fn.unit.image;
    return basis === 'hunks' ? this.inHunks(fn) : basis === 'applied' ? this.ofTree(fn) : null;
  }

  private ofTree({ unit, item }: Located<FunctionItem>): Before | null {
    const { path } = unit.image;
    const file = this.around.before?.file(path);
    const old = file && definitionIn(file, item.name);
    if (!file || !old || !this.inTree) return null;
    const { code, declarations } = this.inTree;
    declarations.place(file, path);
    const { breaches, verdict } = this.run(code, code.procedureOf({ item: old, file, path }));
    return {
      broken: new Set(breaches.map(keyOf)),
      tells: verdict.explored === 'completely' ? 'all' : 'certain',
    };
  }

  /** What broke in the same parts as they were is old, and of the rest nobody can tell. */
  private inHunks({ unit, item }: Located<FunctionItem>): Before | null {
    const old = this.around.hunksBefore?.(unit);
    const parts = old?.c.items.filter(
      (each): each is FunctionItem =>
        each.kind === 'function' && each.name === item.name && each.bodySpan !== null,
    );
    if (!old || !parts || parts.length === 0) return null;
    const seen = { path: old.image.path, file: old.c };
    const units = this.program.units.map((each) => (each === unit ? old : each));
    const code = new LoweredCode(declarationsOf(units, this.around.tree), [seen], {});
    const broken = parts.flatMap(
      (part) => this.run(code, code.procedureOf({ item: part, ...seen })).breaches,
    );
    return { broken: new Set(broken.map(keyOf)), tells: 'old' };
  }
}

/** Whether a breach is the patch's doing; null where it rests on guesses, and the same guesses may not have been made before. */
export function isIntroduced(breach: Breach, { broken, tells }: Before): boolean | null {
  if (broken.has(keyOf(breach))) return false;
  return tells === 'all' || (tells === 'certain' && breach.confidence === 'certain') ? true : null;
}

/** Equal for the same breach of two versions of a function. */
function keyOf({ monitor, words }: Breach): string {
  return `${monitor} ${words.replace(/\d+/g, '#')}`;
}
