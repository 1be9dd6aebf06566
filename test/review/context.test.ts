/** What rules may ask of the series, the mails and the kernel around a patch. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyse, Program } from '../../server/src/analysis/index.js';
import type { FunctionFact, StructFact } from '../../server/src/iommu/index.js';
import { contextOf, readInput } from '../../server/src/review/review.js';
import type { MailObjection, RuleInput } from '../../server/src/rules/index.js';
import { RULES } from '../../server/src/rules/index.js';
import type { TreeReader } from '../../server/src/tree/index.js';
import { type Change, type Files, series, signed, treeOf } from './mails.js';

/** What a rule is given of a mailbox. */
function inputOf(content: string, tree: TreeReader | null = null, path = 'a.mbox'): RuleInput {
  let given: RuleInput | null = null;
  judge(content, tree, path, (input) => {
    given ??= input;
    return [];
  });
  assert.ok(given);
  return given;
}

function judge(
  content: string,
  tree: TreeReader | null,
  path: string,
  check: (input: RuleInput) => Iterable<MailObjection>,
) {
  const options = { tree };
  const { batches, problems } = readInput({ path, parts: [{ path, content }] }, options);
  assert.deepEqual(problems, []);
  return batches.flatMap((batch) => {
    const rules = [{ ...RULES[0]!, check }];
    const { findings } = analyse(new Program(batch.units), batch.origins, {
      ...{ scope: 'changed', severities: new Map(), rules, context: contextOf(batch, options) },
    });
    return findings;
  });
}

function functionIn({ facts }: RuleInput, name: string): FunctionFact {
  const found = facts.functions.findLast((each) => each.name === name);
  assert.ok(found, name);
  return found;
}

function structIn({ facts }: RuleInput, name: string): StructFact {
  const found = facts.structs.find((each) => each.name === `struct ${name}`);
  assert.ok(found, name);
  return found;
}

const added = (text: string): string[] => signed('+', text);

const IOMMU_H = `struct iommu_domain { unsigned int type; };
struct iommu_domain_ops { int (*attach_dev)(struct iommu_domain *domain, struct device *dev); };
int iommu_attach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);
`;

describe('the series', () => {
  const head: Change = {
    path: 'drivers/iommu/toy.h',
    at: 10,
    lines: [' struct toy {', ...added('\tint users;\n\tint limit;\n\tint late;'), ' \tint id;', ' };'],
  };
  const user: Change = {
    path: 'drivers/iommu/toy.c',
    at: 10,
    lines: added('int toy_use(struct toy *toy)\n{\n\ttoy->limit = 3;\n\treturn toy->users;\n}'),
  };
  const other: Change = {
    path: 'drivers/iommu/more.c',
    at: 10,
    lines: added('struct bond { int late; };\nint more(struct bond *bond)\n{\n\treturn bond->late;\n}'),
  };
  const input = inputOf(series([[head], [user, other]]));

  test('uses a member in any of its patches', () => {
    const uses = (name: string) =>
      structIn(input, 'toy')
        .fields.find((field) => field.name === name)!
        .uses.map((use) => [use.function, use.isWrite, use.isTyped, use.spot.unit.patch]);
    assert.deepEqual(uses('users'), [['toy_use', false, true, 2]]);
    assert.deepEqual(uses('limit'), [['toy_use', true, true, 2]]);
    assert.deepEqual(uses('late'), [], 'another struct has a member of that name');
  });

  test('knows its mails, and whether one is missing', () => {
    assert.deepEqual(
      input.series.patches.map(({ number, message, files }) => [
        number,
        message.subject?.title,
        files.length,
      ]),
      [
        [1, 'iommu: Part 1', 1],
        [2, 'iommu: Part 2', 2],
      ],
    );
    assert.equal(input.series.isWhole, true);
    assert.equal(inputOf(series([[head]], 3)).series.isWhole, false);
  });

  test('is none for a C file', () => {
    const { series: none } = inputOf('int a;', null, 'a.c');
    assert.deepEqual([none.patches, none.isWhole], [[], true]);
  });

  test('can be objected to on a line of a mail', () => {
    const [finding, ...more] = judge(series([[head]]), null, 'a.mbox', ({ series: { patches } }) => {
      return patches.map((patch) => ({ at: { patch, line: patch.message.tags[0]!.line }, message: 'Who?' }));
    });
    assert.deepEqual(more, []);
    assert.equal(finding?.region, null);
    assert.deepEqual(finding?.source, {
      ...{ path: 'a.mbox', message: '<1@example.org>', line: 8, decodedLine: 7 },
    });
  });
});

describe('the kernel around', () => {
  const C = 'drivers/iommu/toy.c';
  const files: Files = {
    'include/linux/iommu.h': IOMMU_H,
    'drivers/iommu/toy.h': `#ifndef TOY_H
#define TOY_H
struct toy { struct iommu_domain domain; int users; };
static inline struct toy *to_toy(struct iommu_domain *dom)
{
	return container_of(dom, struct toy, domain);
}
#ifdef CONFIG_TOY
int toy_open(struct toy *toy);
int toy_shut(struct toy *toy);
#else
static inline int toy_open(struct toy *toy) { return -ENODEV; }
#endif
int toy_get(struct toy *toy);
#endif
`,
    [C]: '#include <linux/iommu.h>\n#include "toy.h"\nint toy_get(struct toy *toy)\n{\n\treturn toy->users;\n}\n',
    'drivers/iommu/user.c': '#include "toy.h"\nint use(struct toy *toy)\n{\n\treturn toy_get(toy) + 1;\n}\n',
  };
  const change: Change = {
    path: C,
    at: 2,
    lines: [
      ' #include "toy.h"',
      '-int toy_get(struct toy *toy)',
      '+int toy_get(struct toy *toy, bool hard)',
      ' {',
      ' \treturn toy->users;',
      ' }',
      ...added(
        'static struct toy *toy_of(struct iommu_domain *d)\n{\n\treturn container_of(d, struct toy, domain);\n}',
      ),
      ...added(
        'static struct toy *toy_at(struct toy *d)\n{\n\treturn container_of(d, struct toy, domain);\n}',
      ),
    ],
  };
  const input = inputOf(series([[change]]), treeOf(files));
  const { tree } = input;

  test('says how a function was before', () => {
    const fn = functionIn(input, 'toy_get');
    assert.deepEqual(tree.callShapeBefore(fn)?.parameters, [{ name: 'toy', type: 'struct toy *' }]);
    assert.deepEqual(fn.callShape.parameters.at(-1), { name: 'hard', type: 'bool' });
    assert.equal(tree.callShapeBefore(functionIn(input, 'toy_of')), null);
  });

  test('says who calls it, and with how many arguments', () => {
    const callers = tree.callersOf(functionIn(input, 'toy_get'));
    assert.deepEqual(
      callers?.map((each) => [each.name, each.spot.unit.image.path, each.arguments]),
      [['use', 'drivers/iommu/user.c', 1]],
    );
  });

  test('has a helper that the patch writes again, for the same types only', () => {
    const helper = tree.existingHelper(functionIn(input, 'toy_of'));
    assert.deepEqual([helper?.name, helper?.isReachable], ['to_toy', true]);
    assert.equal(tree.existingHelper(functionIn(input, 'toy_at')), null);
    assert.equal(tree.existingHelper(functionIn(input, 'toy_get')), null);
  });

  test('says where stubs are missing, of headers under review', () => {
    const header: Change = {
      path: 'drivers/iommu/toy.h',
      at: 12,
      lines: [
        ' static inline int toy_open(struct toy *toy) { return -ENODEV; }',
        ' #endif',
        '+int toy_put(struct toy *toy);',
        ' int toy_get(struct toy *toy);',
        ' #endif',
      ],
    };
    const stubs = inputOf(series([[header]]), treeOf(files)).tree;
    const said = (name: string) => [stubs.stubOf(name)?.state, stubs.stubOf(name)?.option];
    assert.deepEqual(said('toy_open'), ['stubbed', 'CONFIG_TOY']);
    assert.deepEqual(said('toy_shut'), ['missing', 'CONFIG_TOY']);
    assert.deepEqual(said('toy_put'), ['unconditional', null]);
    assert.equal(stubs.stubOf('nobody'), null);
  });

  test('says what it offers, and which release that makes it', () => {
    assert.equal(tree.api.has('function', 'iommu_attach_device_pasid'), true);
    assert.equal(tree.api.has('function', 'iommu_paging_domain_alloc'), false);
    assert.equal(tree.api.hasMember('struct iommu_domain_ops', 'attach_dev'), true);
    assert.equal(tree.api.hasMember('struct iommu_domain_ops', 'set_dev_pasid'), false);
    assert.equal(tree.api.hasMember('struct iommu_ops', 'identity_domain'), null);
    assert.deepEqual(tree.api.release, { from: '6.2', until: '6.7' });
    assert.deepEqual(
      ['5.18', '6.2', '6.4', '6.7'].map((each) => tree.api.isAtLeast(each)),
      [true, true, null, false],
    );
  });

  test('is silent without a tree', () => {
    const alone = inputOf(series([[change]]));
    const fn = functionIn(alone, 'toy_of');
    const { tree: none } = alone;
    assert.deepEqual(
      [none.callersOf(fn), none.callShapeBefore(fn), none.existingHelper(fn), none.api.release],
      [null, null, null, null],
    );
    assert.equal(none.api.has('function', 'iommu_attach_device_pasid'), null);
  });
});
