/**
 * Which lines of a text are not those of another one: the shortest list of
 * changes (E. W. Myers, An O(ND) Difference Algorithm, 1986), as `diff` finds
 * it, as long as it is short.
 */

export interface LineDiff {
  /** For each line of the later text, whether the earlier one does not have it there. */
  readonly added: readonly boolean[];
  /** What the earlier text has more, each with the index of the later line that it stood before. */
  readonly removed: readonly { readonly text: string; readonly at: number }[];
}

/** With more changes than that, all between the first and the last of them counts as changed: nobody reads it as a change. */
const MOST_CHANGES = 500;

/** Line ends are no difference: an editor and a repository may disagree on them. */
export function lineDiff(before: readonly string[], after: readonly string[]): LineDiff {
  const [a, b] = [before.map(withoutEnd), after.map(withoutEnd)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [inA, inB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const kept = keptOf(inA, inB);
  const added = b.map((_, index) => index >= start && index < b.length - end);
  for (const at of kept.values()) added[start + at] = false;
  const removed: { text: string; at: number }[] = [];
  let next = start;
  inA.forEach((text, index) => {
    const at = kept.get(index);
    if (at === undefined) removed.push({ text, at: next });
    else next = start + at + 1;
  });
  slide(added, b, new Set(removed.map(({ at }) => at)));
  return { added, removed };
}

/**
 * A run of added lines that ends as what stands before it ends may as well be
 * those lines: a function behind one that ends alike. The run is moved to where
 * a person would see it begin, but past nothing that is removed.
 */
function slide(added: boolean[], lines: readonly string[], cuts: ReadonlySet<number>): void {
  for (let from = added.indexOf(true); from >= 0; from = added.indexOf(true, from)) {
    let to = added.indexOf(false, from);
    if (to < 0) to = added.length;
    const mayPass = (at: number, behind: number): boolean =>
      0 <= at && at < added.length && !added[at] && !cuts.has(behind);
    const isChange = Array.from({ length: to - from + 1 }, (_, n) => from + n).some((at) => cuts.has(at));
    let [up, down] = [0, 0];
    if (!isChange) {
      while (mayPass(from - up - 1, from - up) && lines[from - up - 1] === lines[to - up - 1]) up++;
      while (mayPass(to + down, to + down) && lines[from + down] === lines[to + down]) down++;
    }
    let best = 0;
    for (let shift = -up; shift <= down; shift++)
      if (beginning(lines, from + shift, to + shift) >= beginning(lines, from + best, to + best))
        best = shift;
    added.fill(false, from, to).fill(true, from + best, to + best);
    from = to + best;
  }
}

/** How much a run looks as if somebody had written it in one go. */
function beginning(lines: readonly string[], from: number, to: number): number {
  const isBlank = (at: number): boolean => lines[at]?.trim() === '';
  const opens = /^[^\s{}]/.test(lines[from] ?? '') ? 2 : 0;
  return opens + (isBlank(from - 1) && !isBlank(from) ? 2 : 0) + (isBlank(to - 1) ? 1 : 0);
}

const withoutEnd = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

/** Of the lines of `a` that are kept, where in `b` each stands; in order on both sides. */
function keptOf(a: readonly string[], b: readonly string[]): ReadonlyMap<number, number> {
  const rounds = furthest(a, b);
  const kept = new Map<number, number>();
  if (!rounds) return kept;
  let [x, y] = [a.length, b.length];
  for (let d = rounds.length - 1; d >= 0; d--) {
    const reached = rounds[d]!;
    const k = x - y;
    const isDown = k === -d || (k !== d && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1));
    const from = isDown ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : reached.get(from)!;
    const stop = d === 0 ? 0 : isDown ? fromX : fromX + 1;
    for (; x > stop; ) kept.set(--x, --y);
    if (d > 0) [x, y] = [fromX, fromX - from];
  }
  return kept;
}

/** For each number of changes how far along each diagonal one gets with fewer; null when it takes too many. */
function furthest(a: readonly string[], b: readonly string[]): readonly ReadonlyMap<number, number>[] | null {
  const rounds: Map<number, number>[] = [];
  let reached = new Map<number, number>();
  for (let d = 0; d <= Math.min(a.length + b.length, MOST_CHANGES); d++) {
    rounds.push(reached);
    const next = new Map<number, number>();
    for (let k = -d; k <= d; k += 2) {
      const isDown = k === -d || (k !== d && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1));
      let x = d === 0 ? 0 : isDown ? reached.get(k + 1)! : reached.get(k - 1)! + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return rounds;
    }
    reached = next;
  }
  return null;
}
