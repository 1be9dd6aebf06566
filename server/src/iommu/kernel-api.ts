/** What the kernel around the code offers: whether a function, a struct or a member is there, and which release that makes it. */
import { type DeclarationKind, declarationsIn, type SourceTree } from '../tree/index.js';
import { IOMMU_HEADER, VERSION_MARKS } from './kernel-versions.table.js';
import type { Program } from './program.js';

/** Answers are null where nobody can tell: without a tree, or when it does not have the header. */
export interface KernelApiFacts {
  /** Whether a header that the code includes, or the code itself, declares it. */
  has(kind: 'function' | 'macro' | 'struct' | 'typedef', name: string): boolean | null;
  /** Whether `struct name` has the member. */
  hasMember(struct: string, member: string): boolean | null;
  /** The release that the tree is of: not before `from`, and before `until`. */
  readonly release: { readonly from: string | null; readonly until: string | null } | null;
  /** Whether the tree is of that release or a later one. */
  isAtLeast(release: string): boolean | null;
}

export class KernelApi implements KernelApiFacts {
  private known: KernelApiFacts['release'] | undefined;

  constructor(
    private readonly program: Program,
    private readonly tree: SourceTree | null,
  ) {}

  has(kind: 'function' | 'macro' | 'struct' | 'typedef', name: string): boolean | null {
    if (this.isInCode(kind, name)) return true;
    if (!this.isAtHand()) return null;
    return this.places().some((from) => this.tree!.declarationOf(kind, name, from) !== null);
  }

  hasMember(struct: string, member: string): boolean | null {
    const view = this.program.structNamed(struct);
    if (view?.fields.some(({ item }) => item.name === member)) return true;
    if (!this.isAtHand()) return null;
    const [kind = '', name = ''] = struct.split(' ');
    for (const from of this.places()) {
      const found = this.tree!.declarationOf(kind === 'union' ? 'union' : 'struct', name, from);
      if (found) return found.item.fields.some((field) => field.name === member);
    }
    return null;
  }

  get release(): KernelApiFacts['release'] {
    if (this.known === undefined) this.known = this.isAtHand() ? releaseOf(this.tree!) : null;
    return this.known;
  }

  isAtLeast(release: string): boolean | null {
    const { from = null, until = null } = this.release ?? {};
    if (from !== null && compare(from, release) >= 0) return true;
    return until !== null && compare(until, release) <= 0 ? false : null;
  }

  private isAtHand(): boolean {
    return this.tree !== null && this.tree.read(IOMMU_HEADER) !== null;
  }

  private isInCode(kind: string, name: string): boolean {
    if (kind === 'function') return this.program.functionsNamed(name).length > 0;
    if (kind === 'struct') return this.program.structNamed(`struct ${name}`) !== null;
    return false;
  }

  /** The files under review, and the header that all of them are about. */
  private places(): readonly string[] {
    const paths = this.program.units.flatMap(({ image, isReviewed }) => (isReviewed ? [image.path] : []));
    return [...new Set([...paths, IOMMU_HEADER])];
  }
}

function releaseOf(tree: SourceTree): { from: string | null; until: string | null } {
  const isThere = VERSION_MARKS.map(({ kind, name }) => {
    const [owner = '', member] = name.split('.');
    if (member !== undefined)
      return declared(tree, 'struct', owner).some((item) =>
        item.fields.some((field) => field.name === member),
      );
    return kind === 'function'
      ? declared(tree, 'function', name).length > 0
      : declared(tree, 'struct', name).length > 0;
  });
  const last = isThere.lastIndexOf(true);
  return {
    from: VERSION_MARKS[last]?.since ?? null,
    until: VERSION_MARKS[last + 1]?.since ?? null,
  };
}

function declared<Kind extends Extract<DeclarationKind, 'struct' | 'function'>>(
  tree: SourceTree,
  kind: Kind,
  name: string,
) {
  return declarationsIn(tree, kind, name, IOMMU_HEADER).map(({ item }) => item);
}

/** By the numbers between the dots. */
function compare(a: string, b: string): number {
  const [one, other] = [a, b].map((each) => each.split('.').map(Number));
  return one![0]! - other![0]! || (one![1] ?? 0) - (other![1] ?? 0);
}
