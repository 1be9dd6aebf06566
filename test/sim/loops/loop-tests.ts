/**
 * Tests over loops of the kernel, as rows: each says what must be reached, so
 * that silence means something, and each change that breaks the loop must be
 * found.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MonitorId } from '../../../server/src/sim/engine/index.js';
import { kernelTree, noKernel } from '../../tree/source-tree-bench.js';
import { type Loop, type LoopReached, LoopStage } from './loops.js';

/** Where a loop stands, and the C of this folder that calls it. */
export interface LoopSource {
  readonly title: string;
  readonly paths: readonly string[];
  readonly callers: readonly string[];
  /** What the trees at hand do not say of a file: goes before its text. */
  before(path: string): string;
  /** What is read otherwise, for it is a loop that the model does not walk by its name. */
  reads?(text: string): string;
}

/** How the code of the tree is changed. */
export interface Change {
  readonly what: string;
  make(text: string): string;
}

export interface Row extends Loop {
  readonly story: string;
  readonly reaches: readonly LoopReached[];
  readonly change?: Change;
}

/** A change that makes the loop wrong: a line less, or another answer. */
export interface Defect extends Change, Loop {
  readonly monitor: MonitorId;
}

const AS_IT_IS: Change = { what: 'as it is', make: (text) => text };

export class LoopTests {
  /** The tree as it is, and as a change makes it. */
  private readonly stages = new Map<string, LoopStage>();

  constructor(private readonly source: LoopSource) {}

  stage(change: Change = AS_IT_IS): LoopStage {
    const known = this.stages.get(change.what);
    if (known) return known;
    const { paths, callers, before, reads = (text: string) => text } = this.source;
    let isChanged = change === AS_IT_IS;
    const stage = new LoopStage(kernelTree('6.12'), paths, callers, (text, path) => {
      const changed = change.make(text);
      isChanged ||= changed !== text;
      return before(path) + reads(changed);
    });
    assert.ok(isChanged, 'the tree has no such place');
    // Many changes are played once: only the tree as it is stays.
    if (change === AS_IT_IS) this.stages.set(change.what, stage);
    return stage;
  }

  test(words: string, run: () => void): void {
    test(`${this.source.title}: ${words}`, { skip: noKernel }, run);
  }

  holds(rows: readonly Row[]): void {
    for (const row of rows)
      this.test(row.story, () => {
        const { verdict, broken, reached, cuts, steps } = this.stage(row.change).play(row);
        assert.deepEqual(broken, []);
        assert.deepEqual([...cuts], []);
        assert.equal(verdict.kind, 'held', verdict.why);
        for (const each of row.reaches) assert.ok(reached.has(each), each);
        // A domain that does not fit is no error.
        assert.deepEqual(
          steps.filter((words) => /^(?:dev|pr)_(?:err|warn)/.test(words)),
          [],
        );
      });
  }

  finds(defects: readonly Defect[]): void {
    for (const defect of defects)
      this.test(`${defect.monitor}: ${defect.what}`, () => {
        const { monitors, broken } = this.stage(defect).play(defect);
        assert.ok(monitors.includes(defect.monitor), broken.join('\n') || 'nothing breaks');
      });
  }
}
