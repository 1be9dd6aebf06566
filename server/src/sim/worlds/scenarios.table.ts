/** The scenarios: what callers, processes and devices do to an implementation of shared virtual addressing. */
import { type Act, bind, defineScenario, exit, fault, type Scenario, tryToBind, unbind } from './scenario.js';

const ORDERS = [
  ['a', 'b', 'c'],
  ['a', 'c', 'b'],
  ['b', 'a', 'c'],
  ['b', 'c', 'a'],
  ['c', 'a', 'b'],
  ['c', 'b', 'a'],
];
const TWO: readonly Act[] = [
  bind('a', 'D1', 'M1'),
  bind('b', 'D2', 'M1'),
  unbind('a'),
  unbind('b'),
  exit('M1'),
];

export const SCENARIOS: readonly Scenario[] = [
  defineScenario({
    id: 'same-device-twice',
    story: 'A process binds the same device twice, as it does when it opens two queues of it.',
    before: [bind('a', 'D1', 'M1'), bind('b', 'D1', 'M1'), unbind('b'), unbind('a'), exit('M1')],
  }),
  defineScenario({
    id: 'two-devices-one-iommu',
    story: 'A process binds two devices behind one IOMMU.',
    before: TWO,
  }),
  ...(['strict', 'shared', 'caps'] as const).map((driver) =>
    defineScenario({
      id: `two-devices-two-iommus/${driver}`,
      story: 'A process binds two devices behind two IOMMUs of one driver.',
      world: { driver },
      before: [bind('a', 'D1', 'M1'), bind('b', 'D3', 'M1'), unbind('a'), unbind('b'), exit('M1')],
    }),
  ),
  defineScenario({
    id: 'two-devices-two-iommus/foreign',
    story: 'A process binds two devices whose IOMMUs have different drivers.',
    before: [bind('a', 'D1', 'M1'), bind('b', 'D5', 'M1'), unbind('a'), unbind('b'), exit('M1')],
  }),
  defineScenario({
    id: 'no-pasid/iommu',
    needs: 'attaching',
    story: 'A process binds a device that has an IOMMU but no PASIDs.',
    before: [
      tryToBind('a', 'D6', 'M1'),
      bind('b', 'D1', 'M1'),
      tryToBind('c', 'D6', 'M1'),
      unbind('c'),
      unbind('b'),
      unbind('a'),
      exit('M1'),
    ],
  }),
  defineScenario({
    id: 'no-pasid/no-iommu',
    isUnlikely: true,
    needs: 'attaching',
    story: 'A process binds a device without an IOMMU.',
    before: [tryToBind('a', 'D10', 'M1'), unbind('a'), exit('M1')],
  }),
  defineScenario({
    id: 'pasid-too-narrow',
    needs: 'attaching',
    story: 'The PASID of a process is larger than what a second device can send.',
    before: [
      bind('a', 'D1', 'M1'),
      bind('b', 'D1', 'M2'),
      bind('c', 'D1', 'M3'),
      bind('d', 'D1', 'M4'),
      tryToBind('e', 'D7', 'M4'),
      unbind('e'),
      unbind('a'),
      unbind('b'),
      unbind('c'),
      unbind('d'),
      ...(['M1', 'M2', 'M3', 'M4'] as const).map(exit),
    ],
  }),
  defineScenario({
    id: 'allocation-failures',
    story: 'Two devices are bound while memory runs out at every place in turn.',
    before: TWO,
    faults: true,
  }),
  ...ORDERS.map((order) =>
    defineScenario({
      id: `unbind-any-order/${order.join('')}`,
      story: 'Three devices of a process are unbound in every order.',
      before: [
        bind('a', 'D1', 'M1'),
        bind('b', 'D2', 'M1'),
        // A third one behind the same instance: whether one of another fits is another row.
        bind('c', 'D7', 'M1'),
        ...order.map(unbind),
        exit('M1'),
      ],
    }),
  ),
  ...[true, false].map((pasidGoesWithUsers) =>
    defineScenario({
      id: `exit-before-unbind/${pasidGoesWithUsers ? 'pasid-goes-with-users' : 'pasid-goes-with-mm'}`,
      story: 'A process ends, another begins and binds the same device; then the first bond is undone.',
      times: pasidGoesWithUsers ? ['2022'] : ['2022', '6.2', '6.8'],
      world: { pasidGoesWithUsers },
      before: [
        bind('a', 'D1', 'M1'),
        exit('M1'),
        bind('b', 'D1', 'M2'),
        unbind('a'),
        unbind('b'),
        exit('M2'),
      ],
    }),
  ),
  defineScenario({
    id: 'bind-bind',
    story: 'Two threads of a process bind a device each, at the same time.',
    beside: { first: [bind('a', 'D1', 'M1')], second: [bind('b', 'D2', 'M1')] },
    after: [unbind('a'), unbind('b'), exit('M1')],
  }),
  defineScenario({
    id: 'bind-last-put/unbind',
    story: 'The last bond of a process is undone while another thread binds a device.',
    before: [bind('a', 'D1', 'M1')],
    beside: { first: [unbind('a')], second: [bind('b', 'D2', 'M1')] },
    after: [unbind('b'), exit('M1')],
  }),
  defineScenario({
    id: 'bind-last-put/fault',
    needs: 'page requests',
    story: 'The last bond is undone, and a new one made, while a page request is being handled.',
    times: ['2022'],
    world: { drains: false },
    before: [bind('a', 'D1', 'M1')],
    beside: { first: [unbind('a'), bind('b', 'D2', 'M1')], device: [fault('D1')] },
    after: [unbind('b'), exit('M1')],
  }),
  defineScenario({
    id: 'fault-at-unbind/drains',
    needs: 'page requests',
    story: 'A device asks for a page while its bond is undone; its driver waits for such requests.',
    before: [bind('a', 'D1', 'M1')],
    beside: { first: [unbind('a')], device: [fault('D1')] },
    after: [exit('M1')],
  }),
  defineScenario({
    id: 'fault-at-unbind/no-drain',
    needs: 'page requests',
    story: 'A device asks for a page while its bond is undone and made anew; its driver waits for nothing.',
    world: { drains: false },
    before: [bind('a', 'D1', 'M1')],
    beside: { first: [unbind('a'), bind('b', 'D1', 'M1')], device: [fault('D1')] },
    after: [unbind('b'), exit('M1')],
  }),
  defineScenario({
    id: 'group-of-two/both',
    needs: 'attaching',
    story: 'A process binds a device that shares its group with another.',
    world: { operationsFail: true },
    before: [tryToBind('a', 'D8', 'M1'), tryToBind('b', 'D9', 'M1'), unbind('b'), unbind('a'), exit('M1')],
    faults: true,
  }),
  defineScenario({
    id: 'group-of-two/one',
    needs: 'attaching',
    story: 'A process binds a device that shares its group with another, which has no driver.',
    world: { isPartlyBound: true, operationsFail: true },
    before: [tryToBind('a', 'D8', 'M1'), unbind('a'), exit('M1')],
    faults: true,
  }),
  defineScenario({
    id: 'two-processes',
    story: 'Two processes bind the same device.',
    before: [bind('a', 'D1', 'M1'), bind('b', 'D1', 'M2'), unbind('a'), unbind('b'), exit('M1'), exit('M2')],
  }),
  defineScenario({
    id: 'fault-after-exit',
    needs: 'page requests',
    story: 'A device asks for a page of a process that has ended.',
    before: [bind('a', 'D1', 'M1'), exit('M1')],
    beside: { device: [fault('D1')] },
    after: [unbind('a')],
  }),
];
