/** Code under review as something that scenarios can run: what is found, what is not, and why not. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { cellRuns, designCode, referenceDesigns } from '../../server/src/analysis/index.js';
import { review, simulate } from '../../server/src/review/index.js';

const SAMPLE = readFileSync('samples/sva-domain-cache.patch', 'utf8');

const input = (content: string, path = 'a.c') => ({ path, parts: [{ path, content }] });

/** The functions that scenarios would call, and why they cannot; null for none. */
function modelled(content: string): { functions: readonly string[]; why: string | null } | null {
  const [attach] = simulate(input(content), { tree: null, scenario: 'same-device-twice' }).attached;
  return attach ? { functions: attach.functions, why: attach.why } : null;
}

const BIND = 'struct iommu_sva *toy_bind(struct device *dev, struct mm_struct *mm)';
const UNBIND = 'void toy_unbind(struct iommu_sva *handle)';
const GET = 'struct iommu_domain *toy_get(struct device *dev, struct mm_struct *mm)';
const PUT = 'void toy_put(struct iommu_domain *domain)';
const body = (head: string, code = '') => `${head}\n{\n\t${code};\n}\n`;

describe('what scenarios call', () => {
  test('a function that takes a device and an mm and gives a handle, and one that takes that back', () => {
    const code = body(BIND, 'return kzalloc(8, GFP_KERNEL)') + body(UNBIND, 'kfree(handle)');
    assert.deepEqual(modelled(code), {
      functions: ['toy_bind', 'toy_unbind'],
      why: null,
    });
  });

  test('or one that gives a domain', () => {
    const code =
      body(GET, 'return dev->bus->iommu_ops->domain_alloc(1)') + body(PUT, 'domain->ops->free(domain)');
    assert.deepEqual(modelled(code), {
      functions: ['toy_get', 'toy_put'],
      why: null,
    });
  });

  test('not where even the first device cannot be bound', () => {
    assert.deepEqual(
      modelled(body(GET, 'return NULL') + body(PUT))?.why,
      'domain for D1 and M1 gives NULL where it must succeed: what has to be set up before is not known',
    );
  });

  test('not what only looks like a half of it: every driver frees domains', () => {
    assert.equal(modelled(body(PUT)), null);
    assert.equal(modelled(`${GET};\n${PUT};\n`), null);
  });
});

describe('what cannot be played says why', () => {
  const CASES: readonly [why: string, functions: readonly string[], code: string][] = [
    ['nothing in the input takes back what toy_bind() gives', ['toy_bind'], body(BIND, 'return NULL')],
    ['nothing in the input gives what toy_unbind() takes back', ['toy_unbind'], body(UNBIND)],
    [
      'toy_bind() only asks the driver to bind, by its sva_bind, and the core does nothing that could be run',
      ['toy_bind', 'toy_unbind'],
      body(BIND, 'return dev->ops->sva_bind(dev, mm)') + body(UNBIND),
    ],
  ];
  for (const [why, functions, code] of CASES)
    test(why, () => assert.deepEqual(modelled(code), { functions, why }));

  test('also where a hunk shows a function only in part', () => {
    const hunk = (at: number, lines: string) => {
      const all = lines.trimEnd().split('\n');
      return `@@ -${at},0 +${at},${all.length} @@\n${all.map((line) => `+${line}`).join('\n')}\n`;
    };
    const half = body(UNBIND, 'kfree(handle)').split('}')[0]!;
    const path = 'drivers/iommu/toy.c';
    const patch = `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n${hunk(10, body(BIND, 'return NULL'))}${hunk(40, half)}`;
    const found = simulate(input(patch, 'a.patch'), { tree: null, scenario: 'bind-bind' });
    assert.deepEqual(
      found.attached.map(({ why }) => why),
      ['the input shows toy_unbind() only in part'],
    );
  });
});

describe('what check says of scenarios', () => {
  const { findings, flows } = review([input(SAMPLE, 'a.patch')], { tree: null });
  const proved = findings.filter(({ trace }) => trace !== null);

  test('a finding has the run that proves it, which names its scenario', () => {
    assert.deepEqual(proved.map(({ rule, trace }) => `${rule}: ${trace!.scenario}`).sort(), [
      'domain-reused-unchecked: two-devices-two-iommus/strict',
      'ignored-conditional-get: bind-last-put/unbind',
      'pasid-as-only-key: exit-before-unbind/pasid-goes-with-users',
      'unlocked-lookup-then-fill: bind-bind',
    ]);
    for (const { related, trace } of proved)
      assert.ok(related.some(({ message }) => message.startsWith(`a run of ${trace!.scenario} shows it: `)));
  });

  test('the run is repeated by its scenario and its tape', () => {
    for (const { trace } of proved) {
      const { scenario, tape } = trace!;
      const { attached, refusal } = simulate(input(SAMPLE, 'a.patch'), { tree: null, scenario, tape });
      assert.equal(refusal, null);
      const [{ replayed, breaches } = assert.fail()] = attached[0]!.scenarios;
      assert.equal(replayed!.tape, tape);
      assert.equal(breaches.length > 0, true);
    }
  });

  test('devices and processes have the names that stories give them', () => {
    const said = proved.flatMap(({ related, trace }) => [
      ...related.map(({ message }) => message),
      ...trace!.steps.flatMap(({ text, changes }) => [text, ...changes.map((each) => each.text)]),
    ]);
    assert.ok(said.some((words) => /\bD3\b/.test(words)) && said.some((words) => /&M1\b/.test(words)));
    assert.deepEqual(
      said.filter((words) => /\b[dm]\d\b/.test(words)),
      [],
    );
  });

  test('both parts have the scenarios', () => {
    const played = flows.filter(({ scenarios }) => scenarios.length > 1);
    assert.deepEqual(played.map((flow) => flow.function).sort(), ['iommu_share_get', 'iommu_share_put']);
    assert.deepEqual(played[0]!.scenarios.slice(1), played[1]!.scenarios.slice(1));
  });
});

describe('a reference design as code under review', () => {
  const played = (design: string, scenario: string) => {
    const { attached } = simulate(input(designCode(design)), { tree: null, scenario });
    return attached.flatMap(({ scenarios }) => scenarios);
  };

  for (const { id } of referenceDesigns)
    test(`${id} gives what its cells of the matrix say`, () => {
      for (const row of ['same-device-twice', 'two-devices-two-iommus']) {
        const cells = cellRuns(id, row).map(({ run }) => run());
        const meant = cells.filter(({ changedBy }) => changedBy === null);
        const ids = new Set(meant.flatMap(({ scenarios }) => scenarios.map((each) => each.id)));
        assert.notEqual(ids.size, 0);
        const same = played(id, row).filter(({ scenario }) => ids.has(scenario.id));
        assert.deepEqual(
          same.map(({ scenario, breaches, shownBy }) => [
            scenario,
            breaches.map(({ monitor, message }) => [monitor, message]),
            shownBy,
          ]),
          meant.flatMap(({ scenarios }) =>
            scenarios.map(({ id, verdict, explored, runs, why, breaches, shownBy }) => [
              { id, verdict, explored, runs, why },
              breaches.map(({ monitor, message }) => [monitor, message]),
              shownBy,
            ]),
          ),
        );
      }
    });

  test('what fits by chance is shown by the run of another scenario, also when asked for by itself', () => {
    const [shared = assert.fail(), ...more] = played('rfc-v2', 'two-devices-two-iommus/shared');
    assert.equal(more.length, 0);
    assert.equal(shared.shownBy, 'two-devices-two-iommus/strict');
    assert.deepEqual(
      shared.breaches.map(({ confidence, trace }) => [confidence, trace]),
      [['possible', null]],
    );
  });
});
