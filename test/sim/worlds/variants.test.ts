/** What can be varied in the worlds of scenarios: by name, with a reason where it cannot, and never a fault of its own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CELLS,
  DESIGNS,
  isVaried,
  offeredVariants,
  replayScenario,
  SCENARIOS,
  type Scenario,
  scenarioNamed,
  stageScenario,
  VARIANTS,
} from '../../../server/src/sim/worlds/index.js';
import { implementationOfCell } from '../../../server/src/sim/worlds/matrix.js';

const actsOf = ({ before, beside, after }: Scenario) => [
  ...before,
  ...Object.values(beside).flat(),
  ...after,
];

function scenario(name: string): Scenario {
  const named = scenarioNamed(name);
  assert.equal(named.kind, 'scenario', name);
  return (named as Extract<typeof named, { kind: 'scenario' }>).scenario;
}

test('every scenario takes each variant or says why not, and each variant fits some scenario', () => {
  const fitting = new Set<string>();
  for (const { id } of SCENARIOS) {
    const offered = offeredVariants(id);
    assert.deepEqual(
      offered.map((each) => each.id),
      VARIANTS.map((each) => each.id),
    );
    for (const each of offered) {
      assert.equal(each.isOn, false);
      assert.equal(each.other === null, each.why !== '', `${id}: ${each.id}`);
      if (each.other !== null) fitting.add(each.id);
    }
  }
  assert.deepEqual([...fitting].sort(), VARIANTS.map(({ id }) => id).sort());
});

test('several may be varied together, in whatever order they are named', () => {
  const one = scenario('bind-bind+failures+two-iommus');
  assert.equal(scenario('bind-bind+two-iommus+failures'), one);
  assert.equal(one.id, 'bind-bind+failures+two-iommus');
  assert.deepEqual(
    [...new Set(actsOf(one).flatMap((act) => ('device' in act ? [act.device] : [])))],
    ['D1', 'D3'],
  );
  assert.ok(one.faults && one.world.operationsFail);
  const on = offeredVariants(one.id).filter(({ isOn }) => isOn);
  assert.deepEqual(
    on.map(({ id, other }) => [id, other]),
    [
      ['failures', 'bind-bind+two-iommus'],
      ['two-iommus', 'bind-bind+failures'],
    ],
  );
});

test('a device more is bound after the first, and unbound before its process ends', () => {
  const { before } = scenario('same-device-twice+iommu');
  assert.deepEqual(
    before.map((act) =>
      'as' in act ? `bind ${act.as} ${act.device}` : 'handle' in act ? `unbind ${act.handle}` : act.do,
    ),
    ['bind a D1', 'bind more D3', 'bind b D1', 'unbind b', 'unbind a', 'unbind more', 'exit'],
  );
});

test('a process more comes and goes beside the others', () => {
  const { before, after } = scenario('fault-after-exit/unbind+process');
  assert.ok(before.some((act) => act.do === 'bind' && act.mm === 'M2'));
  assert.deepEqual(
    after.map(({ do: what }) => what),
    ['unbind', 'exit'],
  );
});

test('what cannot be varied says why, and what nobody knows is unknown', () => {
  const why = (name: string): string => {
    const named = scenarioNamed(name);
    return named.kind === 'unfit' ? named.why : named.kind;
  };
  assert.equal(why('allocation-failures+failures'), 'in this scenario they do already');
  assert.equal(why('bind-bind+no-drain'), 'no device asks for a page in this scenario');
  assert.equal(why('bind-bind+device'), 'D2 is there already');
  assert.equal(why('bind-after-exit+device'), 'M1 has ended before the device is bound');
  assert.equal(why('pasid-taken+process'), 'it is about the number that the PASID of a process has');
  assert.match(why('pasid-taken+one-group'), /^a driver takes a PASID of one device alone/);
  assert.equal(why('bind-bind+nothing'), 'unknown');
  assert.equal(why('nothing+failures'), 'unknown');
  assert.ok(isVaried('bind-bind+failures') && !isVaried('bind-bind'));
});

test('on the designs that hold in a scenario nothing breaks in its plainest run with anything varied', () => {
  const design = DESIGNS.find(({ id }) => id === 'list-per-mm')!;
  const broken: string[] = [];
  let runs = 0;
  for (const row of CELLS[design.id]!.filter(
    ({ file, variant }) => file === undefined && variant === undefined,
  )) {
    const implementation = implementationOfCell(design, row);
    // The others of its row are of the same shape.
    const [id = ''] = row.plays;
    if (/no-drain|driver-gives/.test(id)) continue;
    for (const { other } of offeredVariants(id)) {
      // Whose driver does not wait is a fault of the driver.
      if (other === null || /no-drain/.test(other)) continue;
      const { breaches, ending } = replayScenario(stageScenario(implementation, scenario(other)), []);
      runs++;
      if (breaches.length > 0 || ending.kind !== 'finished')
        broken.push(`${other}: ${ending.kind} ${breaches.map(({ words }) => words).join(', ')}`);
    }
  }
  assert.deepEqual(broken, []);
  assert.ok(runs > 40, `${runs} runs`);
});
