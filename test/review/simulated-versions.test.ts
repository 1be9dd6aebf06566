/** That what is kept from one version of a document to the next is what a run from scratch would show. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Finding } from '../../server/src/findings/index.js';
import { openDocument, type SimulatedSoFar, SimulatedVersions } from '../../server/src/review/index.js';
import { RULES } from '../../server/src/rules/index.js';
import type { TreeReader } from '../../server/src/tree/index.js';
import { furtherExamples } from '../rules/further-examples.js';

const PATH = 'drivers/iommu/toy.c';

const HEADER = `#ifndef TOY_H
struct bond { int id; };
struct toy { struct bond *bond; struct mutex lock; };
struct toy_ops { int (*setup)(struct toy *toy); };
static inline void toy_drop(struct bond *bond)
{
	kfree(bond);
}
`;

const HEAD = `#include <linux/slab.h>
#include "toy.h"

`;
/** Functions that look at each other, by calls, by what they may write, and through a table. */
const FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
  toy_free: [
    'static void toy_free(struct bond *bond)\n{\n\tkfree(bond);\n}\n',
    'static void toy_free(struct bond *bond)\n{\n\tif (bond->id)\n\t\tkfree(bond);\n}\n',
    'static void toy_free(struct bond *bond)\n{\n\ttoy_drop(bond);\n}\n',
    'static void toy_free(struct bond *bond)\n{\n}\n',
  ],
  toy_setup: [
    'static int toy_setup(struct toy *toy)\n{\n\treturn 0;\n}\n',
    'static int toy_setup(struct toy *toy)\n{\n\tmutex_lock(&toy->lock);\n\treturn toy->bond ? -EBUSY : 0;\n}\n',
    'static int toy_setup(struct toy *toy)\n{\n\tif (toy->bond)\n\t\treturn -EBUSY;\n\treturn 0;\n}\n',
  ],
  toy_attach: [
    'static int toy_attach(struct toy *toy)\n{\n\tstruct bond *bond = kzalloc(sizeof(*bond), GFP_KERNEL);\n\n\tif (!bond)\n\t\treturn -ENOMEM;\n\tif (toy_setup(toy)) {\n\t\ttoy_free(bond);\n\t\treturn -EBUSY;\n\t}\n\ttoy->bond = bond;\n\treturn 0;\n}\n',
    'static int toy_attach(struct toy *toy)\n{\n\tstruct bond *bond = kzalloc(sizeof(*bond), GFP_KERNEL);\n\n\tif (!bond)\n\t\treturn -ENOMEM;\n\tif (toy_setup(toy))\n\t\treturn -EBUSY;\n\ttoy->bond = bond;\n\treturn 0;\n}\n',
    'static int toy_attach(struct toy *toy)\n{\n\tstruct bond *bond = kzalloc(sizeof(*bond), GFP_KERNEL);\n\n\ttoy->bond = bond;\n\treturn bond->id;\n}\n',
    'static int toy_attach(struct toy *toy)\n{\n\tif (toy {\n',
  ],
  toy_bind: [
    'int toy_bind(struct toy *toy, struct toy_ops *ops)\n{\n\tint ret;\n\n\tmutex_lock(&toy->lock);\n\tret = ops->setup(toy);\n\tif (ret)\n\t\treturn ret;\n\tmutex_unlock(&toy->lock);\n\treturn toy_attach(toy);\n}\n',
    'int toy_bind(struct toy *toy, struct toy_ops *ops)\n{\n\tint ret;\n\n\tmutex_lock(&toy->lock);\n\tret = ops->setup(toy);\n\tmutex_unlock(&toy->lock);\n\treturn ret;\n}\n',
  ],
  toy_register: [
    'void toy_register(struct toy_ops *ops)\n{\n\t*ops = (struct toy_ops){ .setup = toy_setup };\n}\n',
    'void toy_register(struct toy_ops *ops)\n{\n\t*ops = (struct toy_ops){ .setup = toy_attach };\n}\n',
    'void toy_register(struct toy_ops *ops)\n{\n\tops->setup = NULL;\n}\n',
  ],
  toy_last: [
    'void toy_last(struct toy *toy)\n{\n\tstruct bond *bond = toy->bond;\n\n\ttoy_free(bond);\n\tbond->id = 0;\n}\n',
    'void toy_last(struct toy *toy)\n{\n\ttoy->bond->id = 0;\n\ttoy_free(toy->bond);\n}\n',
  ],
};

/** A tree that can be written. */
class Tree implements TreeReader {
  readonly root = '';
  readonly files = new Map([
    ['include/linux/slab.h', '\n'],
    ['include/linux/iommu.h', '\n'],
    ['drivers/iommu/toy.h', HEADER],
  ]);

  read(path: string): string | null {
    return this.files.get(path) ?? null;
  }
}

interface Outcome {
  readonly findings: readonly Finding[];
  /** They are all that there are: scenarios were played. */
  readonly isAll: boolean;
  /** How many functions were taken over, of how many. */
  readonly kept: number;
  readonly total: number;
}

function run(versions: SimulatedVersions, text: string, tree: TreeReader | null): Outcome {
  const stages: SimulatedSoFar[] = [];
  const options = { tree, isCancelled: () => false };
  let findings: readonly Finding[] = [];
  let isAll = false;
  for (const stage of versions.run({ path: PATH, content: text, treePath: PATH }, options)) {
    stages.push(stage);
    assert.deepEqual(stage.failures, []);
    findings = stage.findings();
    isAll = stage.isAll;
  }
  return { findings, isAll, kept: (stages[0]?.done ?? 1) - 1, total: stages.at(-1)?.total ?? 0 };
}

function asText(choice: Readonly<Record<string, number>>, around = ''): string {
  return (
    HEAD +
    around +
    Object.entries(FUNCTIONS)
      .map(([name, all]) => all[choice[name] ?? 0])
      .join('\n')
  );
}

/** A small generator with a seed: the same edits every time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}

test('after any edits, what is kept and what is run anew make what a run from scratch makes', () => {
  let kept = 0;
  let breaches = 0;
  for (const seed of [1, 2, 3, 4]) {
    const next = numbers(seed);
    const tree = new Tree();
    const versions = new SimulatedVersions();
    const choice: Record<string, number> = {};
    let around = '';
    for (let edit = 0; edit < 25; edit++) {
      const names = Object.keys(FUNCTIONS);
      const name = names[next(names.length)]!;
      const kind = next(10);
      if (kind === 0) around = ['', '#define kfree(x) do { } while (0)\n\n', '/* said */\n\n'][next(3)]!;
      else if (kind === 1)
        tree.files.set(
          'drivers/iommu/toy.h',
          next(2) === 0 ? HEADER : HEADER.replace('\tkfree(bond);\n', '\tbond->id = 1;\n'),
        );
      else choice[name] = next(FUNCTIONS[name]!.length);
      if (kind === 1 && next(2) === 0) versions.doubt();
      const text = asText(choice, around);
      const now = run(versions, text, tree);
      assert.deepEqual(
        now.findings,
        run(new SimulatedVersions(), text, tree).findings,
        `seed ${seed}, edit ${edit}`,
      );
      kept += now.kept;
      breaches += now.findings.length;
    }
  }
  assert.ok(kept > 100, `${kept} were kept`);
  assert.ok(breaches > 100, `${breaches} were found`);
});

test('it finds what a review that runs everything finds', () => {
  let found = 0;
  for (const choice of [{}, { toy_attach: 1, toy_last: 1 }, { toy_setup: 1, toy_free: 3 }]) {
    const text = asText(choice);
    for (const tree of [null, new Tree()]) {
      const part = { path: PATH, content: text, treePath: PATH };
      const all = openDocument(part, { tree, simulates: true }).review.findings;
      const static_ = openDocument(part, { tree }).review.findings;
      const { findings, isAll } = run(new SimulatedVersions(), text, tree);
      const ids = (each: readonly Finding[]) => each.map((one) => JSON.stringify(one)).sort();
      assert.deepEqual(ids(isAll ? findings : [...static_, ...findings]), ids(all));
      found += findings.length;
    }
  }
  assert.ok(found > 3, `${found} were found`);
});

test("of every rule's examples the editor shows what `check` does, and nothing twice", () => {
  let found = 0;
  for (const { id, bad, good } of RULES)
    for (const { code } of [...bad, ...good, ...furtherExamples(id, 'bad'), ...furtherExamples(id, 'good')]) {
      // Scenarios are played on these, which takes long; the test after this one does it for whole designs.
      if (/\bstruct mm_struct \*/.test(code)) continue;
      const part = { path: PATH, content: code, treePath: PATH };
      const all = openDocument(part, { tree: null, simulates: true }).review.findings;
      const static_ = openDocument(part, { tree: null }).review.findings;
      const { findings, isAll } = run(new SimulatedVersions(), code, null);
      const ids = (each: readonly Finding[]) => each.map((one) => JSON.stringify(one)).sort();
      assert.deepEqual(ids(isAll ? findings : [...static_, ...findings]), ids(all));
      found += findings.length;
    }
  assert.ok(found > 10, `${found} were found`);
});

const DESIGNS = new URL('../../server/simulated/designs/', import.meta.url);
const FOUNDING = '../shared/corpus/founding/rfc-v2-03.mbox';

test('of a design that scenarios are played on, the editor shows in the end what `check` does', () => {
  const code = readFileSync(new URL('rfc-v2.c', DESIGNS), 'utf8');
  const part = { path: PATH, content: code, treePath: PATH };
  const all = openDocument(part, { tree: null, simulates: true }).review.findings;
  const { findings, isAll } = run(new SimulatedVersions(), code, null);
  assert.ok(isAll);
  assert.deepEqual(findings, all);
  const scenarios = new Set(findings.flatMap(({ trace }) => trace?.scenario ?? []));
  assert.ok(scenarios.has('two-devices-two-iommus/strict'), [...scenarios].join());
});

test('so it is of a patch, whose design findings get the runs that prove them', {
  skip: existsSync(FOUNDING) ? false : `${FOUNDING} is not there`,
}, () => {
  const part = { path: 'a.mbox', content: readFileSync(FOUNDING, 'utf8') };
  const static_ = openDocument(part, { tree: null });
  const all = openDocument(part, { tree: null, simulates: true }).review.findings;
  let last: SimulatedSoFar | null = null;
  const phases: string[] = [];
  for (const stage of new SimulatedVersions().run(part, { tree: null, isCancelled: () => false })) {
    last = stage;
    phases.push(stage.phase);
  }
  assert.ok(last?.isAll);
  assert.ok(phases.indexOf('scenarios') > phases.lastIndexOf('functions'), 'functions come first');
  const findings = last.findings();
  assert.deepEqual(findings, all);
  const proved = findings.filter(({ trace }) => trace !== null && trace.scenario !== 'alone');
  assert.ok(proved.some(({ rule }) => rule === 'domain-reused-unchecked'));
  assert.equal(static_.review.findings.filter(({ trace }) => trace !== null).length, 0);
  for (const finding of proved) {
    const places = static_.explanationOf(finding);
    const steps = places.filter(({ message }) => /^\d+\. /.test(message));
    assert.ok(steps.length > 0 && steps.length <= 12, finding.rule);
    for (const { source, region } of steps) {
      assert.equal(source?.path, 'a.mbox', 'on a line of the mail');
      assert.doesNotMatch(region.file, /^simulated/);
    }
    assert.ok(places.length > steps.length, 'what was said before stays');
  }
  const [report, ...others] = last.attach();
  assert.deepEqual(others, []);
  assert.ok(report?.isOver);
  assert.equal(report.scenarios.length, report.total);
  assert.deepEqual(
    static_.attachPlaces().map(({ function: name, plays, total }) => [name, plays, total]),
    [
      ['iommu_sva_get_domain', 'bind', report.total],
      ['iommu_sva_domain_put_user', 'unbind', report.total],
    ],
  );
});

test('scenarios that an edit cuts short are not told', () => {
  const code = readFileSync(new URL('rfc-v2.c', DESIGNS), 'utf8');
  const part = { path: PATH, content: code, treePath: PATH };
  let isOver = false;
  const stages: SimulatedSoFar[] = [];
  for (const stage of new SimulatedVersions().run(part, { tree: null, isCancelled: () => isOver })) {
    stages.push(stage);
    isOver = stage.phase === 'scenarios' && stage.done === 3;
  }
  const [report] = stages.at(-1)!.attach();
  assert.equal(report?.scenarios.length, 3);
  assert.equal(report.isOver, false);
});

test('an edit in a body runs that function and those that look at it, and no other', () => {
  const versions = new SimulatedVersions();
  const asks = { toy_setup: 2 };
  assert.equal(run(versions, asText(asks), null).kept, 0);
  const last = run(versions, asText({ ...asks, toy_last: 1 }), null);
  assert.equal(last.total - last.kept, 1, 'nobody calls it');
  const free = run(versions, asText({ ...asks, toy_last: 1, toy_free: 1 }), null);
  const ran = free.total - free.kept;
  assert.ok(ran >= 3 && ran < free.total, `${ran}: itself, what attaches and what is last`);
  assert.equal(run(versions, asText({ ...asks, toy_last: 1, toy_free: 1 }), null).kept + 1, free.total);
});

test('what is typed in halves costs the runs of before only once', () => {
  const versions = new SimulatedVersions();
  run(versions, asText({}), null);
  run(versions, asText({ toy_attach: 3 }), null);
  const after = run(versions, asText({ toy_attach: 0 }), null);
  assert.equal(after.kept + 1, after.total, 'all is as it was');
});

test('what an edit touched comes first', () => {
  const versions = new SimulatedVersions();
  run(versions, asText({ toy_setup: 2 }), null);
  const part = { path: PATH, content: asText({ toy_setup: 2, toy_free: 3 }), treePath: PATH };
  const stages = [...versions.run(part, { tree: null, isCancelled: () => false })];
  assert.ok(stages[0]!.isWorthShowing);
  assert.ok(stages.length > 1 && !stages[1]!.isWorthShowing);
});

test('a run that is given up is not kept', () => {
  const versions = new SimulatedVersions();
  let asked = 0;
  const part = { path: PATH, content: asText({ toy_attach: 1 }), treePath: PATH };
  const given = [...versions.run(part, { tree: null, isCancelled: () => ++asked > 12 })];
  assert.ok(given.length < 6);
  const { findings } = run(versions, part.content, null);
  assert.deepEqual(findings, run(new SimulatedVersions(), part.content, null).findings);
});

test('who is told what a function may write depends on what that calls, asked for or not', () => {
  const padding = Array.from({ length: 30 }, (_, at) => `\ttoy->bond->id += ${at};\n`).join('');
  const chain = (name: string) =>
    `static void ${name}_b(struct toy *toy)\n{\n\ttoy_big(toy);\n${padding}}\n` +
    `static void ${name}_a(struct toy *toy)\n{\n\t${name}_b(toy);\n${padding}}\n` +
    `void ${name}(struct toy *toy)\n{\n\t${name}_a(toy);\n}\n`;
  const text = (deep: string) =>
    `${HEADER}static void toy_deep(struct toy *toy)\n{\n${padding}${deep}}\n` +
    `static void toy_big(struct toy *toy)\n{\n\ttoy_deep(toy);\n${padding}}\n${chain('one')}${chain('two')}`;
  const versions = new SimulatedVersions();
  run(versions, text(''), null);
  const part = { path: PATH, content: text('\ttoy->bond = NULL;\n'), treePath: PATH };
  const [first] = [...versions.run(part, { tree: null, isCancelled: () => false })];
  assert.ok(first);
  // All but toy_drop look at it, by way of what toy_big() may write; one() is run before two().
  assert.equal(first.total - first.done, first.total - 2);
});
