/** Where a run was, in the files that people have: spots to report at, lines of traces, code in quotes. */
import { LineIndex } from '../base/index.js';
import type { Located, Program, Spot, Unit } from '../iommu/index.js';
import type { Step } from '../sim/engine/index.js';
import type { Site } from '../sim/model/index.js';
import type { Breach } from '../sim/scenarios/index.js';
import type { FunctionItem } from '../syntax/index.js';
import type { SourceTree } from '../tree/index.js';
import type { Locator } from './locate.js';

/** More code than this in quotes is cut. */
const LONGEST_QUOTE = 80;

/** Code within a sentence. */
export function quoted(code: string): string {
  const text = code.replace(/\s+/g, ' ');
  return `\`${text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 1)}…` : text}\``;
}

/** The places of the runs of one function. */
export class RunPlaces {
  private readonly indices = new Map<string, LineIndex | null>();

  constructor(
    private readonly fn: Located<FunctionItem>,
    private readonly program: Program,
    private readonly tree: SourceTree | null,
    private readonly locator: Locator,
  ) {}

  /**
   * Where to say it: on a line that the patch adds if one has a part in it,
   * else on one that the input shows; where it shows none of them, at the last
   * that the run came by. `steps`: those of the run, asked for only then.
   */
  spotOf(breach: Breach, steps: () => readonly Step[]): Spot {
    const { item, unit } = this.fn;
    const sites = [breach.site, ...breach.related.map(({ site }) => site)];
    const decisions = breach.assumptions.flatMap(({ site }) => site ?? []);
    const name: Spot = { unit, span: item.nameSpan };
    return (
      this.shown([...sites, ...decisions]) ??
      (this.locator.isShown(name)
        ? name
        : this.shown(
            steps()
              .map(({ site }) => site)
              .reverse(),
          )) ??
      this.firstShown() ??
      name
    );
  }

  /** The first of the sites in the function that the patch adds, or at least shows. */
  private shown(sites: readonly Site[]): Spot | null {
    const { unit } = this.fn;
    const spots = sites
      .filter(({ path, start }) => path === unit.image.path && this.isOfFunction(start))
      .map((span): Spot => ({ unit, span }));
    return (
      spots.find((spot) => this.locator.isAdded(spot)) ??
      spots.find((spot) => this.locator.isShown(spot)) ??
      null
    );
  }

  /** Whether a place is in the function, of which the input may show several parts. */
  private isOfFunction(at: number): boolean {
    const { unit, item } = this.fn;
    if (at >= item.start && at < item.end) return true;
    return (
      item.missing.length > 0 &&
      unit.c.items.some(
        (each) => each.kind === 'function' && each.name === item.name && at >= each.start && at < each.end,
      )
    );
  }

  /** Any line of the function that the input shows. */
  private firstShown(): Spot | null {
    const { unit, item } = this.fn;
    const text = unit.image.text;
    for (let start = item.start; start < item.end; ) {
      const next = text.indexOf('\n', start) + 1 || item.end;
      const spot: Spot = { unit, span: { start, end: Math.min(next, item.end) - 1 } };
      if (this.locator.isShown(spot)) return spot;
      start = next;
    }
    return null;
  }

  /** The place of a site, in the code under review or beside it; null in other files of the tree. */
  at(site: Site): Spot | null {
    const unit = this.unitAt(site.path);
    return unit && { unit, span: site };
  }

  /** The line as the patch's own hunk headers number it; null for what only stands in for unseen code. */
  lineAt(path: string, offset: number): number | null {
    const unit = this.unitAt(path);
    if (unit) return this.locator.find({ unit, span: { start: offset, end: offset } })?.region.line ?? null;
    let index = this.indices.get(path);
    if (index === undefined) {
      const text = this.tree?.file(path)?.text;
      index = text === undefined ? null : new LineIndex(text);
      this.indices.set(path, index);
    }
    return index ? index.lineAt(offset) + 1 : null;
  }

  /** An assumption in words, with the code that it is about. */
  worded({ site, words }: Breach['assumptions'][number]): string {
    const text = site && this.textOf(site.path)?.slice(site.start, site.end);
    if (!text || (words !== 'true' && words !== 'false')) return words;
    return `${quoted(text)} is ${words}`;
  }

  private textOf(path: string): string | null {
    return this.unitAt(path)?.image.text ?? this.tree?.file(path)?.text ?? null;
  }

  /** Of several versions of a file, as a series makes them, the one that the function is in. */
  private unitAt(path: string): Unit | null {
    const { unit } = this.fn;
    return path === unit.image.path ? unit : (this.program.unitsAt(path)[0] ?? null);
  }
}
